"""What Qt's bindings carry as text is compiled once and not at every start; and never anything but that text is run."""

import builtins
import sys
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from kzcase.ui.bindings import kept_compiled

CARRIED = "shibokensupport/any.py"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Python really compiled."""
    done: list[str] = []
    compiled = builtins.compile

    def counted(source: Any, filename: Any, *more: Any, **named: Any) -> Any:
        done.append(str(filename))
        return compiled(source, filename, *more, **named)

    monkeypatch.setattr(builtins, "compile", counted)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return done


def started(kept: Path, text: bytes = b"found = 1", name: str = CARRIED) -> dict[str, Any]:
    """One start, in which the bindings compile and run this text; gives what it made."""
    made: dict[str, Any] = {}
    with kept_compiled(kept):
        code = compile(text, name, "exec")
    assert isinstance(code, CodeType)
    exec(code, made)
    return made


def test_the_second_start_compiles_nothing(tmp_path: Path, times: list[str]) -> None:
    kept = tmp_path / "deep" / "carried.pyc"
    assert [started(kept)["found"] for _start in range(3)] == [1, 1, 1]
    assert times == [CARRIED]


def test_another_text_of_the_same_name_is_compiled_anew(tmp_path: Path, times: list[str]) -> None:
    """As after an update of the bindings; a canary would be to go by the name alone."""
    kept = tmp_path / "carried.pyc"
    assert [started(kept, text)["found"] for text in (b"found = 1", b"found = 2", b"found = 2")] == [1, 2, 2]
    assert times == [CARRIED] * 2


@pytest.mark.parametrize("found", [b"", b"nothing of the kind", "whole"])
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, times: list[str], found: bytes | str) -> None:
    kept = tmp_path / "carried.pyc"
    started(kept)
    kept.write_bytes(found if isinstance(found, bytes) else kept.read_bytes()[:-5])
    assert started(kept)["found"] == 1
    assert times == [CARRIED] * 2


def test_where_python_writes_nothing_nothing_is_kept(
    tmp_path: Path, times: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    started(tmp_path / "carried.pyc")
    assert times == [CARRIED]
    assert not list(tmp_path.iterdir())


def test_a_folder_nobody_may_write_into_is_no_reason_to_stop(tmp_path: Path, times: list[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert started(tmp_path / "file" / "carried.pyc")["found"] == 1
    assert times == [CARRIED]


def test_what_is_not_theirs_is_compiled_as_ever(tmp_path: Path, times: list[str]) -> None:
    kept = tmp_path / "carried.pyc"
    for _start in range(2):
        started(kept, name="somewhere.py")
    assert times == ["somewhere.py"] * 2
    assert not kept.exists()
    assert builtins.compile.__name__ == "counted", "Python compiles by itself again"
