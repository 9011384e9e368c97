"""Printings: which paper a number at the foot of a sheet belongs to."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.office import Printing
from kzcase.domain.errors import UnknownSheet
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.printings import SheetProposal, in_groups
from kzcase.queries.reach import kept_away, must_be_open


def printing_of(reader: Reader, number: str) -> SheetProposal:
    """The paper with this number. `UnknownSheet` where there is none, or none for this person; `NeedsReason` where its
    case is beyond their reach."""
    reader.must_be_allowed(Permission.READ_CASES)
    row = reader.session.scalars(select(Printing).where(Printing.number == number).order_by(Printing.id)).first()
    case = reader.session.get(Case, row.case_id) if row is not None and row.case_id else None
    if row is None or case is None or case.struck or case.id in kept_away(reader):
        raise UnknownSheet("number", what=in_groups(number))
    must_be_open(reader, case.id, in_groups(number), "number")
    return SheetProposal(
        printing=row.id.hex(),
        number=in_groups(number),
        case=case.id.hex(),
        case_number=case.number or "",
        paper=row.paper or "",
        version=row.version or "",
        edition=row.edition or "",
        answers=(row.answers_id or b"").hex(),
        language=row.language or "",
        printed_on=row.printed_on,
        sha256=row.sha256 or "",
    )


def paper_of(reader: Reader, printing: Id | None) -> str:
    """Which paper a printing was of; empty if that is not known here."""
    row = reader.session.get(Printing, printing) if printing else None
    return (row.paper if row is not None else None) or ""
