"""The measurements: named, run each as a program of its own, and missing in an installed program."""

import sys
from pathlib import Path

import pytest

from kzcase import paths
from tests.cli.running import file_with, run


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the program with two quick measurements in it."""
    (tmp_path / "bench").mkdir()
    for name, content in (("__init__", ""), ("quick", "print('ratio 0.5')"), ("wrong", "raise SystemExit(3)")):
        file_with(tmp_path / "bench", f"{name}.py", content)
    monkeypatch.setattr(paths, "shipped", lambda: tmp_path)
    return tmp_path


def test_measurements_are_run_and_told(shipped: Path) -> None:
    (one,) = run("bench", "quick", "--json").json("bench")["benches"]
    assert (one["name"], one["ok"], one["lines"]) == ("quick", True, ["ratio 0.5"])
    both = run("bench", "--json")
    assert both.code == 1
    assert [(bench["name"], bench["ok"]) for bench in both.json("bench")["benches"]] == [
        ("quick", True),
        ("wrong", False),
    ]
    assert b"ratio 0.5" in run("bench", "quick").out


def test_an_unknown_measurement_is_told(shipped: Path) -> None:
    assert run("bench", "nothing").code == 2


def test_an_installed_program_says_that_it_has_none(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as packaged:
        packaged.setattr(sys, "frozen", True, raising=False)
        assert run("bench").code == 2
    monkeypatch.setattr(paths, "shipped", lambda: tmp_path / "elsewhere")
    refused = run("bench")
    assert (refused.code, "source" in refused.err) == (2, True)
