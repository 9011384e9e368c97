"""What can go wrong with photos, scans, PDFs and recordings."""

from collections.abc import Mapping
from typing import Final

from kzcase.domain.errors.kinds import BadInput, NotAllowed, Trouble
from kzcase.i18n import Words, _

_WHY: Final[Mapping[str, Words]] = {
    "kind": _("It is none of JPEG, PNG, WebP, PDF, MP3, WAV, M4A and OGG."),
    "damaged": _("It is damaged. Take the photo or the scan again, or save the file anew."),
    "pixels": _("The picture is larger than 40 million points. Save it smaller."),
    "pages": _("It has more than 100 pages. Split it."),
    "locked": _("It is locked with a password. Save a copy without one."),
    "tags": _("It carries a picture or a long text. Save it as MP3 or WAV."),
    "time": _("It takes too long to open. Save it anew in another program."),
}


class FileRefused(BadInput):
    """A file from outside that is not taken in; `code` says why."""

    words = _("This file cannot be added. {why}")

    def __init__(self, code: str, place: str = "file") -> None:
        super().__init__(place, why=_WHY.get(code, _WHY["damaged"]))
        self.code = code


class NamesHidden(NotAllowed):
    """A picture shows a face: it opens like a name, after “show names”."""

    words = _("Show names first: an attachment can show who somebody is.")


class AttachmentMissing(Trouble):
    """Chunks of an attachment are not on this laptop, or were changed."""

    words = _("This attachment is not whole on this laptop. The casebook itself is in order; restore it from a backup.")
