"""Return slips: which referral a number means, typed by hand or read from the code on the slip."""

from typing import Final

from sqlalchemy import or_, select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.office import Printing
from kzcase.domain.errors import BadInput, NotFound, WrongNumber, WrongPrintingNumber
from kzcase.domain.ids import Id
from kzcase.domain.papers import SlipCode
from kzcase.domain.permissions import Permission
from kzcase.domain.printings import read_printing_number
from kzcase.domain.referrals import ListedReferral
from kzcase.domain.spoken_numbers import TypedNumber, read_number
from kzcase.queries.reach import kept_away
from kzcase.queries.referrals import listed_referrals

LETTER: Final = "R"
MOST: Final = 20
"""More referrals than anybody compares with one slip."""


def referrals_of_number(reader: Reader, untrusted: str) -> tuple[ListedReferral, ...]:
    """The sent referrals that a typed or scanned number may mean: one where it is clear, several where a person has to
    say which. Raises WrongNumber for a slip of the key, NotFound where there is none."""
    reader.must_be_allowed(Permission.REFER)
    rows = _by_code(reader, untrusted) or _by_number(reader, untrusted)
    if not rows:
        raise NotFound(place="number", what=untrusted.strip()[:64])
    return tuple(listed_referrals(reader, rows))


def _by_code(reader: Reader, untrusted: str) -> list[Referral]:
    """What the QR code on a slip says, or the number of a printing that stands at its foot."""
    printing = _printing(untrusted)
    if not printing:
        return []
    row = reader.session.scalars(select(Printing).where(Printing.number == printing).order_by(Printing.id)).first()
    if row is None:
        return []
    if row.referral_id:
        return _live(reader, Referral.id == row.referral_id)
    return _live(reader, Referral.case_id == row.case_id) if row.paper == "referral_letter" else []


def _printing(untrusted: str) -> str:
    try:
        return read_printing_number(SlipCode.read(untrusted[:64]).number)
    except (BadInput, WrongPrintingNumber):
        pass
    try:
        return read_printing_number(untrusted)
    except WrongPrintingNumber:
        return ""


def _by_number(reader: Reader, untrusted: str) -> list[Referral]:
    try:
        typed = read_number(_of_code(untrusted))
    except WrongNumber:
        raise WrongNumber(place="number") from None
    if typed.whole:
        return _live(reader, or_(Referral.number == typed.whole, Referral.number.like(f"{typed.whole}-_")))
    return _ending(reader, typed)


def _of_code(untrusted: str) -> str:
    """The number inside a code that holds the referral's own; else the text as it is."""
    try:
        return SlipCode.read(untrusted[:64]).number
    except BadInput:
        return untrusted


def _ending(reader: Reader, typed: TypedNumber) -> list[Referral]:
    """Numbers that end so: this year's and earlier ones, of every laptop."""
    if typed.letter not in ("", LETTER):
        raise WrongNumber(place="number")
    end = f"-{LETTER}{typed.counter:05d}"
    return _live(reader, or_(Referral.number.like(f"%{end}"), Referral.number.like(f"%{end}-_")))


def _live(reader: Reader, condition: object) -> list[Referral]:
    away: frozenset[Id] = kept_away(reader)
    sent = (Referral.struck.is_not(True), Referral.sent_on.is_not(None), Referral.case_id.is_not(None))
    query = select(Referral).where(condition, *sent)  # type: ignore[arg-type]
    rows = reader.session.scalars(query.order_by(Referral.sent_on.desc(), Referral.id).limit(MOST))
    return [row for row in rows if row.case_id not in away]
