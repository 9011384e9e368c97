"""Everything on one case: the person, notes, tasks, consents, referrals and filled-in forms."""

from typing import Any, NamedTuple

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import AnswerSheet, Case, Note, Referral, Task
from kzcase.db.tables.office import Call, Partner
from kzcase.db.tables.organisation import Staff
from kzcase.domain.ids import Id
from kzcase.domain.referrals import Standing
from kzcase.domain.rows import CasePage, NoteRow, ReferralRow, SheetRow, TaskRow
from kzcase.domain.tasks import REPLY
from kzcase.queries.call_reach import calls_kept_away
from kzcase.queries.cases import case_id
from kzcase.queries.consent_lines import consent_rows
from kzcase.queries.kept_away import kept_away_rows
from kzcase.queries.people import person
from kzcase.queries.referral_states import Reminded, reminded_states, standing_of
from kzcase.queries.sealed_notes import sealed_notes
from kzcase.queries.veil import Veil

_SHOWN = ("kind", "stage", "region", "border_point", "source", "urgency", "closure_reason", "closing_summary")


def case_page(reader: Reader, reference: str) -> CasePage:
    """One case by number or id, with everything that hangs on it."""
    found = reader.session.get_one(Case, case_id(reader, reference))
    seen, hidden = Veil(reader, "cases").over({name: getattr(found, name) for name in _SHOWN})
    began = found.call_id if found.call_id not in calls_kept_away(reader) else None
    call = reader.session.get(Call, began) if began else None
    return CasePage(
        id=found.id.hex(),
        number=found.number or "",
        worker=name_of(reader, found.worker_id),
        opened_on=found.opened_on,
        closed_on=found.closed_on,
        call=call.number if call else None,
        person=person(reader, found.client_id or b""),
        notes=tuple(_note(reader, row) for row in rows_of(reader, Note, found.id, Note.written_at)),
        tasks=tuple(task_row(reader, row, found) for row in rows_of(reader, Task, found.id, Task.due)),
        consents=consent_rows(reader, found),
        referrals=tuple(referral_row(reader, r) for r in rows_of(reader, Referral, found.id, Referral.number)),
        sheets=tuple(_sheet(reader, row) for row in rows_of(reader, AnswerSheet, found.id, AnswerSheet.answered_at)),
        disputed=_disputed(reader, found.id, found.client_id),
        sealed_notes=sealed_notes(reader, found.id),
        kept_away=kept_away_rows(reader, found.id),
        masked=hidden,
        **seen,
    )


def rows_of(reader: Reader, table: Any, case: Id, order: Any) -> list[Any]:
    """The live rows of one table that hang on a case."""
    query = select(table).where(table.case_id == case, table.struck.is_not(True)).order_by(order, table.id)
    return list(reader.session.scalars(query))


def name_of(reader: Reader, staff_id: Id | None) -> str | None:
    """A colleague's name."""
    colleague = reader.session.get(Staff, staff_id) if staff_id else None
    return colleague.name if colleague else None


def partner_name(reader: Reader, partner_id: Id | None) -> str:
    """A partner's name."""
    partner = reader.session.get(Partner, partner_id) if partner_id else None
    return (partner.name if partner else None) or ""


def _disputed(reader: Reader, case: Id, client: Id | None) -> tuple[str, ...]:
    sql = text("SELECT entity, disputed FROM heads WHERE scope IN (:case, :client) AND disputed IS NOT NULL")
    rows = reader.session.execute(sql, {"case": case, "client": client}).all()
    return tuple(sorted(f"{entity}.{field}" for entity, fields in rows for field in fields.split()))


def _note(reader: Reader, row: Note) -> NoteRow:
    seen, hidden = Veil(reader, "notes").over({"text": row.text})
    return NoteRow(row.id.hex(), seen["text"], row.written_at, name_of(reader, row.author_id), hidden)


class Numbered(NamedTuple):
    """As much of a case as a line about it shows."""

    id: Id
    number: str | None


def task_row(
    reader: Reader,
    row: Task,
    case: Case | Numbered,
    *,
    near: bool = True,
    veil: Veil | None = None,
    states: Reminded | None = None,
) -> TaskRow:
    """A task as of today; `near`: of a case within the asker's reach. Of many, the `veil` is worked out once, and the
    `states` of what they remind of are asked for once."""
    seen, hidden = (veil or Veil(reader, "tasks", near=near)).over({"title": row.title})
    overdue = row.done_on is None and row.due is not None and row.due < reader.today
    assignee = name_of(reader, row.assignee_id)
    place = (case.id.hex(), case.number or "")
    state, title = _reminded(reader, row, case.id, near=near, states=states), seen["title"]
    return TaskRow(row.id.hex(), *place, title, row.due, assignee, row.done_on, row.rule_id, overdue, hidden, state)


def _reminded(reader: Reader, row: Task, case: Id, *, near: bool, states: Reminded | None) -> str:
    """The state of the referral that an open task reminds of."""
    if not reminds(row, near=near):
        return ""
    states = reminded_states(reader, [case]) if states is None else states
    return states.get((case, row.title or ""), "")


def reminds(row: Task, *, near: bool) -> bool:
    """Whether an open task reminds of a reply, and of which may be said."""
    return row.rule_id == REPLY and row.done_on is None and near


def referral_row(reader: Reader, row: Referral, *, near: bool = True, stands: Standing | None = None) -> ReferralRow:
    """A referral with its state as of today; `near`: of a case within the asker's reach."""
    own = {name: getattr(row, name) for name in ("need", "reason", "outcome", "reply")}
    seen, hidden = Veil(reader, "referrals", near=near).over(own)
    stands = stands or standing_of(reader, row)
    return ReferralRow(
        id=row.id.hex(),
        number=row.number or "",
        partner_id=(row.partner_id or b"").hex(),
        partner=partner_name(reader, row.partner_id),
        urgency=row.urgency,
        language=row.language,
        drafted_on=row.drafted_on,
        reply_by=row.reply_by,
        sent_on=row.sent_on,
        answered_on=row.answered_on,
        state=stands.state,
        due=stands.due,
        overdue=stands.overdue(reader.today),
        ended=stands.ended,
        chased=stands.chased,
        masked=hidden,
        **seen,
    )


def _sheet(reader: Reader, row: AnswerSheet) -> SheetRow:
    author = name_of(reader, row.author_id)
    return SheetRow(row.id.hex(), row.form_id or "", row.form_version or "", row.language, author, row.answered_at)
