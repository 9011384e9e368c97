"""The start screen, the workplace and the casework screens, each as somebody would meet it, for looking at."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QWidget

from kzcase.keys.shares import share_text
from kzcase.queries.cases import case_list
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.main_window import MainWindow
from kzcase.ui.settings.leaving_dialog import LeavingDialog
from kzcase.ui.settings.passphrase_card import ChangePassphraseDialog, PassphraseCard
from kzcase.ui.settings.recovery_card import RecoveryCard
from kzcase.ui.settings.share_dialogs import TrySharesDialog
from kzcase.ui.settings.staff_card import StaffLine
from kzcase.ui.unlock.entered import NewCasebook
from kzcase.ui.work import InlineWork
from kzcase.ui.workplace import Workplace
from tests.actions.shared_laptop import BOLAT, office, some_work
from tests.keys.cheap import PASSPHRASE as OTHERS
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
    window.start.new_page.chosen.generate.click()
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


def forgotten() -> QWidget:
    """Two recovery shares for a forgotten passphrase, one of them mistyped."""
    made = office(_folder())
    window = window_on(made.path)
    window.start.open.forgotten.click()
    texts = [share_text(share) for share in made.pair(1, 3)]
    for edit, text in zip(
        window.start.recover.shares.edits, (texts[0], texts[1].replace(texts[1][30:34], "0000")), strict=True
    ):
        edit.setText(text)
    return window


def forgotten_person() -> QWidget:
    """The shares were right: whose passphrase, and which from now on."""
    made = office(_folder())
    window = window_on(made.path)
    window.start.open.forgotten.click()
    page = window.start.recover
    for edit, share in zip(page.shares.edits, made.pair(1, 3), strict=True):
        edit.setText(share_text(share))
    page.next.click()
    page.chosen.generate.click()
    return window


def _settings_of_two() -> tuple[MainWindow, QWidget]:
    made = office(_folder())
    with made.desk() as desk:
        some_work(desk, BOLAT)
    window = window_on(made.path)
    window.door.enter(made.path, OTHERS)
    assert window.workplace is not None
    return window, window.workplace.go("settings")


def leaving() -> QWidget:
    """A colleague leaves, with open work behind."""
    window, page = _settings_of_two()
    line = next(each for each in page.findChildren(StaffLine) if each.row.name == BOLAT)
    line.remove.click()
    return _dialog(window, LeavingDialog)


def change_passphrase() -> QWidget:
    """One's own passphrase, with six suggested words."""
    window, page = _settings_of_two()
    page.findChildren(PassphraseCard)[0].change.click()
    dialog = _dialog(window, ChangePassphraseDialog)
    dialog.chosen.generate.click()  # type: ignore[attr-defined]
    return dialog


def try_shares() -> QWidget:
    """The drill of two shares."""
    window, page = _settings_of_two()
    page.findChildren(RecoveryCard)[0].attempt.click()
    return _dialog(window, TrySharesDialog)


def _dialog(window: QWidget, kind: type[QWidget]) -> QWidget:
    found = next(each for each in window.findChildren(kind))
    _KEPT.append(window)
    return found


_KEPT: list[QWidget] = []
"""Windows behind dialogs that are looked at."""


def casework_screens() -> Mapping[str, Callable[[], QWidget]]:
    """Every screen of this file, by name."""
    made = (
        start,
        start_wrong,
        start_new,
        start_shares,
        forgotten,
        forgotten_person,
        cases,
        cases_found,
        case,
        new_case,
    )
    made += (settings, leaving, change_passphrase, try_shares)
    return {each.__name__: each for each in made}
