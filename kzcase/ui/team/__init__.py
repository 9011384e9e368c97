"""The team board: who holds how much, what is late or stale, and handing a caseload over."""
