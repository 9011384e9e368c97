"""Summaries on the screen: from a period to protected files and the ledger."""
