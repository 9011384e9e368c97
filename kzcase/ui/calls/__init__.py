"""Helpline calls on the screen: the entry that needs no mouse, and the list."""
