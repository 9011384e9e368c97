"""Referrals from others on the screen: opened from a package or entered from paper, decided, answered."""
