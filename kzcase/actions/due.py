"""Reminders that were seen, and the sheet of what is due: entered in the read log, and it names nobody."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete

from kzcase.actions.papers import MadePaper
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.db.tables.local import SeenDue
from kzcase.domain.day_sheets import CODE, VERSION, DaySheet
from kzcase.domain.due import DueRow
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.i18n import KAZAKHSTAN, Language
from kzcase.queries.due import due
from kzcase.queries.letters import header

LONGEST: Final = 366
"""Days that one sheet covers at most."""
FORGOTTEN_AFTER: Final = timedelta(days=400)


def see_reminder(book: Casebook, row: DueRow) -> date:
    """Do not speak of this again before its next day of reminding: kept on this laptop alone, for this person. The day
    from which it is told again."""
    today = book.now().astimezone(KAZAKHSTAN).date()
    later = [day for day in (*row.reminders, row.day) if day > today]
    until = min(later, default=today + timedelta(days=1))
    with book.local() as session:
        session.execute(delete(SeenDue).where(SeenDue.until < (today - FORGOTTEN_AFTER).isoformat()))
        session.merge(SeenDue(staff_id=book.acting.staff_id, due=row.id, until=until.isoformat()))
    return until


def show_reminder_again(book: Casebook, row: DueRow) -> None:
    """Speak of it at once again."""
    with book.local() as session:
        session.execute(delete(SeenDue).where(SeenDue.staff_id == book.acting.staff_id, SeenDue.due == row.id))


@dataclass(frozen=True, slots=True)
class WantedDaySheet:
    """Whose days (nobody: the whole office), how many from today, in which language."""

    language: Language
    days: int = 1
    staff: Id | None = None


def day_sheet(book: Casebook, wish: WantedDaySheet) -> MadePaper:
    """The sheet as PDF; that it was made is in the read log before anybody holds it."""
    with book.read() as reader:
        reader.must_be_allowed(Permission.READ_CASES)
    record_look(book, Look.PAPER, detail="day_sheet")
    with book.read("long") as reader:
        row = _row(reader, wish)
    from kzcase.paper.day_sheets import day_sheet_pdf

    content = day_sheet_pdf(row, wish.language)
    return MadePaper("day_sheet", wish.language, "", content, hashlib.sha256(content).hexdigest())


def _row(reader: Reader, wish: WantedDaySheet) -> DaySheet:
    days = min(max(wish.days, 1), LONGEST)
    until = reader.today + timedelta(days=days - 1)
    rows = due(reader, staff=wish.staff, until=until)
    mine = wish.staff == reader.acting.staff_id
    return DaySheet(
        header(reader, CODE, version=VERSION), reader.today, until, rows, reader.acting.name if mine else ""
    )
