"""Who looked at what, for supervisors and auditors."""
