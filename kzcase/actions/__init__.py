"""What can be done: one verb-noun function an act, each the only writer of what it changes."""
