"""Whoever is kept away from a case finds nothing of it, whatever their roles; only another lets them back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.reading import open_case, read_history
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.errors import CannotBeUndone, KeptAway, NobodyLeft, NotAllowed, NotFound, NothingToChange
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.forms.library import shipped_form
from kzcase.journal.operations import Change
from kzcase.paper.incoming.door import Clean
from kzcase.queries import reach
from kzcase.queries.answers import stored_sheet
from kzcase.queries.attachments import attachments, content
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_count, case_list
from kzcase.queries.history import case_history
from kzcase.queries.kept_away import kept_away_from
from kzcase.queries.letters import consent_sheet_row, referral_letter_row, what_leaves
from kzcase.queries.office import call, call_count, call_list, counts, open_tasks
from kzcase.queries.releases import people_to_count
from kzcase.queries.search import search
from kzcase.queries.sheets import call_of_case, call_sheet_row, case_sheet_row, filled_form_row, with_names
from tests.actions.steps import CALL, a_case, a_consent, a_draft, a_partner, do
from tests.db.books import START, TickingClock, again, founded, template
from tests.db.laptops import colleague, forge, laptop, meet, row
from tests.forms_answers import plausible_answers

FAMILY, NOTE, TASK, TOLD = "Құпиятегі", "Құпия жазба", "Құпия тапсырма", "Құпия қоңырау"
PHONE = "+7 709 111 22 33"


@dataclass
class Conflict:
    """An office, a colleague's laptop, and a case with everything on it from which the colleague is kept away."""

    office: Casebook
    book: Casebook
    made: dict[str, str]

    def let_back(self) -> None:
        do(self.office, act="case.unblocked", case=self.made["case"], staff=self.book.acting.staff_id.hex())
        meet(self.office, self.book)


def full(book: Casebook) -> dict[str, str]:
    """The ids of a case with everything on it, and its number."""
    told = do(book, **(CALL | {"note": TOLD, "phone": PHONE})).ids["call"].hex()
    person = {"names": [{"family": FAMILY, "given": "Адам"}], "phones": [{"number": PHONE, "safe": "safe"}]}
    opened = do(book, act="case.opened", kind="child", region="KZ-75", person=person, note=NOTE, call=told)
    case, partner, form = opened.ids["case"].hex(), a_partner(book), shipped_form("victim_screening")
    do(book, act="form.answered", case=case, form=form.id, answers=plausible_answers(form))
    task = do(book, act="task.added", case=case, title=TASK, due="2026-12-01").ids["task"].hex()
    sealed = {"act": "note.sealed", "case": case, "kind": "legal", "readers": ["Founder"], "text": "Generated."}
    note = do(book, **sealed).ids["note"].hex()
    wish = AddAttachment(case, "Generated", Clean("audio/mpeg", 0, b"generated sound"))
    attachment = add_attachment(book, wish).ids["attachment"].hex()
    with book.read() as reader:
        sheet = bytes(reader.session.execute(text("SELECT id FROM answer_sheets")).scalar_one()).hex()
    return {
        **{"case": case, "number": opened.number, "person": opened.ids["person"].hex(), "call": told, "task": task},
        **{"partner": partner, "consent": a_consent(book, case, partner), "referral": a_draft(book, case, partner)},
        **{"sheet": sheet, "note": note, "attachment": attachment},
    }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A casebook with a case with everything on it, for every test to copy."""
    with founded(tmp_path_factory.mktemp("conflict")) as office:
        return office.folder.path, full(office)


@pytest.fixture
def conflict_of(tmp_path: Path, prepared: tuple[Path, dict[str, str]]) -> Iterator[Callable[..., Conflict]]:
    books: list[Casebook] = []

    def made(*roles: Role) -> Conflict:
        office = again(prepared[0], tmp_path, template().founder, TickingClock())
        books.append(office)
        identity, there = colleague(office, *roles), dict(prepared[1])
        do(office, act="case.blocked", case=there["number"], staff=identity.staff_id.hex())
        book = laptop(tmp_path, identity, office)
        books.append(book)
        return Conflict(office, book, there)

    yield made
    for book in books:
        book.close()


# Nothing is seen

ASKED: dict[str, Callable[[Reader, dict[str, str]], object]] = {
    "page": lambda reader, made: case_page(reader, made["case"]),
    "page by number": lambda reader, made: case_page(reader, made["number"]),
    "history": lambda reader, made: case_history(reader, made["case"]),
    "sheet": lambda reader, made: case_sheet_row(reader, made["case"], "kk"),
    "letter": lambda reader, made: referral_letter_row(reader, made["referral"]),
    "what leaves": lambda reader, made: what_leaves(reader, made["case"], made["partner"]),
    "consent": lambda reader, made: consent_sheet_row(reader, made["consent"], "kk"),
    "answers": lambda reader, made: stored_sheet(reader, made["sheet"]),
    "form": lambda reader, made: filled_form_row(reader, made["case"], "victim_screening"),
    "call": lambda reader, made: call(reader, bytes.fromhex(made["call"])),
    "call sheet": lambda reader, made: call_sheet_row(reader, made["call"], "kk"),
    "attachments": lambda reader, made: attachments(reader, made["case"]),
    "attachment": lambda reader, made: content(with_names(reader), made["attachment"]),
    "its call": lambda reader, made: call_of_case(reader, made["case"]),
}
LISTED: dict[str, Callable[[Reader], Any]] = {
    "list": case_list,
    "list by name": lambda reader: case_list(reader, order="name"),
    "search by name": lambda reader: search(reader, FAMILY),
    "search by phone": lambda reader: search(reader, PHONE),
    "tasks": open_tasks,
    "calls": call_list,
}


@pytest.mark.parametrize("role", sorted(Role))
def test_whoever_is_kept_away_finds_nothing_of_the_case(conflict_of: Callable[..., Conflict], role: Role) -> None:
    conflict = conflict_of(role, Role.SUPERVISOR)
    conflict.book.show_names()
    with conflict.book.read() as reader:
        for name, ask in ASKED.items():
            with pytest.raises(NotFound):
                ask(reader, conflict.made)
                pytest.fail(name)
        assert not [name for name, ask in LISTED.items() if ask(reader)]
        assert (case_count(reader), call_count(reader)) == (0, 0)
        assert search(reader, conflict.made["number"]) == []
    for act in (open_case, read_history):
        with pytest.raises(NotFound):
            act(conflict.book, conflict.made["number"], "review")
    with pytest.raises(NotFound):
        print_paper(conflict.book, WantedPaper("case_sheet", "kk", conflict.made["case"]))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_it_binds_administrator_and_auditor(conflict_of: Callable[..., Conflict], role: Role) -> None:
    conflict = conflict_of(role)
    with conflict.book.read() as reader, pytest.raises((NotFound, NotAllowed)):
        case_history(reader, conflict.made["case"])
    for act in ("case.blocked", "case.unblocked"):
        with pytest.raises((NotFound, NotAllowed)):
            do(conflict.book, act=act, case=conflict.made["number"], staff=conflict.book.acting.name)


def test_the_canary_all_of_it_is_there_for_others_and_after_letting_back(conflict_of: Callable[..., Conflict]) -> None:
    conflict = conflict_of(Role.SUPERVISOR)
    conflict.let_back()
    for book in (conflict.office, conflict.book):
        with book.read() as reader:
            assert [name for name, ask in ASKED.items() if not ask(reader, conflict.made)] == []
            assert [name for name, ask in LISTED.items() if not ask(reader)] == []


def test_the_canary_without_the_veil_it_shows(
    conflict_of: Callable[..., Conflict], monkeypatch: pytest.MonkeyPatch
) -> None:
    conflict = conflict_of(Role.SUPERVISOR)
    monkeypatch.setattr(reach, "_KEPT_AWAY", "SELECT case_id FROM case_blocks WHERE staff_id = :me AND 0")
    with conflict.book.read() as reader:
        assert case_page(reader, conflict.made["case"]).id == conflict.made["case"]


def test_what_is_counted_leaves_the_case_out_and_a_summary_does_not(conflict_of: Callable[..., Conflict]) -> None:
    """A summary must be right whoever makes it; nothing of a single case is shown."""
    conflict = conflict_of(Role.SUPERVISOR)
    do(conflict.office, act="case.opened", kind="child", person={"names": [{"given": "Адам"}]})
    meet(conflict.office, conflict.book)
    with conflict.book.read() as reader, conflict.office.read() as other:
        mine, theirs = counts(reader), counts(other)
        assert (mine.cases, mine.people, mine.calls, mine.notes, mine.referrals) == (1, 1, 0, 0, 0)
        assert (theirs.cases, theirs.people) == (2, 2)
        assert min(theirs.calls, theirs.notes, theirs.referrals) > 0
        assert mine.cases == len(case_list(reader)) == case_count(reader)
        assert len(people_to_count(reader, START.date(), START.date())) == 2


# Nothing is done


ACTED: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "note": lambda made: {"act": "note.added", "case": made["case"], "text": "x"},
    "task": lambda made: {"act": "task.added", "case": made["number"], "title": "x", "due": "2026-12-01"},
    "done": lambda made: {"act": "task.done", "task": made["task"]},
    "assign": lambda made: {"act": "case.assigned", "case": made["case"], "worker": "Founder"},
    "close": lambda made: {
        "act": "case.closed",
        "case": made["case"],
        "reason": "goals_reached",
        "summary": "Generated.",
        "feedback_asked": True,
    },
    "name": lambda made: {"act": "name.added", "person": made["person"], "family": "x"},
    "correct": lambda made: {"act": "person.corrected", "person": made["person"], "sex": "male"},
    "again": lambda made: {"act": "case.opened", "kind": "child", "person_id": made["person"]},
    "withdraw": lambda made: {"act": "consent.withdrawn", "consent": made["consent"]},
    "send": lambda made: {"act": "referral.sent", "referral": made["referral"], "how": "post"},
    "sealed": lambda made: {"act": "note.resealed", "note": made["note"], "readers": ["Founder"]},
    "lift": lambda made: {"act": "case.unblocked", "case": made["case"], "staff": "Founder"},
}


@pytest.mark.parametrize("name", ACTED)
def test_whoever_is_kept_away_does_nothing_on_the_case(conflict_of: Callable[..., Conflict], name: str) -> None:
    conflict = conflict_of(Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CASEWORKER)
    before = conflict.book.everything()[0]
    with pytest.raises(NotFound):
        do(conflict.book, **ACTED[name](conflict.made))
    assert conflict.book.everything()[0] == before


def test_whoever_is_kept_away_undoes_nothing_on_the_case(conflict_of: Callable[..., Conflict]) -> None:
    conflict = conflict_of(Role.SUPERVISOR)
    last = do(conflict.office, act="note.added", case=conflict.made["case"], text="x")
    meet(conflict.office, conflict.book)
    with pytest.raises(NotFound):
        undo_act(conflict.book, UndoAct(of=last.act.hex()))
    undo_act(conflict.office, UndoAct(of=last.act.hex()))


def test_a_person_with_another_case_is_found_through_that(conflict_of: Callable[..., Conflict]) -> None:
    conflict = conflict_of(Role.SUPERVISOR)
    do(conflict.office, act="case.opened", kind="child", person_id=conflict.made["person"])
    meet(conflict.office, conflict.book)
    do(conflict.book, act="name.added", person=conflict.made["person"], family="x")
    with conflict.book.read() as reader:
        assert len(case_list(reader)) == len(search(reader, FAMILY)) == 1
        assert counts(reader).people == counts(reader).cases == 1
        assert search(reader, conflict.made["number"]) == [], "its number leads to nobody"


def test_nothing_is_given_to_somebody_who_is_kept_away(conflict_of: Callable[..., Conflict]) -> None:
    conflict = conflict_of(Role.CASEWORKER)
    away, case = conflict.book.acting.staff_id.hex(), conflict.made["case"]
    with pytest.raises(KeptAway) as refused:
        do(conflict.office, act="case.assigned", case=case, worker=away)
    assert refused.value.place == "[0].worker"
    with pytest.raises(KeptAway) as refused:
        do(conflict.office, act="task.added", case=case, title="x", due="2026-12-01", assignee=away)
    assert refused.value.place == "[0].assignee"


# Who decides


@pytest.mark.parametrize("role", sorted(Role))
def test_supervisors_and_administrators_decide(tmp_path: Path, role: Role) -> None:
    with founded(tmp_path) as office:
        case, other = a_case(office), colleague(office, Role.CASEWORKER)
        with laptop(tmp_path, colleague(office, role), office) as book:
            if role not in MAY[Permission.KEEP_AWAY]:
                with pytest.raises(NotAllowed):
                    do(book, act="case.blocked", case=case, staff=other.staff_id.hex())
                return
            do(book, act="case.blocked", case=case, staff=other.staff_id.hex())
            with book.read() as reader:
                assert kept_away_from(reader, bytes.fromhex(case)) == {other.staff_id}


def test_nobody_lets_themselves_back_and_it_cannot_be_undone(conflict_of: Callable[..., Conflict]) -> None:
    conflict = conflict_of(Role.SUPERVISOR)
    me = conflict.book.acting.staff_id.hex()
    with pytest.raises(NotFound):
        do(conflict.book, act="case.unblocked", case=conflict.made["case"], staff=me)
    with conflict.office.read() as reader:
        blocked = reader.session.execute(text("SELECT id FROM acts WHERE kind = 'case.blocked'")).scalar_one()
    for book, refusal in ((conflict.office, CannotBeUndone), (conflict.book, NotFound)):
        with pytest.raises(refusal):
            undo_act(book, UndoAct(of=bytes(blocked).hex()))


def test_somebody_who_can_open_the_case_is_left(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        case = a_case(office)
        colleague(office, Role.AUDITOR)
        with pytest.raises(NobodyLeft):
            do(office, act="case.blocked", case=case, staff="Founder")
        colleague(office, Role.CASEWORKER)
        do(office, act="case.blocked", case=case, staff="Founder")
        with office.read() as reader, pytest.raises(NotFound):
            case_page(reader, case)


def test_twice_is_once_and_it_can_be_done_again(conflict_of: Callable[..., Conflict]) -> None:
    conflict = conflict_of(Role.CASEWORKER)
    wish = {"case": conflict.made["case"], "staff": conflict.book.acting.staff_id.hex()}
    with pytest.raises(NothingToChange):
        do(conflict.office, act="case.blocked", **wish)
    do(conflict.office, act="case.unblocked", **wish)
    with pytest.raises(NothingToChange):
        do(conflict.office, act="case.unblocked", **wish)
    do(conflict.office, act="case.blocked", **wish)
    with conflict.office.read() as reader:
        assert reader.number("SELECT count(*) FROM case_blocks") == 1
        assert [away.staff for away in case_page(reader, conflict.made["case"]).kept_away] == [wish["staff"]]


def test_who_is_kept_away_is_told_to_those_who_decide(conflict_of: Callable[..., Conflict], tmp_path: Path) -> None:
    conflict = conflict_of(Role.CASEWORKER)
    psychologist = colleague(conflict.office, Role.PSYCHOLOGIST)
    with laptop(tmp_path, psychologist, conflict.office) as book:
        assert open_case(book, conflict.made["case"], "asked").kept_away == ()
    (shown,) = open_case(conflict.office, conflict.made["case"]).kept_away
    assert (shown.staff, shown.since) == (conflict.book.acting.staff_id.hex(), START.date())


# Laptops that disagree


def test_while_laptops_disagree_the_careful_answer_governs(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        case, away = a_case(office), colleague(office, Role.CASEWORKER)
        wish = {"case": case, "staff": away.staff_id.hex()}
        do(office, act="case.blocked", **wish)
        with laptop(tmp_path, colleague(office, Role.SUPERVISOR), office) as other:
            do(other, act="case.unblocked", **wish)
            do(other, act="case.blocked", **wish)
            do(office, act="case.unblocked", **wish)
            meet(office, other)
            for book in (office, other):
                with book.read() as reader:
                    assert kept_away_from(reader, bytes.fromhex(case)) == {away.staff_id}
            do(office, act="case.unblocked", **wish)
            meet(office, other)
            with other.read() as reader:
                assert not kept_away_from(reader, bytes.fromhex(case))


def test_two_who_keep_away_apart_are_both_heard(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        case, away = a_case(office), colleague(office, Role.CASEWORKER)
        wish = {"case": case, "staff": away.staff_id.hex()}
        with laptop(tmp_path, colleague(office, Role.SUPERVISOR), office) as other:
            do(office, act="case.blocked", **wish)
            do(other, act="case.blocked", **wish)
            do(office, act="case.unblocked", **wish)
            meet(office, other)
            with office.read() as reader:
                assert kept_away_from(reader, bytes.fromhex(case)) == {away.staff_id}
            do(other, act="case.unblocked", **wish)
            meet(office, other)
            with office.read() as reader:
                assert not kept_away_from(reader, bytes.fromhex(case))


@pytest.mark.parametrize("kind", ["note.added", "case.assigned", "staff.added"])
def test_an_innocent_act_cannot_let_anybody_back(conflict_of: Callable[..., Conflict], kind: str) -> None:
    """Forged by hand on one's own laptop, with roles that do not decide about it."""
    conflict = conflict_of(Role.CASEWORKER)
    case, me = bytes.fromhex(conflict.made["case"]), conflict.book.acting.staff_id
    with conflict.book.read() as reader:
        block = bytes(reader.session.execute(text("SELECT id FROM case_blocks")).scalar_one())
    lifted = Change("case_blocks", block, case, ("state",), ("let_back",), ((),))
    parts = forge(conflict.book, kind, [(case, lifted)])
    parts += forge(conflict.book, kind, [(case, row("case_blocks", b"x" * 16, case, case_id=case, staff_id=me))])
    conflict.office.take_in(parts)
    with conflict.office.read() as reader:
        assert kept_away_from(reader, case) == {me}
        assert reader.number("SELECT count(*) FROM case_blocks") == 1


def test_those_one_is_kept_away_from_leave_their_place_in_a_short_list_of_hits_to_others(tmp_path: Path) -> None:
    """Of four who are called the same the best three are cut from what is seen, not before. Canary: cut to two
    before, nobody at all is found by whoever is kept away from these two."""
    with founded(tmp_path) as office:
        identity = colleague(office, Role.SUPERVISOR)
        person = {"names": [{"family": FAMILY, "given": "Адам"}]}
        cases = [do(office, act="case.opened", kind="child", person=person) for _number in range(4)]
        with office.read() as reader:
            order = [hit.case for hit in search(reader, FAMILY, 4)]
        assert set(order) == {each.ids["case"].hex() for each in cases}
        for case in order[:2]:
            do(office, act="case.blocked", case=case, staff=identity.staff_id.hex())
        with laptop(tmp_path, identity, office) as book, book.read() as reader:
            assert [hit.case for hit in search(reader, FAMILY, 2)] == order[2:]
