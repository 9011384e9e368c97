"""Whoever starts the window does not wait for the grammar of commands."""

import subprocess
import sys
from pathlib import Path

import pytest

from kzcase.cli.window import wants_only_the_window

HEAVY = ("click", "msgspec", "kzcase.cli.commands")
PROGRAM = """
import sys
from kzcase.cli import main
def window(casebook, passphrase_file):
    print(casebook, *(name for name in {heavy} if name in sys.modules))
    return 0
sys.exit(main({given}, window))
"""


def started(*given: str) -> list[str]:
    """What the window gets, and what was loaded before it."""
    program = PROGRAM.format(heavy=HEAVY, given=list(given))
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("given", [(), ("office.kzcase",), ("some/folder",)])
def test_the_window_is_opened_without_the_grammar(given: tuple[str, ...]) -> None:
    assert started(*given) == [given[0] if given else "None"]


def test_the_canary_the_long_way_loads_it() -> None:
    """The same window, with an option: the grammar reads it."""
    assert started("--lang", "kk", "office.kzcase") == ["office.kzcase", "click", "kzcase.cli.commands"]


@pytest.mark.parametrize(
    "given", [["demo"], ["--help"], ["office"], ["-x/y"], ["a.kzcase", "b"], ["check", "a.kzcase"]]
)
def test_everything_else_is_a_command(given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a folder that holds a casebook is called like a command."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "casebook.db").touch()
    monkeypatch.chdir(tmp_path)
    assert not wants_only_the_window(given)
