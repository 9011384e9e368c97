"""How far generated cases have come on their road: the facts that were stated, one after the other, day by day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from kzcase.demo.acts import Act, Text, reference, said
from kzcase.demo.people import GeneratedCase

_PAPER: Final[Text] = ("Қаулы, № {number}", "Постановление, № {number}", "Decision, No. {number}")
_GROUND: Final[Text] = (
    "Скрининг пен әңгіме жазбалары бойынша негіз жеткілікті.",
    "По скринингу и записям бесед оснований достаточно.",
    "By the screening and the notes of the talks there are enough grounds.",
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One fact of a road: how likely a case that came so far also comes here, and how many days it takes at most.

    A case that does not come to a milestone stands still there, unless it lies `beside` the road; one `after` another
    is not reached without it.
    """

    fact: str
    likely: float = 1.0
    days: int = 7
    proof: bool = False
    confirmed: bool = False
    beside: bool = False
    after: str = ""


_ROADS: Final[Mapping[str, tuple[Milestone, ...]]] = {
    "trafficking": (
        Milestone("safe", 0.95, 1),
        Milestone("police_consented", 0.7, 1, beside=True),
        Milestone("crime_reported", 0.95, 0, beside=True, after="police_consented"),
        Milestone("supervisor_confirmed", 0.8, 6, confirmed=True),
        Milestone("grounds_found", 0.95, 2),
        Milestone("rights_explained", 0.95, 3),
        Milestone("planned", 0.8, 12),
        Milestone("served", 0.85, 10),
    ),
    "stateless": (
        Milestone("evidence_gathered", 0.75, 40),
        Milestone("legal_path_signed", 0.85, 12, proof=True),
        Milestone("path_chosen", 0.95, 3),
    ),
    "child": (
        Milestone("safe", 0.97, 1),
        Milestone("status_known", 0.9, 4),
        Milestone("child_heard", 0.85, 5),
        Milestone("assessed", 0.95, 4),
        Milestone("planned", 0.75, 14),
        Milestone("served", 0.85, 10),
    ),
}


_BY_CONSENT: Final[Mapping[str, frozenset[str]]] = {"trafficking": frozenset({"planned", "served"})}
"""Steps that wait until the person has agreed."""


def with_consent(case: GeneratedCase, stated: Iterable[Act], course: Iterable[Act]) -> Iterator[Act]:
    """What was stated before the course of the case; steps that wait for a consent right behind the first one."""
    waits = _BY_CONSENT.get(case.kind, frozenset())
    later: list[Act] = []
    for act in stated:
        if act["fact"] in waits:
            later.append(act)
        else:
            yield act
    for act in course:
        yield act
        if act["act"] == "consent.given":
            yield from later
            later = []


def milestones(rng: Random, case: GeneratedCase, today: date) -> Iterator[Act]:
    """The facts stated of `case`, in order, none after `today`; it stops where it stands now."""
    on, reached = case.opened_on, {""}
    for milestone in _ROADS.get(case.kind, ()):
        on += timedelta(days=rng.randint(0, milestone.days))
        comes = rng.random() < milestone.likely and milestone.after in reached
        if on > today or not (comes or milestone.beside):
            return
        if comes:
            reached.add(milestone.fact)
            yield _stated(rng, case, milestone, on)


def _stated(rng: Random, case: GeneratedCase, milestone: Milestone, on: date) -> Act:
    act: Act = {"case": reference(case.ref), "fact": milestone.fact, "on": on.isoformat()}
    if milestone.confirmed:
        return {"act": "fact.confirmed", **act, "ground": said(_GROUND, case.language)}
    if milestone.proof:
        act["proof"] = said(_PAPER, case.language).format(number=rng.randint(10, 990))
    return {"act": "fact.stated", **act}
