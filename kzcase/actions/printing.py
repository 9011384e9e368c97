"""Printing: what left on paper is recorded before the paper is handed over; its text is never kept."""

from dataclasses import dataclass

from kzcase.actions.finding import find_case
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import Printing


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """A paper of a case, about to be handed over."""

    case: str
    paper: str
    language: str
    sha256: str


def record_printing(book: Casebook, wish: PrintPaper) -> Done:
    """Enter in the case's history that a paper was printed."""
    with book.write("paper.printed") as act:
        case = find_case(act, wish.case)
        row = act.add(Printing(case_id=case.id, paper=wish.paper, language=wish.language, sha256=wish.sha256))
    return Done(act.id, act.changed, {"printing": row.id, "case": case.id})
