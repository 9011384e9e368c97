"""Backups in the window: a card in the settings, a line above the pages, and a watch that makes them in quiet."""
