"""Attachments on the case page: added, looked at, covered and copied."""
