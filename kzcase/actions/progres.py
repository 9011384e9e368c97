"""The fields UNHCR takes with a referral, saved as a table: asked, recorded and read in one act."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from kzcase.actions.finding import find_referral
from kzcase.actions.reading import enter_case
from kzcase.actions.referrals import must_be_free_to_go
from kzcase.db.casebook import Casebook
from kzcase.db.tables.referrals import ReferralPackage
from kzcase.domain.looks import Look
from kzcase.queries.progres import ProgresField, progres_fields
from kzcase.queries.referrals import referral_named

INSIDE = "progres"


@dataclass(frozen=True, slots=True)
class SavedProgres:
    """What was saved of one referral, and on which day."""

    referral: str
    made_on: date
    fields: tuple[ProgresField, ...] = field(repr=False)


def save_progres(book: Casebook, referral: str, reason: str = "") -> SavedProgres:
    """The set of one referral; only what consent covers has a value. Without consent nothing is saved: NoConsent."""
    with book.read() as reader:
        case = (referral_named(reader, referral).case_id or b"").hex()
    enter_case(book, case, Look.EXPORT, reason=reason, detail=INSIDE)
    with book.write("package.made") as act:
        row = find_referral(act, referral)
        must_be_free_to_go(act, row, act.today)
        found = progres_fields(act, row.id.hex())
        values = "\n".join(f"{each.name}\t{each.value or ''}" for each in found)
        act.add(
            ReferralPackage(
                case_id=row.case_id,
                person_id=row.person_id,
                referral_id=row.id,
                partner_id=row.partner_id,
                inside=INSIDE,
                sha256=hashlib.sha256(values.encode()).hexdigest(),
                made_on=act.today,
                author_id=act.acting.staff_id,
            )
        )
    return SavedProgres(row.number or "", act.today, found)
