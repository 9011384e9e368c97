"""Side-by-side measurements, each a module with a `main` that prints its numbers as ratios."""
