"""Reading a register and taking it along: entered in the read log first; tables hold no formulas, papers no names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kzcase.actions.read_log import left_house
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.looks import Look
from kzcase.domain.papers import RegisterSheet
from kzcase.domain.permissions import Permission
from kzcase.domain.registers import Register, said
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import Language, _, render
from kzcase.queries.letters import header
from kzcase.queries.registers import register, register_kind


def read_register(book: Casebook, name: str, language: Language, lane: str = "interactive") -> Register:
    """One register; who looked at which is in the read log before it is shown."""
    return _read(book, name, language, Look.REGISTER, name, lane)


def _read(book: Casebook, name: str, language: Language, what: Look, detail: str, lane: str) -> Register:
    register_kind(name)
    with book.read() as reader:
        reader.must_be_allowed(Permission.READ_REGISTERS)
    record_look(book, what, detail=detail)
    with book.read(lane) as reader:
        found = register(reader, name, language)
    return _with_log(book, found) if (name, lane) == ("disclosures", "long") else found


def _with_log(book: Casebook, found: Register) -> Register:
    """Beside what the journal says, what the read log of this laptop holds, for whoever may open it.

    Opening every entry takes its time, so it is done for what is taken along and not while somebody leafs through.
    """
    held = left_house(book)
    if held is None:
        return found
    papers, copies, lists = held
    note = _(
        "The read log of this laptop holds {papers} papers, {copies} copies and {lists} lists that left as files.",
        papers=papers,
        copies=copies,
        lists=lists,
    )
    return replace(found, notes=(*found.notes, note))


def register_file(book: Casebook, name: str, form: str, language: Language, lane: str = "interactive") -> bytes:
    """A register as a file of one of `FORMS`; taking it along is entered apart from looking at it."""
    found = _read(book, name, language, Look.TAKEN, f"{name}.{form}", lane)
    with book.read(lane) as reader:
        return FORMS[form](reader, found, language)


def _texts(found: Register, rulebook: Rulebook, language: Language, *, iso: bool) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            said(heading, cell, rulebook, language, iso=iso)
            for heading, cell in zip(found.headings, row.cells, strict=True)
        )
        for row in found.rows
    )


def _csv(reader: Reader, found: Register, language: Language) -> bytes:
    from kzcase.paper.tables import csv_bytes

    columns = [render(heading.title, language) for heading in found.headings]
    return csv_bytes(columns, _texts(found, reader.rulebook, language, iso=True), delimiter=";", bom=True)


def _xlsx(reader: Reader, found: Register, language: Language) -> bytes:
    from kzcase.paper.tables import DataSheet, xlsx_bytes

    columns = tuple(render(heading.title, language) for heading in found.headings)
    above = (render(found.title, language), found.as_of.isoformat())
    below = tuple(render(note, language) for note in found.notes)
    rows = _texts(found, reader.rulebook, language, iso=True)
    return xlsx_bytes([DataSheet(render(found.title, language), columns, rows, above, below)])


def _pdf(reader: Reader, found: Register, language: Language) -> bytes:
    from kzcase.paper.registers import CODE, VERSION, register_sheet

    rows = _texts(found, reader.rulebook, language, iso=False)
    head, titles = header(reader, CODE, version=VERSION), tuple(heading.title for heading in found.headings)
    row = RegisterSheet(head, found.title, found.explained, found.empty, titles, rows, found.notes)
    return register_sheet(row, language)


FORMS: Final[Mapping[str, Callable[[Reader, Register, Language], bytes]]] = {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf}
"""How a register leaves the casebook."""
