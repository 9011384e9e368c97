"""Tests of the disclosure room."""
