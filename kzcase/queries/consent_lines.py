"""Consents as a screen shows them: what each lets leave today, and why not more."""

from typing import Any, Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Consent
from kzcase.db.tables.office import Partner
from kzcase.db.tables.organisation import Staff
from kzcase.domain.consent_rows import ConsentRow
from kzcase.domain.consents import Agreed, Consents, Stays, not_in_force, remaining, replaced, touches
from kzcase.domain.ids import Id
from kzcase.queries.consents import consents_said
from kzcase.queries.veil import Veil

_VEILED: Final = ("interpreter_name", "witness", "withheld")
_AS_IT_IS: Final = (
    *("purpose", "language", "state", "given_on", "valid_until", "withdrawn_on", "given_by", "assent", "guardian"),
    *("guardianship_told_on", "best_interests_on", "capacity", "age_rule", "interpreter_from", "read_way"),
    *("signed_how", "sheet_copy"),
)


def consent_rows(reader: Reader, case: Case) -> tuple[ConsentRow, ...]:
    """The consents of a case in the order in which they were given."""
    said = consents_said(reader, case)
    followed = replaced(said)
    by_id = {each.id: each for each in said.agreed}
    query = select(Consent).where(Consent.case_id == case.id, Consent.struck.is_not(True))
    rows = reader.session.scalars(query.order_by(Consent.given_on, Consent.id))
    return tuple(_consent(reader, row, by_id[row.id], said, followed=row.id in followed) for row in rows)


def _consent(reader: Reader, row: Consent, agreed: Agreed, said: Consents, *, followed: bool) -> ConsentRow:
    seen, hidden = Veil(reader, "consents").over({name: getattr(row, name) for name in _VEILED})
    why, left = not_in_force(agreed, reader.today), remaining(said, agreed)
    return ConsentRow(
        id=row.id.hex(),
        partner_id=(row.partner_id or b"").hex(),
        partner=partner_name(reader, row.partner_id),
        classes=tuple((row.classes or "").split()),
        interpreter=bool(row.interpreter),
        in_force=why is None and not followed and bool(left),
        remaining=() if why or followed else tuple(sorted(left)),
        why=(why or _taken(said, agreed, left)),
        replaced=followed,
        lacks=agreed.lacks,
        disputed=tuple(sorted(agreed.disputed)),
        explained_by=staff_name(reader, row.explained_by),
        sheet=(row.sheet_id or b"").hex(),
        version=row.form_version,
        attachment=(row.attachment_id or b"").hex(),
        masked=hidden,
        **seen,
        **{name: getattr(row, name) for name in _AS_IT_IS},
    )


def _taken(said: Consents, agreed: Agreed, left: Any) -> Stays | None:
    """Why less is left than was agreed."""
    if left == agreed.classes:
        return None
    back = [each for each in said.taken_back if touches(each, agreed)]
    return Stays.REVOKED if back and all(each.ours for each in back) else Stays.WITHDRAWN


def partner_name(reader: Reader, partner_id: Id | None) -> str:
    """A partner's name."""
    partner = reader.session.get(Partner, partner_id) if partner_id else None
    return (partner.name if partner else None) or ""


def staff_name(reader: Reader, staff_id: Id | None) -> str | None:
    """A colleague's name."""
    colleague = reader.session.get(Staff, staff_id) if staff_id else None
    return colleague.name if colleague else None
