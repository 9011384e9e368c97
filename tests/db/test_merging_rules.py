"""Merging: nothing anybody answered is lost, and where answers differ on somebody's safety the careful one governs."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions.cases import AddNote, AddTask, CompleteTask, add_note, add_task, complete_task
from kzcase.actions.consent_withdrawals import WithdrawConsent, withdraw_consent
from kzcase.actions.consents import GiveConsent, give_consent
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.actions.people import CorrectPerson, correct_person
from kzcase.actions.perform import perform as perform_wish
from kzcase.actions.perform import read_act
from kzcase.actions.referrals import DraftReferral, SendReferral, draft_referral, send_referral
from kzcase.db import projector
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.projector import _Values
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.cases import Case
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import MayLeave, Stays
from kzcase.domain.errors import ConsentWithdrawn, NoConsent, NothingToChange, ReferralEnded
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity
from kzcase.queries.case_page import case_page
from kzcase.queries.consents import leaving
from tests.db.books import KEY, START, TickingClock, founded, template
from tests.db.drivers import World, perform
from tests.db.dump import differences
from tests.db.laptops import colleague, give, ids, laptop, meet, value
from tests.laptops import another_laptop

NOW = START
CLOCKS = {
    "right": NOW,
    "in 1970": datetime(1970, 1, 2, tzinfo=UTC),
    "in 2099": datetime(2099, 12, 31, tzinfo=UTC),
    "a day behind": datetime(2026, 11, 21, tzinfo=UTC),
}
RESTRICTIVE = [
    (entity, column, values) for entity in sorted(ENTITIES) for column, values in shape(entity).restrictive.items()
]


@dataclass(frozen=True)
class Laptop:
    """A laptop at rest: its casebook, who works on it, and what its clock says."""

    casebook: Path
    identity: Identity
    now: datetime

    def copied(self, target: Path) -> Casebook:
        """A casebook of the test's own, just as this one was left."""
        shutil.copytree(self.casebook, target, ignore=shutil.ignore_patterns("ballast"))
        return Casebook.open(target, Opening(KEY, self.identity, TickingClock(self.now)))


@cache
@another_laptop()
def met(clock: str) -> tuple[Laptop, Laptop]:
    """Two laptops that have met once; the clock of the second says what it likes. Made once, for all tests."""
    folder, first_clock, second_clock = Path(mkdtemp(prefix="kzcase-met-")), TickingClock(), TickingClock(CLOCKS[clock])
    first = founded(folder, clock=first_clock)
    worker = colleague(first, Role.CASEWORKER, Role.HELPLINE, Role.SUPERVISOR, Role.ADMINISTRATOR)
    for kind in (
        "case.opened",
        "phone.added",
        "call.logged",
        "partner.added",
        "consent.given",
        "emergency.released",
        "case.blocked",
        "incident.opened",
        "case.held",
        "person.unblocked",
        "record.ended",
        "safeguard.decided",
        "access.frozen",
    ):
        perform(World(first, Random(1)), kind)
    second = laptop(folder, worker, first, clock=second_clock)
    first.close()
    second.close()
    return (
        Laptop(first.folder.path, template().founder, first_clock.now),
        Laptop(second.folder.path, worker, second_clock.now),
    )


@pytest.fixture(params=CLOCKS, ids=CLOCKS.keys())
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Casebook, Casebook]]:
    """Copies of two laptops that have met once."""
    first, second = met(request.param)
    with first.copied(tmp_path / "first.kzcase") as one, second.copied(tmp_path / "second.kzcase") as other:
        yield one, other


def act_on(entity: str) -> str:
    """A kind of act that may touch rows of this table."""
    guarded = {"case_blocks": "case.blocked", "incidents": "incident.told"}
    guarded |= {"case_holds": "case.held", "person_blocks": "person.blocked", "freezes": "access.frozen"}
    guarded |= {"approval_decisions": "approval.given", "partner_keys": "partner.key_entered"}
    guarded |= {"tracing_answers": "found.answered", "phone_switches": "phone_form.allowed"}
    return guarded.get(entity, "person.corrected")


def set_field(book: Casebook, entity: str, row_id: bytes, column: str, new: str) -> None:
    """Change one field as some action would."""
    set_fields(book, entity, row_id, {column: new})


def set_fields(book: Casebook, entity: str, row_id: bytes, new: dict[str, str]) -> None:
    """The same for several at once."""
    with book.write(act_on(entity)) as act:
        found = act.session.get_one(ENTITIES[entity], row_id)
        for column, said in new.items():
            setattr(found, column, said)


def clear_fields(book: Casebook, entity: str, row_id: bytes, *columns: str) -> None:
    """Nothing stands there, and something changes even where nothing stood."""
    with book.write(act_on(entity)) as act:
        found = act.session.get_one(ENTITIES[entity], row_id)
        for column in columns:
            setattr(found, column, None)
        found.struck = False


def disputed(book: Casebook, entity: str, row_id: bytes) -> str | None:
    with book.read("long") as reader:
        sql = text("SELECT disputed FROM heads WHERE entity = :e AND id = :i")
        found: str | None = reader.session.execute(sql, {"e": entity, "i": row_id}).scalar()
        return found


def test_concurrent_answers_are_both_kept(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    (person,) = ids(first, "people")
    correct_person(first, CorrectPerson(person=person.hex(), birth="1990"))
    correct_person(second, CorrectPerson(person=person.hex(), birth="1991-02"))
    meet(first, second)
    assert not differences(first, second)
    assert disputed(first, "people", person) == "birth"
    heads = first._sql.value("SELECT heads FROM heads WHERE entity = 'people' AND id = ?", (person,))
    from kzcase.journal.heads import decode

    assert len(decode(heads).of("birth").dots) == 2
    assert value(first, "people", person, "birth") in ("1990", "1991-02")


def test_edits_of_different_fields_do_not_disturb_each_other(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    (person,) = ids(first, "people")
    correct_person(first, CorrectPerson(person=person.hex(), birth="1980-01"))
    correct_person(second, CorrectPerson(person=person.hex(), language="uz"))
    meet(first, second)
    assert (value(second, "people", person, "birth"), value(first, "people", person, "language")) == ("1980-01", "uz")
    assert disputed(first, "people", person) is None


def test_ones_own_write_is_seen_at_once_and_later_edits_win_over_any_clock(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    (person,) = ids(first, "people")
    for book, birth in ((first, "1970"), (second, "1971"), (first, "1972"), (second, "1973")):
        meet(first, second)
        correct_person(book, CorrectPerson(person=person.hex(), birth=birth))
        assert value(book, "people", person, "birth") == birth
        meet(first, second)
        assert value(first, "people", person, "birth") == value(second, "people", person, "birth") == birth
        assert disputed(first, "people", person) is None


def ways(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """The two most careful answers both ways round, and the most careful beside the least."""
    return [(values[0], values[1]), (values[1], values[0]), (values[-1], values[0])]


FURTHER = (
    "approval.self_given",
    "caller.checked",
    "fact.stated",
    "signal.prepared",
    "flag.raised",
    "found.answered",
    "partner.key_entered",
    "phone.controlled",
    "phone_form.allowed",
)
"""Acts that make a row of every table with such a field that two laptops which have met do not hold yet."""


def restrictive() -> dict[str, dict[str, tuple[str, ...]]]:
    """The tables with such fields, and the answers of each field, the most careful first."""
    return {entity: {c: values for e, c, values in RESTRICTIVE if e == entity} for entity, _, _ in RESTRICTIVE}


Answers = dict[str, dict[str, str]]
"""What is said in each field of a row of each table."""


def said(at: int) -> tuple[Answers, Answers, Answers]:
    """What two laptops say of every such field, the chosen way round, and the more careful of both."""
    one: Answers = {}
    other: Answers = {}
    careful: Answers = {}
    for entity, columns in restrictive().items():
        pairs = {column: ways(values)[at] for column, values in columns.items()}
        one[entity] = {column: first for column, (first, _) in pairs.items()}
        other[entity] = {column: second for column, (_, second) in pairs.items()}
        careful[entity] = {column: min(pair, key=columns[column].index) for column, pair in pairs.items()}
    return one, other, careful


def test_the_most_restrictive_answer_governs_and_can_be_confirmed(two: tuple[Casebook, Casebook]) -> None:
    """Every such field of every table, each way round: all of them at once, for every meeting takes its time."""
    first, second = two
    made = World(first, Random(1))
    assert [kind for kind in FURTHER if isinstance(perform(made, kind), Exception)] == []
    tables = restrictive()
    rows = {entity: min(ids(first, entity)) for entity in tables}

    def shown(book: Casebook) -> Answers:
        return {e: {c: str(value(book, e, rows[e], c)) for c in columns} for e, columns in tables.items()}

    def doubtful(book: Casebook) -> dict[str, set[str]]:
        return {e: set((disputed(book, e, rows[e]) or "").split()) for e in tables}

    for at in range(3):
        one, other, careful = said(at)
        for entity, columns in tables.items():
            clear_fields(first, entity, rows[entity], *columns)
        meet(first, second)
        for entity in tables:
            set_fields(first, entity, rows[entity], one[entity])
            set_fields(second, entity, rows[entity], other[entity])
        meet(first, second)
        assert shown(first) == shown(second) == careful
        assert doubtful(first) == doubtful(second) == {entity: {*columns} for entity, columns in tables.items()}
        for entity in tables:
            set_fields(second, entity, rows[entity], careful[entity])
        meet(first, second)
        assert shown(first) == shown(second) == careful
        assert doubtful(first) == doubtful(second) == {entity: set() for entity in tables}


def test_the_fields_that_protect_people_are_declared() -> None:
    declared = {f"{entity}.{column}" for entity, column, _ in RESTRICTIVE}
    assert declared >= {"phones.safe", "consents.state", "calls.danger", "cases.urgency", "case_blocks.state"}


def test_a_clock_that_decided_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the rule above: with the latest stamp winning, a laptop set to 2099 unlocks a phone."""

    def by_clock(self: _Values, heads: object, restrictive: tuple[str, ...]) -> object:
        winner = heads.winner  # type: ignore[attr-defined]
        return self._value((winner[0], winner[1]))

    monkeypatch.setattr(_Values, "shown", by_clock)
    first = founded(tmp_path)
    worker = colleague(first, Role.CASEWORKER)
    for kind in ("case.opened", "phone.added"):
        perform(World(first, Random(1)), kind)
    second = laptop(tmp_path, worker, first, clock=TickingClock(CLOCKS["in 2099"]))
    phone = min(ids(first, "phones"))
    set_field(first, "phones", phone, "safe", "do_not_call")
    set_field(second, "phones", phone, "safe", "text_only")
    meet(first, second)
    assert value(first, "phones", phone, "safe") == "text_only"
    first.close()
    second.close()


def test_who_has_seen_both_answers_settles_them(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    (case,) = ids(first, "cases")
    set_field(first, "cases", case, "urgency", "routine")
    set_field(second, "cases", case, "urgency", "immediate")
    meet(first, second)
    assert value(first, "cases", case, "urgency") == "immediate"
    with first.read() as reader:
        assert case_page(reader, case.hex()).disputed == ("cases.urgency",)
    set_field(first, "cases", case, "urgency", "urgent")
    meet(first, second)
    for book in two:
        assert value(book, "cases", case, "urgency") == "urgent"
        assert disputed(book, "cases", case) is None


@pytest.mark.parametrize("chosen", ["1990", "1991-02"])
@pytest.mark.parametrize("at", [0, 1])
def test_either_answer_can_be_settled_on_by_saying_it_again(
    two: tuple[Casebook, Casebook], chosen: str, at: int
) -> None:
    """One of them is the value shown already: saying it again is an answer all the same, on any laptop."""
    (person,) = ids(two[0], "people")
    correct_person(two[0], CorrectPerson(person=person.hex(), birth="1990"))
    correct_person(two[1], CorrectPerson(person=person.hex(), birth="1991-02"))
    meet(*two)
    (case,) = ids(two[at], "cases")
    with two[at].read() as reader:
        assert case_page(reader, case.hex()).disputed == ("people.birth",)
    wish = {"act": "person.corrected", "person": person.hex(), "birth": chosen}
    perform_wish(two[at], read_act(wish, ""))
    meet(*two)
    assert not differences(*two)
    for book in two:
        assert value(book, "people", person, "birth") == chosen
        assert disputed(book, "people", person) is None
    with two[at].read() as reader:
        assert case_page(reader, case.hex()).disputed == ()


def test_a_withdrawal_that_another_laptop_disputes_can_be_confirmed(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    _, consent = referral(first)
    give(first, second)
    withdraw_consent(second, WithdrawConsent(consent=consent))
    set_field(first, "consents", bytes.fromhex(consent), "state", "by_representative")
    meet(first, second)
    withdraw_consent(first, WithdrawConsent(consent=consent))
    meet(first, second)
    assert value(second, "consents", bytes.fromhex(consent), "state") == "withdrawn"
    assert "state" not in (disputed(second, "consents", bytes.fromhex(consent)) or "")
    with pytest.raises(ConsentWithdrawn):
        withdraw_consent(first, WithdrawConsent(consent=consent))


def test_where_nobody_disagrees_the_same_value_is_no_change(two: tuple[Casebook, Casebook]) -> None:
    first, _ = two
    (person,) = ids(first, "people")
    correct_person(first, CorrectPerson(person=person.hex(), birth="1990"))
    before = len(first.everything()[0])
    with pytest.raises(NothingToChange):
        correct_person(first, CorrectPerson(person=person.hex(), birth="1990"))
    assert len(first.everything()[0]) == before


def test_settling_one_field_leaves_the_others_as_they_are(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    (person,) = ids(first, "people")
    for book, birth, language in ((first, "1990", "kk"), (second, "1991-02", "uz")):
        correct_person(book, CorrectPerson(person=person.hex(), birth=birth, language=language))
    meet(first, second)
    assert disputed(first, "people", person) == "birth language"
    shown = str(value(first, "people", person, "birth"))
    correct_person(first, CorrectPerson(person=person.hex(), birth=shown, sex="male"))
    assert disputed(first, "people", person) == "language"


def test_who_saw_one_of_three_answers_more_settles_what_they_saw(two: tuple[Casebook, Casebook]) -> None:
    """The third answer comes afterwards, written without knowing of any of this: it stands beside the settled one."""
    first, second = two
    (person,) = ids(first, "people")
    with laptop(first.folder.path.parent, first._identity, first) as third:  # type: ignore[arg-type]
        for book, birth in ((first, "1990"), (second, "1991"), (third, "1992")):
            correct_person(book, CorrectPerson(person=person.hex(), birth=birth))
        meet(first, second)
        shown = str(value(first, "people", person, "birth"))
        correct_person(first, CorrectPerson(person=person.hex(), birth=shown))
        assert disputed(first, "people", person) is None
        meet(first, second, third)
        assert disputed(second, "people", person) == "birth"
        assert not differences(first, third)


def referral(book: Casebook) -> tuple[str, str]:
    """A draft to a new partner under a new consent: the referral and the consent."""
    (case,) = ids(book, "cases")
    partner = add_partner(book, AddPartner(name="Generated", kind="crisis_centre")).ids["partner"].hex()
    wish = GiveConsent(case=case.hex(), partner=partner, purpose="referral", classes=["identifying"], language="kk")
    consent = give_consent(book, wish).ids["consent"]
    draft = DraftReferral(case=case.hex(), partner=partner, need="social_legal", reason="Generated.")
    return draft_referral(book, draft).ids["referral"].hex(), consent.hex()


def test_a_consent_withdrawn_elsewhere_stops_the_letter(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    sent, consent = referral(first)
    give(first, second)
    withdraw_consent(second, WithdrawConsent(consent=consent))
    give(second, first)
    with pytest.raises(ReferralEnded):  # what was queued has ended, too
        send_referral(first, SendReferral(referral=sent, how="in_person"))


def test_a_withdrawal_holds_against_a_consent_confirmed_at_the_same_time(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    sent, consent = referral(first)
    give(first, second)
    for book, state in ((second, "withdrawn"), (first, "by_representative"), (first, "given")):
        set_field(book, "consents", bytes.fromhex(consent), "state", state)
    meet(first, second)
    for book in two:
        with pytest.raises(NoConsent):
            send_referral(book, SendReferral(referral=sent, how="in_person"))


def test_before_they_meet_the_letter_goes(two: tuple[Casebook, Casebook]) -> None:
    """The canary of the two tests above: the consent itself would do."""
    first, _ = two
    sent, _ = referral(first)
    send_referral(first, SendReferral(referral=sent, how="in_person"))


NARROWED = {
    "classes": ("identifying contact sensitive", "contact sensitive health", "contact sensitive"),
    "no class": ("identifying", "contact", None),
    "valid_until": ("2027-05-01", "2027-01-31", "2027-01-31"),
    "no end": (None, "2027-01-31", "2027-01-31"),
    "purpose": ("photo", "tracing", None),
    "partner_id": (b"1" * 16, b"2" * 16, None),
    "assent": ("spoken", "written", None),
}


@pytest.mark.parametrize("which", NARROWED)
def test_where_values_have_no_order_the_narrowest_holds(tmp_path: Path, which: str) -> None:
    one, other, narrowest = NARROWED[which]
    column = {"no class": "classes", "no end": "valid_until"}.get(which, which)
    first, second = met("in 2099")
    with first.copied(tmp_path / "1.kzcase") as mine, second.copied(tmp_path / "2.kzcase") as theirs:
        (row,) = ids(mine, "consents")
        if one is None:
            set_field(mine, "consents", row, column, date(2030, 1, 1))
            meet(mine, theirs)
        for book, said in ((mine, one), (theirs, other)):
            set_field(book, "consents", row, column, as_column(column, said))
        meet(mine, theirs)
        assert value(mine, "consents", row, column) == value(theirs, "consents", row, column) == narrowest
        assert disputed(mine, "consents", row) == column
        set_field(theirs, "consents", row, column, as_column(column, other))
        meet(mine, theirs)
        assert (disputed(mine, "consents", row), value(mine, "consents", row, column)) == (None, other)


def as_column(column: str, said: Any) -> Any:
    return date.fromisoformat(said) if said and column == "valid_until" else said


def test_a_narrowing_that_took_the_latest_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the rule above."""
    monkeypatch.setattr(projector, "_narrowest", lambda answers, _careful: answers[-1])
    with pytest.raises(AssertionError):
        test_where_values_have_no_order_the_narrowest_holds(tmp_path, "no class")


def may(book: Casebook, case: bytes, partner: bytes) -> MayLeave:
    with book.read() as reader:
        return leaving(reader, reader.session.get_one(Case, case), partner)


def test_what_two_laptops_take_back_in_part_stays_together_and_a_dispute_is_settled_by_a_person(tmp_path: Path) -> None:
    mine, theirs = met("right")
    with mine.copied(tmp_path / "1.kzcase") as first, theirs.copied(tmp_path / "2.kzcase") as second:
        _, consent = referral(first)
        give(first, second)
        (case,), row = ids(first, "cases"), bytes.fromhex(consent)
        partner = value(first, "consents", row, "partner_id")
        wider = {"consent": consent, "ground": "Generated.", "classes": ["identifying", "contact", "sensitive"]}
        perform_wish(first, read_act({"act": "consent.corrected", **wider}, ""))
        other = {**wider, "classes": ["contact", "sensitive", "health"]}
        perform_wish(second, read_act({"act": "consent.corrected", **other}, ""))
        withdraw_consent(second, WithdrawConsent(consent=consent, classes=["sensitive"]))
        meet(first, second)
        for book in (first, second):
            found = may(book, case, partner)
            assert (found.classes, found.disputed) == ({FieldClass.CONTACT}, True)
            assert found.why_not(FieldClass.SENSITIVE) is Stays.WITHDRAWN
        perform_wish(first, read_act({"act": "consent.corrected", **wider}, ""))
        meet(first, second)
        found = may(second, case, partner)
        assert (found.classes, found.disputed) == ({FieldClass.IDENTIFYING, FieldClass.CONTACT}, False)


def test_a_consent_given_without_knowing_of_a_withdrawal_does_not_undo_it(tmp_path: Path) -> None:
    mine, theirs = met("in 1970")
    with mine.copied(tmp_path / "1.kzcase") as first, theirs.copied(tmp_path / "2.kzcase") as second:
        _, consent = referral(first)
        give(first, second)
        (case,) = ids(first, "cases")
        partner = value(first, "consents", bytes.fromhex(consent), "partner_id")
        withdraw_consent(first, WithdrawConsent(case=case.hex(), on="2026-11-20"))
        again = {"purpose": "referral", "classes": ["identifying"], "language": "kk", "partner": partner.hex()}
        give_consent(second, GiveConsent(case=case.hex(), **again))
        meet(first, second)
        assert not may(first, case, partner).anything
        give_consent(first, GiveConsent(case=case.hex(), **again))
        meet(first, second)
        assert may(first, case, partner).classes == {FieldClass.IDENTIFYING}  # the clock of the other is in 1970


SAME_TIME: dict[str, tuple[Callable[[Casebook, str], object], str]] = {
    "notes": (lambda book, case: add_note(book, AddNote(case=case, text="Two at once.")), "notes"),
    "tasks": (lambda book, case: add_task(book, AddTask(case=case, title="x", due="2026-12-01")), "tasks"),
}


@pytest.mark.parametrize("what", SAME_TIME)
def test_rows_added_apart_are_all_there(two: tuple[Casebook, Casebook], what: str) -> None:
    first, second = two
    (case,) = ids(first, "cases")
    add, entity = SAME_TIME[what]
    before = len(ids(first, entity))
    for book in two:
        add(book, case.hex())
    meet(first, second)
    assert len(ids(first, entity)) == len(ids(second, entity)) == before + 2


def test_the_same_task_done_twice_is_done(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    (case,) = ids(first, "cases")
    task = add_task(first, AddTask(case=case.hex(), title="x", due="2026-12-01")).ids["task"]
    give(first, second)
    for book in two:
        complete_task(book, CompleteTask(task=task.hex()))
    meet(first, second)
    assert value(first, "tasks", task, "done_on") == value(second, "tasks", task, "done_on") is not None


def test_taking_in_twice_is_taking_in_once(two: tuple[Casebook, Casebook]) -> None:
    first, second = two
    perform(World(first, Random(3)), "case.opened")
    assert give(first, second).new > 0
    again = give(first, second)
    assert (again.new, again.refused, again.rows) == (0, 0, set())
