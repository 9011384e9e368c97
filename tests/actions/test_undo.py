"""Undo: everything stands as before, the history keeps both, and what cannot be taken back says so."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import AlreadyUndone, CannotBeUndone, ChangedSince, NotFound
from kzcase.journal.kinds import KINDS, Undo
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_count, case_list
from kzcase.queries.history import case_history
from kzcase.queries.search import search
from tests.actions.steps import CALL, CASE, a_call, a_case, a_consent, a_partner, a_sent_referral, do
from tests.db.books import empty, founded
from tests.db.drivers import DRIVERS, World
from tests.db.dump import differences, dump


def undo(book: Casebook, done: Done) -> Done:
    return undo_act(book, UndoAct(of=done.act.hex()))


TABLES = (
    *("people", "person_names", "phones", "citizenships", "cases", "notes", "tasks", "calls", "call_topics"),
    *(
        "partners",
        "consents",
        "referrals",
        "referral_steps",
        "referral_chases",
        "incoming_referrals",
        "incoming_steps",
        "answer_sheets",
        "answers",
        "sealed_notes",
        "sealed_note_keys",
    ),
    *("tracings", "tracing_matches", "tracing_answers", "saved_searches"),
    *("attachments", "undertakings", "subject_requests", "incidents", "tellings", "office_forms", "checked_texts"),
    *("documents", "custodies", "stays", "addresses", "relations", "household_members", "steps", "legs", "jobs"),
    *("wages", "proceedings", "same_persons", "two_persons", "case_facts"),
    *("transfers", "case_requests", "approvals", "flags", "conferences", "conference_members"),
    *("conference_decisions", "absences"),
    *("rule_changes", "age_estimates"),
    *("call_cases", "emergencies", "crime_signals", "readdressings", "call_backs", "call_back_tries", "sheets_given"),
    *("phone_controls", "duress_words", "caller_checks", "shifts", "outreach", "call_periods"),
    *("withdrawals", "consent_notices", "emergency_releases"),
)


def shown(book: Casebook) -> dict[str, list[Any]]:
    """Live rows as they show."""
    found = {}
    with book.read("long") as reader:
        for table in TABLES:
            rows = reader.session.execute(text(f"SELECT * FROM {table} WHERE struck IS NOT 1")).mappings()
            found[table] = sorted(str({k: v for k, v in row.items() if k != "struck"}) for row in rows)
    return found


def shown_before_each(book: Casebook) -> list[dict[str, list[Any]]]:
    """What showed before each act from now on: a driver may do first what its own act needs."""
    found, plain = [], book.write

    def write(*said: Any, **named: Any) -> Any:
        found.append(shown(book))
        return plain(*said, **named)

    book.write = write  # type: ignore[method-assign]
    return found


TWO_PEOPLE_OR_ACTS = ("case.assigned", "case.requested", "referral.answered", "case.closed", "case.resumed")
UNDONE = sorted(name for name, kind in KINDS.items() if kind.undo is Undo.INVERSE and name not in TWO_PEOPLE_OR_ACTS)


@pytest.mark.parametrize("kind", UNDONE)
def test_everything_stands_as_before(tmp_path: Path, kind: str) -> None:
    with founded(tmp_path) as book:
        world = World(book, Random(4))
        for needed in ("case.opened", "partner.added", "call.logged", "task.added"):
            DRIVERS[needed](world)
        if kind == "case.reopened":
            DRIVERS["case.closed"](world)
        before_it = {
            "attachment.removed": "attachment.added",
            "fact.corrected": "fact.stated",
            "fact.withdrawn": "fact.stated",
            "form.corrected": "form.answered",
            "form.text_checked": "form.text_checked",  # of another language of the same form
            "form.withdrawn": "form.added",
            "rule.kept": "deadline.changed",
            "rule.taken_back": "deadline.changed",
            "incident.told": "incident.opened",
            "referral.decided": "referral.received",
            "referral.chased": "referral.sent",
            "referral.followed": "referral.sent",
            "request.answered": "request.received",
            "record.corrected": "record.corrected",
            "record.ended": "record.ended",
            "record.removed": "record.corrected",
            "document.taken": "record.corrected",
            "flag.taken_down": "flag.raised",
            "document.returned": "document.taken",
            "household.joined": "relation.added",
            "member.interviewed": "household.joined",
            "suspicion.renewed": "suspicion.renewed",
            "enquirer.vetted": "tracing.asked",
            "match.decided": "tracing.asked",
            "found.answered": "found.answered",
            "search.removed": "search.saved",
            "persons.merged": "relation.added",
            "persons.parted": "persons.merged",
            "persons.told_apart": "relation.added",
            "safeguard.decided": "safeguard.decided",
            "proceeding.closed": "safeguard.decided",
        }
        if kind in before_it:
            DRIVERS[before_it[kind]](world)
        seen = shown_before_each(book)
        done = DRIVERS[kind](world)
        before = seen[-1]
        assert isinstance(done, Done)
        assert shown(book) != before
        undo(book, done)
        assert shown(book) == before
        with empty(tmp_path) as replayed:
            replayed.take_in(*book.everything())
            assert not differences(book, replayed)


def test_a_reply_is_taken_back_and_its_task_is_open_again(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case, referral = a_sent_referral(book)
        done = do(book, act="referral.answered", referral=referral, outcome="accepted")
        undo(book, done)
        with book.read() as reader:
            page = case_page(reader, case)
        assert [row.state for row in page.referrals] == ["sent"]
        assert [task.done_on for task in page.tasks] == [None]


def test_an_opened_case_goes_from_list_search_and_count(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        book.show_names()
        done = do(book, **CASE)
        with book.read() as reader:
            assert [len(search(reader, typed)) for typed in ("Каримова", done.number)] == [1, 1]
        undo(book, done)
        with book.read() as reader:
            assert [search(reader, typed) for typed in ("Каримова", done.number)] == [[], []]
            assert (case_list(reader), case_count(reader)) == ([], 0)
            with pytest.raises(NotFound):
                case_page(reader, done.number)


def test_a_case_opened_from_a_call_gives_the_call_back(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        call = a_call(book)
        undo(book, do(book, **(CASE | {"call": call})))
        do(book, **(CASE | {"call": call}))


def test_a_correction_is_restored_and_the_history_keeps_both(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        book.show_names()
        opened = do(book, **CASE)
        person, case = opened.ids["person"].hex(), opened.ids["case"].hex()
        undo(book, do(book, act="person.corrected", person=person, birth="1980", language="uz"))
        with book.read() as reader:
            shown_person = case_page(reader, case).person
            kinds = [row.kind for row in case_history(reader, case)]
        assert (shown_person.birth, shown_person.language) == ("1994-05", None)
        assert kinds == ["case.opened", "person.corrected", "act.undone"]


def test_what_was_changed_since_is_refused_by_name(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        person = do(book, **CASE).ids["person"].hex()
        first = do(book, act="person.corrected", person=person, birth="1980")
        do(book, act="person.corrected", person=person, birth="1981")
        with pytest.raises(ChangedSince) as refused:
            undo(book, first)
        assert refused.value.facts["what"] == KINDS["person.corrected"].sentence


@pytest.mark.parametrize(
    "more",
    [
        {"act": "note.added", "text": "Later."},
        {"act": "task.added", "title": "Later.", "due": "2026-12-01"},
        {"act": "case.closed", "reason": "died", "summary": "Generated."},
    ],
)
def test_a_case_with_something_in_it_since_stays(tmp_path: Path, more: dict[str, Any]) -> None:
    with founded(tmp_path) as book:
        opened = do(book, **CASE)
        later = do(book, **more, case=opened.ids["case"].hex())
        with pytest.raises(ChangedSince) as refused:
            undo(book, opened)
        assert refused.value.facts["what"] == KINDS[more["act"]].sentence
        undo(book, later)
        if more["act"] != "case.closed":
            undo(book, opened)


def test_a_person_with_a_second_case_stays(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        first = do(book, **CASE)
        second = do(book, act="case.opened", kind="child", person_id=first.ids["person"].hex())
        with pytest.raises(ChangedSince):
            undo(book, first)
        undo(book, second)
        undo(book, first)


def test_a_partner_somebody_agreed_to_stays(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case, partner = a_case(book), do(book, act="partner.added", name="x", kind="ngo")
        a_consent(book, case, partner.ids["partner"].hex())
        with pytest.raises(ChangedSince):
            undo(book, partner)


NEVER = sorted(name for name, kind in KINDS.items() if kind.undo is Undo.NEVER)


@pytest.mark.parametrize("kind", NEVER)
def test_what_left_the_casebook_or_was_meant_to_last_stays(tmp_path: Path, kind: str) -> None:
    with founded(tmp_path) as book:
        world = World(book, Random(4))
        if kind != "casebook.founded":
            _ = undo(book, do(book, **CALL)) if kind == "act.undone" else DRIVERS[kind](world)
        found = world.book._sql.value("SELECT id FROM acts WHERE kind = ? ORDER BY hlc DESC", (kind,))
        before = dump(world.book)
        with pytest.raises(CannotBeUndone):
            undo_act(world.book, UndoAct(of=found.hex()))
        assert dump(world.book) == before
        world.book.close()


@pytest.mark.parametrize("reference", ["", "x", "00" * 16, "ff" * 40, "ә" * 32])
def test_an_act_nobody_knows_is_not_found(tmp_path: Path, reference: str) -> None:
    with founded(tmp_path) as book, pytest.raises(NotFound):
        undo_act(book, UndoAct(of=reference))


def test_undone_once_is_undone(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        done = do(book, act="note.added", case=a_case(book), text="x")
        undo(book, done)
        with pytest.raises(AlreadyUndone):
            undo(book, done)
        assert a_partner(book)
