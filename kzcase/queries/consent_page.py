"""The consents of a case as a screen shows them: what holds today and why not more, what ended, and who was told."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.consents import ConsentNotice, EmergencyRelease, Withdrawal
from kzcase.db.tables.people import Person
from kzcase.domain.consent_rows import (
    ConsentsPage,
    EmergencyRow,
    FormToRecord,
    NoticeRow,
    PastRecipientRow,
    WhoseYes,
    WithdrawalRow,
)
from kzcase.i18n import LANGUAGES
from kzcase.queries.cases import case_id
from kzcase.queries.consent_forms import proposals_of, yeses_from_forms
from kzcase.queries.consent_lines import consent_rows, partner_name, staff_name
from kzcase.queries.emergency_reviews import disputed_reviews, reviewed
from kzcase.queries.recipients import past_recipients
from kzcase.queries.veil import Veil


def consents_page(reader: Reader, reference: str) -> ConsentsPage:
    """Everything about the consents of one case, by its number or id."""
    case = reader.session.get_one(Case, case_id(reader, reference))
    return ConsentsPage(
        case=case.id.hex(),
        number=case.number or "",
        consents=consent_rows(reader, case),
        withdrawals=tuple(_withdrawals(reader, case)),
        emergencies=tuple(_emergencies(reader, case)),
        recipients=tuple(_recipients(reader, case)),
        to_record=tuple(_to_record(reader, case)),
    )


def _live(reader: Reader, table: Any, case: Case, order: Any) -> list[Any]:
    query = select(table).where(table.case_id == case.id, table.struck.is_not(True)).order_by(order, table.id)
    return list(reader.session.scalars(query))


def _withdrawals(reader: Reader, case: Case) -> Iterator[WithdrawalRow]:
    notices = _live(reader, ConsentNotice, case, ConsentNotice.number)
    for row in _live(reader, Withdrawal, case, Withdrawal.withdrawn_on):
        seen, hidden = Veil(reader, "withdrawals").over({"ground": row.ground})
        yield WithdrawalRow(
            id=row.id.hex(),
            number=row.number or "",
            partner_id=(row.partner_id or b"").hex(),
            partner=partner_name(reader, row.partner_id),
            purposes=tuple((row.purposes or "").split()),
            classes=tuple((row.classes or "").split()),
            said_by=row.said_by,
            wishes=tuple((row.wishes or "").split()),
            ours=bool(row.ours),
            withdrawn_on=row.withdrawn_on,
            colleague=staff_name(reader, row.author_id),
            sheet=(row.sheet_id or b"").hex(),
            notices=tuple(notice_row(reader, each) for each in notices if each.withdrawal_id == row.id),
            masked=hidden,
            **seen,
        )


def notice_row(reader: Reader, row: ConsentNotice) -> NoticeRow:
    """One recipient who has to be told, as of today."""
    recipient, hidden = _named(reader, "consent_notices", row)
    state = notice_state(row)
    return NoticeRow(
        id=row.id.hex(),
        number=row.number or "",
        partner_id=(row.partner_id or b"").hex(),
        recipient=recipient,
        letters=tuple((row.numbers or "").split()),
        last_on=row.last_on,
        state=state,
        due_on=row.due_on,
        sent_on=row.sent_on,
        acknowledged_on=row.acknowledged_on,
        overdue=state in ("due", "sent") and row.due_on is not None and row.due_on < reader.today,
        masked=hidden,
    )


def notice_state(row: ConsentNotice) -> str:
    """How far a notice is, read off its dates."""
    if row.acknowledged_on is not None:
        return "acknowledged"
    if row.not_wanted:
        return "not_wanted"
    return "sent" if row.sent_on is not None else "due"


def _named(reader: Reader, entity: str, row: Any) -> tuple[str | None, frozenset[str]]:
    """Who received: the partner, or the name that was written down, as far as the asker may see it."""
    if row.partner_id is not None:
        return partner_name(reader, row.partner_id), frozenset()
    seen, hidden = Veil(reader, entity).over({"recipient": row.recipient})
    return seen["recipient"], hidden


def _emergencies(reader: Reader, case: Case) -> Iterator[EmergencyRow]:
    rows = list(_live(reader, EmergencyRelease, case, EmergencyRelease.released_on))
    looked_at, disputed = reviewed(reader, rows), disputed_reviews(reader, rows)
    for row in rows:
        recipient, hidden = _named(reader, "emergency_releases", row)
        texts = {name: getattr(row, name) for name in ("ground", "passed", "review_text")}
        seen, also = Veil(reader, "emergency_releases").over(texts)
        yield EmergencyRow(
            id=row.id.hex(),
            number=row.number or "",
            partner_id=(row.partner_id or b"").hex(),
            recipient=recipient,
            classes=tuple((row.classes or "").split()),
            basis=row.basis,
            how=row.how,
            released_on=row.released_on,
            colleague=staff_name(reader, row.author_id),
            due_on=row.due_on,
            review=row.review if row.id in looked_at else None,
            reviewed_on=row.reviewed_on if row.id in looked_at else None,
            reviewer=staff_name(reader, row.reviewer_id) if row.id in looked_at else None,
            overdue=row.id not in looked_at and row.due_on is not None and row.due_on < reader.today,
            disputed=row.id in looked_at & disputed,
            masked=hidden | also,
            **seen,
        )


def _recipients(reader: Reader, case: Case) -> Iterator[PastRecipientRow]:
    veil = Veil(reader, "consent_notices")
    for each in past_recipients(reader, case):
        seen, hidden = veil.over({"recipient": each.name or None})
        name = partner_name(reader, each.partner) if each.partner else seen["recipient"]
        letters = tuple(number for number in each.numbers if number)
        masked = frozenset() if each.partner else hidden
        yield PastRecipientRow((each.partner or b"").hex(), name, letters, each.last_on, masked)


def _to_record(reader: Reader, case: Case) -> Iterator[FormToRecord]:
    for found in proposals_of(reader, case.id):
        purposes, classes = found.more.get("purposes", ()), found.more.get("classes", ())
        yield FormToRecord(
            sheet=found.sheet,
            form=found.form,
            withdraws=found.withdraws,
            recipient=found.recipient,
            partner_id=found.partner,
            needs_partner=found.needs_partner,
            purposes=tuple(part.purpose for part in found.parts) or tuple(purposes),
            classes=tuple(dict.fromkeys(each for part in found.parts for each in part.classes)) or tuple(classes),
            states=tuple(part.state for part in found.parts),
        )


def whose_yes(reader: Reader, reference: str) -> WhoseYes:
    """Whose yes is needed at the age of the person today, and what forms of the case say of it already."""
    case = reader.session.get_one(Case, case_id(reader, reference))
    person = reader.session.get(Person, case.client_id or b"")
    rule = reader.rulebook.consent_ages.for_age(person.birth if person else None, reader.today)
    if rule is None:
        return WhoseYes()
    names = {str(each): rule.text.name(each) for each in LANGUAGES}
    known = yeses_from_forms(reader, case.id)
    return WhoseYes(names, rule.text.source, rule.text.doubtful, rule.assent != "none", rule.guardian != "none", known)
