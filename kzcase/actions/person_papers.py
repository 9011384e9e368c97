"""Papers about a person and those around them: entered in the read log and recorded before they are handed over."""

import hashlib

from kzcase.actions.papers import MadePaper
from kzcase.actions.printing import PrintPaper, record_printing
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.i18n import Language
from kzcase.queries.people_around import cases_around, must_see
from kzcase.queries.person_papers import FAMILY, RECEIPT, custody_receipt_row, family_sheet_row
from kzcase.queries.persons import person_named
from kzcase.queries.reach import within_reach


def family_paper(book: Casebook, person: str, language: Language) -> MadePaper:
    """Who is around a person, drawn; for the responsible worker alone."""
    from kzcase.paper.people import family_sheet

    with book.read() as reader:
        found = person_named(reader, person)
    case = _entered(book, found, FAMILY)
    with book.read("long") as reader:
        row = family_sheet_row(reader, found.hex(), language)
    return _recorded(book, case, FAMILY, language, family_sheet(row, language))


def custody_paper(book: Casebook, document: str, language: Language) -> MadePaper:
    """The receipt for an original the office keeps."""
    from kzcase.paper.people import custody_receipt

    with book.read("long") as reader:
        row, person = custody_receipt_row(reader, document, language)
    case = _entered(book, person, RECEIPT)
    return _recorded(book, case, RECEIPT, language, custody_receipt(row, language))


def _entered(book: Casebook, person: Id, detail: str) -> Id:
    """The case under which the paper is recorded, once the look is in the read log."""
    with book.read() as reader:
        must_see(reader, person)
        case = min(within_reach(reader, cases_around(reader, person)))
    record_look(book, Look.PAPER, case, detail=detail)
    return case


def _recorded(book: Casebook, case: Id, paper: str, language: Language, content: bytes) -> MadePaper:
    sha256 = hashlib.sha256(content).hexdigest()
    record_printing(book, PrintPaper(case.hex(), paper, language, sha256))
    return MadePaper(paper, language, "", content, sha256)
