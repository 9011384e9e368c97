"""Derived columns and the search index: recomputed for whatever an act touched, never journaled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kzcase.db.case_states import case_states
from kzcase.db.due_dates import put_due_dates
from kzcase.db.sql import Sql
from kzcase.domain.case_state import facts_of
from kzcase.domain.collation import sort_key
from kzcase.domain.name_parts import parse_name, skeleton
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.spelling import fold
from kzcase.journal.operations import Id

_PERSON_TABLES: Final = frozenset({"people", "person_names", "phones", "documents"})
_LIVES: Final = frozenset({"stays", "citizenships", "age_estimates"})
"""What only days are read off."""
_CASE_TABLES: Final = frozenset(
    {"cases", "answer_sheets", "consents", "referrals", "case_facts", "case_clearances", "case_confirmations", "tasks"}
)
_AT_ONCE: Final = 2_000
"""People or cases held in memory at a time."""
SOUND: Final = "~"
"""Before a key of consonants."""
END_OF_NAMES: Final = " |"
"""In all keys of a person written together: what follows is no word of a name."""
_WITH_PREFIX: Final = 11
"""Digits of a number with the 7 of the country or the 8 of the trunk line."""
_LIVE: Final = "(struck IS NULL OR struck = 0)"

Keys = set[tuple[str, Id, str, str]]
"""(key, person, kind, all keys of the person) as they stand in the search index."""


def derive(sql: Sql, rulebook: Rulebook, touched: Iterable[tuple[str, Id]]) -> None:
    """Recompute what depends on these rows: shown names, the order of cases, search keys, stages."""
    rows: dict[str, dict[Id, None]] = defaultdict(dict)
    for entity, row_id in touched:
        rows[entity][row_id] = None
    people = _owners(sql, rows, _PERSON_TABLES, "people", "person_id")
    cases = dict.fromkeys(_owners(sql, rows, _CASE_TABLES, "cases", "case_id"))
    for some in _portions(people):
        _derive_people(sql, some)
    for some in _portions(list(dict.fromkeys((*people, *_owners(sql, rows, _LIVES, "", "person_id"))))):
        theirs = sql.rows_with("SELECT id FROM cases WHERE client_id IN ({})", some)
        cases |= dict.fromkeys(case for (case,) in theirs)
    for some in _portions(list(cases)):
        derive_cases(sql, rulebook, some)


def _portions(ids: Sequence[Id]) -> Iterator[Sequence[Id]]:
    """As many at a time as are held in memory."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _owners(sql: Sql, rows: Mapping[str, Collection[Id]], tables: frozenset[str], itself: str, column: str) -> list[Id]:
    """The people or cases that the touched rows belong to."""
    found = dict.fromkeys(rows.get(itself, ()))
    for entity in sorted(rows.keys() & tables - {itself}):
        owners = sql.rows_with(f"SELECT {column} FROM {entity} WHERE id IN ({{}})", rows[entity])
        found |= dict.fromkeys(owner for (owner,) in owners if owner)
    return list(found)


# People


def _derive_people(sql: Sql, people: Sequence[Id]) -> None:
    """Shown names and search keys, from all names, phones and documents."""
    names, phones = _by_person(sql, "person_names", "family, given, patronymic", people), _numbers(sql, people)
    documents = _document_numbers(sql, people)
    written = {p: [" ".join(filter(None, name)) for name in names[p]] for p in people}
    shown = {person: written[person][0] if written[person] else None for person in people}
    stands = dict(sql.rows_with("SELECT id, shown_name FROM people WHERE id IN ({})", people))
    changed = [(shown[person], person) for person, before in stands.items() if shown[person] != before]
    sql.run_each("UPDATE people SET shown_name = ? WHERE id = ?", changed)
    _put_keys(sql, "kind <> 'number'", {p: _keys(p, written[p], phones[p], documents[p]) for p in people})


def _by_person(sql: Sql, table: str, columns: str, people: Collection[Id]) -> dict[Id, list[tuple[Any, ...]]]:
    query = f"SELECT position, id, person_id, {columns} FROM {table} WHERE person_id IN ({{}}) AND {_LIVE}"
    found: dict[Id, list[tuple[Any, ...]]] = defaultdict(list)
    for _, _, person, *values in sorted(sql.rows_with(query, people), key=_position):
        found[person].append(tuple(values))
    return found


def _position(row: tuple[Any, ...]) -> tuple[bool, int, Id]:
    """Where a name stands among those of a person; one without a place of its own stands first."""
    return row[0] is not None, row[0] or 0, row[1]


def _numbers(sql: Sql, people: Collection[Id]) -> dict[Id, list[str]]:
    found = _by_person(sql, "phones", "number", people)
    return defaultdict(list, {person: [number for (number,) in numbers if number] for person, numbers in found.items()})


def _document_numbers(sql: Sql, people: Collection[Id]) -> dict[Id, list[str]]:
    """The numbers of somebody's documents, and their IIN."""
    found: dict[Id, list[str]] = defaultdict(list)
    there = f"SELECT person_id, number FROM documents WHERE person_id IN ({{}}) AND number IS NOT NULL AND {_LIVE}"
    iins = "SELECT id, iin FROM people WHERE id IN ({}) AND iin IS NOT NULL"
    for person, number in (*sql.rows_with(there, people), *sql.rows_with(iins, people)):
        found[person].append(number)
    return found


def _keys(person: Id, names: Iterable[str], phones: Iterable[str], documents: Iterable[str]) -> Keys:
    """What finds a person. All of it stands beside each key, so that one look is enough to weigh them."""
    words, sounds, numbers = set[str](), set[str](), set[str]()
    papers = {key for document in documents for key in document_keys(document)}
    for name in names:
        words.update(fold(name).split())
        sounds.update(sound_keys(name))
    for phone in phones:
        numbers.update(phone_keys(phone))
    together = f" {' '.join(sorted(words))}{END_OF_NAMES} {' '.join(sorted(sounds | numbers | papers))} "
    kinds = {"name": words, "sound": sounds, "phone": numbers, "document": papers - numbers}
    return {(key, person, kind, together) for kind, keys in kinds.items() for key in keys}


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


_LOOK_ALIKES: Final = str.maketrans("авекмнорстху", "abekmhopctxy")
_SERIES: Final = 5
"""Fewer digits are a series at most, and find too many."""


def document_keys(number: str) -> set[str]:
    """A document's number with its series and without, in letters that Cyrillic and Latin passports have in common."""
    whole = number_key(alike_letters(number))
    digits = "".join(c for c in whole if c.isdecimal())
    return {key for key in (whole, digits) if len(digits) >= _SERIES}


def alike_letters(number: str) -> str:
    """Small letters, of those that look the same the Latin ones: А123 and A123 are one number."""
    return number.lower().translate(_LOOK_ALIKES)


# Cases

_CASES: Final = """
SELECT c.id, c.number, c.client_id, p.shown_name, c.stage, c.sort_key, c.kind
FROM cases c LEFT JOIN people p ON p.id = c.client_id WHERE c.id IN ({})"""
"""Small statements: one large one does not fit into the small memory."""


def derive_cases(sql: Sql, rulebook: Rulebook, cases: Sequence[Id]) -> None:
    """Stages, the order by name, the number as a search key, and the days that have to be kept."""
    changed, keys = [], {case: Keys() for case in cases}
    states = case_states(sql, cases)
    for case, number, client, name, stage, order, kind in sql.rows_with(_CASES, cases):
        known = kind is not None and kind in rulebook.pathways
        found = rulebook.stage(kind, facts_of(states[case])).stage if known else None
        derived = (found, sort_key(name) if name else None)
        if derived != (stage, order):
            changed.append((*derived, case))
        if number and client:
            keys[case] = {(number_key(number), client, "number", "")}
    sql.run_each("UPDATE cases SET stage = ?, sort_key = ? WHERE id = ?", changed)
    _put_keys(sql, "kind = 'number'", keys)
    put_due_dates(sql, rulebook, cases, states)


def number_key(number: str) -> str:
    """A case number as it is searched: without dashes or case."""
    return "".join(c for c in number.lower() if c.isalnum())


# The search index


def _put_keys(sql: Sql, which: str, wanted: Mapping[Id, Keys]) -> None:
    """Let the keys of these kinds that came from these people or cases be exactly these; only what differs is written.

    Of a scope built anew nobody knows yet whether it is a person or a case, so each leaves the other's kinds alone.
    """
    there: dict[Id, Keys] = defaultdict(set)
    query = f"SELECT source, key, person_id, kind, all_keys FROM search_keys WHERE source IN ({{}}) AND {which}"
    for source, *key in sql.rows_with(query, wanted):
        there[source].add(tuple(key))
    gone = [(key[0], key[1], source) for source, keys in wanted.items() for key in there[source] - keys]
    new = sorted((*key, source) for source, keys in wanted.items() for key in keys - there[source])
    sql.run_each("DELETE FROM search_keys WHERE key = ? AND person_id = ? AND source = ?", gone)
    put = "INSERT OR IGNORE INTO search_keys (key, person_id, kind, all_keys, source) VALUES (?, ?, ?, ?, ?)"
    sql.run_each(put, new)
