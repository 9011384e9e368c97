"""Tables that cannot name anyone, and the attacker that tries: NumPy and HiGHS, no files and no clock."""
