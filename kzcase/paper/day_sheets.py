"""The day sheet on paper: when, which number, of what sort, a box to tick; never a name, a kind of case or a rule."""

from collections import Counter
from typing import Final

from kzcase.domain.day_sheets import DaySheet
from kzcase.domain.due import KIND_WORDS, DueRow
from kzcase.i18n import KAZAKHSTAN, Language, Words, _, verbatim
from kzcase.paper import style
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet

WHEN: Final = (_("By when"), _("Number"), _("What sort"))
SORT: Final = 2
"""The place of the sort in a line."""
Cells = tuple[Words | str, ...]
ALONE: Final = (2.0, 3.0, 4.0, 4.0)
WITH_WHO: Final = (2.0, 3.0, 3.0, 3.0, 3.0)


def day_sheet_pdf(row: DaySheet, language: Language) -> bytes:
    """The sheet as PDF, the earliest first, what is over before everything else."""
    sheet = Sheet(row.header, language)
    sheet.title(_("What is due"), _from_to(row))
    late = [each for each in row.rows if each.overdue]
    coming = [each for each in row.rows if not each.overdue]
    for title, rows in ((_("Over"), late), (_("To come"), coming)):
        if rows:
            sheet.heading(title)
            columns = (*WHEN, *(() if row.worker else (_("Who"),)), _("Done"))
            cells = _told_apart([_cells(each, row) for each in rows])
            sheet.table(columns, cells, shares=ALONE if row.worker else WITH_WHO)
    if not row.rows:
        sheet.paragraph(_("Nothing is due in this time."), style.HINT)
    sheet.space()
    sheet.paragraph(
        _("Numbers only: what a case is about stands in the casebook. Keep this sheet with you."), style.HINT
    )
    return sheet.to_bytes()


def _from_to(row: DaySheet) -> Words:
    first, last = long_date(row.first), long_date(row.last)
    if row.first == row.last:
        return _("{worker}, {date}", worker=verbatim(row.worker), date=first) if row.worker else first
    time = _("{first} – {last}", first=first, last=last)
    return _("{worker}, {date}", worker=verbatim(row.worker), date=time) if row.worker else time


def _told_apart(rows: list[Cells]) -> list[Cells]:
    """Lines that would read the same are numbered, so that each can be ticked for itself; they tell no more by it."""
    same, met = Counter(map(repr, rows)), Counter[str]()
    return [_numbered(row, met, same[repr(row)]) for row in rows]


def _numbered(row: Cells, met: Counter[str], count: int) -> Cells:
    met[repr(row)] += 1
    if count == 1:
        return row
    said = _("{sort} ({number} of {count})", sort=row[SORT], number=met[repr(row)], count=count)
    return (*row[:SORT], said, *row[SORT + 1 :])


def _cells(each: DueRow, row: DaySheet) -> Cells:
    when = each.moment.astimezone(KAZAKHSTAN).strftime("%d.%m %H:%M") if each.moment else each.day.strftime("%d.%m.%Y")
    who = () if row.worker else (each.worker or "–",)
    return (when, each.number or "–", KIND_WORDS[each.kind], *who, "")
