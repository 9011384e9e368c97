"""Papers of a search: the letter to whoever asks, entered in the read log and recorded before it is handed over."""

import hashlib

from kzcase.actions.papers import MadePaper
from kzcase.actions.printing import PrintPaper, record_printing
from kzcase.actions.reading import enter_case
from kzcase.db.casebook import Casebook
from kzcase.domain.looks import Look
from kzcase.i18n import Language
from kzcase.queries.tracing import reply_row, tracing_named

REPLY = "tracing_reply"


def reply_paper(book: Casebook, tracing: str, language: Language) -> MadePaper:
    """The letter to an enquirer; what it says is decided by their vetting and by the found person alone."""
    from kzcase.paper.tracing import tracing_reply

    with book.read() as reader:
        case = (tracing_named(reader, tracing).case_id or b"").hex()
    enter_case(book, case, Look.PAPER, detail=REPLY)
    with book.read("long") as reader:
        row = reply_row(reader, tracing)
    content = tracing_reply(row, language)
    sha256 = hashlib.sha256(content).hexdigest()
    record_printing(book, PrintPaper(case, REPLY, language, sha256))
    return MadePaper(REPLY, language, row.number, content, sha256)
