"""What an administrator changes in the rules is laid over those that ship, on every laptop alike, and taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from kzcase.actions import rules as changing
from kzcase.actions.forms import blank_sheet
from kzcase.actions.history import UndoAct, undo_act
from kzcase.db import rederive
from kzcase.db.casebook import Casebook
from kzcase.db.rulebook import baseline
from kzcase.domain.errors import BrokenDefinition, NotAllowed, NotFound, NothingToChange, NotInForce
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.queries import forms
from kzcase.queries.answers import answers_of
from kzcase.queries.due import due, due_of_case
from kzcase.queries.forms import form_of
from kzcase.queries.rules import rule_list, rules_to_look_at
from tests.actions.steps import a_case, do
from tests.db.books import founded, replica, template
from tests.db.dump import differences
from tests.own_pathways import own_pathway

DECREE = {"source": "Generated decree"}
EVENT = date(2026, 11, 20)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def term(book: Casebook, days: int, since: str = "2024-01-01", **more: object) -> str:
    """Change the review of a plan to so many days; the id of the change."""
    wish = {"rule": "plan_review", "term": days, "unit": "days", "valid_from": since, **DECREE}
    return do(book, act="deadline.changed", **(wish | more)).ids["change"].hex()


def a_safe_case(book: Casebook) -> bytes:
    """A case whose first safety check was today: its screening is due."""
    case = a_case(book)
    do(book, act="fact.stated", case=case, fact="safe")
    return bytes.fromhex(case)


def ours(book: Casebook) -> list[str]:
    with book.read() as reader:
        return [row.change for row in rule_list(reader) if row.ours]


def test_without_changes_the_rules_are_those_that_ship(book: Casebook) -> None:
    assert book.rulebook is baseline()
    assert ours(book) == []


def test_a_day_off_counts_from_now_on_and_is_taken_back(book: Casebook) -> None:
    before = book.rulebook.deadline("host_notice", date(2026, 6, 1)).due
    done = do(book, act="holiday.changed", day=before.isoformat(), what="off", **DECREE)
    assert book.rulebook.hash != baseline().hash
    found = book.rulebook.deadline("host_notice", date(2026, 6, 1))
    assert found.due > before
    assert before in {each.day for each in found.skipped}
    do(book, act="rule.taken_back", change=done.ids["change"].hex())
    assert book.rulebook.deadline("host_notice", date(2026, 6, 1)).due == before
    assert book.rulebook.hash == baseline().hash


def test_a_term_changes_from_a_day_on_and_no_earlier(book: Casebook) -> None:
    first, second = term(book, 10), term(book, 20, "2026-06-01")
    rules = book.rulebook.deadlines
    assert rules.on("plan_review", date(2023, 12, 31)).term == 30
    assert rules.on("plan_review", date(2026, 5, 31)).ours == first
    assert rules.on("plan_review", date(2026, 6, 1)).ours == second
    with book.read() as reader:
        rows = {row.change: row for row in rule_list(reader) if row.rule == "plan_review"}
    assert rows[""].shadowed
    assert not rows[second].disputed


def test_a_change_can_be_undone(book: Casebook) -> None:
    done = do(book, act="deadline.changed", rule="plan_review", term=3, unit="days", valid_from="2024-01-01", **DECREE)
    undo_act(book, UndoAct(of=done.act.hex()))
    assert book.rulebook is baseline()


def test_what_is_refused_leaves_the_rules_as_they_are(book: Casebook) -> None:
    for refused, wish in (
        (BrokenDefinition, {"act": "deadline.changed", "rule": "of_ours", "term": 3, "unit": "days"}),
        (BrokenDefinition, {"act": "deadline.changed", "rule": "plan_review", "term": -1, "unit": "days"}),
    ):
        with pytest.raises(refused):
            do(book, **wish, valid_from="2024-01-01", **DECREE)
    with pytest.raises(NotInForce):
        do(book, act="holiday.changed", day="2077-01-04", what="off", **DECREE)
    with pytest.raises(BrokenDefinition) as broken:
        do(
            book,
            act="pathway.changed",
            kind="trafficking",
            toml=own_pathway().replace('"opened"', '"nothing"'),
            **DECREE,
        )
    assert broken.value.place == "[0].toml · trafficking.toml, stage 1"
    with pytest.raises(NotFound):
        do(book, act="rule.taken_back", change="00" * 16)
    term(book, 10)
    with pytest.raises(NothingToChange):
        term(book, 10)
    assert len(ours(book)) == 1


def test_only_an_administrator_changes_rules(book: Casebook) -> None:
    with book.write("staff.roles_changed") as act:
        from kzcase.db.tables.organisation import StaffRole

        for row in act.session.query(StaffRole).filter_by(role="administrator"):
            row.struck = True
    with pytest.raises(NotAllowed):
        term(book, 10)


def test_a_rule_of_ones_own_needs_its_names(book: Casebook) -> None:
    words = {name: f"Generated {name}" for name in ("kk", "ru", "en", "start_kk", "start_ru", "start_en")}
    term(book, 4, rule="letter_answer", names=words)
    found = book.rulebook.deadline("letter_answer", EVENT)
    assert (found.due, found.rule.name("kk")) == (date(2026, 11, 24), "Generated kk")


def test_leave_to_stay_moves_the_last_day_of_those_it_is_for(book: Casebook) -> None:
    wish = {"valid_from": "2026-03-01", "valid_to": "2026-05-31", "countries": ["UZ"], **DECREE}
    do(book, act="leave.given", **wish)
    question = {"citizenship": "UZ", "stays": [{"in": "2026-02-10", "out": None}], "today": "2026-02-10"}
    answer = book.rulebook.stay(question)
    assert (answer.before, answer.last_day) == (date(2026, 3, 11), date(2026, 5, 31))
    assert book.rulebook.stay(question | {"citizenship": "GE"}).extended is None
    assert book.rulebook.deadline("visa_free_stay", date(2026, 2, 10)).due == date(2026, 3, 11)  # nobody knows whose
    do(book, act="leave.given", **(wish | {"countries": []}))
    assert book.rulebook.deadline("visa_free_stay", date(2026, 2, 10)).extended_by == "Generated decree"


RECOGNISED = {"entitled/recognised": "yes", "entitled/ground": "mci_30", "entitled/recognised_on": "2026-05-05"}
PAID_LATER = RECOGNISED | {"amount/apply_day": "2026-12-01", "amount/pay_day": "2027-02-01"}


def sums(book: Casebook, version: str | None = None) -> list[str]:
    """The compensation of three days: recognised, asked for and paid."""
    with book.read() as reader:
        sheet = blank_sheet(form_of(reader, "compensation_helper", version), reader.now, "en")
    sheet.load(PAID_LATER)
    return [sheet.get(f"amount/sum_{by}") for by in ("recognition", "application", "payment")]


def test_a_changed_amount_reaches_the_compensation_from_its_day_on(book: Casebook) -> None:
    assert sums(book) == [str(30 * 4325), str(30 * 4325), ""]
    case = a_case(book)
    said = {"act": "form.answered", "case": case, "form": "compensation_helper", "answers": PAID_LATER}
    before = do(book, **said).ids["sheet"]
    do(book, act="amount.changed", amount=4700, valid_from="2027-01-01", valid_to="2027-12-31", **DECREE)
    later = do(book, act="amount.changed", amount=4400, valid_from="2026-11-01", valid_to="2026-12-31", **DECREE)
    assert sums(book) == [str(30 * 4325), str(30 * 4400), str(30 * 4700)]
    version = shipped_form("compensation_helper").version
    assert sums(book, version) == sums(book)  # the rules of the form are its own, and stay what they were
    after = do(book, **said).ids["sheet"]
    with book.read() as reader:
        stored = [answers_of(reader, sheet).answers.get("amount/sum_application") for sheet in (before, after)]
    assert stored == [str(30 * 4325), str(30 * 4400)]  # what was worked out is kept as it was
    do(book, act="rule.taken_back", change=later.ids["change"].hex())
    assert sums(book) == [str(30 * 4325), str(30 * 4325), str(30 * 4700)]


def test_a_form_that_goes_by_what_ships_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "with_own_tables", lambda _reader, form: form)
    do(book, act="amount.changed", amount=4700, valid_from="2027-01-01", valid_to="2027-12-31", **DECREE)
    assert sums(book)[2] == ""


def test_an_amount_of_a_year_that_is_missing_is_said(book: Casebook) -> None:
    do(book, act="amount.changed", amount=4700, valid_from="2027-01-01", valid_to="2027-12-31", **DECREE)
    assert book.rulebook.mci.on(date(2027, 2, 1)).amount == 4700
    assert book.rulebook.mci.on(date(2026, 2, 1)).amount == 4325


def test_a_pathway_of_our_own_derives_every_case_anew(book: Casebook) -> None:
    case = a_case(book)
    toml = own_pathway().replace('when = ["opened"]', 'when = ["closed"]', 1)
    with pytest.raises(BrokenDefinition):
        do(book, act="pathway.changed", kind="child", toml=toml, **DECREE)  # the id of another kind
    stage = book._sql.value("SELECT stage FROM cases WHERE id = ?", (bytes.fromhex(case),))
    renamed = own_pathway().replace(f'id = "{stage}"', 'id = "of_ours"', 1)
    done = do(book, act="pathway.changed", kind="trafficking", toml=renamed, **DECREE)
    assert book._sql.value("SELECT stage FROM cases WHERE id = ?", (bytes.fromhex(case),)) == "of_ours"
    assert book.rulebook.pathways["trafficking"].version != baseline().pathways["trafficking"].version
    do(book, act="rule.taken_back", change=done.ids["change"].hex())
    assert book._sql.value("SELECT stage FROM cases WHERE id = ?", (bytes.fromhex(case),)) == stage


def test_a_road_that_asks_for_a_form_nobody_has_is_refused_by_its_name(book: Casebook) -> None:
    """Canary: unasked, such a road is put in place and waits for that form for ever."""
    toml = own_pathway().replace("forms = [", 'forms = ["no_form", ', 1)
    with pytest.raises(BrokenDefinition) as refused:
        do(book, act="pathway.changed", kind="trafficking", toml=toml, **DECREE)
    assert "no_form" in render(refused.value.sentence(), "en")
    assert "toml · trafficking.toml, " in refused.value.place
    with patch.object(changing, "_must_name_known_forms"):
        do(book, act="pathway.changed", kind="trafficking", toml=toml, **DECREE)


def test_stored_days_follow_a_changed_term_and_name_its_version(book: Casebook) -> None:
    case = a_safe_case(book)
    change = do(book, act="deadline.changed", rule="same_day", term=9, unit="days", valid_from="2024-01-01", **DECREE)
    with book.read() as reader:
        rows = [row for row in due_of_case(reader, case) if row.rule == "same_day"]
    assert {(row.day, row.rule_version) for row in rows} == {(date(2026, 12, 1), change.ids["change"].hex())}


def test_the_rest_is_long_work_that_goes_on_where_it_stopped(book: Casebook) -> None:
    """Canary: cases whose portion was not reached yet keep the old day until the work is done."""
    cases = [a_safe_case(book) for _ in range(5)]

    def days() -> list[str]:
        sql = "SELECT day FROM due_dates WHERE rule = 'same_day' ORDER BY case_id"
        return sorted({day for (day,) in book._sql.rows(sql)})

    with patch.object(rederive, "AT_ONCE", 2):
        do(book, act="deadline.changed", rule="same_day", term=9, unit="days", valid_from="2024-01-01", **DECREE)
        assert days() == ["2026-11-22", "2026-12-01"]
        assert rederive.is_behind(book._sql, book.rulebook)
        told: list[tuple[int, int]] = []
        assert changing.bring_up_to_date(book, lambda *far: told.append(far))
    assert days() == ["2026-12-01"]
    assert told[-1] == (3, len(cases)) or told[-1][0] >= 3
    assert not changing.bring_up_to_date(book)


def test_an_act_that_fails_leaves_the_rules_too(book: Casebook) -> None:
    with pytest.raises(RuntimeError), book.batch():
        term(book, 3)
        assert book.rulebook is not baseline()
        raise RuntimeError
    assert book.rulebook is baseline()


def test_two_laptops_that_change_one_rule_both_hold_and_the_earlier_day_counts(tmp_path: Path, book: Casebook) -> None:
    case = a_safe_case(book)
    with replica(tmp_path, template().founder) as other:
        other.take_in(*book.everything())
        slow, quick = term(book, 40, rule="same_day"), term(other, 4, rule="same_day")
        other.take_in(*book.everything())
        book.take_in(*other.everything())
        assert differences(book, other) == []
        for each in (book, other):
            found = each.rulebook.deadlines.deadline("same_day", EVENT, each.rulebook.calendar)
            assert (found.due, [rule.ours for rule in found.others]) == (date(2026, 11, 24), [slow])
            with each.read() as reader:
                assert {row.change for row in rules_to_look_at(reader)} == {slow, quick}
                days = {row.day for row in due_of_case(reader, case) if row.rule == "same_day"}
            assert days == {date(2026, 11, 26)}
        do(book, act="rule.taken_back", change=quick)
        assert book.rulebook.deadline("same_day", EVENT).due == date(2026, 12, 30)


def test_an_update_that_touches_our_rule_is_a_task_until_somebody_has_looked(book: Casebook) -> None:
    change = term(book, 10)
    with book.read() as reader:
        assert rules_to_look_at(reader) == ()
    with patch("kzcase.queries.rules.base_of", lambda *_what: "newer"), book.read() as reader:
        assert [row.change for row in rules_to_look_at(reader)] == [change]
        tasks = [row for row in due(reader, until=reader.today) if row.kind == "rules"]
        assert [render(row.what, "en") for row in tasks] == ["Look at a rule again: Review of the plan"]
    with pytest.raises(NothingToChange):
        do(book, act="rule.kept", change=change)
    with patch.object(changing, "base_of", lambda *_what: "newer"):
        do(book, act="rule.kept", change=change)
    with book.read() as reader:
        assert [row.change for row in rules_to_look_at(reader)] == [change]  # for now the older base ships again


def test_a_change_of_a_newer_version_is_shown_and_in_nobodys_way(book: Casebook) -> None:
    with book.write("deadline.changed") as act:
        from kzcase.db.tables.rules import RuleChange

        for what, content in (("deadline", "{"), ("deadline", '{"term": 1}'), ("song", "la"), ("pathway", "][")):
            act.add(RuleChange(what=what, rule="plan_review", content=content, source="x", added_at=act.now))
    assert book.rulebook.deadline("plan_review", EVENT).due == date(2026, 12, 20)
    with book.read() as reader:
        shown = [row for row in rule_list(reader) if row.ours]
    assert len(shown) == 3
    assert all(row.refused is not None and render(row.refused, "kk") for row in shown)
