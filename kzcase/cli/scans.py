"""Scans and photos of papers that come back: their code says which paper and case, then they may join it."""

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import Scanned
from kzcase.cli.files import read_file
from kzcase.cli.output import answer
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import PLACE_OF_TEXT, argument, command, option
from kzcase.i18n import _


@command("scan", _("Find the case of a paper that came back, by the code on its photo or scan FILE."))
@on_casebook
@argument("file", _("The photo, scan or PDF of the paper."), type=PLACE_OF_TEXT)
@option(
    "--number", default="", metavar="N", words=_("The number at the foot of the sheet, where the code cannot be read.")
)
@option(
    "--join", "joining", is_flag=True, words=_("Add the picture to that case, bound to the version that was printed.")
)
@option("--title", default="", metavar="T", words=_("What it is called; otherwise the number of the paper."))
@reason_option
def scan_command(way: Way, *, file: str, number: str, joining: bool, title: str, reason: str) -> None:
    """The file is made anew in a child process, and its code read there, before anything is added."""
    from kzcase.actions.scans import ReturnSheet, propose_sheet, propose_typed, return_sheet
    from kzcase.paper.incoming.door import cleaned
    from kzcase.queries.printed_papers import paper_titles

    made = cleaned(read_file(file))
    with way.desk() as desk:
        found = propose_typed(desk.book, made, number, reason) if number else propose_sheet(desk.book, made, reason)
        with desk.book.read() as reader:
            titles = paper_titles(reader, [found.paper])
        done = None
        if joining:
            done = return_sheet(desk.book, ReturnSheet(found.printing, made, title or found.number, reason))
    attachment = done.ids["attachment"].hex() if done else None
    scanned = Scanned(proposed=found, attachment=attachment, media_type=made.media_type, pages=made.pages)
    answer(scanned, way.as_json, titles=titles)
