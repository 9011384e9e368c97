"""Working together on one case: flags, approvals, offers, conferences, and what is expected by when."""
