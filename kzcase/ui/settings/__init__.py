"""Settings: this laptop's preferences, the colleagues of the casebook, and what the program is made of."""
