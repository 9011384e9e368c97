"""Referrals on the screen: written, looked at as the partner will read them, sent, answered."""
