"""Hunts for words in files: plain, as UTF-16, folded to other letters' case, or packed inside them."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKED = re.compile(rb"x[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_MOST_STREAMS = 2_000
_LARGEST = 8 << 20


@dataclass(frozen=True)
class Trace:
    """Where one word was found, and in which dress."""

    word: str
    file: str
    dress: str


def dresses(word: str) -> Iterator[tuple[str, bytes]]:
    """How a program might have written a word."""
    for name, said in (("plain", word), ("lower", word.lower()), ("upper", word.upper())):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield f"{name} {encoding}", said.encode(encoding)
    yield "escaped", word.encode("unicode_escape")
    yield "json", "".join(f"\\u{ord(letter):04x}" for letter in word).encode()


def unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever deflated streams stand in a file."""
    for number, found in enumerate(_PACKED.finditer(content)):
        if number == _MOST_STREAMS:
            return
        stream = zlib.decompressobj(47)
        try:
            yield stream.decompress(content[found.start() :], _LARGEST)
        except zlib.error:
            continue


def traces(files: Iterable[Path], words: Iterable[str]) -> list[Trace]:
    """Every word found in any of these files."""
    wanted = [(word, dress, written) for word in words for dress, written in dresses(word)]
    found = []
    for file in files:
        content = file.read_bytes()
        for where, held in (("", content), *(("packed ", each) for each in unpacked(content))):
            found += [Trace(word, file.name, where + dress) for word, dress, written in wanted if written in held]
    return found


def files_under(*folders: Path) -> list[Path]:
    """Every ordinary file."""
    return [
        path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
    ]
