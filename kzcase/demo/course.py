"""What happens in a generated case after it is opened: notes, tasks, consents, referrals, replies and its closing.

Outcomes follow the published shares; a criminal case keeps the case open, and a case is not closed in its first month.
Nothing is left open behind a closed case, and nothing is sent without a consent for that partner.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from kzcase.demo import needs, shares
from kzcase.demo.acts import Act, reference, said
from kzcase.demo.chance import Weighted
from kzcase.demo.needs import Need
from kzcase.demo.notes import note
from kzcase.demo.partners import Directory
from kzcase.demo.people import GeneratedCase
from kzcase.domain.case_facts import ENOUGH_ATTEMPTS

_REFERRALS: Final = Weighted({0: 0.3, 1: 0.48, 2: 0.22})
_TASKS: Final = Weighted({0: 0.25, 1: 0.45, 2: 0.3})
_SENT: Final = 0.9
_ANSWERED: Final = 0.7
_WITHDRAWN: Final = 0.02
_TASK_DONE: Final = 0.45
_SURELY_ADULT: Final = 21
"""Papers may know the year of birth roughly; doubt counts for the child."""
_WRITES: Final = 8
_FURTHER_CONSENT: Final = 0.12
_FURTHER_CLASSES: Final = ("identifying", "contact")
_LOST_AFTER: Final = 90
"""Days of trying before a contact counts as lost."""
_BETWEEN_TRIES: Final = timedelta(days=3)
_AT_HOME: Final = frozenset({"KZ", *shares.STATELESS})
"""Whose home is here: for them nobody arranges a return. Nor does a child go before two people have seen to it."""
_VALID: Final = (90, 180, 365)
_WITH_DATE: Final = 0.6
_PACE: Final = 12
"""Days at most between one act on a case and the next."""
_LASTS: Final = (30, 240)
"""Days a case that was closed had been open, at least and at most."""


class _Days:
    """The days on which things happen to one case: later and later, never after its last."""

    def __init__(self, rng: Random, first: date, last: date) -> None:
        self._rng, self._day, self._last = rng, first, last

    def next(self) -> str:
        """The day of the next act."""
        self._day = min(self._last, self._day + timedelta(days=self._rng.randint(0, _PACE)))
        return self._day.isoformat()


def follow_up(rng: Random, case: GeneratedCase, directory: Directory, today: date) -> Iterator[Act]:
    """The acts after the opening of `case`, in order."""
    reason = _closing(rng, case, today)
    last = case.opened_on + _lasting(rng, today - case.opened_on) if reason else today
    days = _Days(rng, case.opened_on, last)
    notes = rng.randint(2, 6)
    yield _note(rng, case, days)
    for number, need in enumerate(_needs(rng, case), 1):
        yield from _referral(rng, case, need, directory, number, today, days, settled=bool(reason))
        yield _note(rng, case, days)
        notes -= 1
    if rng.random() < _FURTHER_CONSENT:
        yield _consent(rng, case, directory.near("ngo", case.region).ref, 0, _FURTHER_CLASSES, today, days)
    for number in range(1, _TASKS.draw(rng) + 1):
        yield from _task(rng, case, number, today, days, done=bool(reason))
    for _ in range(notes - 1):
        yield _note(rng, case, days)
    if reason:
        yield from _before_closing(case, reason, last.isoformat())
        yield _closed(case, reason, last.isoformat())


def _lasting(rng: Random, at_most: timedelta) -> timedelta:
    """How long a case was open that is closed by now; those that would end later do not all end today."""
    shortest, drawn = _LASTS[0], rng.randint(*_LASTS)
    room = at_most.days - shortest + 1
    return timedelta(days=shortest + (drawn - shortest) % room) if room > 0 else at_most


def _before_closing(case: GeneratedCase, reason: str, on: str) -> Iterator[Act]:
    """What has to be there first: attempts before a contact counts as lost, a decision where the law may want one."""
    of_case = {"case": reference(case.ref), "on": on}
    if reason == "lost_contact":
        yield {"act": "fact.stated", "fact": "safe_channel", **of_case}
        for before in reversed(range(ENOUGH_ATTEMPTS)):
            day = (date.fromisoformat(on) - before * _BETWEEN_TRIES).isoformat()
            yield {"act": "contact.tried", "channel": "visit", **of_case, "on": day}
    if case.age < 18 or case.kind == "child":
        ground, told = said(needs.NOT_REPORTED, case.language), said(needs.TOLD, case.language)
        yield {"act": "report.declined", "ground": ground, "told": told, **of_case}


def _closed(case: GeneratedCase, reason: str, on: str) -> Act:
    summary, asked = said(needs.SUMMARIES[reason], case.language), reason != "lost_contact"
    closing = {"reason": reason, "summary": summary, "feedback_asked": asked}
    return {"act": "case.closed", "case": reference(case.ref), **closing, "on": on}


def _note(rng: Random, case: GeneratedCase, days: _Days) -> Act:
    return {
        "act": "note.added",
        "case": reference(case.ref),
        "text": note(rng, case.kind, case.exploitation, case.language),
        "on": days.next(),
    }


def _task(rng: Random, case: GeneratedCase, number: int, today: date, days: _Days, *, done: bool) -> Iterator[Act]:
    name = f"{case.ref}-task-{number}"
    finished = done or rng.random() < _TASK_DONE
    due = _between(rng, case.opened_on, today) if finished else today + timedelta(days=rng.randint(-7, 30))
    title = said(rng.choice(needs.TASKS), case.language)
    yield {"act": "task.added", "ref": name, "case": reference(case.ref), "title": title, "due": due.isoformat()}
    if finished:
        yield {"act": "task.done", "task": reference(name), "on": days.next()}


def _needs(rng: Random, case: GeneratedCase) -> list[Need]:
    """None, one or two different needs to refer for."""
    likely = needs.OF_CHILD if case.age < 18 else needs.OF_ADULT[case.kind]
    return [needs.NEEDS[code] for code in dict.fromkeys(likely.draw(rng) for _ in range(_REFERRALS.draw(rng)))]


def _referral(
    rng: Random,
    case: GeneratedCase,
    need: Need,
    directory: Directory,
    number: int,
    today: date,
    days: _Days,
    *,
    settled: bool,
) -> Iterator[Act]:
    """Consent for one partner, the referral to it, how it was sent and what came back."""
    partner = directory.near(need.partner, case.region).ref
    name, consent = f"{case.ref}-referral-{number}", f"{case.ref}-consent-{number}"
    yield _consent(rng, case, partner, number, need.classes, today, days)
    yield {
        "act": "referral.drafted",
        "ref": name,
        "case": reference(case.ref),
        "partner": reference(partner),
        "need": need.code,
        "reason": said(need.reason, case.language),
        "urgency": case.urgency,
        "language": case.language,
        "on": days.next(),
    }
    if not settled and rng.random() >= _SENT:
        return
    yield {"act": "referral.sent", "referral": reference(name), "how": needs.HOW.draw(rng), "on": days.next()}
    if settled or rng.random() < _ANSWERED:
        yield _answer(rng, name, case, days, settled=settled)
        if rng.random() < _WITHDRAWN:
            yield from _withdrawn(rng, consent, days, settled=settled)


def _withdrawn(rng: Random, consent: str, days: _Days, *, settled: bool) -> Iterator[Act]:
    """The person took the consent back. Whoever holds something is told, and has confirmed before a case is closed."""
    name = f"{consent}-withdrawal"
    yield {"act": "consent.withdrawn", "ref": name, "consent": reference(consent), "on": days.next()}
    if settled:
        yield {"act": "notice.sent", "notice": reference(name), "how": needs.HOW.draw(rng), "on": days.next()}
        yield {"act": "notice.acknowledged", "notice": reference(name), "on": days.next()}


def _answer(rng: Random, referral: str, case: GeneratedCase, days: _Days, *, settled: bool) -> Act:
    outcome = (needs.SETTLED if settled else needs.OUTCOME).draw(rng)
    return {
        "act": "referral.answered",
        "referral": reference(referral),
        "outcome": outcome,
        "text": said(needs.REPLIES[outcome], case.language),
        "on": days.next(),
    }


def _consent(
    rng: Random, case: GeneratedCase, partner: str, number: int, classes: tuple[str, ...], today: date, days: _Days
) -> Act:
    act: Act = {
        "act": "consent.given",
        "ref": f"{case.ref}-consent-{number}",
        "case": reference(case.ref),
        "partner": reference(partner),
        "purpose": "referral",
        "classes": list(classes),
        "language": case.language,
        "on": days.next(),
    }
    if case.people not in ("kk", "ru"):
        act["interpreter"] = rng.random() < 0.4
    if rng.random() < _WITH_DATE:
        act["valid_until"] = (today + timedelta(days=rng.choice(_VALID))).isoformat()
    return act | (_of_child(case, act["on"]) if case.age < _SURELY_ADULT else {})


def _of_child(case: GeneratedCase, on: str) -> Act:
    """Who agreed beside the child: a parent, or the guardianship body where a child is alone."""
    said: Act = {"assent": "written" if case.age >= _WRITES else "spoken"}
    if case.kind == "child":
        return said | {"guardian": "absent", "guardianship_told_on": on, "best_interests_on": on}
    return said | {"guardian": "agrees"}


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def _closing(rng: Random, case: GeneratedCase, today: date) -> str:
    """The reason for which the case was closed, or nothing."""
    outcome = shares.outcome.draw(rng)
    if (today - case.opened_on).days < shares.YOUNG_CASE:
        return ""
    match outcome:
        case "documents":
            return "citizenship" if case.kind == "stateless" and rng.random() < 0.3 else "documented"
        case "returned":
            stays = case.citizenship in _AT_HOME or case.kind == "child" or case.age < _SURELY_ADULT
            return "goals_reached" if stays else "returned"
        case "lost_contact" if (today - case.opened_on).days >= _LOST_AFTER:
            return "lost_contact"
        case _:
            return ""
