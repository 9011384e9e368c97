"""All tests are run, each once, and one room that is not well is enough."""

from collections import Counter
from pathlib import Path

import pytest

from tests import together


def test_every_test_file_is_in_exactly_one_room() -> None:
    asked = [Path(path) for _room, paths in together.rooms() for path in paths]
    found = Counter(file for path in asked for file in ([path] if path.is_file() else path.rglob("test_*.py")))
    assert found == Counter(together.TESTS.rglob("test_*.py"))


def test_every_room_that_is_named_is_there() -> None:
    assert {each for each in (*together.LONGEST, *together.SHORT) if not (together.TESTS / each).is_dir()} == set()
    assert not set(together.LONGEST) & set(together.SHORT)


@pytest.mark.parametrize(("code", "said"), [(0, 0), (1, 1), (5, 5), (-9, -9)])
def test_one_room_that_is_not_well_is_enough(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], code: int, said: int
) -> None:
    monkeypatch.setattr(together, "_tested", lambda paths: (code if "paper" in paths[0] else 0, b"heard\n"))
    assert together.main() == said
    out = capfdbinary.readouterr().out
    assert out.count(b"heard\n") == len(list(together.rooms()))
    assert (b"not well: paper" in out) == bool(code)
