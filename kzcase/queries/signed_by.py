"""Who wrote a field, by the signed acts of the journal: the word of a row on who wrote it can be forged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.domain.ids import Id


@dataclass(frozen=True, slots=True)
class Signed:
    """One act that wrote a field: of which kind, by whom, and when as the clocks of the laptops agree."""

    kind: str
    author: Id
    hlc: int


def signed_by(
    reader: Reader, entity: str, rows: Collection[Id], column: str, *, ever: bool = False
) -> Mapping[Id, tuple[Signed, ...]]:
    """For each row the acts that wrote what stands in a field now, `ever` those before them too, the oldest first."""
    sql = Sql.of(reader.session.connection())
    acts: dict[Id, set[Id]] = {row: set() for row in rows}
    for (_entity, row), heads in heads_of_rows(sql, ((entity, row) for row in rows)).items():
        field = heads.of(column)
        acts[row] = {act for act, _seq in (*field.dots, *(field.replaced if ever else ()))}
    named = sorted({act for found in acts.values() for act in found})
    query = "SELECT id, kind, author, hlc FROM acts WHERE id IN ({})"
    known = {bytes(act): Signed(kind, bytes(author), hlc) for act, kind, author, hlc in sql.rows_with(query, named)}
    return {
        row: tuple(sorted((known[act] for act in found if act in known), key=lambda each: each.hlc))
        for row, found in acts.items()
    }
