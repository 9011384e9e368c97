"""Lines of a day sheet that would read the same are told apart by a number, and by nothing about the case."""

from datetime import date, datetime, timedelta

import pytest

from kzcase.domain.day_sheets import DaySheet
from kzcase.domain.due import DueKind, DueRow
from kzcase.domain.papers import Organisation, SheetHeader
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, Language, verbatim
from kzcase.paper.day_sheets import day_sheet_pdf
from tests.paper.reading import text_of

DAY = date(2026, 11, 22)
HOUR = datetime(2026, 11, 22, 13, 26, tzinfo=KAZAKHSTAN)


def row(what: str, moment: datetime | None = None) -> DueRow:
    said, number = verbatim(what), "2026-A7K-00012"
    return DueRow(
        id=what, kind=DueKind.DEADLINE, case="", number=number, what=said, reason=said, day=DAY, moment=moment
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_can_be_ticked_for_itself_and_the_hour_stands_there(language: Language) -> None:
    rows = (row("secret one", HOUR), row("secret two"), row("secret three"))
    header = SheetHeader(Organisation("Үлгі"), "P47", "1", DAY, "")
    said = text_of(day_sheet_pdf(DaySheet(header, DAY, DAY + timedelta(days=1), rows, "Үлгі"), language))
    assert "13:26" in said
    assert "secret" not in said
    if language == "en":
        assert ("(1 of 2)" in said, "(2 of 2)" in said, "(3 of" in said) == (True, True, False)
