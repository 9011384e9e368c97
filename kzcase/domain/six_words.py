"""Six words that stand for a key, read over the telephone: whoever hears the same ones holds the same key."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

WORDS: Final = 6
_PURPOSE: Final = b"kzcase six words 1"


def six_words(key: bytes, listed: Sequence[str]) -> str:
    """The words of a key in the list of one language; about 62 bits, which nobody can choose a key for."""
    rest = int.from_bytes(hashlib.sha256(_PURPOSE + key).digest(), "big")
    said = []
    for _place in range(WORDS):
        rest, index = divmod(rest, len(listed))
        said.append(listed[index])
    return " ".join(said)


def same_words(typed: str, meant: str) -> bool:
    """Whether somebody typed these words, whatever the case, the spaces and the commas."""
    return _plain(typed) == _plain(meant)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text[:400]).casefold())
