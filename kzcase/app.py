"""The one place where all rooms meet: settings, look, language, the window, and a casebook to begin with."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kzcase import settings as preferences
from kzcase.domain.errors import DiskTrouble, KzcaseError
from kzcase.i18n import LANGUAGES, Language
from kzcase.paths import open_plain
from kzcase.settings import LANGUAGE, TEXT_SIZE, THEME, Settings
from kzcase.ui import crash, fonts, language, theme
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock.door import Door

AFTER_PAINT_MS: Final = 20
"""So long after the start screen was painted the rest is made: what was painted is on the screen by then."""
AT_LATEST_MS: Final = 1_000
"""The same where nobody sees the window, which is then never painted."""
LONGEST_PASSPHRASE_FILE = 64 * 1024


def run(casebook: Path | None = None, passphrase_file: Path | None = None) -> int:
    """Open the window and stay until it is closed; gives the exit code."""
    application = QApplication.instance() or QApplication(theme.arguments(sys.argv[:1]))
    assert isinstance(application, QApplication)
    settings = preferences.load()
    crash.install(lambda _account: None)  # before anything is painted there is nowhere to say it
    window = made(application, settings)
    window.ended.connect(application.quit)
    begin(window, casebook, passphrase_file)
    window.show()
    return application.exec()


def made(application: QApplication, settings: Settings) -> MainWindow:
    """The window with its start screen, dressed, and all the rest promised."""
    dress(application, settings)
    window = MainWindow(settings, Door(settings))
    theme.put_on()
    promise_the_rest(window)
    return window


def promise_the_rest(window: MainWindow) -> None:
    """When the start screen has been painted, and at the latest after a while."""
    window.start.painted.connect(lambda: QTimer.singleShot(AFTER_PAINT_MS, window, lambda: make_the_rest(window)))
    QTimer.singleShot(AT_LATEST_MS, window, lambda: make_the_rest(window))


def make_the_rest(window: MainWindow) -> None:
    """Begin with all that the start screen is painted without, little by little; a second time nothing happens."""
    if not window.attended:
        window.attended = True
        window.slices.do(_rest(window), window)


def _rest(window: MainWindow) -> Iterator[None]:
    """Where errors are said, who watches, who tidies up, and the screens behind the door."""
    from kzcase.ui import messages

    messages.install()
    yield
    window.stand_by()
    yield
    keep_tidy(window)
    yield
    window.door.warming.begin_soon()


def keep_tidy(window: MainWindow) -> None:
    """What stands now stays; what nothing reaches later is looked for on this thread alone, wholly after each lock."""
    from kzcase.ui.tidying import Tidying

    gc.freeze()
    window.door.warming.warm.connect(lambda: None if window.door.letting_in else gc.freeze())
    tidying = Tidying(window.idle.still_for, window, lambda: window.work is None and not window.door.letting_in)
    window.locked.connect(tidying.want_all)


def dress(application: QApplication, settings: Settings) -> None:
    """Letters, look and language as this laptop's settings want them; the look is put on when the window is made."""
    application.setApplicationName("kzcase")
    application.setDesktopFileName("kzcase")
    # The system's own file dialogs enter every file they touch in the desktop's list of recent files.
    application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    fonts.register()
    language.switch(first_language(settings))
    theme.prepare("dark" if settings.get(THEME) == "dark" else "light", settings.get(TEXT_SIZE))


def first_language(settings: Settings) -> Language:
    """The language chosen, else that of the laptop where it is one of ours, else Kazakh."""
    system = QLocale.system().name()[:2]
    wanted = settings.get(LANGUAGE) or system
    return next((each for each in LANGUAGES if each == wanted), "kk")


def begin(window: MainWindow, casebook: Path | None, passphrase_file: Path | None) -> None:
    """Offer a casebook; with a passphrase file open it at once, which only a demonstration casebook allows."""
    if casebook is None:
        return
    window.start.offer(casebook)
    if passphrase_file is None:
        return
    try:
        passphrase = _passphrase_in(passphrase_file)
    except KzcaseError as error:
        window.start.open.refuse(error)
    else:
        window.door.enter(casebook, passphrase, demonstration_only=True)


def _passphrase_in(file: Path) -> str:
    """The first line of the file."""
    try:
        with open_plain(file) as stream:
            return stream.read(LONGEST_PASSPHRASE_FILE).decode("utf-8", "replace").partition("\n")[0].strip()
    except OSError as error:
        raise DiskTrouble(reason=type(error).__name__) from error
