"""Tests about the code itself: sizes, first lines, nothing left open, and privacy decided in one place only."""

import ast
import re
from pathlib import Path

from tests.house.words import HOUSE

LONGEST_FUNCTION = 60
LONGEST_MODULE = 350
ROLE_IN_SCREENS = re.compile(r"\brole\b\s*(==|!=|in\b)(?!.*(Qt|ItemDataRole|_ROLE))|\.roles\b")
"""Qt's own item roles are something else."""
ITEMS_ASKED_FOR = re.compile(r"\.itemAt(Position)?\(")
"""Qt deletes the items of a layout without a word to Python, which then takes whatever is made at the same address for
the item: a window, too, which nobody would then watch for the lock."""
ENDED_AT_ONCE = re.compile(r"sendPostedEvents\(.*DeferredDelete")
"""Qt ends a widget between two turns of the window; ended earlier, an event on its way through its parents finds
nothing there, and the program dies."""
OPEN_ENDS = re.compile(r"\b(TODO|FIXME|HACK)\b|# XXX|raise NotImplementedError")


def modules(room: str = "") -> list[Path]:
    found = sorted((HOUSE / "kzcase" / room).rglob("*.py"))
    return [path for path in found if "migrations/versions" not in path.as_posix()]


def long_functions(source: str) -> list[str]:
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]


def test_no_function_is_longer_than_a_screen() -> None:
    assert not {path.name: names for path in modules() if (names := long_functions(path.read_text()))}


def test_a_long_function_is_noticed() -> None:
    assert long_functions("def long():\n" + "    pass\n" * 60) == ["long"]


def test_modules_hold_one_thing() -> None:
    sizes = {path.relative_to(HOUSE): path.read_text().count("\n") for path in modules()}
    assert not {name: lines for name, lines in sizes.items() if lines > LONGEST_MODULE}


def test_every_module_says_what_it_is_for() -> None:
    assert not [path for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]


def test_nothing_is_left_open() -> None:
    assert not [path for path in modules() if OPEN_ENDS.search(path.read_text())]


def test_screens_do_not_decide_by_role() -> None:
    assert not [path for path in modules("ui") if ROLE_IN_SCREENS.search(path.read_text())]


def test_a_screen_that_decides_by_role_is_noticed() -> None:
    assert ROLE_IN_SCREENS.search("if role == 'supervisor':")
    assert ROLE_IN_SCREENS.search("if 'x' in acting.roles:")


def test_no_layout_is_asked_for_its_items() -> None:
    assert not [path for path in modules("ui") if ITEMS_ASKED_FOR.search(path.read_text())]


def test_a_screen_that_asks_a_layout_is_noticed() -> None:
    assert ITEMS_ASKED_FOR.search("first = row.itemAt(0).widget()")
    assert ITEMS_ASKED_FOR.search("self._grid.itemAtPosition(line, 0)")
    assert not ITEMS_ASKED_FOR.search("def itemAt(self, index: int) -> QLayoutItem | None:")


def test_widgets_end_between_two_turns() -> None:
    assert not [path for path in modules("ui") if ENDED_AT_ONCE.search(path.read_text())]


def test_a_widget_ended_at_once_is_noticed() -> None:
    assert ENDED_AT_ONCE.search("QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)")
    assert not ENDED_AT_ONCE.search("widget.deleteLater()")


def broad_excepts(source: str) -> list[int]:
    """Lines that catch everything: allowed only at the doors of the worker and of the crash hook."""
    handlers = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ExceptHandler))
    return [h.lineno for h in handlers if h.type is None or ast.unparse(h.type) in {"Exception"}]


def test_everything_is_caught_only_at_the_doors() -> None:
    doors = {"lanes.py", "work.py", "crash.py", "__main__.py"}
    assert not [path for path in modules() if path.name not in doors and broad_excepts(path.read_text())]


def test_the_store_is_never_opened_with_the_standard_library() -> None:
    users = [p.name for p in modules() if re.search(r"^\s*(import|from)\b.*\bsqlite3\b", p.read_text(), re.M)]
    assert users == ["engine.py"]  # which takes the authorizer's numbers from it and nothing else
    text = (HOUSE / "kzcase/db/engine.py").read_text()
    assert "_names.connect" not in text
    assert [p.name for p in modules() if "create_engine(" in p.read_text()] == ["engine.py"]  # else it would be plain
    assert "module=sqlcipher" in text
