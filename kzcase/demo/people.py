"""Generated people and the opening of their cases, by the published shares; about nobody real."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from kzcase.demo import births, chance, shares
from kzcase.demo.acts import Act
from kzcase.demo.borders import border_point
from kzcase.demo.chance import Weighted
from kzcase.demo.names import Sex, generate_names
from kzcase.demo.notes import opening_note
from kzcase.demo.phones import phones
from kzcase.i18n import Language

STATELESS: Final = frozenset(shares.STATELESS)
_KAZAKH_SPEAKING: Final = frozenset({"KZ-61", "KZ-79", "KZ-43", "KZ-47", "KZ-23", "KZ-31", "KZ-33"})
_KAZAKH_OFFICE: Final = Weighted[Language]({"kk": 0.68, "ru": 0.29, "en": 0.03})
_RUSSIAN_OFFICE: Final = Weighted[Language]({"ru": 0.62, "kk": 0.34, "en": 0.04})
_URGENCY: Final = {
    "trafficking": Weighted({"immediate": 0.12, "urgent": 0.48, "routine": 0.4}),
    "stateless": Weighted({"immediate": 0.01, "urgent": 0.14, "routine": 0.85}),
    "child": Weighted({"immediate": 0.1, "urgent": 0.4, "routine": 0.5}),
}


@dataclass(frozen=True, slots=True)
class Incident:
    """What the people found together on one day have in common."""

    number: int
    size: int
    region: str
    citizenship: str
    exploitation: str
    sector: str


@dataclass(frozen=True, slots=True)
class GeneratedCase:
    """One generated case and its person, before it is an act. `birth` is the true day; papers may know less."""

    ref: str
    kind: str
    region: str
    opened_on: date
    language: Language
    """In which language the office writes its notes."""
    sex: Sex
    birth: date
    age: int
    citizenship: str
    people: str
    exploitation: str
    sector: str
    border_point: str
    urgency: str
    source: str
    incident: Incident | None


def generate_cases(seed: int, count: int, today: date) -> Iterator[Act]:
    """`count` openings of cases (`case.opened`), oldest first, the same for the same seed and day."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose; nothing secret
    for case in cases(rng, count, today):
        yield opened(rng, case)


def cases(rng: Random, count: int, today: date, written: Language | None = None) -> Iterator[GeneratedCase]:
    """`count` cases, oldest first: a Poisson number around 120 a quarter, now and then a group found together.

    Every office writes in `written`; without it each in its own language.
    """
    number = incidents = 0
    plan = chance.quarters(rng, count, today, shares.PER_QUARTER, shares.LONGEST)
    for first, last, size in plan:
        together = _together(rng, size)
        incident: Incident | None = None
        day = first
        for position, opened_on in enumerate(chance.days(rng, first, last, size)):
            number += 1
            if position not in together:
                yield _case(rng, number, opened_on, written)
                continue
            if position == together.start:
                incidents += 1
                day, incident = opened_on, _incident(rng, incidents, len(together))
            yield _case(rng, number, day, written, incident)


def _together(rng: Random, size: int) -> range:
    """Which of a quarter's cases were found together, if any."""
    group = rng.randint(*shares.EVENT_SIZE)
    if rng.random() >= shares.EVENT_IN_QUARTER or size <= group:
        return range(0)
    start = rng.randrange(size - group)
    return range(start, start + group)


def _incident(rng: Random, number: int, size: int) -> Incident:
    exploitation = "labour" if rng.random() < 0.85 else "sexual"
    return Incident(
        number,
        size,
        shares.region.draw(rng),
        _citizenship(rng, "trafficking", exploitation),
        exploitation,
        shares.sector[exploitation].draw(rng),
    )


def _case(
    rng: Random, number: int, opened_on: date, written: Language | None, incident: Incident | None = None
) -> GeneratedCase:
    kind = "trafficking" if incident else shares.kind.draw(rng)
    exploitation, sector = _exploitation(rng, kind, incident)
    region = incident.region if incident else _region(rng, kind)
    citizenship = incident.citizenship if incident else _citizenship(rng, kind, exploitation)
    years = births.age(rng, kind, exploitation)
    female = shares.FEMALE[exploitation] if exploitation else shares.FEMALE_OF_KIND[kind]
    office = (_KAZAKH_OFFICE if region in _KAZAKH_SPEAKING else _RUSSIAN_OFFICE).draw(rng)
    return GeneratedCase(
        ref=f"case-{number}",
        kind=kind,
        region=region,
        opened_on=opened_on,
        language=written or office,
        sex="female" if rng.random() < female else "male",
        birth=births.birthday(rng, years, opened_on),
        age=years,
        citizenship=citizenship,
        people=shares.people["XXA" if citizenship in STATELESS else citizenship].draw(rng),
        exploitation=exploitation,
        sector=sector,
        border_point=border_point(rng, citizenship, region),
        urgency=_URGENCY[kind].draw(rng),
        source="raid" if incident else shares.source[kind].draw(rng),
        incident=incident,
    )


def _exploitation(rng: Random, kind: str, incident: Incident | None) -> tuple[str, str]:
    if incident:
        return incident.exploitation, incident.sector
    if kind != "trafficking":
        return "", ""
    exploitation = shares.exploitation.draw(rng)
    return exploitation, shares.sector[exploitation].draw(rng)


def _region(rng: Random, kind: str) -> str:
    return (shares.child_region if kind == "child" else shares.region).draw(rng)


def _citizenship(rng: Random, kind: str, exploitation: str) -> str:
    drawn = shares.citizenship["sexual" if exploitation == "sexual" else kind].draw(rng)
    if drawn == "none":
        return shares.stateless.draw(rng)
    return shares.other.draw(rng) if drawn == "other" else drawn


def opened(rng: Random, case: GeneratedCase) -> Act:
    """The act that opens `case`, with a newly named person."""
    act: Act = {
        "act": "case.opened",
        "ref": case.ref,
        "kind": case.kind,
        "region": case.region,
        "opened_on": case.opened_on.isoformat(),
        "urgency": case.urgency,
        "source": case.source,
        "note": opening_note(rng, case.kind, case.exploitation, _company(case), case.language),
        "person": person(rng, case),
    }
    if case.border_point:
        act["border_point"] = case.border_point
    return act


def _company(case: GeneratedCase) -> int:
    return case.incident.size - 1 if case.incident else 0


def person(rng: Random, case: GeneratedCase) -> Act:
    """The person of `case` as the act takes it."""
    found: Act = {
        "names": [name.as_wish() for name in generate_names(rng, case.people, case.sex)],
        "sex": case.sex,
        "birth": births.as_known(rng, case.birth, case.opened_on),
        "citizenships": [case.citizenship],
        "language": _language(rng, case),
    }
    if reached := phones(rng, case.kind, case.citizenship, case.age, case.language):
        found["phones"] = reached
    return found


def _language(rng: Random, case: GeneratedCase) -> str:
    """The language the person speaks best; some Kazakh and Uyghur speakers name Russian."""
    if case.citizenship == "AF" and case.people == "tg":
        return "prs"
    if case.citizenship == "UZ" and case.people == "kk" and rng.random() < 0.4:
        return "kaa"
    return "ru" if case.people in ("kk", "ug") and rng.random() < 0.15 else case.people
