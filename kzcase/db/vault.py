"""The vault: attachments as encrypted chunks beside the database, each named by the digest of its ciphertext.

A chunk waits under `new/` until the act that names it is committed; a crash in between leaves nothing that counts.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from kzcase.db.sql import Sql
from kzcase.domain.errors import AttachmentMissing, DiskTrouble
from kzcase.domain.ids import Id
from kzcase.journal.sealing import SealBroken, new_key, seal, unseal

CHUNK: Final = 1 << 20
"""Bytes of content in one chunk."""
DIGEST: Final = 32
_PURPOSE: Final = b"attachment"
_WAITING: Final = "new"


class Vault:
    """The chunks of one casebook. Names say nothing, and no plain byte is ever written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = folder / _WAITING

    def put(self, attachment: Id, content: bytes) -> tuple[bytes, bytes]:
        """(key, digests of the chunks in order) of a new attachment; it is on the disk when this returns."""
        key = new_key()
        pieces = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
        try:
            self._waiting.mkdir(mode=0o700, parents=True, exist_ok=True)
            bound = [_bound(attachment, number, len(pieces)) for number in range(len(pieces))]
            digests = [self._write(seal(key, _PURPOSE, *each)) for each in zip(bound, pieces, strict=True)]
            _sync(self._waiting)
        except OSError as error:
            raise DiskTrouble(reason=error.strerror or "") from error
        return key, b"".join(digests)

    def keep(self, chunks: bytes) -> None:
        """The act that names these chunks is committed: they move to their place."""
        for name in names(chunks):
            if (self._waiting / name).exists():
                (self._waiting / name).replace(self._folder / name)
        _sync(self._folder)

    def drop(self, chunks: bytes) -> None:
        """Nothing names these chunks any more."""
        for name in names(chunks):
            for folder in (self._waiting, self._folder):
                (folder / name).unlink(missing_ok=True)

    def settle(self, named: Callable[[], Iterable[bytes]]) -> None:
        """After a crash: keep what a committed act names and drop the rest. `named` is asked only when needed."""
        ours = self._waiting.is_dir() and not self._waiting.is_symlink()
        waiting = {path.name for path in self._waiting.iterdir()} if ours else set()
        if not waiting:
            return
        known = {name for chunks in named() for name in names(chunks)}
        with suppress(OSError):  # a full or locked disk: they are read where they are, and settled next time
            for name in waiting & known:
                (self._waiting / name).replace(self._folder / name)
            for name in waiting - known:
                (self._waiting / name).unlink(missing_ok=True)

    def get(self, attachment: Id, key: bytes, chunks: bytes) -> bytes:
        """The content again. Raises AttachmentMissing where a chunk is not here, was changed or was moved."""
        wanted = names(chunks)
        try:
            return b"".join(self._opened(attachment, key, name, n, len(wanted)) for n, name in enumerate(wanted))
        except (OSError, SealBroken) as error:
            raise AttachmentMissing(place="attachments") from error

    def faults(self, named: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
        """(chunk, whether it is there but was changed) for every named chunk that is not whole."""
        for chunks in named:
            for name in names(chunks):
                sealed = self._read(name)
                if sealed is None or hashlib.sha256(sealed).hexdigest() != name:
                    yield name, sealed is not None

    def missing(self, named: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
        """The same for those that are not there at all, without reading any."""
        for chunks in named:
            for name in names(chunks):
                if not any((folder / name).exists() for folder in (self._folder, self._waiting)):
                    yield name, False

    def strangers(self, named: Iterable[bytes]) -> Iterator[str]:
        """Names of files that no record names."""
        known = {name for chunks in named for name in names(chunks)} | {_WAITING}
        if self._folder.is_dir():
            yield from sorted(path.name for path in self._folder.iterdir() if path.name not in known)

    def _write(self, sealed: bytes) -> bytes:
        digest = hashlib.sha256(sealed).digest()
        handle = os.open(self._waiting / digest.hex(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
        return digest

    def _read(self, name: str) -> bytes | None:
        for folder in (self._folder, self._waiting):
            try:
                return (folder / name).read_bytes()
            except FileNotFoundError:
                continue
        return None

    def _opened(self, attachment: Id, key: bytes, name: str, number: int, count: int) -> bytes:
        sealed = self._read(name)
        if sealed is None or hashlib.sha256(sealed).hexdigest() != name:
            raise SealBroken
        return unseal(key, _PURPOSE, _bound(attachment, number, count), sealed)


def named_chunks(sql: Sql) -> list[bytes]:
    """The chunks of every attachment any record names, removed ones included: they can be brought back."""
    return [row[0] for row in sql.rows("SELECT chunks FROM attachments WHERE chunks IS NOT NULL")]


def names(chunks: bytes) -> Sequence[str]:
    """The file names of these chunks, in order."""
    return [chunks[at : at + DIGEST].hex() for at in range(0, len(chunks), DIGEST)]


def _bound(attachment: Id, number: int, count: int) -> bytes:
    """What a chunk is sealed to: no chunk can stand for another, and none can be left away."""
    return attachment + number.to_bytes(4, "big") + count.to_bytes(4, "big")


def _sync(folder: Path) -> None:
    """Make the names in a folder last; Windows does so by itself."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
