"""A choice of cases: every filter finds what it says, alone and together; nothing hidden is told by what is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.list_exports import export_list
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.ages import is_child
from kzcase.domain.case_filter import CaseFilter, checked, filter_of, read_filter, written
from kzcase.domain.permissions import Role
from kzcase.queries import case_filter
from kzcase.queries.cases import case_count, case_list
from kzcase.queries.saved_searches import saved_searches
from tests.actions.steps import CASE, do
from tests.db.books import START, founded
from tests.db.laptops import colleague, laptop, meet

BIRTHS = (
    *("2016-02-01", "2008-11-22", "2008-11-22?", "2008-11-20~", "2008-11-23", "2008", "2007~", "2006~", "2005~"),
    *("2008-11", "2008-10", "2008-09~", "1994-05", "199X", "200X", "20XX", "2000/2010", "2000/2004", "1999?", None),
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as opened:
        opened.show_names()
        yield opened


def a_case(book: Casebook, birth: str | None = "1994-05", **more: Any) -> str:
    person = {"names": [{"family": "Каримова", "given": "Дильноза"}], "birth": birth}
    return do(book, **(CASE | {"person": person} | more)).ids["case"].hex()


def chosen(book: Casebook, **said: Any) -> set[str]:
    with book.read() as reader:
        wanted = checked(CaseFilter(**said))
        rows = case_list(reader, chosen=wanted)
        assert len(rows) == case_count(reader, wanted)
        for order in ("number", "name"):
            assert {row.id for row in case_list(reader, chosen=wanted, order=order)} == {row.id for row in rows}
        return {row.id for row in rows}


def test_each_filter_finds_what_it_says(book: Casebook) -> None:
    child = a_case(book, "2016-02-01", kind="child", region="KZ-71", opened_on="2026-02-01", urgency="immediate")
    adult = a_case(book, kind="stateless", region="KZ-75", opened_on="2026-05-01", source="raid", border_point="kordai")
    do(book, act="task.added", case=child, title="Generated", due="2026-11-01")
    do(book, act="task.added", case=adult, title="Generated", due="2026-12-31")
    assert chosen(book) == {child, adult}
    for said, found in (
        ({"kind": ("child",)}, {child}),
        ({"kind": ("child", "stateless")}, {child, adult}),
        ({"region": ("KZ-75",)}, {adult}),
        ({"urgency": ("immediate",)}, {child}),
        ({"stage": ("found",)}, {child}),
        ({"source": ("raid",)}, {adult}),
        ({"border_point": ("kordai",)}, {adult}),
        ({"overdue": True}, {child}),
        ({"age": ("adult",)}, {adult}),
        ({"opened_from": "2026-03-01"}, {adult}),
        ({"opened_to": "2026-03-01"}, {child}),
        ({"worker": ("me",)}, {child, adult}),
        ({"worker": ("nobody",)}, set()),
        ({"worker": ("team",), "kind": ("child",)}, {child}),
        ({"state": "closed"}, set()),
        ({"state": "open"}, {child, adult}),
        ({"kind": ("child",), "region": ("KZ-75",)}, set()),
    ):
        assert chosen(book, **said) == found, said


@pytest.mark.parametrize("few", [2_000, 3, 0])
def test_whoever_may_be_a_child_is_chosen_as_one(book: Casebook, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """As everywhere else in the program, whatever is known of the day of birth; and whether the people are looked up
    first or each case is looked at in its turn."""
    monkeypatch.setattr(case_filter, "_FEW", few)
    cases = {a_case(book, birth): birth for birth in BIRTHS}
    today = START.date()
    for group, wanted in (("child", True), ("adult", False), ("unknown", None)):
        found = {cases[each] for each in chosen(book, age=(group,))}
        assert found == {birth for birth in BIRTHS if is_child(birth or "", today) is wanted}, group


def test_a_day_cut_short_loses_children(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above: what is written shorter than a day is not looked at."""
    case = a_case(book, "2008")
    assert chosen(book, age=("child",)) == {case}
    monkeypatch.setattr(case_filter, "_perhaps_children", lambda _line, _today: ())
    assert chosen(book, age=("child",)) == set()


def test_a_flag_that_is_not_shown_finds_nothing(tmp_path: Path, book: Casebook) -> None:
    worker = colleague(book, Role.CASEWORKER)
    shown, hidden = a_case(book), a_case(book)
    with book.read() as reader:
        kind = reader.rulebook.list("flag_kind").choices()[0].code
    do(book, act="flag.raised", case=shown, kind=kind, seen_by="everyone", reason="Generated.")
    do(book, act="flag.raised", case=hidden, kind=kind, seen_by="supervisors", reason="Generated.")
    assert chosen(book, flag=(kind,)) == {shown, hidden}
    with laptop(tmp_path, worker, book) as other:
        assert chosen(other, flag=(kind,)) == {shown}


def test_what_cannot_choose_cases_is_refused(book: Casebook) -> None:
    for wrong in (
        {"kind": ("x' OR 1=1 --",)},
        {"worker": ("a" * 65,)},
        {"age": ("old",)},
        {"state": "half"},
        {"opened_from": "2026-02-30"},
        {"region": ("KZ-75",) * 51},
    ):
        with pytest.raises(errors.NotAFilter):
            checked(CaseFilter(**wrong))
    for rubbish in ({"kind": "child"}, {"nothing": 1}, {"overdue": "yes"}):
        with pytest.raises(errors.NotAFilter):
            filter_of(rubbish)
    assert not any(map(read_filter, ("[", "[1]", '{"kind": "x"}')))
    assert read_filter('{"kind": ["child"], "newer": 1}') == CaseFilter(kind=("child",))
    whole = CaseFilter(kind=("child",), overdue=True, opened_to="2026-01-01")
    assert read_filter(written(whole)) == whole
    assert list(whole.chips()) == [("kind", "child"), ("overdue", ""), ("opened_to", "2026-01-01")]
    assert whole.without("kind", "child").without("overdue").without("opened_to") == CaseFilter()


def test_a_saved_search_follows_its_owner_and_the_team_where_it_is_shared(tmp_path: Path, book: Casebook) -> None:
    worker = colleague(book, Role.CASEWORKER)
    with laptop(tmp_path, worker, book) as other:
        own = do(book, act="search.saved", name="Балалар", filters={"kind": ["child"]}).ids["search"].hex()
        team = do(book, act="search.saved", name="Late", filters={"overdue": True}, shared=True).ids["search"].hex()
        meet(book, other)
        with other.read() as reader:
            (row,) = saved_searches(reader)
        assert (row.name, row.mine, row.shared, row.filters) == ("Late", False, True, CaseFilter(overdue=True))
        with pytest.raises(errors.NotFound):
            do(other, act="search.removed", search=own)
        with pytest.raises(errors.NotAllowed):
            do(other, act="search.removed", search=team)
    with pytest.raises(errors.NotAFilter):
        do(book, act="search.saved", name="Nothing", filters={})
    do(book, act="search.removed", search=own)
    with book.read() as reader:
        assert [row.name for row in saved_searches(reader)] == ["Late"]


# Taking a list along


def test_a_list_leaves_with_a_reason_an_entry_and_what_is_shown(book: Casebook, tmp_path: Path) -> None:
    a_case(book, kind="child")
    looks = book._sql.value("SELECT count(*) FROM read_log")
    text = export_list(book, CaseFilter(kind=("child",)), "planning", "csv", "kk").decode("utf-8-sig")
    assert book._sql.value("SELECT count(*) FROM read_log") == looks + 1
    assert text.count("\r\n") == 2
    assert "Каримова" not in text
    assert "Каримова" in export_list(book, CaseFilter(), "planning", "csv", "kk", names=True).decode("utf-8-sig")
    assert export_list(book, CaseFilter(), "planning", "xlsx", "ru").startswith(b"PK")
    with pytest.raises(errors.UnknownCode):
        export_list(book, CaseFilter(), "whim", "csv", "kk")
    with laptop(tmp_path, colleague(book, Role.CASEWORKER), book) as other, pytest.raises(errors.NotAllowed):
        export_list(other, CaseFilter(), "planning", "csv", "kk")


def test_names_that_are_covered_stay_covered_in_the_file(tmp_path: Path) -> None:
    with founded(tmp_path) as covered:
        a_case(covered)
        text = export_list(covered, CaseFilter(), "planning", "csv", "en", names=True).decode("utf-8-sig")
    assert "Каримова" not in text
    assert "1994" not in text
