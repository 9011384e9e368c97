"""Consents on the screen: what a person agrees may be passed on, recorded and printed."""
