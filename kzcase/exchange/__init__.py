"""Exchange: what comes in from phones and other programs as files, and what leaves as files for them."""
