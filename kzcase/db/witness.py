"""The witness: how far a casebook got, noted outside its database, so that an older copy of it is recognised.

One small file beside the database, one in the program's settings folder, one on each backup target. It holds two marks
that are overwritten in turn, so that a power cut spoils one at most; each is closed under a key that only the casebook
holds. It names nobody and says no more than how many changes there were.
"""

import hashlib
import hmac
import os
import struct
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kzcase import paths
from kzcase.domain.ids import Id
from kzcase.journal.sealing import SealBroken, seal, unseal

KEY_BYTES: Final = 32
_MARK: Final = struct.Struct(">4s16s?QQ32sQQQ32sQ")
_MAC_BYTES: Final = 16
_MAGIC: Final = b"KZW\x01"
_SLOT: Final = 512
_SLOTS: Final = 2
_PLACE_AT: Final = _SLOT * _SLOTS
_LONGEST_PLACE: Final = 4096
_PLACE: Final = b"witness place"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one incarnation got: commits of any kind, its own acts and the digest of the last, looks, releases.

    `left`: this laptop went on under another incarnation from here. `last_look`: the digest of the last look, so that
    a read log made anew to the same length is recognised too. `numbers`: how many were given to cases and calls.
    """

    commits: int
    acts: int
    head: bytes
    looks: int
    releases: int
    at: int
    left: bool = False
    last_look: bytes = b""
    numbers: int = 0

    @property
    def moment(self) -> datetime:
        """When it was noted."""
        return datetime.fromtimestamp(self.at / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Seal:
    """Whose marks these are: the incarnation's tag, and the key only its casebook holds."""

    tag: bytes
    key: bytes

    @classmethod
    def of(cls, incarnation: Id, key: bytes) -> "Seal":
        """The tag says nothing about the incarnation."""
        return cls(hashlib.sha256(b"kzcase witness" + incarnation).digest()[:16], key)

    def closed(self, mark: Mark) -> bytes:
        """One slot of the file."""
        head = mark.head.ljust(32, b"\0")
        look = mark.last_look.ljust(32, b"\0")
        counts = (mark.commits, mark.acts, head, mark.looks, mark.releases, mark.at, look, mark.numbers)
        body = _MARK.pack(_MAGIC, self.tag, mark.left, *counts)
        return body + self._mac(body)

    def opened(self, slot: bytes) -> Mark | None:
        """The mark again; None when it was not closed under this key."""
        body, mac = slot[: _MARK.size], slot[_MARK.size : _MARK.size + _MAC_BYTES]
        if len(mac) < _MAC_BYTES or not hmac.compare_digest(self._mac(body), mac):
            return None
        magic, tag, left, commits, acts, head, looks, releases, at, look, numbers = _MARK.unpack(body)
        if (magic, tag) != (_MAGIC, self.tag):
            return None
        last = (head if acts else b"", look if looks else b"")
        return Mark(commits, acts, last[0], looks, releases, at, left, last[1], numbers)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self.key, body, "sha256")[:_MAC_BYTES]


@dataclass(frozen=True, slots=True)
class Found:
    """What a witness file says: the furthest mark, if any; `foreign`, of another incarnation; `spoiled`, unreadable."""

    mark: Mark | None = None
    foreign: bool = False
    spoiled: bool = False
    place: str = ""


class WitnessFile:
    """One witness. Nothing it does may stop the work: a disk that refuses only makes the comparison weaker."""

    def __init__(self, path: Path, seal_of: Seal) -> None:
        self.path, self.seal = path, seal_of

    def read(self) -> Found:
        """What stands there; an empty answer where there is no file or it cannot be read."""
        try:
            with self.path.open("rb") as stream:
                content = stream.read(_PLACE_AT + _LONGEST_PLACE + 64)
        except OSError:
            return Found()
        slots = [content[at * _SLOT :][:_SLOT] for at in range(_SLOTS)]
        marks = [mark for slot in slots if (mark := self.seal.opened(slot))]
        tags = {slot[4:20] for slot in slots if slot.startswith(_MAGIC)}
        if not marks:
            foreign = bool(tags) and self.seal.tag not in tags
            return Found(foreign=foreign, spoiled=not foreign and any(content))
        furthest = max(marks, key=lambda mark: (mark.commits, mark.left))
        return Found(furthest, place=self._place(content[_PLACE_AT:]))

    def _place(self, sealed: bytes) -> str:
        with suppress(SealBroken):
            return unseal(self.seal.key, _PLACE, self.seal.tag, sealed).decode(errors="surrogateescape")
        return ""

    def note(self, mark: Mark) -> None:
        """Overwrite the older of the two marks, in place and at once, without waiting for the disk."""
        self._overwrite(mark.commits % _SLOTS * _SLOT, self.seal.closed(mark))

    def note_place(self, place: str) -> None:
        """Note where the casebook is on this laptop; closed, so that the settings folder does not tell."""
        named = place.encode(errors="surrogateescape")[:_LONGEST_PLACE]
        self._overwrite(_PLACE_AT, seal(self.seal.key, _PLACE, self.seal.tag, named), last=True)

    def leave(self, mark: Mark) -> None:
        """Say for good that this incarnation ended here."""
        self.note(replace(mark, left=True))
        self.flush()

    def flush(self) -> None:
        """Bring it to the disk."""
        with suppress(OSError), paths.open_own(self.path) as stream:
            os.fsync(stream.fileno())

    def begin(self) -> None:
        """Make the file where there is none that belongs to this incarnation."""
        if self.read().mark is None:
            with suppress(OSError):
                self._make()

    def _overwrite(self, at: int, content: bytes, *, last: bool = False) -> None:
        with suppress(OSError), paths.open_own(self.path, buffering=0) as stream:
            stream.seek(at)
            stream.write(content)
            if last:
                stream.truncate()

    def _make(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with paths.open_own(self.path, make=True, empty=True) as stream:
            stream.write(bytes(_PLACE_AT))
            stream.flush()
            os.fsync(stream.fileno())


def at_home(seal_of: Seal) -> WitnessFile:
    """This laptop's own witness, in the program's settings folder."""
    return WitnessFile(paths.home() / "witness" / seal_of.tag.hex(), seal_of)


def carries_tag(path: Path, seal_of: Seal) -> bool:
    """Whether a witness file at this place is of this very incarnation, as far as one can tell without its key."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_PLACE_AT)
    except OSError:
        return False
    return any(content[at * _SLOT :][4:20] == seal_of.tag for at in range(_SLOTS))
