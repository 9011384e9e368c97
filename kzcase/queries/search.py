"""Search while typing: exact words, then beginnings, then sounds, and where nobody fits, slips; ranked by likeness."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from rapidfuzz import fuzz, process

from kzcase.db.derive import END_OF_NAMES
from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Sight, sight
from kzcase.domain.rows import Hit
from kzcase.queries.cases import COLUMNS, JOINS, as_case_rows, there
from kzcase.queries.merged import with_merged
from kzcase.queries.reach import people_within_reach
from kzcase.queries.search_index import Found, Index, rows
from kzcase.queries.search_words import Word, words_of_search

MAX_CANDIDATES: Final = 300
MOST_HITS: Final = 10_000
"""Where more are asked for, that many people are weighed, and no more than so many."""
MAX_TYPED: Final = 200


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
    found = Index.of(reader, most + 1).found(typed[:MAX_TYPED], words)
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


def people_found(reader: Reader, *typed: str, most: int) -> list[Id]:
    """People whose names, phones or documents fit one of these, within reach or not: never shown as they are, nor
    does the time it takes tell whether there are any."""
    index, found = Index.of(reader, most, evenly=True), dict[Id, None]()
    for each in typed:
        words = [word for word in words_of_search(each[:MAX_TYPED]) if word.begins]
        found |= dict.fromkeys(islice(index.found(each[:MAX_TYPED], words), most))
    return list(found)[:most]


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
        theirs = sorted(rows(reader, cases, [fit[1]]), key=_opened)
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
