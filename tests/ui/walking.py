"""Through all pages of the real window, one after the other."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kzcase.queries.cases import case_list
from kzcase.ui.main_window import MainWindow


def settle() -> None:
    """What was put off until the window has time is done."""
    for _turn in range(8):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def pages(window: MainWindow) -> Iterator[str]:
    """Goes from page to page, the first case of the list last; gives the name of each once it is shown."""
    place = window.workplace
    assert place is not None
    for key in [key for key, button in place.rail._buttons.items() if button.entry.place]:
        place.go(key)
        settle()
        yield key
    found: list[str] = []
    place.work.ask(lambda reader: case_list(reader)[0].id, found.append)
    place.open_case(found[0])
    settle()
    yield "case"
