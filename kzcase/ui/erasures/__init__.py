"""Erasing a person for good, legal holds, and cases past their term."""
