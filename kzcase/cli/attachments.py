"""Attachments of a case: photos, scans, PDFs and recordings, made anew on the way in, recorded on the way out."""

from pathlib import Path

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import AttachmentAdded, AttachmentCopied, AttachmentList
from kzcase.cli.files import check_target, place_of, read_file, write_whole
from kzcase.cli.output import answer
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, group, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import NamesHidden
from kzcase.i18n import _

_CASE = _("The case's number or id.")


@group("attachment", _("Add, list and copy photos, scans, PDFs and recordings."))
def attachment_command() -> None:
    """Attachments."""


@attachment_command.command("add", words=_("Add FILE to a case; place, time and camera are taken out of it."))
@on_casebook
@argument("case", _CASE)
@argument("file", _("The photo, scan, PDF or recording."), type=PLACE_OF_TEXT)
@option("--title", default="", metavar="T", words=_("What it is called; otherwise the name of the file."))
@reason_option
def add(way: Way, *, case: str, file: str, title: str, reason: str) -> None:
    """The file is made anew in a child process before the casebook is opened."""
    from kzcase.actions.attachments import AddAttachment, add_attachment
    from kzcase.paper.incoming.door import cleaned

    made = cleaned(read_file(file))
    with way.desk() as desk:
        wish = AddAttachment(case, title or Path(place_of(file)).stem, made, reason)
        done = add_attachment(desk.book, wish)
    facts = AttachmentAdded(
        attachment=done.ids["attachment"].hex(),
        case=done.ids["case"].hex(),
        media_type=made.media_type,
        pages=made.pages,
        size=len(made.content),
    )
    answer(facts, way.as_json)


@attachment_command.command("list", words=_("List the attachments of a case."))
@on_casebook_of_people
@argument("case", _CASE)
@reason_option
def list_attachments(way: Way, *, case: str, reason: str) -> None:
    """The newest first."""
    from kzcase.actions import attachments
    from kzcase.queries.printed_papers import paper_titles

    with way.desk() as desk:
        rows = attachments.list_attachments(desk.book, case, reason)
        with desk.book.read() as reader:
            titles = paper_titles(reader, [row.paper for row in rows if row.paper])
    answer(AttachmentList(attachments=list(rows)), way.as_json, titles=titles)


@attachment_command.command("copy", words=_("Save a copy outside the casebook; this is recorded."))
@on_casebook_of_people
@argument("attachment", _("The attachment's id."))
@option("-o", "--output", required=True, type=PLACE, metavar="F", words=_("Where to write the copy."))
@reason_option
def copy(way: Way, *, attachment: str, output: Path, reason: str) -> None:
    """Needs --show-names: a picture can show who somebody is."""
    from kzcase.actions.attachments import CopyAttachment, copy_attachment

    check_target(output)
    with way.desk() as desk:
        try:
            done, made = copy_attachment(desk.book, CopyAttachment(attachment, reason=reason))
        except NamesHidden:
            if way.show_names:  # and still hidden: this role sees no names at all
                raise
            raise WrongUse(_("An attachment can show who somebody is: give --show-names; this is recorded.")) from None
    write_whole(output, made)
    answer(AttachmentCopied(file=str(output), attachment=done.ids["attachment"].hex(), size=len(made)), way.as_json)
