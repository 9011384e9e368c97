"""Partners on the screen: the organisations people are referred to."""
