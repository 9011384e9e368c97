"""Search while typing: exact words first, then beginnings, then spellings that sound alike, ranked by likeness."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from sqlalchemy import text

from kzcase.db.derive import SOUND, number_key, phone_keys
from kzcase.db.reader import Reader
from kzcase.domain.ids import Id
from kzcase.domain.name_parts import parse_name, skeleton
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import Hit
from kzcase.queries.cases import case_rows

MAX_CANDIDATES: Final = 300
MAX_TYPED: Final = 200
_ENOUGH: Final = 50
"""With so many who are spelt as typed, nobody is looked for by sound."""
_FREQUENT: Final = 2_000
_PHONE_DIGITS: Final = 5
_NUMBER: Final = re.compile(r"\d{4}[a-z0-9]*[a-z][a-z0-9]*|\d{4}-[\da-z-]*", re.ASCII)
_LOOK_ALIKES: Final = str.maketrans("авекмнорстху", "abekmhopctxy")


@dataclass(frozen=True, slots=True)
class Word:
    """One thing typed: how keys that fit it begin, and the key of its sound."""

    begins: tuple[str, ...]
    sound: str = ""

    def condition(self, alias: str, number: int, *, heard: bool) -> tuple[str, dict[str, str]]:
        """SQL that holds for the keys that fit, with its values."""
        given: dict[str, str] = {}
        ways = []
        for at, begin in enumerate(self.begins):
            given |= {f"low{number}_{at}": begin, f"high{number}_{at}": begin + "\uffff"}
            ways.append(f"{alias} >= :low{number}_{at} AND {alias} < :high{number}_{at}")
        if heard and self.sound:
            given[f"sound{number}"] = self.sound
            ways.append(f"{alias} = :sound{number}")
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
    """The people whose keys fit every word; the rarest word is looked up, the others are checked on its people."""
    rarest, *others = sorted(words, key=lambda word: _frequency(reader, word, heard=heard)) if words[1:] else words
    condition, given = rarest.condition("k.key", 0, heard=heard)
    sql = f"SELECT DISTINCT k.person_id FROM search_keys k WHERE {condition}"
    for number, word in enumerate(others, 1):
        also, more = word.condition("+j.key", number, heard=heard)
        sql += f" AND EXISTS (SELECT 1 FROM search_keys j WHERE j.person_id = k.person_id AND {also})"
        given |= more
    return list(reader.session.execute(text(f"{sql} LIMIT {MAX_CANDIDATES}"), given).scalars())


def _frequency(reader: Reader, word: Word, *, heard: bool) -> int:
    condition, given = word.condition("key", 0, heard=heard)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM search_keys WHERE {condition} LIMIT {_FREQUENT})"
    return int(reader.session.execute(text(sql), given).scalar_one())


def _scored(reader: Reader, people: list[Id], words: Sequence[Word]) -> Iterable[tuple[float, Id, str]]:
    keys = _keys_of(reader, people)
    begins = tuple(begin for word in words for begin in word.begins)
    typed = " ".join(word.begins[0] for word in words)
    for person in people:
        names = [key for key, kind in keys[person] if kind == "name"]
        exact = [key for key, kind in keys[person] if kind in ("phone", "number") and key.startswith(begins)]
        if exact:
            whole = not set(begins).isdisjoint(exact)
            yield (1.0 if whole else 0.95), person, "number" if whole else "number_begins"
        else:
            likeness = fuzz.token_set_ratio(typed, " ".join(names)) / 100
            bonus, why = _fit(begins, names)
            yield round(0.5 * likeness + bonus, 4), person, why


def _fit(begins: tuple[str, ...], names: list[str]) -> tuple[float, str]:
    """How the words stand in somebody's names: whole, begun, or only alike in sound."""
    if set(begins) <= set(names):
        return 0.5, "name"
    begun = all(any(name.startswith(begin) for name in names) for begin in begins)
    return (0.35, "name_begins") if begun else (0.25, "similar_sound")


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
