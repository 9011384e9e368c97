"""The start screen, the workplace and the casework screens, each as somebody would meet it, for looking at."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QWidget

from kzcase.queries.cases import case_list
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock.door import NewCasebook
from kzcase.ui.work import InlineWork
from kzcase.ui.workplace import Workplace
from tests.ui.desks import ADMINISTRATOR, PASSPHRASE, casebook, entered, open_window, window_on
from tests.ui.typing import type_text


def _folder() -> Path:
    return Path(mkdtemp(prefix="kzcase-screen-"))


def start() -> QWidget:
    """Before anything is open."""
    return window_on(casebook(_folder()))


def start_wrong() -> QWidget:
    """After four wrong passphrases: the reason, and the wait."""
    window = window_on(casebook(_folder()))
    for _each in range(4):
        window.door.enter(window.start.open.path() or _folder(), "самовар облако калитка ястреб")
    return window


def start_new() -> QWidget:
    """Making a casebook, with a suggested passphrase."""
    window = window_on(casebook(_folder()))
    window.start.open.new.click()
    window.start.new_page.generate.click()
    return window


def start_shares() -> QWidget:
    """The first recovery share of a new casebook."""
    folder = _folder()
    window = window_on(casebook(folder))
    window.door.found(NewCasebook(folder / "new.kzcase", "Generated fund", ADMINISTRATOR), PASSPHRASE)
    return window


def _open() -> tuple[MainWindow, Workplace]:
    window = open_window(_folder())
    assert window.workplace is not None
    return window, window.workplace


def cases() -> QWidget:
    """The list, names hidden."""
    return _open()[0]


def cases_found() -> QWidget:
    """What a search found, names shown."""
    window, place = _open()
    place.work.do(lambda book: book.show_names())
    type_text(place.top.box, "а")
    return window


def case() -> QWidget:
    """One case with everything on it, names shown."""
    window, place = _open()
    place.work.do(lambda book: book.show_names())
    page = place.go("cases")
    place.open_case(page.rows.row(4).id)  # type: ignore[attr-defined]
    return window


def new_case() -> QWidget:
    """The dialog for a new case, somebody similar being known."""
    made = entered(_folder())
    made.desk.book.show_names()
    work = InlineWork(made.desk.book)
    dialog = NewCaseDialog(work, made.office)
    work.setParent(dialog)
    with made.desk.book.read() as reader:
        family = (case_list(reader)[4].name or "").split()[0]
    dialog.restore({"kind": "trafficking", "family": family, "note": "Кирпіш зауытынан бүгін кеткен."})
    dialog._look()
    return dialog


def settings() -> QWidget:
    """The settings of the laptop and the colleagues."""
    window, place = _open()
    place.go("settings")
    return window


def casework_screens() -> Mapping[str, Callable[[], QWidget]]:
    """Every screen of this file, by name."""
    made = (start, start_wrong, start_new, start_shares, cases, cases_found, case, new_case, settings)
    return {each.__name__: each for each in made}
