"""The parts pages are made of: cards, fields, buttons, chips, lists of choices, charts, previews."""
