"""Search while typing: exact words first, then beginnings, then spellings that sound alike, ranked by likeness."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz
from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import Hit
from kzcase.domain.spelling import fold
from kzcase.queries.cases import case_rows

MAX_CANDIDATES: Final = 300
MAX_TYPED: Final = 200
_BATCH: Final = 400

_PREFIX: Final = text("SELECT DISTINCT person_id FROM search_keys WHERE key >= :low AND key < :high LIMIT :limit")
_CHECK: Final = (
    "SELECT DISTINCT person_id FROM search_keys WHERE key >= :low AND key < :high AND person_id IN ({places})"
)


def search(reader: Reader, typed: str, limit: int = 50) -> list[Hit]:
    """Cases of people whose names, phones or case numbers fit what was typed; the best first."""
    reader.must_be_allowed(Permission.READ_CASES)
    words = _words(typed[:MAX_TYPED])
    people = _candidates(reader, words)
    scored = sorted(_scored(reader, people, words), reverse=True, key=lambda found: (found[0], found[1]))[:limit]
    return _hits(reader, scored)[:limit]


def _words(typed: str) -> list[str]:
    digits = "".join(c for c in typed if c.isdigit())
    if len(digits) >= 5 and not any(c.isalpha() for c in typed):
        return [digits] if "-" not in typed else ["".join(c for c in typed.lower() if c.isalnum())]
    if digits and "-" in typed:
        return ["".join(c for c in typed.lower() if c.isalnum())]
    return fold(typed).split()


def _candidates(reader: Reader, words: list[str]) -> list[Id]:
    """At most 300 people every typed word leads to, looking up the longest word first."""
    if not words:
        return []
    ordered = sorted(words, key=len, reverse=True)
    people = _with_prefix(reader, ordered[0], MAX_CANDIDATES if len(ordered) == 1 else 20 * MAX_CANDIDATES)
    for word in ordered[1:]:
        people = _narrowed(reader, word, people)
    return people[:MAX_CANDIDATES]


def _with_prefix(reader: Reader, word: str, limit: int) -> list[Id]:
    exact = reader.session.execute(_PREFIX, {"low": word, "high": word + "\0", "limit": limit}).scalars().all()
    if len(exact) >= limit:
        return list(exact)
    started = reader.session.execute(_PREFIX, {"low": word, "high": word + "\uffff", "limit": limit}).scalars().all()
    return list(dict.fromkeys([*exact, *started]))[:limit]


def _narrowed(reader: Reader, word: str, people: list[Id]) -> list[Id]:
    kept: set[Id] = set()
    for start in range(0, len(people), _BATCH):
        chunk = people[start : start + _BATCH]
        places = ", ".join(f":p{i}" for i in range(len(chunk)))
        given = {f"p{i}": person for i, person in enumerate(chunk)} | {"low": word, "high": word + "\uffff"}
        kept |= set(reader.session.execute(text(_CHECK.format(places=places)), given).scalars())
    return [person for person in people if person in kept]


def _scored(reader: Reader, people: list[Id], words: list[str]) -> Iterable[tuple[float, Id, str]]:
    keys = _keys_of(reader, people)
    typed = " ".join(words)
    for person in people:
        names = [key for key, kind in keys[person] if kind == "name"]
        exact = [key for key, kind in keys[person] if kind != "name" and key.startswith(typed)]
        if exact:
            yield (1.0 if typed in exact else 0.95), person, "number" if typed in exact else "number_begins"
        else:
            likeness = fuzz.token_set_ratio(typed, " ".join(names)) / 100
            whole = set(words) <= set(names)
            yield round(0.5 * likeness + (0.5 if whole else 0.35), 4), person, "name" if whole else "name_begins"


def _keys_of(reader: Reader, people: list[Id]) -> dict[Id, list[tuple[str, str]]]:
    found: dict[Id, list[tuple[str, str]]] = {person: [] for person in people}
    if people:
        places = ", ".join(f":p{i}" for i in range(len(people)))
        sql = text(f"SELECT person_id, key, kind FROM search_keys WHERE person_id IN ({places})")
        for person, key, kind in reader.session.execute(sql, {f"p{i}": p for i, p in enumerate(people)}):
            found[person].append((key, kind))
    return found


def _hits(reader: Reader, scored: list[tuple[float, Id, str]]) -> list[Hit]:
    if not scored:
        return []
    places = ", ".join(f":p{i}" for i in range(len(scored)))
    sql = text(
        f"SELECT client_id, id FROM cases WHERE client_id IN ({places}) AND struck IS NOT 1 ORDER BY opened_on, id"
    )
    cases: dict[Id, list[Id]] = {}
    for person, case in reader.session.execute(sql, {f"p{i}": person for i, (_, person, _) in enumerate(scored)}):
        cases.setdefault(person, []).append(case)
    rows = {row.id: row for row in case_rows(reader, [case for found in cases.values() for case in found])}
    return [
        Hit(row.id, row.number, person.hex(), row.name, score, (why,), row, row.masked & {"name"})
        for score, person, why in scored
        for case in cases.get(person, [])
        if (row := rows.get(case.hex())) is not None
    ]
