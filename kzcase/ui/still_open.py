"""Whether the case something was typed in is still open to whoever typed it: they may be kept away from it since."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from kzcase.i18n import _
from kzcase.queries.cases import case_named
from kzcase.ui.messages import show
from kzcase.ui.work import Work

NO_LONGER: Final = _(
    "The case this belongs to is not open to you any more. What you typed stays yours alone: after the next unlock you "
    "can discard it."
)


def when_still_open(work: Work, case: str, then: Callable[[], object], over: QWidget) -> None:
    """Go on where the case is there for the person at the laptop; otherwise say so."""
    work.ask(
        lambda reader: case_named(reader, case),
        lambda _case: then(),
        lambda _error: show(NO_LONGER, parent=over.window()),
        owner=over,
    )
