"""Lists, pages and histories: in the reader's order, page by page without gaps, and complete."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from kzcase.actions.history import UndoAct, undo_act
from kzcase.db.casebook import Casebook
from kzcase.db.sql import Sql
from kzcase.db.tables.people import PersonName
from kzcase.domain.errors import Ambiguous, NotFound
from kzcase.i18n import LANGUAGES, render
from kzcase.journal.kinds import KINDS, sentence
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import ORDERS, case_count, case_id, case_list
from kzcase.queries.history import case_history
from kzcase.queries.office import call_count, call_list, counts, open_tasks, staff_list
from tests.actions.steps import CALL, CASE, PERSON, a_case, a_partner, a_sent_referral, do
from tests.db.books import founded

KAZAKH_ORDER = [
    *("Абай", "Әбіл", "Баян", "Ғалым", "Дина", "Қайрат", "Нұр", "Ңұр", "Омар", "Өтеген", "Ұлжан", "Үміт"),
    *("Һасан", "Ыбырай", "Іңкәр", "Ярослав", "Aigul", "Zarina"),
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        found.show_names()
        yield found


def named(book: Casebook, family: str, **more: str) -> str:
    return do(book, **(CASE | {"person": PERSON | {"names": [{"family": family}]}} | more)).ids["case"].hex()


def test_names_stand_in_kazakh_order(book: Casebook) -> None:
    with book.batch():
        for family in Random(1).sample(KAZAKH_ORDER, len(KAZAKH_ORDER)):
            named(book, family)
    with book.read() as reader:
        assert [row.name for row in case_list(reader, order="name", descending=False)] == KAZAKH_ORDER
        assert [row.name for row in case_list(reader, order="name")] == KAZAKH_ORDER[::-1]


def test_code_points_would_give_another_order() -> None:
    """The canary of the test above."""
    assert sorted(KAZAKH_ORDER) != KAZAKH_ORDER


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("descending", [True, False])
def test_pages_follow_each_other_without_gaps(book: Casebook, order: str, descending: bool) -> None:
    with book.batch():
        for number in range(23):
            named(book, f"Name {number % 7}", opened_on=f"2026-0{number % 9 + 1}-01")
    with book.read() as reader:
        whole = case_list(reader, order=order, descending=descending)
        pages = [case_list(reader, order=order, descending=descending, offset=at, limit=5) for at in range(0, 30, 5)]
        assert [row.id for page in pages for row in page] == [row.id for row in whole]
        assert len({row.id for row in whole}) == case_count(reader) == 23
        assert case_list(reader, order=order, offset=10_000) == []


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", ["ASC", "DESC"])
def test_a_page_far_down_reads_an_index_and_sorts_nothing(book: Casebook, order: str, way: str) -> None:
    said: list[str] = []
    with book.read() as reader:
        raw = Sql.of(reader.session.connection())._driver
        raw.set_trace_callback(said.append)
        case_list(reader, order=order, offset=100, descending=way == "DESC")
        raw.set_trace_callback(None)
        (asked,) = (statement for statement in said if "OFFSET" in statement)
        plan = [row[3] for row in Sql.of(reader.session.connection()).rows(f"EXPLAIN QUERY PLAN {asked}")]
    assert any("COVERING INDEX" in line and ORDERS[order].removeprefix("c.") in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan


def test_another_name_moves_a_case_in_the_list(book: Casebook) -> None:
    moved = do(book, **(CASE | {"person": PERSON | {"names": [{"family": "Абай"}]}}))
    named(book, "Баян")
    with book.read() as reader:
        assert [row.name for row in case_list(reader, order="name", descending=False)] == ["Абай", "Баян"]
    with book.write("person.corrected") as act:
        act.session.scalars(select(PersonName).where(PersonName.person_id == moved.ids["person"])).one().family = "Яна"
    with book.read() as reader:
        assert [row.name for row in case_list(reader, order="name", descending=False)] == ["Баян", "Яна"]


def test_a_case_whose_person_is_not_known_here_is_in_every_order(book: Casebook) -> None:
    from kzcase.db.tables.cases import Case

    named(book, "Абай")
    with book.write("case.opened") as act:
        act.add(Case(kind="child"))
    with book.read() as reader:
        for order in ORDERS:
            assert len(case_list(reader, order=order)) == case_count(reader) == 2
            first = case_list(reader, order=order, descending=False)[0]
            assert (first.name, first.number, first.opened_on) == (None, "", None)


def test_days_stand_in_order(book: Casebook) -> None:
    for day in ("2026-03-01", "2025-12-31", "2026-10-01"):
        named(book, "x", opened_on=day)
    with book.read() as reader:
        days = [row.opened_on for row in case_list(reader)]
    assert days == [date(2026, 10, 1), date(2026, 3, 1), date(2025, 12, 31)]


def test_a_case_is_found_by_number_and_id(book: Casebook) -> None:
    done = do(book, **CASE)
    with book.read() as reader:
        assert case_id(reader, done.number) == case_id(reader, f" {done.number} ") == done.ids["case"]
        assert case_id(reader, done.ids["case"].hex()) == done.ids["case"]
        for nothing in ("", "2026", "%", "' OR 1=1 --", "00" * 16, "x" * 10_000):
            with pytest.raises(NotFound) as refused:
                case_id(reader, nothing)
            assert len(str(refused.value.facts["what"])) <= 64


def test_a_number_two_cases_share_after_a_merge_is_not_guessed(book: Casebook) -> None:
    from kzcase.db.tables.cases import Case

    for _ in range(2):
        with book.write("case.opened") as act:
            act.add(Case(number="2026-ABC-00001", kind="child"))
    with book.read() as reader, pytest.raises(Ambiguous):
        case_id(reader, "2026-ABC-00001")


def test_the_case_page_is_complete(book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    call = do(book, **CALL)
    do(book, act="note.added", case=case, text="Бірінші.")
    do(book, act="note.added", case=case, text="Екінші.")
    late = do(book, act="task.added", case=case, title="Кеше", due="2026-11-21")
    do(book, act="task.added", case=case, title="Бүгін", due="2026-11-22")
    undo_act(book, UndoAct(of=do(book, act="note.added", case=case, text="Қате.").act.hex()))
    with book.read() as reader:
        page = case_page(reader, case)
        assert [note.text for note in page.notes] == ["Бірінші.", "Екінші."]
        assert {note.author for note in page.notes} == {"Founder"}
        assert [(task.title, task.overdue) for task in page.tasks][:2] == [("Кеше", True), ("Бүгін", False)]
        assert len(page.tasks) == 3  # with the one that chases the reply
        assert [(row.in_force, row.purpose) for row in page.consents] == [(True, "referral")]
        assert [(row.id, row.state) for row in page.referrals] == [(referral, "sent")]
        assert (page.person.name, page.person.sex, page.call) == ("Каримова Дильноза", "female", None)
        assert page.stage is not None
        assert open_tasks(reader)[0].id == late.ids["task"].hex()
    do(book, act="referral.answered", referral=referral, outcome="served", text="Иә.")
    for task in (row.id for row in page.tasks if row.title in ("Кеше", "Бүгін")):
        do(book, act="task.done", task=task)
    do(book, act="case.closed", case=case, reason="goals_reached", summary="Аяқталды.", feedback_asked=True)
    with book.read() as reader:
        page = case_page(reader, case)
    assert ([row.state for row in page.referrals], page.closing_summary) == (["served"], "Аяқталды.")
    assert call.number


def test_a_case_from_a_call_names_it_and_the_call_names_the_case(book: Casebook) -> None:
    call = do(book, **(CALL | {"region": "KZ-61"}))
    case = do(book, act="case.opened", kind="child", person=PERSON, call=call.number)
    with book.read() as reader:
        page, (row,) = case_page(reader, case.number), call_list(reader)
    assert (page.call, page.region) == (call.number, "KZ-61")
    assert (row.case, row.case_number) == (case.ids["case"].hex(), case.number)


def test_calls_stand_by_the_moment_whatever_zone_they_were_written_in(book: Casebook) -> None:
    moments = ["2026-11-20T10:00+05:00", "2026-11-20T06:00+00:00", "2026-11-20T09:30+05:00", "2026-11-20T12:00"]
    numbers = [do(book, **(CALL | {"started_at": moment})).number for moment in moments]
    with book.read() as reader:
        assert [row.number for row in call_list(reader)] == [numbers[at] for at in (3, 1, 0, 2)]
        assert [row.number for row in call_list(reader, offset=1, limit=2)] == [numbers[1], numbers[0]]
        assert call_count(reader) == 4


def test_the_history_says_who_did_what_in_three_languages(book: Casebook) -> None:
    case = a_case(book)
    do(book, act="note.added", case=case, text="x")
    do(book, act="case.closed", case=case, reason="goals_reached", summary="Generated.", feedback_asked=True)
    do(book, act="case.reopened", case=case, reason="x")
    with book.read() as reader:
        rows = case_history(reader, case)
    assert [row.kind for row in rows] == ["case.opened", "note.added", "case.closed", "case.reopened"]
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert {row.author for row in rows} == {"Founder"}
    assert all(
        row.operations > 0 and len({render(row.sentence, language) for language in LANGUAGES}) == 3 for row in rows
    )


@pytest.mark.parametrize("kind", [*sorted(KINDS), "something.newer"])
def test_every_kind_has_its_sentence(kind: str) -> None:
    assert all(render(sentence(kind), language) for language in LANGUAGES)


def test_counts_are_of_what_is_live(book: Casebook) -> None:
    case = a_case(book)
    undo_act(book, UndoAct(of=do(book, **CASE).act.hex()))
    do(book, **CALL)
    do(book, act="note.added", case=case, text="x")
    a_partner(book)
    with book.read() as reader:
        found = counts(reader)
        assert (found.people, found.cases, found.calls, found.notes, found.referrals) == (1, 1, 1, 1, 0)
        assert found.acts == 7
        assert [row.name for row in staff_list(reader)] == ["Founder"]
