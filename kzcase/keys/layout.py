"""The key file as bytes: a fixed layout, read strictly and bounded before anything in it is believed.

    header        magic 8 · format 2 · oldest reader 2 (major, minor) · suite 2 · generations 1
                  casebook id 16 · revision 8
    generation    number 1 · memory 4 · passes 4 · lanes 4 · salt 16 · 16 slots of 160  (one or two of them)
    entries       16 of 144: the store key sealed to each person, unused ones to discarded keys
    recovery      entry of 144 · 3 pairwise wraps of 112
    directory     whose slot and entry is whose, sealed under the store key
    MAC 32        HMAC-SHA-256 of all before it under HKDF(store key)
    checksum 32   SHA-256 of all before it: tells damage from a wrong passphrase without any key

Magic, format, oldest reader and the place of the checksum stay the same in all formats to come.
"""

import hashlib
import hmac
import re
import struct
from dataclasses import dataclass
from typing import Any, Final

from kzcase import __version__
from kzcase.domain.errors import CasebookDamaged, NewerVersionNeeded
from kzcase.i18n import _
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.directory import DIRECTORY_BYTES

MAGIC: Final = b"\x8bKEYS\r\n\x1a"
FORMAT: Final = 1
SUITE: Final = 1
"""Suite 1: Argon2id, HKDF-SHA-256, ChaCha20-Poly1305, Ed25519, and HPKE with X25519 and the same two."""
OLDEST_READER: Final = (0, 1)
READER: Final = tuple(int(number) for number in re.findall(r"\d+", __version__)[:2])

SLOTS: Final = 16
SLOT_BYTES: Final = 160
ENTRY_BYTES: Final = 144
WRAPS: Final = 3
WRAP_BYTES: Final = 112
MAC_BYTES: Final = 32
CHECKSUM_BYTES: Final = 32
MAX_BYTES: Final = 65_536

_HEADER: Final = struct.Struct(">8sHBBHB16sQ")
HEADER_BYTES: Final = _HEADER.size
ID_BYTES: Final = 16
ID_AT: Final = HEADER_BYTES - ID_BYTES - 8
"""Where the casebook's id stands, before the revision."""
_GENERATION: Final = struct.Struct(">BIII16s")


@dataclass(frozen=True, slots=True)
class Generation:
    """Sixteen slots that share one salt and one cost of derivation."""

    number: int
    parameters: Parameters
    salt: bytes
    slots: tuple[bytes, ...]

    def binding(self) -> bytes:
        """What every slot of this generation is bound to."""
        cost = self.parameters
        return _GENERATION.pack(self.number, cost.memory_kib, cost.iterations, cost.lanes, self.salt)


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """One state of the key file. Holds nothing in clear but ids, costs and salts; changes give a new one."""

    casebook_id: bytes
    revision: int
    generations: tuple[Generation, ...]
    entries: tuple[bytes, ...]
    recovery_entry: bytes
    recovery_wraps: tuple[bytes, ...]
    directory: bytes
    mac: bytes = bytes(MAC_BYTES)

    def body(self) -> bytes:
        """Everything the MAC covers."""
        header = _HEADER.pack(
            *(MAGIC, FORMAT, *OLDEST_READER, SUITE, len(self.generations), self.casebook_id, self.revision)
        )
        generations = (generation.binding() + b"".join(generation.slots) for generation in self.generations)
        rest = (*self.entries, self.recovery_entry, *self.recovery_wraps, self.directory)
        return b"".join((header, *generations, *rest))

    def encoded(self) -> bytes:
        """The file."""
        covered = self.body() + self.mac
        return covered + hashlib.sha256(covered).digest()


def damaged() -> CasebookDamaged:
    """The error for a key file that cannot be used."""
    return CasebookDamaged(part=_("key file"))


def parse(untrusted_file: bytes, floor: Parameters = FLOOR) -> KeyFile:
    """A key file from its bytes: `CasebookDamaged` when it is not one, `NewerVersionNeeded` when too new.

    Costs outside floor and ceiling are refused here, before any derivation. `floor` is lowered only by tests.
    """
    covered, checksum = untrusted_file[:-CHECKSUM_BYTES], untrusted_file[-CHECKSUM_BYTES:]
    if not _HEADER.size < len(untrusted_file) <= MAX_BYTES or not covered.startswith(MAGIC):
        raise damaged()
    if not hmac.compare_digest(hashlib.sha256(covered).digest(), checksum):
        raise damaged()
    reader = _Reader(covered)
    _magic, layout, major, minor, suite, count, casebook_id, revision = reader.fields(_HEADER)
    if (major, minor) > READER or layout != FORMAT or suite != SUITE:
        raise NewerVersionNeeded(version=f"{major}.{minor}")
    if count not in (1, 2):
        raise damaged()
    keyfile = KeyFile(
        casebook_id,
        revision,
        tuple(_generation(reader, floor) for _each in range(count)),
        reader.pieces(SLOTS, ENTRY_BYTES),
        reader.piece(ENTRY_BYTES),
        reader.pieces(WRAPS, WRAP_BYTES),
        reader.piece(DIRECTORY_BYTES),
        reader.piece(MAC_BYTES),
    )
    reader.finish()
    return keyfile


def _generation(reader: "_Reader", floor: Parameters) -> Generation:
    number, *cost, salt = reader.fields(_GENERATION)
    parameters = Parameters(*cost)
    if not parameters.allowed(floor):
        raise damaged()
    return Generation(number, parameters, salt, reader.pieces(SLOTS, SLOT_BYTES))


class _Reader:
    """Takes pieces of known length off the front; a missing or left-over byte is damage."""

    def __init__(self, untrusted: bytes) -> None:
        self._rest = memoryview(untrusted)

    def piece(self, size: int) -> bytes:
        if len(self._rest) < size:
            raise damaged()
        taken, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return taken

    def pieces(self, count: int, size: int) -> tuple[bytes, ...]:
        return tuple(self.piece(size) for _each in range(count))

    def fields(self, form: struct.Struct) -> tuple[Any, ...]:
        return form.unpack(self.piece(form.size))

    def finish(self) -> None:
        if self._rest:
            raise damaged()
