"""The generated people and the scripted day: acts as plain dictionaries, made from a seed, about nobody real."""
