"""The record that cannot be quietly changed: acts, the operations they are made of, and how laptops' records merge."""
