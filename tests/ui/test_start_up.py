"""The program begins: fast, because nothing heavy is loaded before a casebook is open; and dressed as settings say."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase import app
from kzcase.settings import LANGUAGE, TEXT_SIZE, THEME, Settings
from kzcase.ui import language, theme
from kzcase.ui.main_window import MainWindow
from kzcase.ui.work import Work
from tests.ui.desks import CASES, PASSPHRASE, casebook, open_window, window_on

HEAVY = (
    "sqlalchemy",
    "reportlab",
    "pyxform",
    "numpy",
    "highspy",
    "sqlcipher3",
    "alembic",
    "pypdfium2",
    "openpyxl",
    "zxingcpp",
)
BEGIN = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication(["kzcase"])
from kzcase import app, settings
from kzcase.ui import messages
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock.door import Door
kept = settings.load()
app.dress(application, kept)
messages.install()
window = MainWindow(kept, Door(kept))
window.show()
application.processEvents()
{then}
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & set({heavy})))
"""


def loaded(home: Path, then: str = "") -> set[str]:
    """The heavy packages a fresh process has loaded once the start screen stands."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN.format(heavy=HEAVY, then=then)],
        capture_output=True, text=True, check=True, timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "KZCASE_HOME": str(home), "PATH": "", "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    return set(done.stdout.split())


def test_nothing_heavy_is_loaded_before_the_casebook_is_open(tmp_path: Path) -> None:
    assert loaded(tmp_path) == set()


def test_canary_the_workplace_would_be_noticed(tmp_path: Path) -> None:
    assert "sqlalchemy" in loaded(tmp_path, "import kzcase.ui.workplace")


@pytest.mark.parametrize(("chosen", "spoken"), [("ru", "ru"), ("kk", "kk"), ("en", "en")])
def test_the_language_chosen_is_spoken(tmp_path: Path, chosen: str, spoken: str) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set(LANGUAGE, chosen)
    assert app.first_language(settings) == spoken


def test_the_window_is_dressed_as_the_settings_say(tmp_path: Path, qapp: QApplication) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set(LANGUAGE, "ru")
    settings.set(THEME, "dark")
    settings.set(TEXT_SIZE, 1.25)
    app.dress(qapp, settings)
    assert language.current() == "ru"
    assert theme.current() == theme.Theme("dark", 1.25)


def test_with_real_threads_the_list_appears_and_the_lock_closes_the_file(tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(tmp_path, threads=True)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: _rows(window) == CASES, timeout=5000)
    assert isinstance(window.work, Work)
    with qtbot.waitSignal(window.locked, timeout=5000):
        window.lock()
    again = casebook_opens(tmp_path)
    assert again, "the file was let go"
    window.door.stop()


def _rows(window: MainWindow) -> int:
    page = window.workplace.page("cases") if window.workplace is not None else None
    return getattr(page, "rows", None).rowCount() if page is not None else 0  # type: ignore[union-attr]


def casebook_opens(folder: Path) -> bool:
    """Whether the casebook can be opened by another program now."""
    from kzcase.actions.desk import open_desk
    from tests.keys.cheap import TINY

    open_desk(folder / "office.kzcase", PASSPHRASE, floor=TINY).close()
    return True


def test_a_window_without_a_casebook_offers_one_to_create(tmp_path: Path, qtbot: QtBot) -> None:
    window = window_on(casebook(tmp_path))
    qtbot.addWidget(window)
    window.start.open.show_recent(())
    window.show()
    assert window.start.open.welcome.isVisible()
    assert not window.start.open.row.isVisible()
    window.door.stop()


RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(["kzcase"])
from kzcase import app
from kzcase.ui.main_window import MainWindow

def look():
    window = next(each for each in application.topLevelWidgets() if isinstance(each, MainWindow))
    if window.workplace is None:
        QTimer.singleShot(50, look)
        return
    print("open", flush=True)
    window.close()

QTimer.singleShot(50, look)
sys.exit(app.run(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def test_the_program_opens_a_demonstration_and_ends_when_its_window_is_closed(tmp_path: Path) -> None:
    """The whole program in a process of its own, with the real cost of a key."""
    from kzcase.actions.desk import FoundCasebook, found_casebook
    from kzcase.keys.derivation import FLOOR

    path, secret = tmp_path / "demo.kzcase", tmp_path / "secret.txt"
    wish = FoundCasebook("Generated fund", "Гүлнұр", demonstration=True)
    found_casebook(path, wish, PASSPHRASE, parameters=FLOOR)[0].close()
    secret.write_text(PASSPHRASE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(secret)], capture_output=True, text=True, check=False, timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "KZCASE_HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "open"), done.stderr


def test_no_list_of_recent_files_of_the_desktop_hears_of_a_file(qapp: QApplication, tmp_path: Path) -> None:
    """Its own dialogs would enter each file they touch there; ours are drawn by Qt."""
    before = qapp.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
    app.dress(qapp, Settings(tmp_path / "settings.json"))
    assert qapp.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, before)
