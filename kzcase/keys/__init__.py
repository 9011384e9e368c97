"""Keys: who may open a casebook, and what each person, share and copy can open."""
