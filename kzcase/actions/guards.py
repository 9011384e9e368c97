"""Guards before a risky step: what is missing is said in words, and the step is not taken."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Act, Reader
from kzcase.db.recorder import stored_heads
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case, Referral
from kzcase.db.tables.office import Partner
from kzcase.domain.case_facts import FILE_IT, FILINGS, NEVER_WITHOUT_US, WEIGHED, WEIGHED_IN, FactKind
from kzcase.domain.case_state import HOME, facts_of
from kzcase.domain.errors import GuardHolds, KindNotChanged, NotFiledYet
from kzcase.domain.pathways import WITHOUT_US, Held, entered_with, held_back
from kzcase.domain.pathways_explained import held_words, joined
from kzcase.domain.pathways_facts import STEPS
from kzcase.domain.permissions import Permission
from kzcase.domain.warned import Warned
from kzcase.i18n import Words, _
from kzcase.queries.case_states import holding, pathway_of, state_of
from kzcase.queries.referral_states import standing_of

_OF_PARTNERS: Final[Mapping[str, str]] = {"consulate": "consulate_letter", "family": "inform_family"}
"""What a letter to a partner of a kind is."""
_OF_NEEDS: Final[Mapping[str, str]] = {"return_ticket": "return_home"}
"""What a referral for something is, whoever gets it."""
_SCREENINGS: Final = frozenset({"victim_screening", "criteria_assessment"})
"""Interviews about exploitation: they come after safety, by a trained interviewer."""
_NEVER: Final = ("", b"")
_TO_FAMILY: Final = frozenset({"parent", "relative", "guardian", "foster", "escort"})
"""To whom a child goes for good; into a centre or a hospital it is placed."""
_HANDOVER: Final = "child_handover"
_GONE_HOME: Final = frozenset({"reunited", "returned"})
"""Reasons for closing that say that somebody is with the family or in their country again."""
_JOURNEYS: Final = frozenset({"return_prepared", "returned"})
WAITS: Final = "waits"
"""The code of the warning that something written now will not leave yet."""
IS_OUT: Final = "is_out"
"""The code of the warning that something is out already which would not leave now."""
_A_CHILDS: Final = "child"
_OF_AGE: Final = "supervisor_confirmed"


_COME_OF_AGE: Final = _(
    "If the person has come of age meanwhile, ask a supervisor to look at the proof of age and to confirm the grounds "
    "in this case."
)


def must_not_be_held(act: Reader, case: Case, step: str, place: str, also: Mapping[str, bool] | None = None) -> None:
    """Refuse a step that a guard of the case's road holds back. `also` is what is true with it."""
    refuse(holding(act, case, step, also), place)


def refuse(held: tuple[Held, ...], place: str, more: Words | None = None) -> None:
    """Say why, with the facts that would open the way; nothing where nothing speaks against it."""
    if held:
        raise GuardHolds(place, what=joined([_why(held), more]) if more else _why(held))


def _why(held: tuple[Held, ...]) -> Words:
    once = {(each.guard.en, each.missing): each for each in held}
    return held_words(once.values())


def must_be_free_to_state(act: Reader, case: Case, kind: FactKind, country: str | None, *, without_us: bool) -> None:
    """Refuse to state a step of one's own that a guard holds back; what happened without us is stated as it was."""
    pathway = pathway_of(act, case)
    if pathway is None or not kind.taken:
        return
    state = state_of(act, case)
    facts = facts_of(state, act.today)
    children = kind.code in NEVER_WITHOUT_US or (kind.code == "returned" and _as_a_child(case, facts))
    if without_us and not children:
        return
    steps = (*kind.steps, *_abroad(kind, country, state.citizenships), *entered_with(pathway, kind.code, facts))
    if children:
        steps = (*steps, "child_handover")
    known = [step for step in steps if step in STEPS or step in dict(pathway.every_stage())]
    now = facts | {kind.code: True}
    against = tuple(held for step in dict.fromkeys(known) for held in held_back(pathway, step, now))
    refuse(against, "fact", _COME_OF_AGE if children and not facts.get("is_child") else None)


def _as_a_child(case: Case, facts: Mapping[str, bool]) -> bool:
    """Whether somebody goes home as a child does. In a child's case a date of birth alone, which one person may change
    and change back, makes nobody an adult: a supervisor confirms it."""
    return bool(facts.get("is_child")) or (case.kind == _A_CHILDS and not facts.get(_OF_AGE))


def _abroad(kind: FactKind, country: str | None, own: Collection[str]) -> tuple[str, ...]:
    """What a step means because it leads to another country; a journey to one that is not theirs is a transfer."""
    if country in (None, HOME):
        return ()
    if kind.code == "tracing_begun":
        return ("tracing_abroad",)
    return ("transfer_abroad",) if kind.code in _JOURNEYS and own and country not in own else ()


def must_be_free_to_move(act: Reader, case: Case, kind: FactKind | None, country: str, *, without_us: bool) -> None:
    """Refuse to correct the country of a step of one's own to one where the step itself would have had to wait."""
    if kind is None or without_us:
        return
    state = state_of(act, case)
    for step in _abroad(kind, country, state.citizenships):
        must_not_be_held(act, case, step, "country")


def must_be_free_to_write(act: Reader, case: Case, partner: Partner | None, place: str, need: str = "") -> None:
    """Refuse a letter to the authorities of the person's country, or for a way back there, while a guard speaks
    against it."""
    for step in _letter_steps(act, partner, need):
        must_not_be_held(act, case, step, place)


def _letter_steps(act: Reader, partner: Partner | None, need: str) -> tuple[str, ...]:
    """What a letter is by its recipient and by what it asks for. Where laptops disagree on what the recipient is, it
    may be any of those one has to be careful with."""
    steps = (*_steps_to(act, partner), _OF_NEEDS.get(need))
    return tuple(step for step in steps if step)


def _steps_to(act: Reader, partner: Partner | None) -> tuple[str | None, ...]:
    if partner is None:
        return ()
    heads = stored_heads(Sql.of(act.session.connection()), "partners", partner.id)
    return tuple(_OF_PARTNERS.values()) if "kind" in heads.disputed else (_OF_PARTNERS.get(partner.kind or ""),)


def must_stay_careful(act: Act, partner: Partner, kind: str) -> None:
    """Refuse that one person alone makes something else of a consulate or a family: what must not reach it while
    somebody is afraid would leave unasked."""
    disputed = act.is_disputed(partner, "kind")
    stays = kind in _OF_PARTNERS if disputed else kind == partner.kind or partner.kind not in _OF_PARTNERS
    if not stays and not act.may(Permission.CONFIRM_FACTS):
        raise KindNotChanged(place="kind")


def is_out_already(act: Reader, referral: Referral, place: str) -> tuple[Warned, ...]:
    """What to say of a letter that is with a partner to whom none would leave now."""
    case = act.session.get(Case, referral.case_id or b"")
    if case is None:
        return ()
    partner = act.session.get(Partner, referral.partner_id or b"")
    steps = _letter_steps(act, partner, referral.need or "")
    return _out(tuple(each for step in steps for each in holding(act, case, step)), [referral.number or ""], place)


def are_out_already(act: Reader, case: Case, fact: str, place: str) -> tuple[Warned, ...]:
    """What to say where a fact closes the way for letters that left before it was known."""
    sent = select(Referral).where(
        Referral.case_id == case.id, Referral.sent_on.is_not(None), Referral.struck.is_not(True)
    )
    rows = [row for row in act.session.scalars(sent.order_by(Referral.number)) if not standing_of(act, row).ended]
    found: dict[str, tuple[Held, ...]] = {}
    for row in rows:
        for step in _letter_steps(act, act.session.get(Partner, row.partner_id or b""), row.need or ""):
            if not holding(act, case, step) and (held := holding(act, case, step, {fact: True})):
                found[row.number or ""] = held
    return _out(tuple(each for held in found.values() for each in held), list(found), place)


def _out(held: tuple[Held, ...], numbers: Sequence[str], place: str) -> tuple[Warned, ...]:
    if not held:
        return ()
    words = _(
        "This was written down. Already with the partner: {numbers}. Do not ask there again and send nothing more; "
        "tell a lawyer and your supervisor now, and decide with the person whether to take it back. {what}",
        numbers=", ".join(numbers),
        what=_why(held),
    )
    return (Warned(place, IS_OUT, words),)


def will_wait(act: Reader, case: Case, partner: Partner | None, place: str, need: str = "") -> tuple[Warned, ...]:
    """What to say where something may be written already, but will be refused when it is about to leave."""
    held = tuple(each for step in _letter_steps(act, partner, need) for each in holding(act, case, step))
    if not held:
        return ()
    words = _("This was written down, but it will not leave before this is settled. {what}", what=_why(held))
    return (Warned(place, WAITS, words),)


def interview_may_be_early(act: Reader, case: Case, form: str) -> tuple[Warned, ...]:
    """What to say of a screening that was held before it should have been: what was said is kept all the same."""
    held = holding(act, case, "screening_interview") if form in _SCREENINGS else ()
    if not held:
        return ()
    words = _("The answers are kept. Before anybody asks the person again, this comes first: {what}", what=_why(held))
    return (Warned("form", WAITS, words),)


def may_be_their_state(act: Reader, case: Case, place: str) -> tuple[Warned, ...]:
    """What to say of a recipient of whom only a name was typed, while nothing may reach the person's authorities."""
    held = holding(act, case, "consulate_letter")
    if not held:
        return ()
    words = _(
        "This was written down. If this recipient belongs to the authorities of the person's country, tell a lawyer "
        "and your supervisor now. {what}",
        what=_why(held),
    )
    return (Warned(place, WAITS, words),)


def must_be_free_to_print(act: Reader, case: Case, form: str, answers: Mapping[str, str]) -> None:
    """Refuse a paper by which a risky step is taken: a letter to a consulate, a request to an archive abroad, the act
    of handing over a child."""
    if form == "consulate_letter":
        must_not_be_held(act, case, "consulate_letter", "paper")
    if form == "archive_request" and _said(answers).get("abroad") != "no":
        must_not_be_held(act, case, "inquiry_abroad", "paper")
    must_be_free_to_hand_over(act, case, form, answers, "paper")


def must_be_free_to_hand_over(act: Reader, case: Case, form: str, answers: Mapping[str, str], place: str) -> None:
    """Refuse answers that let a child go to a family before kinship, safety and a second person are there: whether
    they are typed, corrected, printed or come from a phone."""
    if form == _HANDOVER and _hands_over(answers):
        must_not_be_held(act, case, "child_handover", place)


def _hands_over(answers: Mapping[str, str]) -> bool:
    said = _said(answers)
    return said.get("to_kind") in _TO_FAMILY and said.get("conclusion") == "allowed"


def _said(answers: Mapping[str, str]) -> dict[str, str]:
    """Answers by the last name of their path."""
    return {path.rpartition("/")[2]: value for path, value in answers.items()}


def must_be_free_to_close(act: Reader, case: Case, reason: str, place: str) -> None:
    """Refuse to close a child's case as handed to the family or returned where the casebook knows of neither: a child
    does not go by a reason for closing."""
    if reason not in _GONE_HOME:
        return
    facts = facts_of(state_of(act, case), act.today)
    by_us = facts.get("returned") and not facts.get(f"returned@{WITHOUT_US}")
    if _as_a_child(case, facts) and not (facts.get("handed_over") or by_us):
        more = None if facts.get("is_child") else _COME_OF_AGE
        refuse(holding(act, case, "child_handover"), place, more)


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
