"""The one place where all rooms meet: settings, look, language, the window, and a casebook to begin with."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from kzcase import settings as preferences
from kzcase.domain.errors import DiskTrouble, KzcaseError
from kzcase.i18n import LANGUAGES, Language
from kzcase.paths import open_plain
from kzcase.settings import LANGUAGE, TEXT_SIZE, THEME, Settings
from kzcase.ui import fonts, language, messages, theme
from kzcase.ui.main_window import MainWindow
from kzcase.ui.tidying import Tidying
from kzcase.ui.unlock.door import Door

LONGEST_PASSPHRASE_FILE = 64 * 1024


def run(casebook: Path | None = None, passphrase_file: Path | None = None) -> int:
    """Open the window and stay until it is closed; gives the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    settings = preferences.load()
    dress(application, settings)
    messages.install()
    window = MainWindow(settings, Door(settings))
    window.ended.connect(application.quit)
    begin(window, casebook, passphrase_file)
    window.show()
    keep_tidy(window)
    window.door.warming.begin_soon()
    return application.exec()


def keep_tidy(window: MainWindow) -> None:
    """What stands now stays; what nothing reaches later is looked for on this thread alone, wholly after each lock."""
    gc.freeze()
    window.door.warming.warm.connect(lambda: None if window.door.letting_in else gc.freeze())
    window.locked.connect(Tidying(window.idle.still_for, window).want_all)


def dress(application: QApplication, settings: Settings) -> None:
    """Letters, look and language as this laptop's settings want them."""
    application.setApplicationName("kzcase")
    application.setDesktopFileName("kzcase")
    # The system's own file dialogs enter every file they touch in the desktop's list of recent files.
    application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    fonts.register()
    language.switch(first_language(settings))
    theme.apply("dark" if settings.get(THEME) == "dark" else "light", settings.get(TEXT_SIZE))


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
