"""Forms: definition, rules, answers, and the doors by which they come in. Plain Python."""
