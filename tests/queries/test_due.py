"""What is due: every sort of day of an open case, for whom it is, as each asker may see it; and reminders put aside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.due import WantedDaySheet, day_sheet, see_reminder, show_reminder_again
from kzcase.db.casebook import Casebook
from kzcase.db.tables.cases import CaseBlock
from kzcase.domain.due import DueKind, DueRow, days_left, hours_left
from kzcase.domain.permissions import Role
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, render
from kzcase.queries.due import due, reminders
from kzcase.queries.roads import where_it_stands
from tests.actions.steps import a_case, a_partner, do
from tests.db.books import founded

TODAY = date(2026, 11, 22)
PERSON = {
    "names": [{"family": "Каримова", "given": "Дильноза"}],
    "sex": "female",
    "birth": "2009-02",
    "citizenships": ["UZ"],
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def opened(book: Casebook, kind: str = "detention", **person: Any) -> tuple[str, str]:
    """(case, person)"""
    wish = {"act": "case.opened", "kind": kind, "region": "KZ-75", "person": PERSON | person}
    done = do(book, **wish)
    return done.ids["case"].hex(), done.ids["person"].hex()


def rows(book: Casebook, days: int = 400, **whose: Any) -> list[DueRow]:
    with book.read() as reader:
        return list(due(reader, until=TODAY + timedelta(days=days), **whose))


def of(found: list[DueRow], kind: DueKind) -> list[DueRow]:
    return [row for row in found if row.kind is kind]


def record(book: Casebook, person: str, sort: str, /, **facts: Any) -> str:
    done = do(book, act="record.added", person=person, facts={"record": sort, **facts})
    return done.ids["record"].hex()


def test_every_sort_of_day_is_there_and_goes_when_it_is_kept(book: Casebook) -> None:
    case, person = opened(book)
    task = do(book, act="task.added", case=case, title="Generated", due="2026-12-01").ids["task"].hex()
    paper = record(book, person, "document", kind="foreign_passport", until="2027-01-31", renew_by="2026-12-20")
    record(book, person, "stay", since="2026-11-01", basis="foreigner_visa_free")
    do(book, act="fact.stated", case=case, fact="detained", at="2026-11-21T23:00")
    do(book, act="fact.stated", case=case, fact="hearing_day_known", at="2026-11-27T10:00")
    do(book, act="consent.given", case=case, partner=a_partner(book), purpose="referral", classes=["contact"],
       language="kk", valid_until="2027-03-01")  # fmt: skip
    found = rows(book)
    days = {kind: [row.day for row in of(found, kind)] for kind in DueKind}
    assert days[DueKind.TASK] == [date(2026, 12, 1)]
    assert (days[DueKind.DOCUMENT], days[DueKind.RENEWAL]) == ([date(2027, 1, 31)], [date(2026, 12, 20)])
    assert days[DueKind.STAY] == [date(2026, 11, 30)]  # thirty days from the entry, its day being the first
    assert days[DueKind.ADULTHOOD] == [date(2027, 2, 1)]
    assert days[DueKind.CONSENT] == [date(2027, 3, 1)]
    assert [row.moment for row in of(found, DueKind.HEARING)] == [datetime(2026, 11, 27, 10, tzinfo=KAZAKHSTAN)]
    clocks = {row.rule: row for row in of(found, DueKind.DEADLINE)}
    assert clocks["detention_check_48"].moment == datetime(2026, 11, 23, 23, tzinfo=KAZAKHSTAN)
    assert clocks["detention_check_48"].doubtful
    assert clocks["detention_check_48"].rule_version
    do(book, act="task.done", task=task)
    do(book, act="record.removed", record=paper)
    do(book, act="fact.stated", case=case, fact="released", on="2026-11-22")
    kept = rows(book)
    assert not of(kept, DueKind.TASK) + of(kept, DueKind.DOCUMENT) + of(kept, DueKind.RENEWAL)
    assert not {row.rule for row in kept} & {"detention_check_24", "detention_check_48"}


def test_a_closed_case_has_no_days(book: Casebook) -> None:
    case, person = opened(book, "trafficking", birth="1994-05")
    record(book, person, "document", kind="foreign_passport", until="2027-01-31")
    wish = {"reason": "duplicate", "summary": "Generated."}
    assert rows(book)
    do(book, act="closing.begun", case=case)
    do(book, act="case.closed", case=case, **wish)
    assert rows(book) == []
    do(book, act="case.reopened", case=case, reason="Generated.")
    assert rows(book)


def test_hours_run_through_the_night_and_an_hour_that_is_over_is_late(book: Casebook) -> None:
    case, _person = opened(book)
    do(book, act="fact.stated", case=case, fact="detained", at="2026-11-21T09:00")
    found = {row.rule: row for row in of(rows(book), DueKind.DEADLINE)}
    with book.read() as reader:
        said = {rule: render(row.left(reader.now, reader.today), "en") for rule, row in found.items()}
    assert (found["detention_check_24"].overdue, said["detention_check_24"]) == (True, "over for 2 hours")
    assert (found["detention_check_48"].overdue, said["detention_check_48"]) == (False, "21 hours left")


def test_a_stay_ends_by_the_shorter_of_two_citizenships_and_by_the_paper_before_the_rule(book: Casebook) -> None:
    _case, person = opened(book, citizenships=["RU", "GE"])
    stay = record(book, person, "stay", since="2026-11-01")
    assert [row.day for row in of(rows(book), DueKind.STAY)] == [date(2026, 11, 30)]
    do(book, act="record.corrected", record=stay, facts={"record": "stay", "until": "2027-01-15"})
    assert [row.day for row in of(rows(book), DueKind.STAY)] == [date(2027, 1, 15)]
    do(book, act="record.corrected", record=stay, facts={"record": "stay", "left_on": "2026-11-20"})
    assert of(rows(book), DueKind.STAY) == []


def test_eighteen_comes_from_an_estimate_that_grows_older(book: Casebook) -> None:
    _case, person = opened(book, kind="child", birth=None)
    assert of(rows(book), DueKind.ADULTHOOD) == []
    record(book, person, "age_estimate", since="2025-11-22", youngest=15, oldest=16, way="interview")
    [row] = of(rows(book), DueKind.ADULTHOOD)
    assert row.day == date(2026, 11, 22)  # sixteen years and eleven months a year ago: perhaps eighteen now
    assert render(row.reason, "en") == "Born on an uncertain day: treated as a child until 22.11.2028."
    assert row.remind == (180, 90, 30)


def test_what_one_may_not_see_is_a_sort_and_a_number(book: Casebook) -> None:
    case, _person = opened(book)
    do(book, act="fact.stated", case=case, fact="detained", at="2026-11-22T10:00")
    do(book, act="task.added", case=case, title="Generated secret", due="2026-11-25")
    with book.read() as reader:
        reader.acting = replace(reader.acting, grants={Role.SHELTER: reader.acting.grants[Role.CASEWORKER]})
        seen = due(reader, until=TODAY + timedelta(days=40))
    for row in seen:
        if row.kind in (DueKind.DEADLINE, DueKind.TASK) and row.masked:
            assert render(row.what, "en") in ("Deadline", "Task")
            assert row.rule == ""
    assert {row.kind for row in seen if row.masked} >= {DueKind.DEADLINE, DueKind.TASK}
    assert "secret" not in repr(seen)
    assert "secret" in repr(rows(book))


def test_whoever_is_kept_away_sees_no_day_of_the_case(book: Casebook) -> None:
    case, _person = opened(book)
    do(book, act="task.added", case=case, title="Generated", due="2026-11-25")
    with book.write("case.blocked") as act:
        act.add(CaseBlock(case_id=bytes.fromhex(case), staff_id=act.acting.staff_id, state="kept_away"))
    assert rows(book) == []


def test_ones_own_and_everybodys(book: Casebook) -> None:
    opened(book)
    mine = rows(book, staff=book.acting.staff_id)
    assert mine
    assert all(row.mine and row.worker == "Founder" for row in mine if row.kind is not DueKind.RULES)
    assert rows(book, staff=bytes(16)) == []


def test_a_reminder_that_was_seen_comes_again_on_its_next_day(book: Casebook) -> None:
    case = a_case(book)
    do(book, act="task.added", case=case, title="Generated", due="2026-12-10")
    [row] = of(rows(book), DueKind.TASK)
    assert row.reminders == (date(2026, 11, 10), date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 9))
    assert see_reminder(book, row) == date(2026, 11, 26)

    def told() -> list[DueRow]:
        with book.read() as reader:
            return of(list(reminders(reader, None)), DueKind.TASK)

    assert told() == []
    show_reminder_again(book, row)
    assert [each.id for each in told()] == [row.id]
    see_reminder(book, row)
    book._clock.now += timedelta(days=4)  # type: ignore[attr-defined]
    assert [each.id for each in told()] == [row.id]


def test_the_sheet_names_nobody_in_any_language(book: Casebook) -> None:
    import pypdfium2

    case, person = opened(book)
    record(book, person, "stay", since="2026-11-01")
    do(book, act="task.added", case=case, title="Generated secret", due="2026-11-25")
    do(book, act="fact.stated", case=case, fact="detained", at="2026-11-22T10:00")
    number = rows(book)[0].number
    for language in LANGUAGES:
        made = day_sheet(book, WantedDaySheet(language, 7, book.acting.staff_id))
        pdf = pypdfium2.PdfDocument(made.content)
        said = "".join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
        assert number in said
        for word in ("Каримова", "Дильноза", "secret", "etention", "задержан", "ұста"):
            assert word not in said, (language, word)


def test_time_left_in_words() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=KAZAKHSTAN)
    assert render(hours_left(now + timedelta(minutes=30), now), "en") == "less than an hour left"
    assert render(hours_left(now - timedelta(minutes=30), now), "en") == "just over"
    assert render(days_left(TODAY, TODAY), "en") == "today"
    assert render(days_left(TODAY - timedelta(days=3), TODAY), "en") == "over for 3 days"


def test_a_deadline_says_when_what_it_asks_for_has_to_wait(book: Casebook) -> None:
    """Canary: the day alone, which hurries people past the guard that the same case shows."""
    case, _person = opened(book, "trafficking")
    do(book, act="fact.stated", case=case, fact="safe", on="2026-11-22")

    def said() -> tuple[str, list[str]]:
        row = next(row for row in rows(book) if row.rule == "same_day")
        with book.read() as reader:
            clocks = where_it_stands(reader, case, "en").clocks
        return render(row.reason, "en"), [render(each, "en") for clock in clocks for each in clock.explained]

    reason, explained = said()
    waits = "It has to wait for now. Safety first:"
    assert waits in reason
    assert any(line.startswith(waits) for line in explained)
    for fact in ("trained_interviewer", "past_interviews_read", "adult_apart"):
        do(book, act="fact.stated", case=case, fact=fact, on="2026-11-22")
    reason, explained = said()
    assert waits not in reason
    assert not any(line.startswith(waits) for line in explained)
