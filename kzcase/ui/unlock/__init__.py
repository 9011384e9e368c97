"""The start screen: which casebook, whose passphrase, or a new one."""
