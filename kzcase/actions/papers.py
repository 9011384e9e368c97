"""Papers of a case: made from what consent and class allow, entered in its history, and only then handed over."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from kzcase.actions.guards import must_be_free_to_print, must_be_free_to_write
from kzcase.actions.paper_names import is_form as is_form
from kzcase.actions.paper_names import none_such
from kzcase.actions.paper_names import paper_names as paper_names
from kzcase.actions.printing import PrintPaper, record_printing
from kzcase.actions.reading import enter_case
from kzcase.actions.wanted_papers import WantedPaper as WantedPaper
from kzcase.actions.wanted_papers import (
    check_kind,
    check_recipient,
    check_safe,
    for_client,
    goes_out,
    languages_of,
)
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.db.rulebook import baseline
from kzcase.db.tables.office import Partner
from kzcase.domain import blanks
from kzcase.domain.errors import (
    NotFound,
    NothingToPrint,
)
from kzcase.domain.ids import Id, new_id
from kzcase.domain.looks import Look
from kzcase.domain.outside_papers import OFFICE
from kzcase.domain.papers import Organisation, SheetHeader
from kzcase.domain.printings import in_groups, printing_number
from kzcase.forms.definition import Form
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.forms.xform import parse_xform
from kzcase.i18n import LANGUAGES, Language, Words, _
from kzcase.paper.library import PAPERS, Paper
from kzcase.queries import letters, sheets
from kzcase.queries.age_and_stay import stay_sheet_row
from kzcase.queries.case_page import case_page
from kzcase.queries.case_states import case_of
from kzcase.queries.consent_papers import end_notice_row, notices_of
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import form_of
from kzcase.queries.outside_papers import form_for_recipient, recipient_named
from kzcase.queries.partner_cards import partner_card_row
from kzcase.queries.referrals import referral_named
from kzcase.queries.road_sheets import road_sheet_row
from kzcase.queries.team_sheets import minutes_row, receipt_row
from kzcase.queries.weighing_sheets import weighing_row

_BLANKS: Final[Mapping[str, Callable[..., Any]]] = {
    "referral": blanks.blank_letter,
    "partner": blanks.blank_partner,
    "consent": blanks.blank_consent,
    "notice": blanks.blank_notice,
    "call": blanks.blank_call,
    "case": blanks.blank_case,
    "road": blanks.blank_road,
    "conference": blanks.blank_minutes,
    "transfer": blanks.blank_receipt,
    "weighing": blanks.blank_weighing,
    "stay": blanks.blank_stay,
}


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper as PDF, with what the history says of it; `printing` is the number at its foot, if it is of a case."""

    paper: str
    language: str
    number: str
    content: bytes
    sha256: str
    printing: str = ""
    to_know: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper on its way: its bytes, and which version of what is on it."""

    number: str
    content: bytes
    version: str
    edition: str
    answers: Id = b""
    of: Id = b""
    referral: Id = b""
    to_know: tuple[Words, ...] = ()


def is_client_paper(paper: str) -> bool:
    """Whether a client takes this paper away: then *safe to take?* is asked before it is printed for a case."""
    return for_client(_name(_kind(paper), paper), _shipped(paper))


def paper_languages(paper: str) -> tuple[str, ...]:
    """The languages this paper can be printed in."""
    return languages_of(_shipped(paper))


def paper_for_nobody(book: Casebook, wish: WantedPaper) -> MadePaper:
    """An empty paper as this casebook offers it: the office's own forms too, and its word on who checked a text."""
    with book.read("long") as reader:
        _kind_of, own = _wanted(reader, wish)
        checked = checked_texts(reader, own.version) if own else ()
        return blank_paper(wish, reader.today, own, checked)


def blank_paper(
    wish: WantedPaper, printed_on: date, own: Form | None = None, checked: Collection[str] = ()
) -> MadePaper:
    """An empty paper for nobody; nothing is recorded, because it says nothing about anybody.

    `own` is the form itself where it is known, `checked` the further languages whose texts a native reader checked.
    """
    kind, form = (_kind(wish.paper), _shipped(wish.paper)) if own is None else (None, own)
    name = _name(kind, wish.paper)
    check_kind(wish, name, form)
    check_recipient(wish, name, form)
    header = SheetHeader(Organisation(""), kind.code if kind else "", kind.version if kind else "", printed_on)
    if form is None:
        language, row = _spoken(wish.language), _BLANKS[_must_be(kind).subject]
        content = _must_be(kind).print_row(row(_headed(header, wish), baseline(), language), language)
    else:
        content = _form_pdf(form, wish, None, _headed(header, wish, checked=checked))
    return _made(wish, name, _Made("", content, "", ""))


def print_paper(book: Casebook, wish: WantedPaper) -> MadePaper:
    """A paper of a case; it is in the read log before it is made, and in the case's history before anybody holds it.

    Raises SafeToTakeUnasked and NotSafeToTake before a client's paper that nobody asked about, or that is not safe;
    RecipientUnasked before a filled form for somebody outside.
    """
    with book.read() as reader:
        kind, form = _wanted(reader, wish)
    name, printing = _name(kind, wish.paper), new_id()
    check_kind(wish, name, form)
    check_safe(wish, name, form)
    check_recipient(wish, name, form)
    enter_case(book, wish.case, Look.PAPER, reason=wish.reason, detail=name)
    with book.read("long") as reader:
        case = case_page(reader, wish.case).number
        if form is None:
            made = _row_paper(reader, _must_be(kind), wish, printing)
        else:
            made = _form_paper(reader, form, wish, case, printing)
    paper = _made(wish, name, made, in_groups(printing_number(printing)))
    record_printing(
        book,
        PrintPaper(
            case,
            paper.paper,
            paper.language,
            paper.sha256,
            printing=printing,
            second=wish.second,
            version=made.version,
            edition=made.edition,
            answers=made.answers,
            of=made.of,
            referral=made.referral,
            discreet=wish.discreet,
            safe_to_take=wish.safe_to_take if for_client(name, form) else "",
        ),
    )
    return paper


def _made(wish: WantedPaper, name: str, made: _Made, printing: str = "") -> MadePaper:
    sha256 = hashlib.sha256(made.content).hexdigest()
    number = "" if wish.discreet else made.number  # the name of a discreet file leads nowhere
    return MadePaper(name, wish.language, number, made.content, sha256, printing, made.to_know)


def _kind(name: str) -> Paper | None:
    """The paper of this name or code, None for a form. `NoSuchPaper` for one that is not made so."""
    kind = PAPERS.get(name) or next((each for each in PAPERS.values() if each.code == name), None)
    if kind is not None and kind.name not in paper_names():
        raise none_such(name)
    return kind


def _name(kind: Paper | None, wanted: str) -> str:
    """What the paper is called in the history: its name, also where it was asked for by its code."""
    return kind.name if kind else wanted


def _must_be(kind: Paper | None) -> Paper:
    assert kind is not None
    return kind


def _shipped(name: str) -> Form | None:
    """The form of this id that ships, None for a paper. `NoSuchPaper` when it is neither."""
    if _kind(name) is not None:
        return None
    if name not in shipped_forms():
        raise none_such(name)
    return shipped_form(name)


def _wanted(reader: Reader, wish: WantedPaper) -> tuple[Paper | None, Form | None]:
    """The paper or the form that is wanted, an office's own forms among them."""
    kind = _kind(wish.paper)
    if kind is not None:
        return kind, None
    try:
        return None, form_of(reader, wish.paper)
    except NotFound:
        raise none_such(wish.paper) from None


def _spoken(language: str) -> Language:
    return next(each for each in LANGUAGES if each == language)


def _headed(header: SheetHeader, wish: WantedPaper, printing: Id = b"", checked: Collection[str] = ()) -> SheetHeader:
    further = {wish.language, wish.second} - {"", *LANGUAGES, *checked}
    number = printing_number(printing) if printing else ""
    marked = replace(header, stays=wish.to == OFFICE, leaves=goes_out(wish))
    return replace(marked, printing=number, discreet=wish.discreet, unchecked=bool(further))


# What is on the paper


def _form_paper(reader: Reader, form: Form, wish: WantedPaper, case: str, printing: Id) -> _Made:
    if wish.blank:
        header = _headed(letters.header(reader, "", case), wish, printing, checked_texts(reader, form.version))
        content = _form_pdf(form, wish, None, header)
        return _Made(case, content, form.version, form.declared_version)
    row, of = sheets.filled_form_row(reader, wish.case, wish.paper), case_of(reader, wish.case)
    must_be_free_to_print(reader, of, wish.paper, row.answers)
    answered, partner = parse_xform(row.source), b""
    if goes_out(wish):
        recipient = recipient_named(reader, wish.to)
        must_be_free_to_write(reader, of, recipient, "to")
        row, partner = form_for_recipient(reader, of, row, answered, recipient.id), recipient.id
    header = _headed(row.header, wish, printing, checked_texts(reader, answered.version))
    more = {"missing": row.missing, "allowed": row.allowed} | ({"relevant": row.relevant} if partner else {})
    content = _form_pdf(answered, wish, row.answers, header, **more)
    return _Made(row.header.number, content, answered.version, answered.declared_version, row.id, of=partner)


def _form_pdf(
    form: Form, wish: WantedPaper, answers: Mapping[str, str] | None, header: SheetHeader, **more: Any
) -> bytes:
    """A form on sheets, or on cards to be cut out."""
    if wish.wallet:
        from kzcase.paper.cards import card_sheet

        return card_sheet(form, wish.language, answers, header, **more)
    from kzcase.paper.forms import form_sheet

    return form_sheet(form, wish.language, answers, header, second=wish.second, **more)


def _row_paper(reader: Reader, kind: Paper, wish: WantedPaper, printing: Id) -> _Made:
    language = _spoken(wish.language)
    row = _blank_row(reader, kind, language) if wish.blank else _row(reader, kind, wish, language)
    row = replace(row, header=_headed(row.header, wish, printing))
    referral = _referral(reader, wish) if kind.subject in ("referral", "partner") and not wish.blank else ""
    named = {"consent": _consent, "notice": _notice}.get(kind.subject) if not wish.blank else None
    content, of = kind.print_row(row, language), bytes.fromhex(named(reader, wish)) if named else b""
    told = letters.to_know(reader, referral, row) if referral and kind.subject == "referral" else ()
    version, to = kind.version, bytes.fromhex(referral)
    return _Made(row.header.number, content, version, version, of=of, referral=to, to_know=told)


def _blank_row(reader: Reader, kind: Paper, language: Language) -> Any:
    return _BLANKS[kind.subject](letters.header(reader, kind.code, version=kind.version), reader.rulebook, language)


def _row(reader: Reader, kind: Paper, wish: WantedPaper, language: Language) -> Any:
    match kind.subject:
        case "referral":
            return letters.referral_letter_row(reader, _letter(reader, wish), language)
        case "partner":
            return partner_card_row(reader, _referral(reader, wish), language)
        case "consent":
            return letters.consent_sheet_row(reader, _consent(reader, wish), language)
        case "notice":
            return end_notice_row(reader, _notice(reader, wish), language)
        case "call":
            return sheets.call_sheet_row(reader, sheets.call_of_case(reader, wish.case), language)
        case "road":
            return road_sheet_row(reader, wish.case, language)
        case "conference":
            return minutes_row(reader, wish.case, wish.number, language)
        case "transfer":
            return receipt_row(reader, wish.case, wish.number)
        case "stay":
            return stay_sheet_row(reader, wish.case)
        case "weighing":
            return weighing_row(reader, wish.case, wish.number, language)
        case _:
            return sheets.case_sheet_row(reader, wish.case, language)


def _referral(reader: Reader, wish: WantedPaper) -> str:
    found = [row for row in case_page(reader, wish.case).referrals if wish.number in ("", row.number, row.id)]
    found = found if wish.number else [row for row in found if row.sent_on] or found
    return _latest("referral", [row.id for row in found], wish, _("This case has no referral yet."))


def _letter(reader: Reader, wish: WantedPaper) -> str:
    """The referral whose letter is printed, where nothing speaks against writing to this partner."""
    found = _referral(reader, wish)
    row = referral_named(reader, found)
    partner = reader.session.get(Partner, row.partner_id or b"")
    must_be_free_to_write(reader, case_of(reader, wish.case), partner, "referral", row.need or "")
    return found


def _consent(reader: Reader, wish: WantedPaper) -> str:
    found = [row for row in case_page(reader, wish.case).consents if wish.number in ("", row.id)]
    return _latest("consent", [row.id for row in found], wish, _("This case has no consent yet."))


def _notice(reader: Reader, wish: WantedPaper) -> str:
    found = [row for row in notices_of(reader, wish.case) if wish.number in ("", row.number, row.id)]
    return _latest("notice", [row.id for row in found], wish, _("No consent of this case has ended with a notice."))


def _latest(place: str, ids: list[str], wish: WantedPaper, none_yet: Words) -> str:
    if ids:
        return ids[-1]
    raise NotFound(place, what=wish.number[:64]) if wish.number else NothingToPrint(place, why=none_yet)
