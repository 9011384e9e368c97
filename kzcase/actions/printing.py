"""Printing: what left on paper is recorded before the paper is handed over; its text is never kept."""

from dataclasses import dataclass

from kzcase.actions.finding import find_case
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import Printing
from kzcase.domain.ids import Id, new_id
from kzcase.domain.printings import printing_number


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """A paper of a case, about to be handed over.

    `printing` is the id whose number stands on it; `version` is the fingerprint of a form's version and `answers` the
    answers on it, none on a blank one. `safe_to_take` is what was answered before a client's paper was made, `of` the
    consent or notice that is on it, or the partner a filled form is for.
    """

    case: str
    paper: str
    language: str
    sha256: str
    printing: Id = b""
    second: str = ""
    version: str = ""
    edition: str = ""
    answers: Id = b""
    referral: Id = b""
    """The referral whose letter it is."""
    discreet: bool = False
    safe_to_take: str = ""
    of: Id = b""


def record_printing(book: Casebook, wish: PrintPaper) -> Done:
    """Enter in the case's history that a paper was printed."""
    printing = wish.printing or new_id()
    with book.write("paper.printed") as act:
        case = find_case(act, wish.case)
        row = Printing(id=printing, case_id=case.id, paper=wish.paper, language=wish.language, sha256=wish.sha256)
        row.number, row.printed_on = printing_number(printing), act.today
        row.second_language, row.version, row.edition = wish.second or None, wish.version or None, wish.edition or None
        row.answers_id, row.discreet = wish.answers or None, wish.discreet or None
        row.referral_id = wish.referral or None
        row.safe_to_take, row.of_id = wish.safe_to_take or None, wish.of or None
        act.add(row)
    return Done(act.id, act.changed, {"printing": row.id, "case": case.id})
