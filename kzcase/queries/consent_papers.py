"""Notices that a consent ended, as papers: by number and date alone, without the person's name and without a reason."""

from datetime import timedelta

from kzcase.db.reader import Reader
from kzcase.db.tables.consents import ConsentNotice, Withdrawal
from kzcase.db.tables.office import Partner
from kzcase.domain.consent_papers import EndNotice
from kzcase.domain.consent_rows import NoticeRow
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import from_hex
from kzcase.domain.permissions import Permission
from kzcase.i18n import Language, verbatim
from kzcase.queries.consent_page import consents_page
from kzcase.queries.consents import classes_of
from kzcase.queries.letters import header
from kzcase.queries.reach import must_be_open

CONFIRM_DAYS = 10
"""Until when a recipient is asked to confirm: the office's own standard, not a law."""


def notices_of(reader: Reader, case: str) -> tuple[NoticeRow, ...]:
    """Every notice of a case that anybody is to receive, the latest withdrawal last."""
    page = consents_page(reader, case)
    return tuple(each for row in page.withdrawals for each in row.notices if each.state != "not_wanted")


def end_notice_row(reader: Reader, notice_id: str, language: Language) -> EndNotice:
    """The notice to one recipient."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    row = reader.session.get(ConsentNotice, from_hex(notice_id) or b"")
    if row is None or row.struck or row.not_wanted:
        raise NotFound(place="notice", what=notice_id[:64])
    must_be_open(reader, row.case_id, notice_id, "notice")
    withdrawal = reader.session.get(Withdrawal, row.withdrawal_id or b"")
    partner = reader.session.get(Partner, row.partner_id) if row.partner_id else None
    names = reader.rulebook.codes["field_class"]
    classes = classes_of(withdrawal.classes if withdrawal else "")
    return EndNotice(
        header=header(reader, "P04", row.number or ""),
        recipient=(partner.name if partner else row.recipient) or "",
        address=(partner.address if partner else "") or "",
        letters=tuple((row.numbers or "").split()),
        last_on=row.last_on,
        ended_on=withdrawal.withdrawn_on if withdrawal else None,
        classes=tuple(verbatim(names.name(each.value, language)) for each in sorted(classes)),
        confirm_by=reader.today + timedelta(days=CONFIRM_DAYS),
    )
