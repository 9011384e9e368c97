"""The screens are loaded before anybody needs them: Qt's classes on the window's thread alone, one module a turn."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kzcase.ui import warming
from kzcase.ui.warming import InlineWarming, NotYet, Warming, load_one_beside, one_by_one
from tests.ui.desks import PASSPHRASE, casebook

BEGIN = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(["kzcase"])
from kzcase import app, settings
from kzcase.ui import warming
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock.door import Door
from tests.keys.cheap import TINY

class Watch:
    elsewhere, turns = [], []
    def find_spec(self, name, _path=None, _target=None):
        if name.split(".")[0] in warming.QT or name.startswith("kzcase.ui"):
            if threading.current_thread() is not threading.main_thread():
                self.elsewhere.append(name)

def screens():
    return {name for name in sys.modules if name.startswith("kzcase.ui")}

def load_last(self, loaded=warming.Warming._load_last):
    before = screens()
    missing = loaded(self)
    Watch.turns.append(len(screens() - before))
    return missing

def report(_entered=None):
    print(len(Watch.elsewhere), max(Watch.turns, default=0), sum(Watch.turns),
          sum(name not in sys.modules for name in warming.MODULES), flush=True)
    QTimer.singleShot(0, window.close)

warming.Warming._load_last = load_last
kept = settings.load()
app.dress(application, kept)
window = MainWindow(kept, Door(kept, floor=TINY))
window.ended.connect(application.quit)
window.show()
sys.meta_path.insert(0, Watch())
window.door.entered.connect(report)
"""
OPEN = "window.door.enter(Path(sys.argv[1]), sys.argv[2])\napplication.exec()"
IN_A_THREAD = """
def load():
    for name in warming.MODULES:
        __import__(name)
thread = threading.Thread(target=load)
thread.start()
thread.join()
report()
"""


def watched(folder: Path, then: str) -> tuple[int, int, int, int]:
    """A program of its own: modules of the window loaded elsewhere, at most and in all here by turns, and missing."""
    given = "" if then == IN_A_THREAD else str(casebook(folder, 0))
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + then, given, PASSPHRASE],
        capture_output=True, text=True, check=True, timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "KZCASE_HOME": str(folder), "PATH": "", "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    elsewhere, most, together, missing = map(int, done.stdout.split())
    return elsewhere, most, together, missing


def test_what_belongs_to_the_window_is_loaded_on_its_thread_one_module_a_turn(tmp_path: Path) -> None:
    elsewhere, most, together, missing = watched(tmp_path, OPEN)
    assert (elsewhere, most, missing) == (0, 1, 0)
    assert together > len(warming.MODULES)


def test_canary_screens_loaded_on_another_thread_are_noticed(tmp_path: Path) -> None:
    elsewhere, _most, together, _missing = watched(tmp_path, IN_A_THREAD)
    assert elsewhere > len(warming.MODULES)
    assert not together


@pytest.fixture
def standing_on_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three modules made for this test: the first stands on the second, and on one that does not exist."""
    (tmp_path / "made_above.py").write_text(
        "import made_below\ntry:\n    import made_not\nexcept ImportError:\n    pass"
    )
    (tmp_path / "made_below.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("made_above", "made_below"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(warming, "MODULES", ("made_above",))


@pytest.mark.usefixtures("standing_on_each_other")
def test_what_a_module_stands_on_is_named_instead_of_loaded() -> None:
    with pytest.raises(NotYet) as first, one_by_one("made_above"):
        __import__("made_above")
    assert first.value.name == "made_below"
    assert "made_below" not in sys.modules
    assert not any(isinstance(each, warming.OneByOne) for each in sys.meta_path)


@pytest.mark.usefixtures("standing_on_each_other")
def test_it_is_loaded_beside_then_the_module_that_wants_it(qtbot: QtBot) -> None:
    """What may be missing is asked for once and then left to whoever wants it."""
    warm = Warming()
    called: list[set[str]] = []
    with qtbot.waitSignal(warm.warm):
        warm.then(lambda: called.append({"made_above", "made_below"} & set(sys.modules)))
        assert not called, "not before it is loaded"
    assert called == [{"made_above", "made_below"}]
    warm.then(lambda: called.append(set()))
    assert called[1:] == [set()], "now at once"
    warm.stop()


@pytest.mark.usefixtures("standing_on_each_other")
def test_after_the_end_nobody_is_called(qtbot: QtBot) -> None:
    warm = Warming()
    called: list[bool] = []
    warm.then(lambda: called.append(True))
    warm.stop()
    qtbot.wait(50)
    assert not called


@pytest.mark.usefixtures("standing_on_each_other")
def test_for_tests_it_is_loaded_at_once() -> None:
    called: list[bool] = []
    InlineWarming().then(lambda: called.append("made_above" in sys.modules))
    assert called == [True]


def test_only_a_module_that_is_missing_itself_is_left_to_who_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made_broken.py").write_text("import made_not")
    monkeypatch.syspath_prepend(str(tmp_path))
    load_one_beside("made_not")
    with pytest.raises(ModuleNotFoundError):
        load_one_beside("made_broken")
