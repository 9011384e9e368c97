"""People who were found to be one person: the one place that follows who is merged with whom."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.ids import Id
from kzcase.queries.reach import people_within_reach

_LIVE: Final = """
SELECT person_id, same_as FROM same_persons
WHERE struck IS NOT 1 AND parted_on IS NULL AND same_as IS NOT NULL AND person_id IS NOT NULL"""
_ANY: Final = "SELECT 1 FROM same_persons LIMIT 1"
_LINKS: Final = f"""{_LIVE}
AND (person_id IN (SELECT unhex(value) FROM json_each(?1)) OR same_as IN (SELECT unhex(value) FROM json_each(?1)))"""
_STEPS: Final = 50
"""So many links away somebody is still found; nobody is written down more often than that."""

Fit = tuple[float, Id, str]


def same_people(reader: Reader, person: Id) -> tuple[Id, ...]:
    """Everybody who was found to be this same person, themselves first. What was parted again is not among them."""
    together = _groups(_links(Sql.of(reader.session.connection()), {person})).get(person, set())
    return (person, *sorted(together - {person}))


def stand_ins(reader: Reader) -> Mapping[Id, Id]:
    """For everybody who was found to be somebody else too, one of the records that stands for all of them."""
    links = [(one, other) for one, other in Sql.of(reader.session.connection()).rows(_LIVE)]
    return {person: min(group) for person, group in _groups(links).items()}


def with_merged(reader: Reader, fits: Sequence[Fit]) -> Sequence[Fit]:
    """The same people and, right behind each, those who are one person with them and within the asker's reach."""
    there = {person for _score, person, _why in fits}
    links = _links(Sql.of(reader.session.connection()), there)
    if not links:
        return fits
    groups = _groups(links)
    others = {one for person in there for one in groups.get(person, ())} - there
    near = set(people_within_reach(reader, sorted(others))) if others else set[Id]()
    found: list[Fit] = []
    for score, person, why in fits:
        found.append((score, person, why))
        behind = sorted(near.intersection(groups.get(person, ())))
        found += [(score, other, why) for other in behind]
        near.difference_update(behind)
    return found


def _links(sql: Sql, people: Collection[Id]) -> list[tuple[Id, Id]]:
    """What holds these people and others together; where nobody was ever merged, one look is enough."""
    if not sql.rows(_ANY):
        return []
    found, asked, waiting = dict[tuple[Id, Id], None](), set[Id](), set(people)
    for _step in range(_STEPS):
        rows = sql.rows(_LINKS, [json.dumps([person.hex() for person in waiting])])
        found |= dict.fromkeys((one, other) for one, other in rows)
        asked |= waiting
        waiting = {person for link in found for person in link} - asked
        if not waiting:
            break
    return list(found)


def _groups(links: Iterable[tuple[Id, Id]]) -> dict[Id, set[Id]]:
    """Everybody with those who are one person with them."""
    together: dict[Id, set[Id]] = defaultdict(set)
    for one, other in links:
        both = {one, other} | together[one] | together[other]
        for each in both:
            together[each] = both
    return together
