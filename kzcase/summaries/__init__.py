"""Summaries that name nobody: from indicators and facts to protected tables in files."""
