"""Every refusal names what is wrong and where, changes nothing, and can be said in three languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.perform import perform_all, read_act
from kzcase.actions.wishes import ACTIONS
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import LANGUAGES, render
from tests.actions.steps import (
    CALL,
    CASE,
    PARTNER,
    PERSON,
    a_call,
    a_case,
    a_consent,
    a_draft,
    a_partner,
    a_sent_referral,
    do,
)
from tests.db.books import founded

NOWHERE = "00" * 16
SEALED = {"act": "note.sealed", "kind": "legal", "text": "Generated."}
Act = dict[str, Any]
Story = Callable[[Casebook], Act]


def person(**changed: Any) -> Act:
    return CASE | {"person": PERSON | changed}


def on_case(**act: Any) -> Story:
    return lambda book: act | {"case": a_case(book)}


def on_closed_case(**act: Any) -> Story:
    def story(book: Casebook) -> Act:
        case = a_case(book)
        do(book, act="case.closed", case=case, reason="goals_reached", summary="Generated.", feedback_asked=True)
        return act | {"case": case}

    return story


def on_person(**act: Any) -> Story:
    return lambda book: act | {"person": do(book, **CASE).ids["person"].hex()}


def a_draft_story(book: Casebook, **consent: Any) -> str:
    case, partner = a_case(book), a_partner(book)
    if consent:
        a_consent(book, case, partner, **{k: v for k, v in consent.items() if k != "_"})
    return a_draft(book, case, partner)


def send(make: Callable[[Casebook], str]) -> Story:
    return lambda book: {"act": "referral.sent", "referral": make(book), "how": "in_person"}


def withdrawn(book: Casebook) -> str:
    case, partner = a_case(book), a_partner(book)
    consent = a_consent(book, case, partner)
    do(book, act="consent.withdrawn", consent=consent)
    return a_draft(book, case, partner)


def closed_with_draft(book: Casebook) -> str:
    case, partner = a_case(book), a_partner(book)
    a_consent(book, case, partner)
    draft = a_draft(book, case, partner)
    do(book, act="case.closed", case=case, reason="goals_reached", summary="Generated.", feedback_asked=True)
    return draft


def other_partner(book: Casebook) -> str:
    case = a_case(book)
    a_consent(book, case, a_partner(book, "One"))
    return a_draft(book, case, a_partner(book, "Other"))


def two_of_a_name(book: Casebook) -> Act:
    a_partner(book, "Twice"), a_partner(book, "Twice")
    return {"act": "consent.given", "case": a_case(book), "partner": "Twice", **AGREED}


def taken_call(book: Casebook) -> Act:
    call = a_call(book)
    a_case(book, call=call)
    return CASE | {"call": call}


def consent_wish(book: Casebook) -> Act:
    return {"act": "consent.given", "case": a_case(book), "partner": a_partner(book), **AGREED}


def withdrawn_twice(book: Casebook) -> Act:
    consent = a_consent(book, a_case(book), a_partner(book))
    do(book, act="consent.withdrawn", consent=consent)
    return {"act": "consent.withdrawn", "consent": consent}


def a_task(book: Casebook) -> str:
    """A task that is due on the first of December."""
    return do(book, act="task.added", case=a_case(book), title="x", due="2026-12-01").ids["task"].hex()


def done_twice(book: Casebook) -> Act:
    task = do(book, act="task.added", case=a_case(book), title="x", due="2026-12-01").ids["task"].hex()
    do(book, act="task.done", task=task)
    return {"act": "task.done", "task": task}


def _sent(more: Act) -> Story:
    return lambda book: {"act": "referral.followed", "referral": a_sent_referral(book)[1], **more}


def asked_too_late(book: Casebook) -> Act:
    referral = a_sent_referral(book)[1]
    do(book, act="referral.followed", referral=referral, state="served")
    return {"act": "referral.chased", "referral": referral}


def revoked_draft(book: Casebook) -> str:
    draft = a_draft_story(book)
    do(book, act="referral.followed", referral=draft, state="revoked")
    return draft


WEIGHED = {"authority": "x", "learns": "x", "decision": "file", "decided_with": "person"}
AGREED = {"purpose": "referral", "classes": ["identifying"], "language": "kk"}
CORRECT = {"act": "person.corrected"}
BACK = {"act": "call_back.promised", "due": "2026-12-01T12:00", "phone": "+77010000005"}
SIGNAL = {"act": "signal.prepared", "unit": "x", "danger": "now", "facts": "x", "heard": True}


def on_call(**act: Any) -> Story:
    return lambda book: act | {"call": a_call(book)}


def on_signal(*before: Act, **act: Any) -> Story:
    def story(book: Casebook) -> Act:
        signal = do(book, **SIGNAL, call=a_call(book)).ids["signal"].hex()
        for each in before:
            do(book, **each, signal=signal)
        return act | {"signal": signal}

    return story


def ended_call_back(book: Casebook) -> Act:
    promised = do(book, **BACK, call=a_call(book)).ids["call_back"].hex()
    do(book, act="call_back.ended", call_back=promised, ended="unsafe")
    return {"act": "call_back.tried", "call_back": promised, "result": "reached"}


def second_shift(book: Casebook) -> Act:
    do(book, act="shift.opened")
    return {"act": "shift.opened"}


SENT, FOUND = {"act": "signal.sent", "how": "phone"}, {"act": "signal.answered", "result": "found"}
LINE: dict[str, tuple[Story | Act, type[KzcaseError], str]] = {
    "a call about no case": (on_call(act="call.linked", case=NOWHERE), errors.NotFound, "[0].case"),
    "a service nobody has": (on_call(act="emergency.called", service="911"), errors.UnknownCode, "[0].service"),
    "a sheet nobody wrote": (on_call(act="sheet.given", sheet="x", language="kk"), errors.NoSuchSheet, "[0].sheet"),
    "a signal nobody heard": (on_call(**SIGNAL | {"heard": False}), errors.SignalUnheard, "[0].heard"),
    "somebody named by the way": (on_call(**SIGNAL, identity="x"), errors.IdentityNeedsGround, "[0].identity"),
    "a signal to the same unit": (
        *(on_signal(act="signal.readdressed", unit="x", because="x"), errors.NothingToChange),
        "[0].unit",
    ),
    "a signal sent twice": (on_signal(SENT, **SENT), errors.SignalSent, "[0].signal"),
    "received before it was sent": (on_signal(act="signal.acknowledged", by="x"), errors.SignalNotSent, "[0].signal"),
    "a second result": (on_signal(SENT, FOUND, **FOUND), errors.SignalAnswered, "[0].signal"),
    "nothing to review": (on_signal(act="signal.reviewed", review="upheld"), errors.NothingToChange, "[0].signal"),
    "a call-back to nobody": (
        *(on_call(act="call_back.promised", due="2026-12-01T12:00"), errors.NoNumberToCall),
        "[0].phone",
    ),
    "a call-back on Mars": (on_call(**BACK, zone="Mars/Olympus"), errors.NoSuchZone, "[0].zone"),
    "a call-back in the evening": (on_call(**BACK, hours="evening"), errors.BadHours, "[0].hours"),
    "a call-back at a dangerous hour": (on_call(**BACK, hours="18:00-20:00"), errors.OutsideSafeHours, "[0].due"),
    "a call-back that is over": (ended_call_back, errors.CallBackEnded, "[0].call_back"),
    "no such call-back": (
        {"act": "call_back.ended", "call_back": NOWHERE, "ended": "kept"},
        errors.NotFound,
        "[0].call_back",
    ),
    "no such phone": ({"act": "phone.controlled", "phone": NOWHERE, "state": "free"}, errors.NotFound, "[0].phone"),
    "a word for nobody": ({"act": "duress_word.set", "person": NOWHERE, "word": "x"}, errors.NotFound, "[0].person"),
    "a number nobody has": (
        {"act": "caller.checked", "number": "+77010000099", "word": "x"},
        errors.NotFound,
        "[0].number",
    ),
    "no such alert": ({"act": "alert.seen", "check": NOWHERE}, errors.NotFound, "[0].check"),
    "two shifts at once": (second_shift, errors.ShiftOpen, "[0].shift.opened"),
    "no shift to close": ({"act": "shift.closed"}, errors.NoShiftOpen, "[0].shift.closed"),
    "work outside nowhere": (
        {"act": "outreach.logged", "kind": "visit", "region": "KZ-99", "reached": 1, "topics": []},
        errors.UnknownCode,
        "[0].region",
    ),
    "no key to share": ({"act": "line_key.shared"}, errors.NoLineKey, "[0].line_key.shared"),
}
REFUSED: dict[str, tuple[Story | Act, type[KzcaseError], str]] = {
    **{
        f"nobody to whom: {act['act']}": (act, errors.NotFound, f"[0].{place}")
        for place, act in (
            ("person", {"act": "record.added", "facts": {"record": "document", "kind": "kz_id"}, "person": NOWHERE}),
            ("record", {"act": "record.corrected", "facts": {"record": "job", "hours": 9}, "record": NOWHERE}),
            ("record", {"act": "record.ended", "until": "2026", "record": NOWHERE}),
            ("record", {"act": "record.removed", "record": NOWHERE}),
            ("person", {"act": "relation.added", "kind": "mother", "other": NOWHERE, "person": NOWHERE}),
            ("person", {"act": "household.joined", "person": NOWHERE, "with_person": NOWHERE}),
            ("document", {"act": "document.taken", "document": NOWHERE}),
            ("document", {"act": "document.returned", "document": NOWHERE}),
            ("proceeding", {"act": "safeguard.decided", "safeguard": "claimed", "proceeding": NOWHERE}),
            ("proceeding", {"act": "proceeding.closed", "outcome": "fined", "proceeding": NOWHERE}),
            ("person", {"act": "persons.merged", "person": NOWHERE, "other": NOWHERE}),
            ("person", {"act": "persons.parted", "person": NOWHERE, "other": NOWHERE}),
            ("person", {"act": "persons.told_apart", "person": NOWHERE, "other": NOWHERE}),
            ("person", {"act": "member.interviewed", "person": NOWHERE}),
            ("record", {"act": "suspicion.ended", "record": NOWHERE}),
            ("record", {"act": "suspicion.renewed", "record": NOWHERE, "keep_until": "2027-01-01", "why": "x"}),
            ("case", {"act": "tracing.asked", "case": NOWHERE, "relation": "mother", "enquirer": NOWHERE}),
            ("tracing", {"act": "enquirer.vetted", "tracing": NOWHERE}),
            ("tracing", {"act": "match.decided", "tracing": NOWHERE, "person": NOWHERE, "found": True}),
            ("tracing", {"act": "found.answered", "tracing": NOWHERE, "person": NOWHERE, "answer": "no"}),
            ("search", {"act": "search.removed", "search": NOWHERE}),
            ("case", {"act": "visibility.weighed", "case": NOWHERE, "step": "filed", **WEIGHED}),
        )
    },
    "a search for nothing": (
        {"act": "search.saved", "name": "x", "filters": {}},
        errors.NotAFilter,
        "[0].filters",
    ),
    "unknown kind of case": (CASE | {"kind": "holiday"}, errors.UnknownCode, "[0].kind"),
    "unknown region": (CASE | {"region": "KZ-99"}, errors.UnknownCode, "[0].region"),
    "unknown border point": (CASE | {"border_point": "x"}, errors.UnknownCode, "[0].border_point"),
    "unknown source": (CASE | {"source": "x"}, errors.UnknownCode, "[0].source"),
    "unknown urgency": (CASE | {"urgency": "x"}, errors.UnknownCode, "[0].urgency"),
    "30 February": (CASE | {"opened_on": "2026-02-30"}, errors.NoSuchDate, "[0].opened_on"),
    "no reader": (on_case(**SEALED, readers=[]), errors.NoReader, "[0].readers"),
    "a reader nobody knows": (on_case(**SEALED, readers=["Nobody"]), errors.NotFound, "[0].readers[0]"),
    "unknown sealed kind": (
        on_case(**SEALED | {"kind": "x"}, readers=["Founder"]),
        errors.UnknownCode,
        "[0].kind",
    ),
    "no case to seal in": (SEALED | {"case": NOWHERE, "readers": ["Founder"]}, errors.NotFound, "[0].case"),
    "no such sealed note": (
        {"act": "note.resealed", "note": NOWHERE, "readers": ["Founder"]},
        errors.NotFound,
        "[0].note",
    ),
    "no case to keep away from": (
        {"act": "case.blocked", "case": NOWHERE, "staff": "Founder"},
        errors.NotFound,
        "[0].case",
    ),
    "nobody would be left": (on_case(act="case.blocked", staff="Founder"), errors.NobodyLeft, "[0].staff"),
    "nobody to keep away": (on_case(act="case.blocked", staff="Nobody"), errors.NotFound, "[0].staff"),
    "no case to let back to": (
        {"act": "case.unblocked", "case": NOWHERE, "staff": "Founder"},
        errors.NotFound,
        "[0].case",
    ),
    "not kept away": (on_case(act="case.unblocked", staff="Founder"), errors.NothingToChange, "[0].staff"),
    "no person": ({"act": "case.opened", "kind": "child"}, errors.MissingPerson, "[0].person"),
    "nobody by that id": (CASE | {"person_id": NOWHERE}, errors.NotFound, "[0].person_id"),
    "a worker nobody knows": (CASE | {"worker": "Nobody"}, errors.NotFound, "[0].worker"),
    "no such call": (CASE | {"call": "2026-XXX-C00001"}, errors.NotFound, "[0].call"),
    "a call that has its case": (taken_call, errors.CallTaken, "[0].call"),
    "unknown sex": (person(sex="x"), errors.UnknownCode, "[0].person.sex"),
    "a birth in month 13": (person(birth="1990-13"), errors.NoSuchDate, "[0].person.birth"),
    "a birth that is a word": (person(birth="spring"), errors.NotADate, "[0].person.birth"),
    "unknown citizenship": (person(citizenships=["UZ", "QQ"]), errors.UnknownCode, "[0].person.citizenships[1]"),
    "unknown language": (person(language="x"), errors.UnknownCode, "[0].person.language"),
    "unknown script": (
        *(person(names=[{"family": "a"}, {"family": "b", "script": "x"}]), errors.UnknownCode),
        "[0].person.names[1].script",
    ),
    "unknown kind of name": (person(names=[{"kind": "x"}]), errors.UnknownCode, "[0].person.names[0].kind"),
    "a name without a letter": (person(names=[{"family": "a"}, {"given": " "}]), errors.NoName, "[0].person.names[1]"),
    "a further name without a letter": (on_person(act="name.added", family=" "), errors.NoName, "[0]"),
    "a further name in an unknown script": (
        *(on_person(act="name.added", family="a", script="x"), errors.UnknownCode),
        "[0].script",
    ),
    "unknown way to call": (
        *(person(phones=[{"number": "1", "safe": "x"}]), errors.UnknownCode),
        "[0].person.phones[0].safe",
    ),
    "a note into no case": ({"act": "note.added", "case": "2026-NO-1", "text": "x"}, errors.NotFound, "[0].case"),
    "a task in a closed case": (
        on_closed_case(act="task.added", title="x", due="2026-12-01"),
        errors.CaseClosed,
        "[0].case",
    ),
    "a task on 31 June": (on_case(act="task.added", title="x", due="2026-06-31"), errors.NoSuchDate, "[0].due"),
    "a task for nobody": (
        *(on_case(act="task.added", title="x", due="2026-12-01", assignee="Nobody"), errors.NotFound),
        "[0].assignee",
    ),
    "no such task": ({"act": "task.done", "task": NOWHERE}, errors.NotFound, "[0].task"),
    "a task done twice": (done_twice, errors.TaskDone, "[0].task"),
    "a task put off to an earlier day": (
        lambda book: {"act": "task.postponed", "task": a_task(book), "due": "2026-11-30", "reason": "x"},
        *(errors.NotLater, "[0].due"),
    ),
    "no task to put off": (
        {"act": "task.postponed", "task": NOWHERE, "due": "2026-12-30", "reason": "x"},
        *(errors.NotFound, "[0].task"),
    ),
    "a case offered to who holds it": (
        on_case(act="transfer.offered", worker="Founder"),
        *(errors.HoldsAlready, "[0].worker"),
    ),
    "a case offered from nowhere": (
        {"act": "transfer.offered", "case": NOWHERE, "worker": "Founder"},
        *(errors.NotFound, "[0].case"),
    ),
    "no offer to accept": ({"act": "transfer.accepted", "transfer": NOWHERE}, errors.NotFound, "[0].transfer"),
    "no offer to refuse": (
        {"act": "transfer.refused", "transfer": NOWHERE, "reason": "x"},
        *(errors.NotFound, "[0].transfer"),
    ),
    "no offer to withdraw": ({"act": "transfer.withdrawn", "transfer": NOWHERE}, errors.NotFound, "[0].transfer"),
    "asking for no case": ({"act": "case.requested", "case": NOWHERE, "reason": "x"}, errors.NotFound, "[0].case"),
    "no request to grant": (
        {"act": "case.request_granted", "case_request": NOWHERE},
        *(errors.NotFound, "[0].case_request"),
    ),
    "no request to refuse": (
        {"act": "case.request_refused", "case_request": NOWHERE, "reason": "x"},
        *(errors.NotFound, "[0].case_request"),
    ),
    "a caseload of nobody": (
        {"act": "caseload.handed_over", "colleague": "Nobody", "to": ["Founder"]},
        *(errors.NotFound, "[0].colleague"),
    ),
    "an approval of nothing known": (on_case(act="approval.asked", what="x"), errors.UnknownCode, "[0].what"),
    "an approval in no case": (
        {"act": "approval.asked", "case": NOWHERE, "what": "plan"},
        *(errors.NotFound, "[0].case"),
    ),
    "no approval to give": ({"act": "approval.given", "approval": NOWHERE}, errors.NotFound, "[0].approval"),
    "no approval to send back": (
        {"act": "approval.sent_back", "approval": NOWHERE, "comment": "x"},
        *(errors.NotFound, "[0].approval"),
    ),
    "no approval to give oneself": (
        {"act": "approval.self_given", "approval": NOWHERE, "comment": "x"},
        *(errors.NotFound, "[0].approval"),
    ),
    "a flag nobody knows": (
        on_case(act="flag.raised", kind="x", reason="x"),
        *(errors.UnknownCode, "[0].kind"),
    ),
    "a flag on no case": (
        {"act": "flag.raised", "case": NOWHERE, "kind": "danger", "reason": "x"},
        *(errors.NotFound, "[0].case"),
    ),
    "no flag to take down": (
        {"act": "flag.taken_down", "flag": NOWHERE, "reason": "x"},
        *(errors.NotFound, "[0].flag"),
    ),
    "a conference about no case": (
        {"act": "conference.held", "case": NOWHERE, "kind": "other", "minutes": "x"},
        *(errors.NotFound, "[0].case"),
    ),
    "an absence that ends before it begins": (
        {"act": "absence.noted", "first_day": "2026-12-02", "last_day": "2026-12-01"},
        *(errors.NotLater, "[0].last_day"),
    ),
    "a case for nobody": (on_case(act="case.assigned", worker="Nobody"), errors.NotFound, "[0].worker"),
    "a fact nobody states": (on_case(act="fact.stated", fact="closed"), errors.NotStated, "[0].fact"),
    "a fact nobody knows": (on_case(act="fact.stated", fact="x"), errors.UnknownCode, "[0].fact"),
    "kinship without a proof": (on_case(act="fact.stated", fact="kinship_proved"), errors.FactNeeds, "[0].proof"),
    "a handing over without proofs": (on_case(act="fact.stated", fact="handed_over"), errors.GuardHolds, "[0].fact"),
    "nothing to correct": (
        {"act": "fact.corrected", "statement": NOWHERE, "on": "2026"},
        errors.NotFound,
        "[0].statement",
    ),
    "nothing to take back": (
        {"act": "fact.withdrawn", "statement": NOWHERE, "ground": "x"},
        errors.NotFound,
        "[0].statement",
    ),
    "cleared by no lawyer": (on_case(act="step.cleared", step="return_home"), errors.NotAllowed, "[0].step.cleared"),
    "a clearance taken back by no lawyer": (
        {"act": "clearance.withdrawn", "statement": NOWHERE, "ground": "x"},
        errors.NotAllowed,
        "[0].clearance.withdrawn",
    ),
    "confirmed what anybody states": (on_case(act="fact.confirmed", fact="safe"), errors.NotAllowed, "[0].fact"),
    "no confirmation to take back": (
        {"act": "confirmation.withdrawn", "statement": NOWHERE, "ground": "x"},
        errors.NotFound,
        "[0].statement",
    ),
    "reported without a ground": (
        on_case(act="report.made", addressee="x", proof="x", told="x"),
        errors.GuardHolds,
        "[0].case",
    ),
    "declined for nobody": (
        {"act": "report.declined", "case": NOWHERE, "ground": "x", "told": "x"},
        errors.NotFound,
        "[0].case",
    ),
    "suspended nowhere": ({"act": "case.suspended", "case": NOWHERE, "reason": "x"}, errors.NotFound, "[0].case"),
    "taken up without a pause": (on_case(act="case.resumed"), errors.NotSuspended, "[0].case"),
    "closing begun in a closed case": (on_closed_case(act="closing.begun"), errors.CaseClosed, "[0].case"),
    "tried by no channel": (on_case(act="contact.tried", channel="x"), errors.UnknownCode, "[0].channel"),
    "closed twice": (
        on_closed_case(act="case.closed", reason="goals_reached", summary="Generated.", feedback_asked=True),
        errors.CaseClosed,
        "[0].case",
    ),
    "closed for an unknown reason": (
        on_case(act="case.closed", reason="x", summary="Generated.", feedback_asked=True),
        errors.UnknownCode,
        "[0].reason",
    ),
    "closed tomorrow": (
        *(
            on_case(
                act="case.closed", reason="goals_reached", on="2026-11-23", summary="Generated.", feedback_asked=True
            ),
            errors.InTheFuture,
        ),
        "[0].on",
    ),
    "reopened while open": (on_case(act="case.reopened", reason="x"), errors.CaseNotClosed, "[0].case"),
    "a name for nobody": ({"act": "name.added", "person": NOWHERE, "family": "x"}, errors.NotFound, "[0].person"),
    "a phone for nobody": ({"act": "phone.added", "person": "x", "number": "1"}, errors.NotFound, "[0].person"),
    "a correction of nothing": (on_person(**CORRECT), errors.NothingToChange, "[0]"),
    "a correction to the same": (on_person(**CORRECT, sex="female"), errors.NothingToChange, "[0].person.corrected"),
    "a correction to no date": (on_person(**CORRECT, birth="2020-02-30"), errors.NoSuchDate, "[0].birth"),
    "a hold on no case": ({"act": "case.held", "case": NOWHERE, "why": "x"}, errors.NotFound, "[0].case"),
    "no case to take a hold off": ({"act": "case.released", "case": NOWHERE}, errors.NotFound, "[0].case"),
    "a hold on no call": (
        {"act": "without_case.held", "without_case": NOWHERE, "why": "x"},
        errors.NotFound,
        "[0].without_case",
    ),
    "no call to take a hold off": (
        {"act": "without_case.released", "without_case": NOWHERE},
        errors.NotFound,
        "[0].without_case",
    ),
    "blocking nobody": ({"act": "person.blocked", "person": NOWHERE}, errors.NotFound, "[0].person"),
    "no block on nobody": ({"act": "person.unblocked", "person": NOWHERE}, errors.NotFound, "[0].person"),
    "nothing about us": ({"act": "organisation.described"}, errors.NothingToChange, "[0].organisation.described"),
    **LINE,
    "unknown channel": (CALL | {"channel": "x"}, errors.UnknownCode, "[0].channel"),
    "unknown topic": (CALL | {"topics": ["wages", "x"]}, errors.UnknownCode, "[0].topics[1]"),
    "unknown outcome": (CALL | {"outcome": "x"}, errors.UnknownCode, "[0].outcome"),
    "unknown danger": (CALL | {"danger": "x"}, errors.UnknownCode, "[0].danger"),
    "a call at 25 o'clock": (CALL | {"started_at": "2026-11-22T25:00"}, errors.NoSuchDate, "[0].started_at"),
    "a call before all time": (CALL | {"started_at": "0001-01-01T00:00+14:00"}, errors.DayTooFar, "[0].started_at"),
    "unknown kind of partner": (PARTNER | {"kind": "x"}, errors.UnknownCode, "[0].kind"),
    "unknown language of a partner": (PARTNER | {"languages": ["x"]}, errors.UnknownCode, "[0].languages[0]"),
    "consent to nobody": (on_case(act="consent.given", partner="Nobody", **AGREED), errors.NotFound, "[0].partner"),
    "consent to one of two": (two_of_a_name, errors.Ambiguous, "[0].partner"),
    "consent to an unknown class": (
        lambda book: {
            "act": "consent.given",
            "case": a_case(book),
            "partner": a_partner(book),
            **AGREED,
            "classes": ["x"],
        },
        *(errors.UnknownCode, "[0].classes[0]"),
    ),
    "consent for an unknown purpose": (
        lambda book: {
            "act": "consent.given",
            "case": a_case(book),
            "partner": a_partner(book),
            **AGREED,
            "purpose": "x",
        },
        *(errors.UnknownCode, "[0].purpose"),
    ),
    "consent from no form": ({"act": "consent.recorded", "sheet": "x"}, errors.NotFound, "[0].sheet"),
    "withdrawal from no form": ({"act": "withdrawal.recorded", "sheet": "x"}, errors.NotFound, "[0].sheet"),
    "no consent put right": (
        {"act": "consent.corrected", "consent": "x", "ground": "x"},
        errors.NotFound,
        "[0].consent",
    ),
    "no consent revoked": ({"act": "consent.revoked", "consent": "x", "ground": "x"}, errors.NotFound, "[0].consent"),
    "a scan for no consent": (
        *({"act": "consent.signed", "consent": "x", "attachment": "x"}, errors.NotFound, "[0].consent"),
    ),
    "no notice sent": ({"act": "notice.sent", "notice": "x", "how": "post"}, errors.NotFound, "[0].notice"),
    "no notice confirmed": ({"act": "notice.acknowledged", "notice": "x"}, errors.NotFound, "[0].notice"),
    "an emergency that went to nobody": (
        on_case(act="emergency.released", basis="vital", ground="x", passed="x", classes=["contact"], how="phone"),
        *(errors.RecipientMissing, "[0].partner"),
    ),
    "no emergency reviewed": (
        *({"act": "emergency.reviewed", "release": "x", "outcome": "justified"}, errors.NotFound, "[0].release"),
    ),
    "consent in a closed case": (
        on_closed_case(act="consent.given", partner="x", **AGREED),
        errors.CaseClosed,
        "[0].case",
    ),
    "withdrawn twice": (withdrawn_twice, errors.ConsentWithdrawn, "[0].consent"),
    "a letter in a closed case": (
        *(on_closed_case(act="referral.drafted", partner="x", need="food", reason="x"), errors.CaseClosed),
        "[0].case",
    ),
    "sent without consent": (send(a_draft_story), errors.NoConsent, "[0].referral"),
    "sent under consent to another": (send(other_partner), errors.NoConsent, "[0].referral"),
    "sent under an expired consent": (
        *(send(lambda book: a_draft_story(book, valid_until="2026-11-21")), errors.NoConsent),
        "[0].referral",
    ),
    "sent under consent to a photograph": (
        *(send(lambda book: a_draft_story(book, purpose="photo")), errors.NoConsent),
        "[0].referral",
    ),
    "sent under a withdrawn consent": (send(withdrawn), errors.NoConsent, "[0].referral"),
    "sent twice": (send(lambda book: a_sent_referral(book)[1]), errors.ReferralSent, "[0].referral"),
    "sent from a closed case": (send(closed_with_draft), errors.CaseClosed, "[0].case"),
    "sent in an unknown way": (
        lambda book: {"act": "referral.sent", "referral": a_draft_story(book, _=1), "how": "pigeon"},
        *(errors.UnknownCode, "[0].how"),
    ),
    "answered before it was sent": (
        lambda book: {"act": "referral.answered", "referral": a_draft_story(book), "outcome": "accepted"},
        *(errors.ReferralNotSent, "[0].referral"),
    ),
    "answered with an unknown outcome": (
        lambda book: {"act": "referral.answered", "referral": a_sent_referral(book)[1], "outcome": "x"},
        *(errors.UnknownCode, "[0].outcome"),
    ),
    **{
        f"{said}": (_sent(more), error, place)
        for said, more, error, place in (
            ("an unknown state", {"state": "x"}, errors.UnknownCode, "[0].state"),
            ("a state before the first", {"state": "draft"}, errors.StateCannotFollow, "[0].state"),
            ("refused without a reason", {"state": "refused"}, errors.RefusalReasonMissing, "[0].reason"),
            ("an appointment some day", {"state": "appointment"}, errors.AppointmentDayMissing, "[0].appointment_on"),
            (
                "received before it was sent",
                {"state": "received", "on": "2026-11-20"},
                errors.BeforeTheReferral,
                "[0].on",
            ),
        )
    },
    "a state of a draft": (
        lambda book: {"act": "referral.followed", "referral": a_draft_story(book), "state": "accepted"},
        *(errors.ReferralNotSent, "[0].referral"),
    ),
    "a state of no referral": (
        {"act": "referral.followed", "referral": NOWHERE, "state": "accepted"},
        *(errors.NotFound, "[0].referral"),
    ),
    "what changed at no partner": ({"act": "partner.changed", "partner": NOWHERE}, errors.NotFound, "[0].partner"),
    "an agreement that ends before it begins": (
        PARTNER | {"agreement_from": "2026-05-01", "agreement_to": "2026-04-01"},
        *(errors.AgreementTurned, "[0].agreement_to"),
    ),
    "a line that is no key": (
        {"act": "partner.key_entered", "partner": NOWHERE, "card": "KZK1-ABCD"},
        *(errors.BadKeyCard, "[0].card"),
    ),
    "no key waits": (
        lambda book: {"act": "partner.key_confirmed", "partner": a_partner(book), "words": "x"},
        *(errors.NoKeyWaits, "[0].partner"),
    ),
    "a key of nobody": (
        {"act": "partner.key_confirmed", "partner": NOWHERE, "words": "x"},
        *(errors.NotFound, "[0].partner"),
    ),
    "a key for packages nobody lacks": ({"act": "package_key.shared"}, errors.NothingToChange, None),
    "received in an unknown way": (
        {"act": "referral.received", "sender": "x", "how": "pigeon"},
        *(errors.UnknownCode, "[0].how"),
    ),
    "an answer to nobody": (
        {"act": "referral.decided", "incoming": NOWHERE, "state": "accepted"},
        *(errors.NotFound, "[0].incoming"),
    ),
    "nobody is asked for a reply": ({"act": "referral.chased", "referral": NOWHERE}, errors.NotFound, "[0].referral"),
    "asked for a reply to a draft": (
        lambda book: {"act": "referral.chased", "referral": a_draft_story(book)},
        *(errors.ReferralNotSent, "[0].referral"),
    ),
    "asked for a reply that is there": (asked_too_late, errors.ReferralEnded, "[0].referral"),
    "sent after it was revoked": (send(revoked_draft), errors.ReferralEnded, "[0].referral"),
    "an undertaking of nobody": (
        {"act": "undertaking.signed", "staff": "Nobody"},
        *(errors.NotFound, "[0].staff"),
    ),
    "a request of an unknown kind": (
        {"act": "request.received", "kind": "x"},
        *(errors.UnknownCode, "[0].kind"),
    ),
    "an answer to no request": (
        {"act": "request.answered", "request": "x", "outcome": "refused"},
        *(errors.NotFound, "[0].request"),
    ),
    "an incident of an unknown kind": (
        {"act": "incident.opened", "kind": "x", "what": "x"},
        *(errors.UnknownCode, "[0].kind"),
    ),
    "an incident that nobody sees to": (
        {"act": "incident.opened", "kind": "other", "what": "x", "responsible": "Nobody"},
        *(errors.NotFound, "[0].responsible"),
    ),
    "told of no incident": (
        {"act": "incident.told", "incident": "x", "whom": "donor"},
        *(errors.NotFound, "[0].incident"),
    ),
    "no incident is closed": (
        {"act": "incident.closed", "incident": "x", "done": "x"},
        *(errors.NotFound, "[0].incident"),
    ),
    "a form nobody has": (on_case(act="form.answered", form="nothing", answers={}), errors.NotFound, "[0].form"),
    "a text that is no form": ({"act": "form.added", "xform": "x"}, errors.BadForm, "[0].xform · 1:1"),
    "a day off beyond the calendar": (
        {"act": "holiday.changed", "day": "2077-01-04", "what": "off", "source": "x"},
        *(errors.NotInForce, "[0].day"),
    ),
    "a term that ends before it begins": (
        {"act": "deadline.changed", "rule": "plan_review", "term": 1, "unit": "days", "source": "x"}
        | {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
        *(errors.EndsBeforeItBegins, "[0].valid_to"),
    ),
    "an index of nothing": (
        {"act": "amount.changed", "amount": 0, "source": "x", "valid_from": "2027-01-01", "valid_to": "2027-12-31"},
        *(errors.BrokenDefinition, "[0].amount"),
    ),
    "keeping for no time": (
        {"act": "retention.changed", "kind": "child", "years": 0, "source": "x"},
        *(errors.NotInRange, "[0].years"),
    ),
    "leave to stay for no country": (
        {"act": "leave.given", "countries": ["XX"], "source": "x", "valid_from": "2026-01-01"}
        | {"valid_to": "2026-02-01"},
        *(errors.UnknownCode, "[0].countries[0]"),
    ),
    "a pathway that is none": (
        {"act": "pathway.changed", "kind": "child", "toml": "][", "source": "x"},
        *(errors.BrokenDefinition, "[0].toml · child.toml:1"),
    ),
    "a change of a rule nobody made": ({"act": "rule.taken_back", "change": "x"}, errors.NotFound, "[0].change"),
    "a change to keep that nobody made": ({"act": "rule.kept", "change": "x"}, errors.NotFound, "[0].change"),
    "an emergency in a case that is not there": (
        {"act": "emergency.released", "case": "x", "basis": "vital", "ground": "x", "passed": "x"}
        | {"classes": ["contact"], "how": "phone", "recipient": "x"},
        *(errors.NotFound, "[0].case"),
    ),
    "a form of the office nobody has": (
        {"act": "form.withdrawn", "form": "nothing"},
        *(errors.NotFound, "[0].form"),
    ),
    "a text of no form is checked": (
        {"act": "form.text_checked", "form": "nothing", "language": "uz", "reader": "x"},
        *(errors.NotFound, "[0].form"),
    ),
    "a form on phones with a risk nobody spoke of": (
        {"act": "phone_form.allowed", "form": "victim_screening"},
        *(errors.RiskUnsaid, "[0].risk_known"),
    ),
    "a form that is on phones anyway": (
        {"act": "phone_form.allowed", "form": "outreach_visit", "risk_known": True},
        *(errors.NothingToChange, "[0].form"),
    ),
    "a key nobody lacks is shared": ({"act": "submission_key.shared"}, errors.NothingToChange, None),
    "no such role": (
        {"act": "staff.roles_changed", "staff": "Founder", "give": ["king"]},
        errors.UnknownCode,
        "[0].give[0]",
    ),
    "one's own access frozen": ({"act": "access.frozen", "staff": "Founder"}, errors.OwnAccess, "[0].staff"),
    "access that is not frozen": ({"act": "access.unfrozen", "staff": "Founder"}, errors.NothingToChange, "[0].staff"),
    "a correction of no filled form": ({"act": "form.corrected", "sheet": "x"}, errors.NotFound, "[0].sheet"),
    "no answers at all": (
        *(on_case(act="form.answered", form="victim_screening", answers={}), errors.WrongAnswer, "[0].answers"),
    ),
    "a language nobody speaks": (
        on_case(act="form.answered", form="victim_screening", answers={"a": "x"}, language="zz"),
        *(errors.UnknownCode, "[0].language"),
    ),
    "an answer to no question": (
        *(on_case(act="form.answered", form="victim_screening", answers={"no/such": "x"}), errors.NotFound),
        None,
    ),
}


def story_of(book: Casebook, given: Story | Act) -> Act:
    return given(book) if callable(given) else given


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_what_and_where(tmp_path: Path, name: str) -> None:
    given, error, place = REFUSED[name]
    with founded(tmp_path) as book:
        act = story_of(book, given)
        before = book.everything()[0]
        with pytest.raises(error) as refused:
            do(book, **act)
        assert place is None or refused.value.place == place
        assert book.everything()[0] == before
        for language in LANGUAGES:
            assert render(refused.value.sentence(), language)
        assert "Каримова" not in str(refused.value)


def test_every_wish_is_refused_somehow() -> None:
    tried = set()
    for given, _, _ in REFUSED.values():
        tried |= {given["act"]} if isinstance(given, dict) else set()
    told = {"call.linked", "emergency.called", "sheet.given", "signal.prepared", "signal.readdressed", "signal.sent",
            "signal.acknowledged", "signal.answered", "signal.reviewed", "call_back.promised", "call_back.tried",
            "shift.opened"}  # fmt: skip
    never = {"act.undone", "submission_key.made", "package_key.made", "line_key.made"}
    assert set(ACTIONS) - tried - told - never <= {
        *("task.added", "case.assigned", "case.closed", "case.reopened", "person.corrected", "consent.given"),
        *("case.resumed", "closing.begun", "contact.tried", "fact.stated", "fact.confirmed", "step.cleared"),
        *(
            "report.made",
            "consent.withdrawn",
            "referral.drafted",
            "referral.sent",
            "referral.answered",
            "form.answered",
        ),
    }  # whose stories above need a case first; a new key has no fields and is never one too many


def test_all_acts_of_a_file_or_none(tmp_path: Path) -> None:
    wishes = [read_act(PARTNER, "[0]"), read_act(CASE, "[1]"), read_act(CASE | {"region": "KZ-99"}, "[2]")]
    with founded(tmp_path) as book:
        before = book.everything()[0]
        with pytest.raises(errors.UnknownCode) as refused:
            perform_all(book, wishes)
        assert refused.value.place == "[2].region"
        assert book.everything()[0] == before
        assert len(perform_all(book, wishes[:2])) == 2


def test_an_empty_file_writes_nothing(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        before = book.everything()[0]
        assert perform_all(book, []) == []
        assert book.everything()[0] == before


def test_an_act_refused_in_a_batch_leaves_nothing_behind_where_the_batch_goes_on(tmp_path: Path) -> None:
    from kzcase.actions.cases import AssignCase, assign_case
    from tests.db.books import empty
    from tests.db.dump import differences

    with founded(tmp_path) as book:
        case = a_case(book)
        with book.batch():
            a_partner(book, "First")
            with pytest.raises(errors.UnknownCode):
                do(
                    book, act="case.closed", case=case, reason="x", summary="Generated.", feedback_asked=True
                )  # had set the date of closing already
            with pytest.raises(errors.NotFound):
                assign_case(book, AssignCase(case=case, worker="Nobody"))
            with pytest.raises(errors.UnknownCode):
                do(book, **person(citizenships=["QQ"]))  # had made a person already
            a_partner(book, "Second")
        with book.read() as reader:
            from kzcase.queries.office import counts
            from kzcase.queries.partners import partner_list

            assert {row.name for row in partner_list(reader)} == {"First", "Second"}
            assert counts(reader).people == 1
        with empty(tmp_path) as replayed:
            replayed.take_in(*book.everything())
            assert not differences(book, replayed)
        do(book, act="task.added", case=case, title="still open", due="2026-12-01")


def test_half_an_act_is_never_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kzcase.db import casebook
    from kzcase.db.doors import NotThroughADoor

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    with founded(tmp_path) as book:
        before = book.everything()[0]
        with pytest.raises(NotThroughADoor), book.batch():
            monkeypatch.setattr(casebook, "seal_act", breaks)
            with pytest.raises(ZeroDivisionError):
                a_partner(book)
        monkeypatch.undo()
        assert book.everything()[0] == before
        a_partner(book)
