"""Ids: sixteen random bytes, written as hexadecimal wherever people or files see them."""

import os

Id = bytes


def new_id() -> Id:
    """A fresh id; two laptops never meet with the same one."""
    return os.urandom(16)


def from_hex(text: str) -> Id | None:
    """The id a text spells, or None when it spells none."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == 16 else None
