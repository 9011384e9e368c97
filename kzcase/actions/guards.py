"""Guards before a risky step: what is missing is said in words, and the step is not taken."""

from collections.abc import Mapping
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.office import Partner
from kzcase.domain.case_facts import FILE_IT, FILINGS, NEVER_WITHOUT_US, WEIGHED, WEIGHED_IN, FactKind
from kzcase.domain.case_state import HOME, facts_of
from kzcase.domain.errors import GuardHolds, NotFiledYet
from kzcase.domain.pathways import Held, Pathway, held_back
from kzcase.domain.pathways_explained import held_words
from kzcase.domain.pathways_facts import STEPS
from kzcase.queries.case_states import holding, pathway_of, state_of

_OF_PARTNERS: Final[Mapping[str, str]] = {"consulate": "consulate_letter"}
"""What a letter to a partner of a kind is."""
_NEVER: Final = ("", b"")
_TO_FAMILY: Final = frozenset({"parent", "relative", "guardian", "foster", "escort"})
"""To whom a child goes for good; into a centre or a hospital it is placed."""


def must_not_be_held(act: Reader, case: Case, step: str, place: str, also: Mapping[str, bool] | None = None) -> None:
    """Refuse a step that a guard of the case's road holds back. `also` is what is true with it."""
    refuse(holding(act, case, step, also), place)


def refuse(held: tuple[Held, ...], place: str) -> None:
    """Say why, with the facts that would open the way; nothing where nothing speaks against it."""
    if held:
        once = {each.guard.id: each for each in held}
        raise GuardHolds(place, what=held_words(once.values()))


def must_be_free_to_state(act: Reader, case: Case, kind: FactKind, country: str | None, *, without_us: bool) -> None:
    """Refuse to state a step of one's own that a guard holds back; what happened without us is stated as it was."""
    pathway = pathway_of(act, case)
    if pathway is None or not kind.taken:
        return
    facts = facts_of(state_of(act, case), act.today)
    children = kind.code in NEVER_WITHOUT_US or (kind.code == "returned" and facts.get("is_child"))
    if without_us and not children:
        return
    steps = (*kind.steps, *_abroad(kind, country), *_reached_with(pathway, kind.code, facts))
    if children:
        steps = (*steps, "child_handover")
    known = [step for step in steps if step in STEPS or step in dict(pathway.every_stage())]
    now = facts | {kind.code: True}
    refuse(tuple(held for step in dict.fromkeys(known) for held in held_back(pathway, step, now)), "fact")


def _abroad(kind: FactKind, country: str | None) -> tuple[str, ...]:
    return ("tracing_abroad",) if kind.code == "tracing_begun" and country not in (None, HOME) else ()


def _reached_with(pathway: Pathway, fact: str, facts: Mapping[str, bool]) -> tuple[str, ...]:
    """The stages, of the road and of tracks, that the case reaches with this fact."""
    now = {**facts, fact: True}
    return tuple(
        address for address, stage in pathway.every_stage() if fact in (*stage.when, *stage.any) and stage.reached(now)
    )


def must_be_free_to_write(act: Reader, case: Case, partner: Partner | None, place: str) -> None:
    """Refuse a letter to the authorities of the person's country while a guard speaks against it."""
    step = _OF_PARTNERS.get((partner.kind if partner else None) or "")
    if step:
        must_not_be_held(act, case, step, place)


def must_be_free_to_print(act: Reader, case: Case, form: str, answers: Mapping[str, str]) -> None:
    """Refuse a paper by which a risky step is taken: a letter to a consulate, the act of handing over a child."""
    if form == "consulate_letter":
        must_not_be_held(act, case, "consulate_letter", "paper")
    if form == "child_handover" and hands_over(answers):
        must_not_be_held(act, case, "child_handover", "paper")


def hands_over(answers: Mapping[str, str]) -> bool:
    """Whether an act of handing over lets a child go to a family."""
    said = {path.rpartition("/")[2]: value for path, value in answers.items()}
    return said.get("to_kind") in _TO_FAMILY and said.get("conclusion") == "allowed"


def must_be_weighed(act: Reader, case: Case, fact: str) -> None:
    """Refuse a filing of which nobody has decided with the person since the one before that it is filed."""
    if fact not in FILINGS or case.kind not in WEIGHED_IN:
        return
    stated = state_of(act, case).counted()
    weighed = [each for each in stated if each.fact == WEIGHED and each.step == fact]
    before = max(((each.at, each.id) for each in stated if each.fact == fact), default=_NEVER)
    last = max(weighed, key=lambda each: (each.at, each.id), default=None)
    if last is None or last.decision != FILE_IT or (last.at, last.id) < before:
        raise NotFiledYet("fact")
