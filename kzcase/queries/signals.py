"""Signals of a crime: what was passed on, what is due, and the sheet that keeps the facts apart from the identity."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import CrimeSignal
from kzcase.db.tables.office import Call
from kzcase.domain.errors import NotInForce
from kzcase.domain.line_rows import SignalRow
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import TaskRow
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.call_backs import open_call_backs
from kzcase.queries.call_reach import calls_kept_away
from kzcase.queries.callers import alerts
from kzcase.queries.case_page import name_of
from kzcase.queries.standing_in import who_answers
from kzcase.queries.veil import Veil

AT_ONCE: Final = "crime_signal"
REVIEW: Final = "signal_review"
ALERT: Final = "line_alert"
CALL: Final = "call_back"
CHASES: Final = ("signal_result_3", "signal_result_10")
_FIELDS: Final = ("danger", "place", "people", "children", "facts")


def open_signals(reader: Reader) -> list[SignalRow]:
    """Signals whose result is not known, or whose identity is still to be reviewed; the most urgent first."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    unreviewed = CrimeSignal.review_by.is_not(None) & CrimeSignal.reviewed_on.is_(None)
    waiting = or_(CrimeSignal.result_on.is_(None), unreviewed)
    live = (CrimeSignal.struck.is_not(True), CrimeSignal.call_id.not_in(calls_kept_away(reader)))
    rows = reader.session.scalars(select(CrimeSignal).where(*live, waiting))
    return sorted((_row(reader, row) for row in rows), key=lambda row: (row.due or date.max, row.number))


def _row(reader: Reader, row: CrimeSignal) -> SignalRow:
    seen, hidden = Veil(reader, "crime_signals").over({name: getattr(row, name) for name in _FIELDS})
    call = reader.session.get(Call, row.call_id) if row.call_id else None
    due, rule = _due(reader, row)
    return SignalRow(
        id=row.id.hex(),
        number=row.number or "",
        call=row.call_id.hex() if row.call_id else "",
        call_number=(call.number if call else "") or "",
        unit=row.unit or "",
        ground=row.ground,
        identity=row.ground not in (None, "none"),
        made_at=row.made_at,
        sent_at=row.sent_at,
        acknowledged_at=row.acknowledged_at,
        result=row.result,
        due=due,
        rule=rule,
        overdue=due is not None and due < reader.today,
        review_by=row.review_by if row.reviewed_on is None else None,
        author=name_of(reader, who_answers(reader, row.author_id)),
        masked=hidden,
        **seen,
    )


def _due(reader: Reader, row: CrimeSignal) -> tuple[date | None, str]:
    """What is due next and by which rule: to send it at once, then to ask for the result, and to ask again."""
    if row.result_on is not None:
        return None, ""
    if row.sent_at is None:
        made = row.made_at.astimezone(KAZAKHSTAN).date() if row.made_at else reader.today
        return _by_rule(reader, AT_ONCE, made), AT_ONCE
    sent = row.sent_at.astimezone(KAZAKHSTAN).date()
    for rule in CHASES:
        due = _by_rule(reader, rule, sent)
        if due is not None and (row.asked_on is None or row.asked_on < due):
            return due, rule
    return _by_rule(reader, CHASES[-1], row.asked_on or sent), CHASES[-1]


def _by_rule(reader: Reader, rule: str, start: date) -> date | None:
    try:
        return reader.rulebook.deadline(rule, start).due
    except NotInForce:
        return start


def line_tasks(reader: Reader) -> list[TaskRow]:
    """What the line has to do by a day, on no case: signals to send and to chase, and identities to review."""
    if not reader.may(Permission.LOG_CALLS):
        return []
    rows = open_signals(reader)
    chased = [_task(row, row.due, row.rule, row.overdue) for row in rows if row.due is not None] + _promised(reader)
    if not reader.may(Permission.SUPERVISE_LINE):
        return chased
    late = reader.today
    reviews = [_task(row, row.review_by, REVIEW, row.review_by < late) for row in rows if row.review_by]
    return alert_tasks(reader) + chased + reviews


def alert_tasks(reader: Reader) -> list[TaskRow]:
    """Words of warning nobody has taken up: for supervisors, on any laptop, late from the first minute."""
    return [_office_task(row.id, "", _day(reader, row.at), ALERT, None, overdue=True) for row in alerts(reader)]


def _promised(reader: Reader) -> list[TaskRow]:
    """Calls promised for today or before; those to numbers nobody rings are for whoever looks at the shift."""
    due = [(row, _day(reader, row.due_at)) for row in open_call_backs(reader) if not row.closed]
    return [_office_task(row.id, row.call_number, day, CALL, row.author) for row, day in due if day <= reader.today]


def _day(reader: Reader, at: datetime | None) -> date:
    return at.astimezone(KAZAKHSTAN).date() if at is not None else reader.today


def _office_task(of: str, title: str, due: date, rule: str, who: str | None, *, overdue: bool = False) -> TaskRow:
    return TaskRow(
        id=of, case="", case_number="", title=title, due=due, assignee=who, done_on=None, rule_id=rule, overdue=overdue
    )


def _task(row: SignalRow, due: date | None, rule: str, overdue: bool) -> TaskRow:
    return TaskRow(
        id=row.id,
        case="",
        case_number="",
        title=row.number,
        due=due,
        assignee=row.author,
        done_on=None,
        rule_id=rule,
        overdue=overdue,
    )
