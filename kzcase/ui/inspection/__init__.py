"""Registers for an inspection, and incidents with personal data."""
