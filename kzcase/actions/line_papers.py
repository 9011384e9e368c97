"""Papers of the helpline: entered in the read log, then made. A sheet that is taken away is asked about first."""

import hashlib
from dataclasses import replace

from kzcase.actions.papers import MadePaper
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NoSuchPaper, NotSafeToTake, SafeToTakeUnasked
from kzcase.domain.looks import Look
from kzcase.domain.printings import SafeToTake
from kzcase.i18n import Language
from kzcase.queries.line_papers import information_row, shift_report_row, signal_sheet_row

PAPERS = ("signal_sheet", "shift_report", "information_sheet")


def print_line_paper(
    book: Casebook, paper: str, reference: str, language: Language, *, safe: str = "", discreet: bool = False
) -> MadePaper:
    """A paper as PDF. `safe`: the answer to *safe to take?*, for what somebody takes away; *no* prints nothing."""
    from kzcase.paper.line import information_sheet, shift_report, signal_sheet

    if paper == "information_sheet":
        _must_be_safe(safe)
        with book.read("long") as reader:
            row = information_row(reader, reference, language)
        row = replace(row, header=replace(row.header, discreet=discreet))
        return _made(paper, language, "", information_sheet(row, language))
    if paper not in PAPERS:
        raise NoSuchPaper(what=paper[:64], known=PAPERS)
    subject = bytes.fromhex(reference) if reference else b""
    record_look(book, Look.PAPER, subject, detail=paper)
    with book.read("long") as reader:
        if paper == "shift_report":
            report = shift_report_row(reader, reference, language)
            return _made(paper, language, report.header.number, shift_report(report, language))
        signal = signal_sheet_row(reader, reference, language)
    return _made(paper, language, signal.header.number, signal_sheet(signal, language))


def _must_be_safe(answered: str) -> None:
    if answered == "no":
        raise NotSafeToTake("safe_to_take")
    if answered not in {*SafeToTake}:
        raise SafeToTakeUnasked("safe_to_take")


def _made(paper: str, language: str, number: str, content: bytes) -> MadePaper:
    return MadePaper(paper, language, number, content, hashlib.sha256(content).hexdigest())
