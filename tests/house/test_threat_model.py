"""The page of promises cannot drift: every row of the checklist is there once, and every test it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "threat-model.md"
ROWS = {"K": 17, "L": 8, "M": 15, "D": 20, "B": 8, "A": 6, "I": 14, "O": 5, "S": 17, "P": 6}
"""Keys, locking, memory, database, backup, audit, input, output, sync, process: how many rows each has."""
_ROW = re.compile(r"^\| ([A-Z]\d+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+(?:\.py)?/?)(?:::(\w+))?`")


def rows(page: str) -> list[tuple[str, str, str]]:
    return _ROW.findall(page)


@cache
def functions_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef))


def is_there(named: tuple[str, str]) -> bool:
    path, function = ROOT / named[0], named[1]
    if not function:
        return path.exists()
    return path.is_file() and function in functions_in(path)


def fault_in(state: str) -> str:
    """What is wrong with what a row says, or nothing."""
    if state.startswith("not done, because ") and len(state) > len("not done, because ") + 10:
        return ""
    named = _TEST.findall(state)
    if not state.startswith(("done, by `", "in part, by `")) or not named:
        return "says neither which test shows it nor why there is none"
    if state.startswith("in part") and "; not done, because " not in state:
        return "does not say what is missing"
    return "" if all(map(is_there, named)) else "names a test that is not there"


def test_every_row_stands_there_once() -> None:
    wanted = [f"{letter}{number}" for letter, most in ROWS.items() for number in range(1, most + 1)]
    assert sorted(row for row, _, _ in rows(PAGE.read_text(encoding="utf-8"))) == sorted(wanted)
    assert len(wanted) == 116


def test_every_row_is_shown_by_a_test_or_says_why_not() -> None:
    faults = {row: fault for row, _, state in rows(PAGE.read_text(encoding="utf-8")) if (fault := fault_in(state))}
    assert not faults


def test_every_test_the_page_names_exists() -> None:
    named = _TEST.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 100
    assert [each for each in named if not is_there(each)] == []


@pytest.mark.parametrize(
    "state",
    [
        "done",
        "done, by `tests/db/test_engine.py::test_that_was_renamed`",
        "done, by `tests/db/no_such_file.py`",
        "not done, because ",
        "in part, by `tests/db/test_engine.py`",
    ],
)
def test_a_promise_without_a_test_is_noticed(state: str) -> None:
    assert fault_in(state)
