"""Tasks on the screen: what is to be done, by when."""
