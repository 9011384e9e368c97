"""Tests of the summaries room."""
