"""Search while typing: exact words first, then beginnings, then spellings that sound alike, ranked by likeness."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from kzcase.db.derive import SOUND, number_key, phone_keys
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.ids import Id
from kzcase.domain.name_parts import parse_name, skeleton
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import Hit
from kzcase.queries.cases import case_rows

MAX_CANDIDATES: Final = 300
MAX_TYPED: Final = 200
_ENOUGH: Final = 10
"""With so many who are spelt as typed, nobody is looked for by sound."""
_FREQUENT: Final = 2_000
_AT_ONCE: Final = 300
_PHONE_DIGITS: Final = 5
_NUMBER: Final = re.compile(r"\d{4}[a-z0-9]*[a-z][a-z0-9]*|\d{4}-[\da-z-]*", re.ASCII)
_LOOK_ALIKES: Final = str.maketrans("авекмнорстху", "abekmhopctxy")


@dataclass(frozen=True, slots=True)
class Word:
    """One thing typed: how keys that fit it begin, and the key of its sound."""

    begins: tuple[str, ...]
    sound: str = ""

    def condition(self, column: str, *, heard: bool) -> tuple[str, list[str]]:
        """SQL that holds for the keys that fit, with its values."""
        ways = [f"{column} >= ? AND {column} < ?"] * len(self.begins)
        given = [end for begin in self.begins for end in (begin, begin + "\uffff")]
        if heard and self.sound:
            return f"({' OR '.join([*ways, f'{column} = ?'])})", [*given, self.sound]
        return f"({' OR '.join(ways)})", given


def search(reader: Reader, typed: str, limit: int = 50) -> list[Hit]:
    """Cases of people whose names, phones or case numbers fit what was typed; the best first."""
    reader.must_be_allowed(Permission.READ_CASES)
    words = words_of_search(typed[:MAX_TYPED])
    people = _candidates(reader, words)
    scored = sorted(_scored(reader, people, words), reverse=True, key=lambda found: (found[0], found[1]))[:limit]
    return _hits(reader, scored)[:limit]


def words_of_search(typed: str) -> list[Word]:
    """What was typed as a phone, as a case number, or as words of a name."""
    digits = "".join(c for c in typed if c.isdecimal())
    plain = typed.strip().lower().translate(_LOOK_ALIKES)
    if len(digits) >= _PHONE_DIGITS and not any(c.isalpha() for c in typed) and not _NUMBER.fullmatch(plain):
        return [Word(tuple(sorted(phone_keys(digits) | ({"7" + digits[1:]} if digits[0] == "8" else set()))))]
    if _NUMBER.fullmatch(plain.replace(" ", "")):
        return [Word((number_key(plain),))]
    parsed = parse_name(typed)
    parts = {part.key: skeleton(part.stem) for part in (*parsed.parts, *parsed.patronymics)}
    return [Word((key,), SOUND + heard if len(heard) > 1 else "") for key, heard in parts.items()]


def _candidates(reader: Reader, words: Sequence[Word]) -> list[Id]:
    """At most 300 people every typed word leads to: as spelt, and when these are few, also as they sound."""
    if not words:
        return []
    spelt = _leading_to(reader, words, heard=False)
    if len(spelt) >= _ENOUGH or not any(word.sound for word in words):
        return spelt
    return list(dict.fromkeys([*spelt, *_leading_to(reader, words, heard=True)]))[:MAX_CANDIDATES]


def _leading_to(reader: Reader, words: Sequence[Word], *, heard: bool) -> list[Id]:
    """The people whose keys fit every word: those of the rarest word, as far as they fit the others too.

    Where even the rarest word is on everybody's lips, its first two thousand are looked through, or, by sound, nobody.
    """
    if len(words) == 1:
        return list(_people(reader, words[0], MAX_CANDIDATES, heard=heard))
    counted = sorted(((_frequency(reader, word, heard=heard), word) for word in words), key=lambda found: found[0])
    fewest, rarest = counted[0]
    if not fewest or (heard and fewest == _FREQUENT):
        return []
    people = _people(reader, rarest, _FREQUENT, heard=heard)
    for count, word in counted[1:]:
        if count < _FREQUENT:
            fitting = set(_people(reader, word, _FREQUENT, heard=heard))
            people = [person for person in people if person in fitting]
        else:
            people = _fitting(reader, word, people, heard=heard)
    return people[:MAX_CANDIDATES]


def _rows(reader: Reader, sql: str, given: Sequence[str | bytes | int]) -> list[Any]:
    """Plain rows below the ORM: with thousands of them, anything finer would cost more than the answer."""
    return Sql.of(reader.session.connection()).rows(sql, given)


def _people(reader: Reader, word: Word, limit: int, *, heard: bool) -> list[Id]:
    condition, given = word.condition("key", heard=heard)
    sql = f"SELECT person_id FROM search_keys WHERE {condition} LIMIT ?"
    return list(dict.fromkeys(row[0] for row in _rows(reader, sql, [*given, 2 * limit])))[:limit]


def _frequency(reader: Reader, word: Word, *, heard: bool) -> int:
    condition, given = word.condition("key", heard=heard)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM search_keys WHERE {condition} LIMIT ?)"
    return int(_rows(reader, sql, [*given, _FREQUENT])[0][0])


def _fitting(reader: Reader, word: Word, people: list[Id], *, heard: bool) -> list[Id]:
    """Those of these people who have a key that fits; stops when there are enough."""
    kept: list[Id] = []
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        condition, given = word.condition("+key", heard=heard)
        places = ", ".join("?" * len(some))
        sql = f"SELECT DISTINCT person_id FROM search_keys WHERE person_id IN ({places}) AND {condition}"
        fitting = {row[0] for row in _rows(reader, sql, [*some, *given])}
        kept += [person for person in some if person in fitting]
        if len(kept) >= MAX_CANDIDATES:
            break
    return kept


def _scored(reader: Reader, people: list[Id], words: Sequence[Word]) -> Iterable[tuple[float, Id, str]]:
    keys = _keys_of(reader, people)
    begins = tuple(begin for word in words for begin in word.begins)
    typed = " ".join(word.begins[0] for word in words)
    numbers = all(begin[:1].isdecimal() for begin in begins)
    for person in people:
        exact = [key for key in keys[person] if key.startswith(begins)] if numbers else []
        if exact:
            whole = not set(begins).isdisjoint(exact)
            yield (1.0 if whole else 0.95), person, "number" if whole else "number_begins"
        else:
            names = [key for key in keys[person] if key[0] != SOUND and not key[0].isdecimal()]
            likeness = fuzz.token_set_ratio(typed, " ".join(names)) / 100
            bonus, why = _fit(begins, names)
            yield round(0.5 * likeness + bonus, 4), person, why


def _fit(begins: tuple[str, ...], names: list[str]) -> tuple[float, str]:
    """How the words stand in somebody's names: whole, begun, or only alike in sound."""
    if set(begins) <= set(names):
        return 0.5, "name"
    begun = all(any(name.startswith(begin) for name in names) for begin in begins)
    return (0.35, "name_begins") if begun else (0.25, "similar_sound")


def _keys_of(reader: Reader, people: list[Id]) -> dict[Id, list[str]]:
    found: dict[Id, list[str]] = {person: [] for person in people}
    if people:
        sql = f"SELECT person_id, key FROM search_keys WHERE person_id IN ({', '.join('?' * len(people))})"
        for person, key in _rows(reader, sql, people):
            found[person].append(key)
    return found


def _hits(reader: Reader, scored: list[tuple[float, Id, str]]) -> list[Hit]:
    if not scored:
        return []
    places = ", ".join("?" * len(scored))
    sql = f"SELECT client_id, id FROM cases WHERE client_id IN ({places}) AND struck IS NOT 1 ORDER BY opened_on, id"
    cases: dict[Id, list[Id]] = {}
    for person, case in _rows(reader, sql, [person for _, person, _ in scored]):
        cases.setdefault(person, []).append(case)
    rows = {row.id: row for row in case_rows(reader, [case for found in cases.values() for case in found])}
    return [
        Hit(row.id, row.number, person.hex(), row.name, score, (why,), row, row.masked & {"name"})
        for score, person, why in scored
        for case in cases.get(person, [])
        if (row := rows.get(case.hex())) is not None
    ]
