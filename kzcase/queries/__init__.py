"""What can be asked: noun phrases that answer with frozen rows, veiled as the acting person's roles require."""
