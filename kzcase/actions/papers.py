"""Papers of a case: made from what consent and class allow, entered in its history, and only then handed over."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kzcase.actions.printing import PrintPaper, record_printing
from kzcase.actions.reading import enter_case
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.db.rulebook import baseline
from kzcase.domain import blanks
from kzcase.domain.errors import NoSuchPaper, NotFound, NothingToPrint
from kzcase.domain.looks import Look
from kzcase.domain.papers import Organisation, SheetHeader
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.forms.xform import parse_xform
from kzcase.i18n import Language, Words, _
from kzcase.paper.library import PAPERS, Paper
from kzcase.queries import letters, sheets
from kzcase.queries.case_page import case_page

_BLANKS: Final[Mapping[str, Callable[..., Any]]] = {
    "referral": blanks.blank_letter,
    "consent": blanks.blank_consent,
    "call": blanks.blank_call,
    "case": blanks.blank_case,
}


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper by its name, code or form id. `number` picks one referral or consent; otherwise the latest is meant."""

    paper: str
    language: Language
    case: str = ""
    number: str = ""
    reason: str = ""
    """Why, where the case is beyond one's reach and not open already: a code of the list `look_reason`."""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper as PDF, with what the history says of it."""

    paper: str
    language: Language
    number: str
    content: bytes
    sha256: str


def paper_names() -> tuple[str, ...]:
    """Everything that can be printed: the papers of a case, then the forms."""
    return (*(name for name, kind in PAPERS.items() if kind.subject in _BLANKS), *shipped_forms())


def blank_paper(wish: WantedPaper, printed_on: date) -> MadePaper:
    """An empty paper; nothing is recorded, because it says nothing about anybody."""
    kind = _kind(wish.paper)
    header = SheetHeader(Organisation(""), kind.code if kind else "", kind.version if kind else "", printed_on)
    if kind is not None:
        content = kind.print_row(_BLANKS[kind.subject](header, baseline(), wish.language), wish.language)
    else:
        from kzcase.paper.forms import form_sheet

        content = form_sheet(shipped_form(wish.paper), wish.language, None, header)
    return _made(wish, kind.name if kind else wish.paper, "", content)


def print_paper(book: Casebook, wish: WantedPaper) -> MadePaper:
    """A filled paper of a case; it is in the read log before it is made, and in the case's history before anybody
    holds it."""
    kind = _kind(wish.paper)
    enter_case(book, wish.case, Look.PAPER, reason=wish.reason, detail=kind.name if kind else wish.paper)
    with book.read("long") as reader:
        case = case_page(reader, wish.case).number
        if kind is None:
            number, content = _form(reader, wish)
        else:
            row = _row(reader, kind, wish)
            number, content = row.header.number, kind.print_row(row, wish.language)
    made = _made(wish, kind.name if kind else wish.paper, number, content)
    record_printing(book, PrintPaper(case, made.paper, made.language, made.sha256))
    return made


def _made(wish: WantedPaper, name: str, number: str, content: bytes) -> MadePaper:
    return MadePaper(name, wish.language, number, content, hashlib.sha256(content).hexdigest())


def _kind(name: str) -> Paper | None:
    """The paper of this name or code, None for a form. `NoSuchPaper` when it is neither."""
    kind = PAPERS.get(name) or next((each for each in PAPERS.values() if each.code == name), None)
    if (kind is None and name not in shipped_forms()) or (kind is not None and kind.subject not in _BLANKS):
        raise NoSuchPaper(what=name[:64], known=", ".join(paper_names()))
    return kind


def _row(reader: Reader, kind: Paper, wish: WantedPaper) -> Any:
    match kind.subject:
        case "referral":
            return letters.referral_letter_row(reader, _referral(reader, wish), wish.language)
        case "consent":
            return letters.consent_sheet_row(reader, _consent(reader, wish), wish.language)
        case "call":
            return sheets.call_sheet_row(reader, sheets.call_of_case(reader, wish.case), wish.language)
        case _:
            return sheets.case_sheet_row(reader, wish.case, wish.language)


def _referral(reader: Reader, wish: WantedPaper) -> str:
    found = [row for row in case_page(reader, wish.case).referrals if wish.number in ("", row.number, row.id)]
    return _latest("referral", [row.id for row in found], wish, _("This case has no referral yet."))


def _consent(reader: Reader, wish: WantedPaper) -> str:
    found = [row for row in case_page(reader, wish.case).consents if wish.number in ("", row.id)]
    return _latest("consent", [row.id for row in found], wish, _("This case has no consent yet."))


def _latest(place: str, ids: list[str], wish: WantedPaper, none_yet: Words) -> str:
    if ids:
        return ids[-1]
    raise NotFound(place, what=wish.number[:64]) if wish.number else NothingToPrint(place, why=none_yet)


def _form(reader: Reader, wish: WantedPaper) -> tuple[str, bytes]:
    from kzcase.paper.forms import form_sheet

    row = sheets.filled_form_row(reader, wish.case, wish.paper)
    form = parse_xform(row.source)
    content = form_sheet(form, wish.language, row.answers, row.header, missing=row.missing, allowed=row.allowed)
    return row.header.number, content
