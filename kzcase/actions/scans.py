"""Papers that come back: a scan or photo finds its case by the code on it, and joins it when a person agrees."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kzcase.actions.attachments import add_bytes
from kzcase.actions.finding import find_printing
from kzcase.actions.reading import enter_case, having_said_why
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.vault import Vault
from kzcase.domain.errors import (
    AnotherSheet,
    AttachmentMissing,
    BadInput,
    NeedsReason,
    NoSheetFound,
    ScanThere,
    SeveralSheets,
    WrongPrintingNumber,
)
from kzcase.domain.looks import Look
from kzcase.domain.papers import SlipCode
from kzcase.domain.printings import SheetProposal, in_groups, read_printing_number
from kzcase.paper.incoming.door import Clean, Looking, cleaned, codes_in
from kzcase.paper.incoming.limits import MAX_FILE
from kzcase.paths import open_plain
from kzcase.queries.attachments import scans_of
from kzcase.queries.printings import printing_of


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """A scan that shows the paper of this printing, as the child made it anew (`paper.incoming.door.cleaned`)."""

    printing: str
    clean: Clean = field(repr=False)
    title: str = ""
    look_reason: str = ""


def propose_sheet(book: Casebook, clean: Clean, reason: str = "", looking: Looking | None = None) -> SheetProposal:
    """Which paper a scan shows, by the code on it. Nothing is changed.

    Raises NoSheetFound, SeveralSheets, UnknownSheet, and NeedsReason for a case beyond one's reach.
    """
    slips = tuple(_slips(codes_in(clean.content, clean.media_type, looking)))
    numbers = _one_paper(slips)
    if not numbers:
        raise NoSheetFound("file", blank=bool(slips))
    proposal = propose_number(book, min(numbers), reason)
    return replace(proposal, pages_found=tuple(sorted({slip.page for slip in slips})))


def propose_typed(book: Casebook, clean: Clean, number: str, reason: str = "") -> SheetProposal:
    """Which paper a number typed by hand means, where the scan does not say another. Raises AnotherSheet, too."""
    seen = _one_paper(tuple(_slips(codes_in(clean.content, clean.media_type))))
    if seen and read_printing_number(number) not in seen:
        raise AnotherSheet("number", number=in_groups(min(seen)))
    return propose_number(book, number, reason)


def _one_paper(slips: Iterable[SlipCode]) -> set[str]:
    """The number of the paper that codes name, in a set; empty where none does."""
    numbers = {slip.number for slip in slips if slip.number}
    if len(numbers) > 1:
        raise SeveralSheets("file", count=len(numbers))
    return numbers


def propose_number(book: Casebook, number: str, reason: str = "") -> SheetProposal:
    """The same by the number at the foot of the sheet, typed by hand. Raises WrongPrintingNumber, too."""
    plain = read_printing_number(number)
    try:
        return _proposed(book, plain)
    except NeedsReason as beyond:
        if not reason:
            raise
        enter_case(book, beyond.case.hex(), Look.CASE, reason=reason)
        return _proposed(book, plain)


def _proposed(book: Casebook, number: str) -> SheetProposal:
    with book.read() as reader:
        return printing_of(reader, number)


def _slips(texts: Iterable[str]) -> Iterable[SlipCode]:
    """What our own codes say; codes of others, and numbers whose check sign is wrong, say nothing."""
    for text in texts:
        try:
            slip = SlipCode.read(text)
            yield replace(slip, number=read_printing_number(slip.number)) if slip.number else slip
        except (BadInput, WrongPrintingNumber):
            continue


def slip_number(path: Path) -> str:
    """What the code of a photographed or scanned slip says, as typed. Raises NoSheetFound, SeveralSheets."""
    try:
        with open_plain(path) as file:
            untrusted = file.read(MAX_FILE + 1)
    except OSError as error:
        raise NoSheetFound("file", blank=False) from error
    clean = cleaned(untrusted)
    found = [slip for slip in _slips(codes_in(clean.content, clean.media_type)) if slip.number]
    _one_paper(found)
    if not found:
        raise NoSheetFound("file", blank=False)
    return found[0].text()


def joined_on(book: Casebook, printing: str, clean: Clean) -> date | None:
    """The day this very scan of a paper was added to its case; None where it was not, or is no longer there."""
    with book.read("long") as reader:
        alike = scans_of(reader, printing, len(clean.content))
    vault = Vault(book.folder.attachments)
    for found, day in alike:
        with suppress(AttachmentMissing):  # what cannot be read is not the same
            if vault.get(found.id, found.key, found.chunks) == clean.content:
                return day
    return None


def return_sheet(book: Casebook, wish: ReturnSheet) -> Done:
    """Add a scan of a printed sheet to its case, bound to the version that was printed; also to a closed one.

    ScanThere where the same scan is with the case already.
    """
    return having_said_why(book, wish, lambda: _returned(book, wish))


def _returned(book: Casebook, wish: ReturnSheet) -> Done:
    if day := joined_on(book, wish.printing, wish.clean):
        raise ScanThere(day=day)
    with add_bytes(book, "sheet.returned", wish.clean, wish.title) as (act, row):
        printing = find_printing(act, wish.printing)
        row.case_id, row.printing_id, row.version = printing.case_id, printing.id, printing.version
        act.add(row)
    return Done(act.id, act.changed, {"attachment": row.id, "case": row.case_id or b"", "printing": printing.id})
