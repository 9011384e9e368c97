"""The encrypted casebook: one file, one way to write, and everything that is rebuilt from the journal."""
