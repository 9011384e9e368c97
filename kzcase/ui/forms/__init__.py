"""Forms on the screen: any form as widgets, filled in any of its languages, kept while it is typed."""
