"""Before a backup the file is written anew where that waits after an erasing, and the errand says so."""

from typing import Any, Final

from kzcase.i18n import _
from kzcase.ui.work import LongWork, stopping

ANEW: Final = _("Writing the file anew after an erasing")


def written_anew_first(book: Any, progress: LongWork) -> None:
    """Under a name of its own, without counting: nobody knows how far it is. Then the errand has its name again."""
    from kzcase.actions.writing_anew import write_anew
    from kzcase.queries.erasures import bytes_to_write_anew

    with book.read("long") as reader:
        waits = bytes_to_write_anew(reader)
    if waits:
        title = progress.title
        progress.call(ANEW)
        write_anew(book, stopping(progress))
        progress.call(title)
