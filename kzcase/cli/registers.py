"""The registers an inspector or a donor may ask for; none of them names a client."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import RegisterDocument, RegisterWritten
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, language, put_text, said
from kzcase.cli.spoken import PLACE, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.i18n import LANGUAGES, Language, _

if TYPE_CHECKING:
    from kzcase.domain.registers import Cell, Register
    from kzcase.domain.rulebook import Rulebook

_ENDINGS = (".csv", ".xlsx", ".pdf")


@command("register", _("Show or write a register for an inspection; it names no client."))
@argument(
    "name", _("purposes, retention, access, consents, disclosures, requests, incidents, backups or destructions.")
)
@on_casebook
@option("--csv", "as_csv", is_flag=True, words=_("The register as CSV on standard output."))
@option("-o", "--output", type=PLACE, metavar="F", words=_("Write a file instead: F.pdf, F.xlsx or F.csv."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the register."))
def register_command(way: Way, *, name: str, as_csv: bool, output: Path | None, spoken: Language | None) -> None:
    """Look at a register, or take it along; both are entered in the read log."""
    from kzcase.actions.registers import read_register, register_file
    from kzcase.queries.registers import REGISTERS, register_kind

    if name not in REGISTERS and way.casebook.name in REGISTERS:
        raise WrongUse(_("The name of the register stands before the casebook: `kzcase register NAME CASEBOOK`."))
    register_kind(name)
    chosen = spoken or language()
    if as_csv and (way.as_json or output is not None):
        raise WrongUse(_("Please choose one of --csv, --json and -o."))
    if output is not None:
        if output.suffix not in _ENDINGS:
            raise WrongUse(_("The name of the file must end in .pdf, .xlsx or .csv."))
        check_target(output)
        with way.desk() as desk:
            content = register_file(desk.book, name, output.suffix[1:], chosen, "long")
        write_whole(output, content)
        written = RegisterWritten(register=name, file=str(output), sha256=hashlib.sha256(content).hexdigest())
        answer(written, way.as_json, titles={name: REGISTERS[name].title})
        return
    with way.desk() as desk:
        if as_csv:
            lines = register_file(desk.book, name, "csv", chosen, "long").decode("utf-8-sig").splitlines()
            put_text(lines)
            return
        found, rulebook = read_register(desk.book, name, chosen, "long"), desk.book.rulebook
    if way.as_json:
        answer(_document(found), True)
    else:
        put_text(_table(found, rulebook, chosen))


def _document(found: "Register") -> RegisterDocument:
    names = [heading.name for heading in found.headings]
    rows = [dict(zip(names, map(_value, row.cells), strict=True)) for row in found.rows]
    notes = [said(note) for note in found.notes]
    return RegisterDocument(
        register=found.name, as_of=found.as_of, columns=names, rows=rows, notes=notes, masked=found.masked
    )


def _value(cell: "Cell") -> "str | int | list[str] | None":
    if isinstance(cell, tuple):
        return list(cell)
    return cell if cell is None or isinstance(cell, str | int) else cell.isoformat()


def _table(found: "Register", rulebook: "Rulebook", spoken: Language) -> list[str]:
    """The same for people: one line a row."""
    from kzcase.domain.registers import said as cell_said
    from kzcase.i18n import render

    heads = [render(heading.title, spoken) for heading in found.headings]
    cells = [
        [
            cell_said(heading, cell, rulebook, spoken) or "–"
            for heading, cell in zip(found.headings, row.cells, strict=True)
        ]
        for row in found.rows
    ]
    widths = [max(len(line[at]) for line in (heads, *cells)) for at in range(len(heads))]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (heads, *cells)
    ]
    title = f"{render(found.title, spoken)}, {found.as_of:%d.%m.%Y}"
    below = [render(found.empty, spoken)] if not found.rows else []
    return [title, "", *lines, *below, *(render(note, spoken) for note in found.notes)]
