"""The register of consents: counts by purpose and recipient, naming nobody."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.consents import ConsentNotice, EmergencyRelease, Withdrawal
from kzcase.domain.consents import REFERRAL, Stays, not_in_force, remaining, replaced
from kzcase.domain.ids import Id
from kzcase.domain.registers import RegisterRow
from kzcase.i18n import Language
from kzcase.queries.consent_lines import partner_name
from kzcase.queries.consents import everything_agreed
from kzcase.queries.emergency_reviews import disputed_reviews, reviewed

Line = tuple[str, Id]
"""A purpose and a recipient."""


@dataclass(slots=True)
class _Counted:
    """What stands on one line."""

    days: list[date] = field(default_factory=list)
    given: int = 0
    in_force: int = 0
    withdrawn: int = 0
    revoked: int = 0
    in_part: int = 0
    incomplete: int = 0
    disputed: int = 0
    to_tell: int = 0
    confirmed: int = 0
    emergencies: int = 0
    to_review: int = 0


def consents(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """One line for each purpose and recipient; what went to somebody who is no partner has a line without a name."""
    lines: dict[Line, _Counted] = defaultdict(_Counted)
    _count_consents(reader, lines)
    _count_rest(reader, lines)
    found = [_row(reader, purpose, partner, counted) for (purpose, partner), counted in lines.items()]
    yield from sorted(found, key=lambda row: (str(row.cells[0]), str(row.cells[1])))


def _row(reader: Reader, purpose: str, partner: Id, of: _Counted) -> RegisterRow:
    first, last = min(of.days, default=None), max(of.days, default=None)
    ended = (of.revoked, of.in_part, of.incomplete, of.disputed)
    told = (of.to_tell, of.confirmed, of.emergencies, of.to_review)
    counts = (of.given, of.in_force, of.withdrawn, first, last, *ended, *told)
    return RegisterRow((purpose, partner_name(reader, partner or None), *counts))


def _count_consents(reader: Reader, lines: dict[Line, _Counted]) -> None:
    """Case by case, because what holds in one depends on everything that was said in it."""
    for said in everything_agreed(reader):
        followed = replaced(said)
        for one in said.agreed:
            counted, why = lines[one.purpose, one.recipient or b""], not_in_force(one, reader.today)
            left = remaining(said, one)
            counted.given += 1
            counted.days += [one.given_on] if one.given_on else []
            counted.in_force += why is None and one.id not in followed and bool(left)
            counted.withdrawn += why is Stays.WITHDRAWN
            counted.revoked += why is Stays.REVOKED
            counted.in_part += why is None and left != one.classes
            counted.incomplete += why is Stays.INCOMPLETE
            counted.disputed += bool(one.disputed)


def _count_rest(reader: Reader, lines: dict[Line, _Counted]) -> None:
    """Who was told of an end, and what went out without consent."""
    notices = select(ConsentNotice).where(ConsentNotice.struck.is_not(True), ConsentNotice.not_wanted.is_not(True))
    for notice in reader.session.scalars(notices):
        withdrawal = reader.session.get(Withdrawal, notice.withdrawal_id or b"")
        purposes = (withdrawal.purposes or "").split() if withdrawal else []
        counted = lines[purposes[0] if len(purposes) == 1 else REFERRAL, notice.partner_id or b""]
        counted.to_tell += notice.acknowledged_on is None
        counted.confirmed += notice.acknowledged_on is not None
    releases = list(reader.session.scalars(select(EmergencyRelease).where(EmergencyRelease.struck.is_not(True))))
    settled = reviewed(reader, releases) - disputed_reviews(reader, releases)
    for release in releases:
        counted = lines[REFERRAL, release.partner_id or b""]
        counted.emergencies += 1
        counted.to_review += release.id not in settled
