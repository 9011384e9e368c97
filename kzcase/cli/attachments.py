"""Attachments of a case: photos, scans, PDFs and recordings, made anew on the way in, recorded on the way out."""

from pathlib import Path

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import AttachmentAdded, AttachmentCopied, AttachmentList
from kzcase.cli.files import check_target, place_of, read_file, write_whole
from kzcase.cli.output import answer
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, group, option
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
def add(way: Way, *, case: str, file: str, title: str) -> None:
    """The file is made anew in a child process before the casebook is opened."""
    from kzcase.actions.attachments import AddAttachment, add_attachment
    from kzcase.paper.incoming.door import cleaned

    made = cleaned(read_file(file))
    with way.desk() as desk:
        done = add_attachment(desk.book, AddAttachment(case, title or Path(place_of(file)).stem, made))
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
def list_attachments(way: Way, *, case: str) -> None:
    """The newest first."""
    from kzcase.queries.attachments import attachments

    with way.desk() as desk, desk.book.read() as reader:
        rows = attachments(reader, case)
    answer(AttachmentList(attachments=list(rows)), way.as_json)


@attachment_command.command("copy", words=_("Save a copy outside the casebook; this is recorded."))
@on_casebook_of_people
@argument("attachment", _("The attachment's id."))
@option("-o", "--output", required=True, type=PLACE, metavar="F", words=_("Where to write the copy."))
def copy(way: Way, *, attachment: str, output: Path) -> None:
    """Needs --show-names: a picture can show who somebody is."""
    from kzcase.actions.attachments import CopyAttachment, copy_attachment

    check_target(output)
    with way.desk() as desk:
        done, made = copy_attachment(desk.book, CopyAttachment(attachment))
    write_whole(output, made)
    answer(AttachmentCopied(file=str(output), attachment=done.ids["attachment"].hex(), size=len(made)), way.as_json)
