"""Incidents: who reports them, what they stop, whom they endanger and why, and that they end for good."""

from datetime import timedelta
from pathlib import Path

import pytest

from kzcase.actions.affected import affected_by
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.read_log import read_log
from kzcase.actions.reading import open_case
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    CannotBeUndone,
    ChangedSince,
    EndsBeforeItBegins,
    IncidentClosed,
    InTheFuture,
    NotAllowed,
    RecipientStopped,
    UnknownCode,
)
from kzcase.domain.incidents import AffectedRow, IncidentRow
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.domain.rows import TaskRow
from kzcase.queries.affected import FIELDS
from kzcase.queries.incidents import incident, incident_list
from kzcase.queries.looks import LooksWish
from kzcase.queries.office import open_tasks
from tests.actions.steps import CALL, PERSON, a_case, a_consent, a_draft, a_partner, a_sent_referral, do
from tests.db.books import START, TickingClock, founded
from tests.db.laptops import colleague, laptop

TODAY = "2026-11-22"


def report(book: Casebook, kind: str = "other", **more: object) -> str:
    """The number of a new incident."""
    return do(book, act="incident.opened", kind=kind, what="Generated.", **more).number


def row(book: Casebook, number: str) -> IncidentRow:
    with book.read() as reader:
        return incident(reader, number)


def tasks(book: Casebook) -> list[TaskRow]:
    with book.read() as reader:
        return [task for task in open_tasks(reader) if not task.case]


def listed(book: Casebook, number: str) -> list[AffectedRow]:
    book.show_names()
    return list(affected_by(book, number).rows)


# Who may


@pytest.mark.parametrize("role", Role)
def test_supervisors_and_administrators_report_incidents_and_nobody_else(tmp_path: Path, role: Role) -> None:
    office = founded(tmp_path)
    with laptop(tmp_path, colleague(office, role), office) as book:
        if role in {Role.SUPERVISOR, Role.ADMINISTRATOR}:
            assert row(book, report(book)).state == "open"
        else:
            with pytest.raises(NotAllowed):
                report(book)
        assert (role in MAY[Permission.KEEP_REGISTERS]) is (role in {Role.SUPERVISOR, Role.ADMINISTRATOR})
    office.close()


def test_what_people_wrote_is_hidden_from_those_who_see_facts_of_the_office_only(tmp_path: Path) -> None:
    office = founded(tmp_path)
    number = report(office, kind="lost_paper")
    assert row(office, number).what == "Generated."
    with laptop(tmp_path, colleague(office, Role.AUDITOR), office) as book:
        seen = row(book, number)
        assert (seen.what, seen.masked, seen.kind) == (None, frozenset({"what", "done"}), "lost_paper")
    office.close()


# What it holds


def test_an_incident_opens_a_task_with_the_term_of_the_rule(tmp_path: Path) -> None:
    book = founded(tmp_path)
    number = report(book, noticed="2026-11-20")
    seen = row(book, number)
    assert str(seen.due_on) == "2026-11-23"  # Friday, one working day
    assert seen.doubtful
    assert [(task.title, task.due, task.rule_id, task.assignee) for task in tasks(book)] == [
        (number, seen.due_on, "breach_notice", "Founder")
    ]
    do(book, act="incident.told", incident=number, whom="people")
    assert tasks(book)
    do(book, act="incident.told", incident=number, whom="authority")
    assert not tasks(book)
    book.close()


def test_an_incident_noticed_before_the_rule_still_has_a_term(tmp_path: Path) -> None:
    book = founded(tmp_path)
    assert str(row(book, report(book, noticed="2020-03-02")).due_on) == "2020-03-05"
    assert str(row(book, report(book, noticed="1900-01-01")).due_on) == "1900-01-04"
    book.close()


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"kind": "theft"}, UnknownCode),
        ({"noticed": "2999-01-01"}, InTheFuture),
        ({"last": "2999-01-01"}, InTheFuture),
        ({"first": "2026-11-20", "last": "2026-11-19"}, EndsBeforeItBegins),
        ({"classes": ["identity"]}, UnknownCode),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, given: dict[str, object], refused: type[Exception]) -> None:
    book = founded(tmp_path)
    with pytest.raises(refused):
        report(book, **given)  # type: ignore[arg-type]
    with book.read() as reader:
        assert incident_list(reader) == []
    book.close()


# What it stops


def test_nothing_goes_to_the_partner_it_names_until_it_is_closed(tmp_path: Path) -> None:
    book = founded(tmp_path)
    case, partner = a_case(book), a_partner(book)
    a_consent(book, case, partner)
    draft = a_draft(book, case, partner)
    number = report(book, kind="wrong_recipient", partner=partner)
    assert row(book, number).stopped == 1
    with pytest.raises(RecipientStopped):
        do(book, act="referral.sent", referral=draft, how="in_person")
    with pytest.raises(RecipientStopped):
        print_paper(book, WantedPaper("referral_letter", "kk", case))
    do(book, act="incident.closed", incident=number, done="Taken back.")
    assert row(book, number).stopped == 0
    assert do(book, act="referral.sent", referral=draft, how="in_person").number
    book.close()


def test_other_partners_are_not_stopped(tmp_path: Path) -> None:
    book = founded(tmp_path)
    case, stopped, free = a_case(book), a_partner(book, "Stopped"), a_partner(book, "Free")
    a_consent(book, case, free)
    report(book, kind="wrong_recipient", partner=stopped)
    assert do(book, act="referral.sent", referral=a_draft(book, case, free), how="in_person").number
    book.close()


# Undo, until it is closed


def test_everything_can_be_taken_back_until_it_is_closed(tmp_path: Path) -> None:
    book = founded(tmp_path)
    case, partner = a_case(book), a_partner(book)
    a_consent(book, case, partner)
    draft = a_draft(book, case, partner)
    opened = do(book, act="incident.opened", kind="wrong_recipient", what="Generated.", partner=partner)
    told = do(book, act="incident.told", incident=opened.number, whom="authority")
    with pytest.raises(ChangedSince):
        undo_act(book, UndoAct(of=opened.act.hex()))
    undo_act(book, UndoAct(of=told.act.hex()))
    assert len(tasks(book)) == 1
    undo_act(book, UndoAct(of=opened.act.hex()))
    assert tasks(book) == []
    with book.read() as reader:
        assert incident_list(reader) == []
    assert do(book, act="referral.sent", referral=draft, how="in_person").number
    book.close()


def test_a_closed_incident_stays_closed(tmp_path: Path) -> None:
    book = founded(tmp_path)
    opened = do(book, act="incident.opened", kind="other", what="Generated.")
    closed = do(book, act="incident.closed", incident=opened.number, done="Nothing was lost.")
    with pytest.raises(CannotBeUndone):
        undo_act(book, UndoAct(of=closed.act.hex()))
    with pytest.raises(ChangedSince):
        undo_act(book, UndoAct(of=opened.act.hex()))
    for act in ({"act": "incident.closed", "done": "Again."}, {"act": "incident.told", "whom": "donor"}):
        with pytest.raises(IncidentClosed):
            do(book, incident=opened.number, **act)
    assert (row(book, opened.number).done, row(book, opened.number).state) == ("Nothing was lost.", "closed")
    assert tasks(book) == []
    book.close()


# Whom it endangers


def test_every_reason_has_a_field_whose_class_decides(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        assert set(FIELDS) == {code.code for code in book.rulebook.list("affected_reason")}


def test_the_most_endangered_stand_first_and_each_says_why(tmp_path: Path) -> None:
    book = founded(tmp_path)
    adult = {"names": [{"family": "Қалқаман"}], "birth": "1980"}
    plain = do(book, act="case.opened", kind="stateless", person=adult).number
    child = do(book, act="case.opened", kind="stateless", person=adult | {"birth": "2012"}).number
    unsafe = adult | {"phones": [{"number": "+7 700 000 00 01", "safe": "do_not_call"}]}
    hunted = do(book, act="case.opened", kind="trafficking", person=unsafe).number
    call = do(book, **(CALL | {"danger": "yes"})).ids["call"].hex()
    danger = do(book, act="case.opened", kind="stateless", person=adult, call=call, urgency="urgent").number
    found = listed(book, report(book, kind="lost_laptop"))
    assert [(one.number, one.reasons) for one in found] == [
        (danger, ("danger", "urgent", "in_casebook")),
        (hunted, ("do_not_call", "trafficking_open", "in_casebook")),
        (child, ("minor", "in_casebook")),
        (plain, ("in_casebook",)),
    ]
    book.close()


SIGNAL = {"act": "signal.prepared", "unit": "102", "danger": "now", "facts": "Generated.", "heard": True}


def test_what_the_line_a_flag_and_a_search_say_of_danger_goes_first(tmp_path: Path) -> None:
    """One case for each thing a colleague may have noted after the first call; taken down or answered, it is gone."""
    with founded(tmp_path) as book:
        book.show_names()
        number = "+7 700 000 00 05"
        phones = [{"number": number, "safe": "code_word", "code_word": "generated"}]
        cases = [a_case(book, kind="stateless", person=PERSON | {"phones": phones if n == 0 else []}) for n in range(7)]
        warned, late, signalled, flagged, sought, held, risky = cases
        person = open_case(book, warned).person
        do(book, act="duress_word.set", person=person.id, word="Қарлығаш")
        do(book, act="caller.checked", number=number, word="Қарлығаш")
        do(book, act="call.linked", call=do(book, **(CALL | {"danger": "yes"})).ids["call"].hex(), case=late)
        call = do(book, **CALL).ids["call"].hex()
        do(book, act="call.linked", call=call, case=signalled)
        do(book, **SIGNAL, call=call)
        raised = {"reason": "Generated.", "seen_by": "everyone"}
        do(book, act="flag.raised", case=flagged, kind="danger", **raised)
        asks = {"relation": "husband", "last_news": "2026-05", "new_enquirer": {"names": [{"family": "Generated"}]}}
        asked = do(book, act="tracing.asked", case=sought, **asks).ids["tracing"].hex()
        checked = {"identity": "seen", "kinship": "seen", "motive": "Generated", "danger": "yes"}
        do(book, act="enquirer.vetted", tracing=asked, **checked)
        told = do(book, act="phone.added", person=open_case(book, held).person.id, number="+7 700 000 00 06")
        do(book, act="phone.controlled", phone=told.ids["phone"].hex(), state="controlled")
        flag = do(book, act="flag.raised", case=risky, kind="contact_risk", **raised).ids["flag"].hex()
        number = report(book, kind="lost_laptop")
        found = [(one.case, one.reasons[0]) for one in listed(book, number)]
        reasons = ("warned", "danger", "signalled", "flagged", "sought", "in_other_hands", "risky_contact")
        assert found == list(zip(cases, reasons, strict=True))
        do(book, act="flag.taken_down", flag=flag, reason="Generated.")
        do(book, act="phone.controlled", phone=told.ids["phone"].hex(), state="free")
        assert [one.reasons for one in listed(book, number)][-2:] == [("in_casebook",)] * 2


def test_what_went_to_a_partner_in_an_emergency_is_concerned_too(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case, partner = a_case(book), a_partner(book)
        passed = {"basis": "vital", "ground": "x", "passed": "x", "how": "phone", "classes": ["identifying"]}
        do(book, act="emergency.released", case=case, partner=partner, **passed)
        assert [one.case for one in listed(book, report(book, kind="wrong_recipient", partner=partner))] == [case]


def test_a_sealed_note_on_a_shelter_counts_and_a_closed_case_counts_less(tmp_path: Path) -> None:
    book = founded(tmp_path)
    closed, hidden = a_case(book), a_case(book)
    do(book, act="case.closed", case=closed, reason="goals_reached", summary="Generated.", feedback_asked=True)
    readers = [book.acting.staff_id.hex()]
    do(book, act="note.sealed", case=hidden, kind="shelter_address", readers=readers, text="Generated.")
    first, second = listed(book, report(book, kind="stolen_passphrase"))
    assert (first.case, first.reasons) == (hidden, ("protected", "trafficking_open", "in_casebook"))
    assert (second.case, second.reasons) == (closed, ("in_casebook",))
    book.close()


def test_a_lost_paper_endangers_one_case_and_a_wrong_recipient_those_sent_there(tmp_path: Path) -> None:
    book = founded(tmp_path)
    a_case(book)
    sent, _referral = a_sent_referral(book)
    with book.read() as reader:
        partner = reader.session.connection().exec_driver_sql("SELECT hex(id) FROM partners").scalar()
    named = a_case(book)
    assert [one.case for one in listed(book, report(book, kind="lost_paper", case=named))] == [named]
    assert [one.case for one in listed(book, report(book, kind="wrong_recipient", partner=partner))] == [sent]
    earlier = {"first": "2020-01-01", "last": "2020-12-31"}
    assert listed(book, report(book, kind="wrong_recipient", partner=partner, **earlier)) == []
    assert listed(book, report(book)) == []
    book.close()


def test_what_a_colleague_wrote_in_and_looked_at_in_that_time_is_concerned(tmp_path: Path) -> None:
    clock = TickingClock(START - timedelta(days=40))
    book = founded(tmp_path, clock=clock)
    old = a_case(book)
    clock.now = START
    looked, other = a_case(book), a_case(book)
    later = colleague(book, Role.CASEWORKER)
    for case in (old, looked, other):
        do(book, act="case.assigned", case=case, worker=later.staff_id.hex())
    clock.now = START + timedelta(days=3)
    open_case(book, looked)
    clock.now = START + timedelta(days=10)
    days = {"noticed": "2026-11-22", "first": "2026-11-22", "last": "2026-11-22"}
    me = book.acting.staff_id.hex()
    wrote = {one.case for one in listed(book, report(book, kind="unauthorised_look", staff=me, **days))}
    assert wrote == {old, looked, other}
    one_day = {"noticed": "2026-11-25", "first": "2026-11-25", "last": "2026-11-25"}
    found = listed(book, report(book, kind="unauthorised_look", staff=me, **one_day))
    assert [(each.case, each.reasons[-1]) for each in found] == [(looked, "looked_at")]
    day_after = {"noticed": "2026-11-27", "first": "2026-11-27", "last": "2026-11-27"}
    assert listed(book, report(book, kind="unauthorised_look", staff=me, **day_after)) == []
    theirs = listed(book, report(book, kind="unauthorised_look", staff=later.staff_id.hex(), **day_after))
    assert {each.case for each in theirs} == {old, looked, other}
    assert all("responsible" in each.reasons for each in theirs)
    book.close()


def test_the_number_of_the_affected_is_kept_as_it_was(tmp_path: Path) -> None:
    book = founded(tmp_path)
    a_case(book)
    number = report(book, kind="lost_laptop")
    a_case(book)
    assert row(book, number).affected == 1
    assert len(listed(book, number)) == 2
    book.close()


def test_reasons_are_hidden_by_the_class_of_their_field(tmp_path: Path) -> None:
    office = founded(tmp_path)
    phones = [{"number": "+7 700 000 00 01", "safe": "do_not_call"}]
    case = a_case(office, person=PERSON | {"birth": "2012-05", "phones": phones})
    number = report(office, kind="lost_laptop")
    (seen,) = affected_by(office, number).rows
    assert (seen.reasons, seen.hidden) == (("trafficking_open", "in_casebook"), 2)  # until names are shown
    office.show_names()
    (seen,) = affected_by(office, number).rows
    assert (seen.reasons, seen.hidden) == (("do_not_call", "trafficking_open", "minor", "in_casebook"), 0)
    with laptop(tmp_path, colleague(office, Role.ADMINISTRATOR), office) as book:
        found = affected_by(book, number)
        (seen,) = found.rows
        assert (seen.case, seen.reasons, seen.hidden) == (case, ("in_casebook",), 3)
        assert not seen.masked  # the number says it; a value that is named as masked is none
        theirs = do(book, act="incident.opened", kind="lost_laptop", what="Generated.", staff="Founder")
        assert affected_by(book, theirs.number).looks_known is False
    office.close()


def test_a_case_one_is_kept_away_from_is_not_listed(tmp_path: Path) -> None:
    office = founded(tmp_path)
    case = a_case(office)
    away = colleague(office, Role.SUPERVISOR)
    do(office, act="case.blocked", case=case, staff=away.staff_id.hex())
    number = report(office, kind="lost_laptop")
    assert len(listed(office, number)) == 1
    with laptop(tmp_path, away, office) as book:
        assert affected_by(book, number).rows == ()
    office.close()


def test_looking_at_the_list_is_entered_and_auditors_do_not_see_it(tmp_path: Path) -> None:
    office = founded(tmp_path)
    a_case(office)
    number = report(office, kind="lost_laptop")
    affected_by(office, number)
    entries = read_log(office, LooksWish()).looks
    assert [(entry.what, entry.detail) for entry in entries if entry.what == Look.AFFECTED] == [(Look.AFFECTED, number)]
    with laptop(tmp_path, colleague(office, Role.AUDITOR), office) as book, pytest.raises(NotAllowed):
        affected_by(book, number)
    office.close()
