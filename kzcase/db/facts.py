"""Facts about this copy of a casebook: its device incarnation, and whose organisation and office it belongs to."""

from dataclasses import dataclass
from os import urandom
from pathlib import Path
from typing import Final

from kzcase.db.engine import Key, connect
from kzcase.db.files import Folder
from kzcase.db.reader import Acting
from kzcase.db.recorder import stored_heads
from kzcase.db.sql import Sql
from kzcase.db.witness import KEY_BYTES
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Role
from kzcase.journal.operations import Dot

_CODE_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I or O: a case number is read aloud and copied by hand."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`code` is the laptop's short code in case numbers."""

    incarnation: Id
    code: str
    organisation: Id
    office: Id
    demonstration: bool
    organisation_name: str
    root_key: bytes
    audit_key: bytes

    @classmethod
    def load(cls, sql: Sql) -> "Facts":
        """The facts as they stand; office and name are empty before the founding act."""
        stored: dict[str, bytes] = dict(sql.rows("SELECT name, value FROM local_facts"))
        organisation = stored["organisation"]
        query = "SELECT office_id, demonstration, name, root_key, audit_key FROM organisations WHERE id = ?"
        office, demonstration, name, root, audit = sql.row(query, (organisation,)) or (b"", 0, "", b"", b"")
        code = stored["code"].decode()
        return cls(stored["incarnation"], code, organisation, office, bool(demonstration), name, root, audit)


def device_code(incarnation: Id) -> str:
    """Three letters or digits that name a laptop in case numbers."""
    number = int.from_bytes(incarnation[:4], "big")
    return "".join(_CODE_LETTERS[number >> shift & 31] for shift in (0, 5, 10))


def begin_facts(incarnation: Id) -> dict[str, bytes]:
    """The local facts every new incarnation begins with."""
    code = device_code(incarnation).encode()
    return {"incarnation": incarnation, "code": code, "witness_key": urandom(KEY_BYTES)}


class Local:
    """Writes the local facts of a copy before anybody works in it: at its birth, or when it becomes a new device."""

    def __init__(self, database: Path, key: Key) -> None:
        self._database, self._key = database, key

    def begin(self, organisation: Id) -> None:
        """A new copy: which organisation it belongs to, and a fresh incarnation."""
        facts = {"organisation": organisation, **begin_facts(new_id())}
        connection = connect(self._database, self._key)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO local_facts VALUES (?, ?)", list(facts.items()))
            connection.execute("COMMIT")
        finally:
            connection.close()
        Folder(self._database.parent).witness.unlink(missing_ok=True)  # it was of the incarnation before


def load_acting(sql: Sql, facts: Facts, staff_id: Id, names_shown: bool = False) -> Acting:
    """Who acts: their name and roles, each with the operation that granted it."""
    name = sql.value("SELECT name FROM staff WHERE id = ?", (staff_id,)) or ""
    query = "SELECT id, role FROM staff_roles WHERE staff_id = ? AND (struck IS NULL OR struck = 0)"
    grants: dict[Role, Dot] = {}
    for row_id, role in sql.rows(query, (staff_id,)):
        winner = stored_heads(sql, "staff_roles", row_id).of("role").winner
        if winner and role in set(Role):
            grants[Role(role)] = (winner[0], winner[1])
    return Acting(staff_id, name, grants, names_shown)
