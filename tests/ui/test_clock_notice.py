"""The line about the clock: there where a laptop's clock does not fit what was written in it, and only then."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzcase.i18n import render
from kzcase.queries.history import case_history
from kzcase.queries.laptop import wrong_clock
from kzcase.ui import language
from kzcase.ui.history.card import _moment
from kzcase.ui.settings.laptop_notices import ClockNotice
from kzcase.ui.work import InlineWork
from tests.actions.steps import a_case, do
from tests.db.books import START, TickingClock, founded


@pytest.mark.parametrize("meanwhile", [START, datetime(2099, 1, 1, tzinfo=UTC)])
def test_after_a_clock_ran_ahead_it_is_said_at_the_next_unlock(
    meanwhile: datetime, qapp: object, tmp_path: Path
) -> None:
    clock = TickingClock()
    with founded(tmp_path, clock=clock) as book:
        case, before = a_case(book), clock.now
        clock.now = max(meanwhile, before)
        do(book, act="note.added", case=case, text="Generated")
        clock.now = before
        do(book, act="note.added", case=case, text="Generated")
        work = InlineWork(book)
        notice = ClockNotice(work)
        assert notice.isHidden() is (meanwhile == START)
        with book.read() as reader:
            doubt = wrong_clock(reader)
            assert (doubt is None) is (meanwhile == START)
            assert doubt is None or "01.01.2099" in render(doubt, "kk")
            rows = case_history(reader, case)
            assert [row.ahead for row in rows] == [False, *[meanwhile != START] * 2]
        assert ["not known" in language.text(_moment(row).detail) for row in rows] == [row.ahead for row in rows]
        notice.deleteLater()
        work.close()
