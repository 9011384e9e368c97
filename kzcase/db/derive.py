"""Derived columns and the search index: recomputed for whatever an act touched, never journaled."""

from collections.abc import Iterable
from typing import Final

from kzcase.db.sql import Sql
from kzcase.domain.collation import sort_key
from kzcase.domain.name_parts import parse_name, skeleton
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.spelling import fold
from kzcase.journal.operations import Id

_PERSON_TABLES: Final = frozenset({"people", "person_names", "phones"})
_CASE_TABLES: Final = frozenset({"cases", "answer_sheets", "consents", "referrals"})
_PUT_KEY: Final = "INSERT OR IGNORE INTO search_keys (key, person_id, source, kind) VALUES (?, ?, ?, ?)"
SOUND: Final = "~"
"""Before a key of consonants."""
_WITH_PREFIX: Final = 11
"""Digits of a number with the 7 of the country or the 8 of the trunk line."""
_LIVE: Final = "(struck IS NULL OR struck = 0)"


def derive(sql: Sql, rulebook: Rulebook, touched: Iterable[tuple[str, Id]]) -> None:
    """Recompute what depends on these rows: shown names, sort keys, search keys, stages."""
    touched = list(touched)
    for person in _owners(sql, touched, _PERSON_TABLES, "people", "person_id"):
        derive_person(sql, person)
    for case in _owners(sql, touched, _CASE_TABLES, "cases", "case_id"):
        derive_case(sql, rulebook, case)
    for entity, row_id in touched:
        if entity == "cases":
            _index_case_number(sql, row_id)


def _owners(sql: Sql, touched: list[tuple[str, Id]], tables: frozenset[str], itself: str, column: str) -> list[Id]:
    found: dict[Id, None] = {}
    for entity, row_id in touched:
        if entity == itself:
            found[row_id] = None
        elif entity in tables:
            query = f"SELECT {column} FROM {entity} WHERE id = ?"
            owner = sql.value(query, (row_id,))
            if owner:
                found[owner] = None
    return list(found)


def derive_person(sql: Sql, person: Id) -> None:
    """Shown name, sort key and search keys of one person, from all their names and phones."""
    query = f"SELECT family, given, patronymic FROM person_names WHERE person_id = ? AND {_LIVE} ORDER BY position, id"
    names = sql.rows(query, (person,))
    shown = " ".join(part for part in names[0] if part) if names else None
    key = sort_key(shown) if shown else None
    query = "UPDATE people SET shown_name = ?, sort_key = ? WHERE id = ?"
    sql.run(query, (shown, key, person))
    written = [" ".join(part for part in name if part) for name in names]
    phones = sql.rows(f"SELECT number FROM phones WHERE person_id = ? AND {_LIVE}", (person,))
    found = sorted(
        {(word, "name") for name in written for word in fold(name).split()}
        | {(key, "sound") for name in written for key in sound_keys(name)}
        | {(key, "phone") for (number,) in phones if number for key in phone_keys(number)}
    )
    sql.run("DELETE FROM search_keys WHERE source = ? AND kind <> 'number'", (person,))
    sql.run_each(_PUT_KEY, [(key, person, person, kind) for key, kind in found])


def sound_keys(name: str) -> list[str]:
    """The consonants of each part of a name, marked so that they never meet a word: equal for most spellings."""
    parsed = parse_name(name)
    heard = [skeleton(part.stem) for part in (*parsed.parts, *parsed.patronymics)]
    return [SOUND + consonants for consonants in heard if len(consonants) > 1]


def phone_keys(number: str) -> set[str]:
    """The digits of a number as they are dialled at home and from abroad: +7 700…, 8 700… and 700… find one phone."""
    digits = "".join(c for c in number if c.isdecimal())
    if len(digits) == _WITH_PREFIX and digits[0] in "78":
        return {"7" + digits[1:], digits[1:]}
    return {digits} if digits else set()


def _index_case_number(sql: Sql, case: Id) -> None:
    row = sql.row("SELECT number, client_id FROM cases WHERE id = ?", (case,))
    sql.run("DELETE FROM search_keys WHERE source = ? AND kind = 'number'", (case,))
    if row and row[0] and row[1]:
        sql.run(_PUT_KEY, (number_key(row[0]), row[1], case, "number"))


def number_key(number: str) -> str:
    """A case number as it is searched: without dashes or case."""
    return "".join(c for c in number.lower() if c.isalnum())


_FACTS: Final = f"""
SELECT kind, closed_on IS NOT NULL,
  EXISTS (SELECT 1 FROM answer_sheets s WHERE s.case_id = c.id AND {_LIVE}),
  EXISTS (SELECT 1 FROM consents s WHERE s.case_id = c.id AND state = 'given' AND {_LIVE}),
  EXISTS (SELECT 1 FROM referrals s WHERE s.case_id = c.id AND sent_on IS NOT NULL AND {_LIVE}),
  EXISTS (SELECT 1 FROM referrals s WHERE s.case_id = c.id AND answered_on IS NOT NULL AND {_LIVE})
FROM cases c WHERE id = ?"""


def derive_case(sql: Sql, rulebook: Rulebook, case: Id) -> None:
    """The stage of one case, from its facts and its pathway."""
    row = sql.row(_FACTS, (case,))
    if row is None or row[0] not in rulebook.pathways:
        return
    names = ("closed", "screened", "consented", "referred", "answered")
    facts = {"opened": True} | {name: bool(value) for name, value in zip(names, row[1:], strict=True)}
    sql.run("UPDATE cases SET stage = ? WHERE id = ?", (rulebook.stage(row[0], facts).stage, case))
