"""Referrals that others sent to us, as one reads them: who sends, what is needed, how it stands, what was replied."""

from dataclasses import dataclass
from datetime import date

from kzcase.domain.packages import PackedField, PackedForm
from kzcase.domain.referrals import ReferralStepRow


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One referral from another organisation; `state` is a code of the list `referral_state`."""

    id: str
    number: str
    sender: str
    sender_number: str | None
    partner_id: str
    received_on: date | None
    how: str | None
    need: str | None
    urgency: str | None
    reply_by: date | None
    who: str | None
    contact: str | None
    reason: str | None
    state: str
    due: date | None
    overdue: bool
    ended: bool
    packaged: bool
    """Whether it came in a package, so that the reply can be closed too."""
    case: str | None
    case_number: str | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """One of them with all that came, and every reply."""

    row: IncomingRow
    fields: tuple[PackedField, ...]
    forms: tuple[PackedForm, ...]
    files: tuple[str, ...]
    steps: tuple[ReferralStepRow, ...]
