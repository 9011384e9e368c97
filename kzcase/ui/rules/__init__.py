"""Rules and calendar: what holds, since when, from which source; and the office's own changes."""
