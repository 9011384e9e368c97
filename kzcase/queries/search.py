"""Search while typing: exact words, then beginnings, then sounds, and where nobody fits, slips; ranked by likeness."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from rapidfuzz import fuzz, process

from kzcase.db.derive import END_OF_NAMES, SOUND
from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Sight, sight
from kzcase.domain.rows import Hit
from kzcase.domain.slips import first_half, is_slip, keys_nearby
from kzcase.queries.cases import COLUMNS, JOINS, as_case_rows, there
from kzcase.queries.merged import with_merged
from kzcase.queries.reach import but_not, kept_away, people_within_reach
from kzcase.queries.search_words import FEW_WORDS, Word, joined, patronymics, words_of_search

MAX_CANDIDATES: Final = 300
MOST_HITS: Final = 10_000
"""Where more are asked for, that many people are weighed, and no more than so many."""
MAX_TYPED: Final = 200
_ENOUGH: Final = 10
"""With so many who are spelt as typed, nobody is looked for by sound."""
_RARE: Final = 300
_FREQUENT: Final = 2_000
_LOOKED_THROUGH: Final = 4_000
_WITHIN: Final = "search_keys WHERE key >= ? AND key < ?"
_UNTIL: Final = "search_keys WHERE key >= ? AND (key, person_id) < (?, ?)"
_THERE: Final = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM search_keys WHERE key = value)"
_BEGUN: Final = """
WITH RECURSIVE words (key) AS (
  SELECT min(key) FROM search_keys WHERE key >= ?1 AND key < ?2
  UNION ALL
  SELECT (SELECT min(key) FROM search_keys WHERE key > words.key AND key < ?2) FROM words WHERE key IS NOT NULL
) SELECT key FROM words WHERE key IS NOT NULL LIMIT 100"""
"""The words that begin so, each once, without reading whose they are."""
_MOST_NEARBY: Final = 32

Found = dict[Id, tuple[str, str]]
"""People who may be meant: the key that led to each, and all their keys."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a search, the best first, and whether there were more than were asked for."""

    hits: list[Hit]
    more: bool


def search(reader: Reader, typed: str, limit: int = 50) -> list[Hit]:
    """Cases of people whose names, phones or case numbers fit what was typed; the best first."""
    return _answer(reader, typed, limit, enough=limit).hits


def answer(reader: Reader, typed: str, limit: int = 50) -> Answer:
    """The same with a word on whether that was all, for which one has to look further than the last hit."""
    return _answer(reader, typed, limit, enough=limit + 1)


def _answer(reader: Reader, typed: str, limit: int, *, enough: int) -> Answer:
    """What is hidden is found by the whole of it only: by beginnings anybody could read it letter by letter."""
    reader.must_be_allowed(Permission.READ_CASES)
    words = words_of_search(typed[:MAX_TYPED])
    limit, most = min(limit, MOST_HITS), max(MAX_CANDIDATES, min(limit, MOST_HITS))
    found = _candidates(reader, words, most + 1) or _otherwise(reader, typed[:MAX_TYPED], words, most + 1)
    cut = len(found) > most
    found = dict(islice(found.items(), most)) if cut else found
    scored = sorted(_scored(found, words), reverse=True, key=_best_first)
    seen = _seen(reader, [person for _, person, _ in scored])
    if any(person not in seen for _, person, _ in scored):
        hidden = ((person, all_keys) for person, (_, all_keys) in found.items() if person not in seen)
        whole = {person for person, all_keys in hidden if _is_whole(words, all_keys)}
        scored = [fit if fit[1] in seen else _of_hidden(*fit) for fit in scored if fit[1] in seen or fit[1] in whole]
        scored.sort(reverse=True, key=_best_first)
    hits = _hits(reader, scored, min(enough, MOST_HITS + 1))
    return Answer(hits[:limit], len(hits) > limit or (cut and (bool(seen) or len(scored) == most)))


def people_found(reader: Reader, typed: str, most: int) -> list[Id]:
    """People whose names, phones or documents fit what was typed, within reach or not: never shown as they are."""
    words = [word for word in words_of_search(typed[:MAX_TYPED]) if word.begins]
    found = _candidates(reader, words, most) or _otherwise(reader, typed[:MAX_TYPED], words, most)
    return list(islice(found, most))


def _best_first(fit: tuple[float, Id, str]) -> tuple[float, Id]:
    return fit[0], fit[1]


def _seen(reader: Reader, found: Sequence[Id]) -> Collection[Id]:
    """Those of these people whose names and numbers the asker sees, or would after “show names”: one's own caseload
    is found while typing, also with the names covered against eyes over one's shoulder."""
    fields = shape("people").classes["shown_name"], shape("phones").classes["number"]
    if all(sight(reader.acting.roles, each, names_shown=True) is Sight.SHOW for each in fields):
        return people_within_reach(reader, found)
    return frozenset()


def _is_whole(words: Sequence[Word], all_keys: str) -> bool:
    """A case number has no keys beside it: it is never hidden."""
    return not all_keys or all(word.is_whole_in(all_keys) for word in words)


def _of_hidden(score: float, person: Id, why: str) -> tuple[float, Id, str]:
    """How well a hidden name fits may not tell how it is spelt. Only a case number is found by its beginning."""
    return {"name": 1.0, "number": 1.0, "number_begins": score}.get(why, 0.75), person, why


def _candidates(reader: Reader, words: Sequence[Word], most: int = MAX_CANDIDATES) -> Found:
    """At most so many people every typed word leads to: as spelt, and when these are few, also as they sound."""
    if not words:
        return {}
    spelt = _leading_to(reader, words, most, heard=False)
    if len(spelt) >= _ENOUGH or not any(word.sound for word in words):
        return spelt
    both = spelt | _leading_to(reader, words, most, heard=True)
    return dict(islice(both.items(), most))


def _otherwise(reader: Reader, typed: str, words: Sequence[Word], most: int) -> Found:
    """Where nobody fits: two words may be one, one may be mistyped, and a patronymic need not be on record."""
    if not 0 < len(words) <= FEW_WORDS or any(word.is_number for word in words):
        return {}
    for fewer in filter(None, map(words_of_search, joined(typed))):
        if found := _leading_to(reader, fewer, most, heard=True):
            return found
    if found := _mistyped(reader, words, most):
        return found
    own = [word for word in words if word not in patronymics(typed)]
    if not 1 < len(own) < len(words):
        return {}
    return _leading_to(reader, own, most, heard=True) or _mistyped(reader, own, most)


def _mistyped(reader: Reader, words: Sequence[Word], most: int) -> Found:
    """People every word leads to, were one of them mistyped: the one that leads to nobody, if there is one."""
    lost = [word for word in words if not _frequency(reader, word, 1, heard=True)]
    found: Found = {}
    for word in lost or words if len(lost) < 2 else ():
        if nearby := _nearby(reader, word):
            meant = [replace(each, nearby=nearby) if each is word else each for each in words]
            led = _leading_to(reader, meant, most, heard=True)
            found |= {person: keys for person, keys in led.items() if word.is_meant_by(keys[1])}
    return dict(islice(found.items(), most))


def _nearby(reader: Reader, word: Word) -> tuple[str, ...]:
    """Which of the keys a slip away are somebody's."""
    typed = word.begins[0]
    words, sounds = keys_nearby(typed, word.sound.removeprefix(SOUND))
    keys = sorted(words | {SOUND + sound for sound in sounds})
    found = {key for (key,) in _rows(reader, _THERE, [json.dumps(keys)])} if keys else set()
    if half := first_half(typed):
        found |= {key for (key,) in _rows(reader, _BEGUN, [half, half + "\uffff"]) if is_slip(typed, key)}
    return tuple(sorted(found - {typed, word.sound})[:_MOST_NEARBY])


def _leading_to(reader: Reader, words: Sequence[Word], most: int, *, heard: bool) -> Found:
    """The people whose keys fit every word: those of the rarest word, as far as they fit the others too.

    Where even the rarest word is on everybody's lips, its first keys are looked through, or, by sound, none at all.
    """
    rarest, fewest = _rarest(reader, words, heard=heard)
    if not fewest or (heard and fewest == _FREQUENT):
        return {}
    others = [word for word in words if word is not rarest]
    kept = but_not(kept_away(reader), "source")
    found: Found = {}
    for within in rarest.ranges(heard=heard):
        for person, key, all_keys in _people(reader, within, others, most, kept, heard=heard):
            if person not in found and len(found) == most:
                return found
            if person not in found or not all_keys:
                found[person] = (key, all_keys)
    return found


def _rarest(reader: Reader, words: Sequence[Word], *, heard: bool) -> tuple[Word, int]:
    """The word with the fewest keys, and how many; what is frequent is not counted to the end."""
    if len(words) == 1:
        return words[0], 1
    for most in (_RARE, _FREQUENT):
        counted = [(_frequency(reader, word, most, heard=heard), -at) for at, word in enumerate(words)]
        fewest, at = min(counted)
        if fewest < most:
            break
    return words[-at], fewest


def _people(
    reader: Reader, within: tuple[str, str], others: Sequence[Word], most: int, kept: str, *, heard: bool
) -> list[tuple[Id, str, str]]:
    """Who is led to from this range of keys and has a key for each of the other words too; some perhaps twice."""
    begin, end, until = *within, b""
    if others:  # look through so many and no more
        enough = _LOOKED_THROUGH if most <= MAX_CANDIDATES + 1 else _LOOKED_THROUGH * most // MAX_CANDIDATES
        last = _rows(reader, f"SELECT key, person_id FROM {_WITHIN} LIMIT 1 OFFSET ?", [begin, end, enough])
        end, until = last[0] if last else (end, until)
    conditions = [word.among(heard=heard) for word in others]
    where = " AND ".join([_UNTIL, *(condition for condition, _ in conditions)])
    signs = [sign for _, signs in conditions for sign in signs]
    sql = f"SELECT person_id, key, all_keys FROM {where}{kept} LIMIT ?"
    return _rows(reader, sql, [begin, end, until, *signs, 2 * most])


def _frequency(reader: Reader, word: Word, most: int, *, heard: bool) -> int:
    """How many keys fit a word, counted up to so many."""
    count = f"SELECT count(*) FROM (SELECT 1 FROM {_WITHIN} LIMIT ?)"
    counted = (int(_rows(reader, count, [*within, most])[0][0]) for within in word.ranges(heard=heard))
    return min(sum(counted), most)


def _rows(reader: Reader, sql: str, given: Sequence[str | bytes | int]) -> list[Any]:
    """Plain rows below the ORM: with hundreds of them, anything finer would cost more than the answer."""
    return Sql.of(reader.session.connection()).rows(sql, given)


def _scored(found: Found, words: Sequence[Word]) -> list[tuple[float, Id, str]]:
    """Each of these people with how well they fit, and why."""
    begins = tuple(begin for word in words for begin in word.begins)
    if all(word.is_number for word in words):
        exact = frozenset(begins)
        return [
            (1.0, person, "number") if key in exact else (0.95, person, "number_begins")
            for person, (key, _) in found.items()
        ]
    people, names = list(found), [all_keys.partition(END_OF_NAMES)[0] for _, all_keys in found.values()]
    typed = " ".join(word.begins[0] for word in words)
    liked = process.extract(typed, names, scorer=fuzz.token_set_ratio, limit=None)
    return [_weighed(likeness / 100, people[at], found[people[at]][1], begins) for _, likeness, at in liked]


def _weighed(likeness: float, person: Id, all_keys: str, begins: tuple[str, ...]) -> tuple[float, Id, str]:
    """How the words stand among somebody's keys: whole, begun, or only alike in sound."""
    if all(f" {begin} " in all_keys for begin in begins):
        bonus, why = 0.5, "name"
    elif all(f" {begin}" in all_keys for begin in begins):
        bonus, why = 0.35, "name_begins"
    else:
        bonus, why = 0.25, "similar_sound"
    return round(0.5 * likeness + bonus, 4), person, why


def _hits(reader: Reader, scored: list[tuple[float, Id, str]], limit: int) -> list[Hit]:
    """The cases of these people, until there are enough: person by person, with one statement that stays prepared."""
    cases = f"SELECT {COLUMNS} FROM cases c {JOINS} WHERE c.client_id = ? AND {there(reader)}"
    found: list[Any] = []
    why: list[tuple[float, Id, str]] = []
    for fit in with_merged(reader, scored):
        theirs = sorted(_rows(reader, cases, [fit[1]]), key=_opened)
        found += theirs
        why += [fit] * len(theirs)
        if len(found) >= limit:
            break
    return [
        Hit(row.id, row.number, person.hex(), row.name, score, (reason,), row, row.masked & {"name"})
        for row, (score, person, reason) in zip(as_case_rows(reader, found[:limit]), why, strict=False)
    ]


def _opened(row: Any) -> tuple[str, bytes]:
    """When a case was opened; those of a person stand in this order."""
    return row[9] or "", row[0]
