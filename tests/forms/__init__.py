"""Tests of the forms room: rules, forms of every kind, answers."""
