"""What two casebooks must agree on: journal, journaled and derived tables; local ones are their own.

Emptied bodies are excepted: one that an act emptied which was refuted later may have been empty when it came elsewhere.
"""

from typing import Any

from kzcase.db import erasing, store
from kzcase.db.casebook import Casebook
from kzcase.db.keyrings import Keyrings
from kzcase.db.tables import Base, TableKind
from kzcase.journal.sealing import open_keyring

_COMPARED = (TableKind.JOURNAL, TableKind.JOURNALED, TableKind.DERIVED)
_BUT = {"bodies": " WHERE body IS NOT NULL"}


def dump(book: Casebook) -> dict[str, list[Any]]:
    """Every compared table as sorted rows; keyrings by their content."""
    names = [m.class_.__tablename__ for m in Base.registry.mappers if m.class_.table_kind in _COMPARED]
    with book._write_lock, book._transaction("take_in"):  # past SQLAlchemy, which takes longer than the question
        sql = book._sql
        tables = {
            name: sorted(map(repr, sql.rows(f"SELECT * FROM {name}{_BUT.get(name, '')}")))
            for name in names
            if name != "keyrings"
        }
    _, keys = book.everything()
    tables["keyrings"] = sorted((k.scope, sorted(open_keyring(k.key, k.scope, k.sealed).items())) for k in keys)
    return tables


def differences(one: Casebook, *others: Casebook) -> list[str]:
    """The tables in which casebooks differ from the first, each with its first difference."""
    left = dump(one)
    return [
        f"{name}: {_first_difference(left[name], right[name])}"
        for right in map(dump, others)
        for name in left
        if left[name] != right[name]
    ]


def _first_difference(left: list[Any], right: list[Any]) -> str:
    only_left, only_right = (sorted(set(map(str, a)) - set(map(str, b))) for a, b in ((left, right), (right, left)))
    return f"only one has {only_left[:2]}, only the other {only_right[:2]}"


def still_there(book: Casebook) -> list[str]:
    """What an erasure that counts names and is held all the same: a body, a key; or a body without its empty place."""
    with book._write_lock, book._transaction("take_in"):
        sql, found = book._sql, list[str]()
        erased = erasing.load(sql)
        for scope in erased.scopes:
            for part in store.parts_in(sql, scope):
                refused = erased.refused(part)
                found += [f"body {s.hex()}" for s in refused if part.bodies.get(s, b"") is not None]
            ring = Keyrings().ring(sql, scope)
            found += [f"key {s.hex()}" for s in ring if ring[s] != erased.allowed(scope, ring).get(s, {})]
    return found
