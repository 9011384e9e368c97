"""The rows of papers of working together: the minutes of a conference, and the receipt for a case taken over."""

from datetime import date

from sqlalchemy import func, select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Referral, SealedNote, Task
from kzcase.db.tables.lives import Custody
from kzcase.db.tables.teamwork import Transfer
from kzcase.domain.errors import NotFound, NothingToPrint
from kzcase.domain.ids import from_hex
from kzcase.domain.team_papers import MINUTES_CODE, RECEIPT_CODE, MinutesSheet, TransferReceipt
from kzcase.domain.teamwork import ACCEPTED, HANDED_OVER
from kzcase.i18n import Language, _
from kzcase.queries.case_page import name_of, task_row
from kzcase.queries.cases import case_id
from kzcase.queries.letters import header
from kzcase.queries.sheets import with_names
from kzcase.queries.together import together


def minutes_row(reader: Reader, reference: str, wanted: str, language: Language) -> MinutesSheet:
    """One conference of a case, the latest unless one is named by its id; names are shown, as on every paper."""
    found = together(with_names(reader), reference)
    rows = [row for row in found.conferences if wanted in ("", row.id)]
    if not rows:
        raise (
            NotFound("number", what=wanted[:64])
            if wanted
            else NothingToPrint("conference", why=_("This case has no conference yet."))
        )
    row, case = rows[0], reader.session.get_one(Case, bytes.fromhex(found.case))
    return MinutesSheet(
        header=header(reader, MINUTES_CODE, case.number or ""),
        kind=reader.rulebook.name("conference_kind", row.kind, language),
        held_on=row.held_on,
        place=row.place or "",
        members=tuple((name or "", organisation or "") for name, organisation in row.members),
        minutes=row.minutes or "",
        decisions=tuple((one.text or "", one.assignee or "", _day(one.due)) for one in row.decisions),
        next_on=row.next_on,
        written_by=row.written_by or "",
    )


def receipt_row(reader: Reader, reference: str, wanted: str) -> TransferReceipt:
    """The receipt for the latest time the case changed hands, or for the one named by its id."""
    case = reader.session.get_one(Case, case_id(reader, reference))
    done = (Transfer.case_id == case.id, Transfer.state.in_((ACCEPTED, HANDED_OVER)), Transfer.struck.is_not(True))
    query = select(Transfer).where(*done).order_by(Transfer.offered_at.desc(), Transfer.id)
    rows = [row for row in reader.session.scalars(query) if not wanted or row.id == from_hex(wanted)]
    if not rows:
        raise (
            NotFound("number", what=wanted[:64])
            if wanted
            else NothingToPrint("transfer", why=_("This case was not handed over yet."))
        )
    row = rows[0]
    open_tasks = (Task.case_id == case.id, Task.assignee_id == row.to_id, Task.done_on.is_(None))
    tasks = reader.session.scalars(
        select(Task).where(*open_tasks, Task.struck.is_not(True)).order_by(Task.due, Task.id)
    )
    said = [(task_row(reader, task, case), task.due) for task in tasks]
    return TransferReceipt(
        header=header(reader, RECEIPT_CODE, case.number or ""),
        giver=name_of(reader, row.from_id) or "",
        receiver=name_of(reader, row.to_id) or "",
        offered_at=row.offered_at,
        taken_at=row.answered_at or row.offered_at,
        at_once=row.state == HANDED_OVER,
        note=row.note or "",
        tasks=tuple((one.title or "", _day(due)) for one, due in said),
        originals=_count(reader, Custody, Custody.person_id == case.client_id, Custody.returned_on.is_(None)),
        open_referrals=_count(reader, Referral, Referral.case_id == case.id, Referral.answered_on.is_(None)),
        sealed_notes=_count(reader, SealedNote, SealedNote.case_id == case.id),
    )


def _count(reader: Reader, table: type, *conditions: object) -> int:
    live = table.struck.is_not(True)  # type: ignore[attr-defined]
    return reader.session.scalar(select(func.count()).select_from(table).where(*conditions, live)) or 0  # type: ignore[arg-type]


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else ""
