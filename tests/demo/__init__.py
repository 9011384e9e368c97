"""Tests of the generated people."""
