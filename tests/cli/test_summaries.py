"""Summaries of a file of cases, and attacks on releases that would give somebody away."""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kzcase.cli.summaries import _SPEC, FROZEN_TABLES
from kzcase.summaries.indicators import standard
from kzcase.summaries.spec import parse_spec
from tests.cli.running import Ran, file_with, run

SPEC = 'base = 5\ntables = [["region", "sex"], ["kind"]]\nkey_hex = "' + "00" * 32 + '"\n'


def cases(folder: Path, people: int = 200) -> Path:
    chance = random.Random(3)
    rows = [
        f"{chance.choice('abc')},{chance.choice(['f', 'm'])},{chance.choice(['x', 'y', 'y'])}" for _ in range(people)
    ]
    return file_with(folder, "cases.csv", "\n".join(["region,sex,kind", *rows]))


def test_a_file_of_cases_is_protected_and_holds(tmp_path: Path) -> None:
    spec, out = file_with(tmp_path, "spec.toml", SPEC), tmp_path / "out"
    made = run("summary", "--cases", cases(tmp_path), "--spec", spec, "--out", out, "--json")
    document = made.json("summary")
    assert document["stamps"] == ["comparison only"]
    assert document["people"] % 5 == 0
    assert {"cells.csv", "release.json"} <= set(document["files"])
    assert (out / "cells.csv").read_text(encoding="utf-8-sig").splitlines()[0] == "table,region,sex,kind,count"
    attacked = run("attack", out, "--json")
    assert (attacked.code, attacked.json("attack")["exposed"]) == (0, [])


@pytest.mark.parametrize(
    ("language", "stamp"),
    [("en", "Comparison only"), ("ru", "Только для сравнения"), ("kk", "Тек салыстыру үшін")],
)
def test_a_stamp_is_said_in_words(tmp_path: Path, language: str, stamp: str) -> None:
    spec, out = file_with(tmp_path, "spec.toml", SPEC), tmp_path / "out"
    made = run("--lang", language, "summary", "--cases", cases(tmp_path), "--spec", spec, "--out", out)
    assert made.code == 0
    assert stamp in made.out.decode()
    assert "comparison only" not in made.out.decode()


def test_the_help_shows_a_wish_that_is_understood() -> None:
    assert _SPEC.lines in run("summary", "--help").out.decode().replace("\n  ", "\n")
    wish = parse_spec(_SPEC.lines.encode())
    frozen = standard().tables
    assert set(wish.tables) <= set(frozen)
    assert "; ".join(", ".join(table) for table in frozen) == FROZEN_TABLES


def test_the_same_key_gives_the_same_numbers(tmp_path: Path) -> None:
    spec, file = file_with(tmp_path, "spec.toml", SPEC), cases(tmp_path)
    for name in ("a", "b"):
        assert run("summary", "--cases", file, "--spec", spec, "--out", tmp_path / name).code == 0
    assert (tmp_path / "a" / "cells.csv").read_bytes() == (tmp_path / "b" / "cells.csv").read_bytes()


def test_a_release_that_gives_somebody_away_ends_with_one(tmp_path: Path) -> None:
    lines = ["table,region,count", "region,a,1", "region,b,30", "region,*,31"]
    file_with(tmp_path, "cells.csv", "\n".join(lines))
    attacked = run("attack", tmp_path, "--json")
    assert attacked.code == 1
    assert "gives somebody away" in attacked.err or "give somebody away" in attacked.err
    (cell,) = [one for one in attacked.json("attack")["exposed"] if one["low"] == one["high"] == 1]
    assert "a" in cell["cell"]


def test_exposed_cells_alone_end_with_one(tmp_path: Path) -> None:
    """Nothing was altered and all is described: the numbers themselves give somebody away."""
    cells = file_with(tmp_path, "cells.csv", "table,region,count\nregion,a,1\nregion,b,30\nregion,*,31\n")
    print_of = {"files": {"cells.csv": hashlib.sha256(cells.read_bytes()).hexdigest()}}
    said = {"base": 5, "bound": 0, "fingerprints": print_of, "variables": {"region": ["a", "b"]}}
    file_with(tmp_path, "release.json", msgspec.json.encode(said))
    attacked = run("attack", tmp_path, "--json")
    document = attacked.json("attack")
    assert (document["altered"], document["undescribed"]) == ([], [])
    assert document["exposed"]
    assert attacked.code == 1


def test_bad_wishes_are_told(tmp_path: Path, casebook: Path) -> None:
    spec, out = file_with(tmp_path, "spec.toml", SPEC), tmp_path / "out"
    file = cases(tmp_path)
    for arguments in (
        ("--spec", spec, "--out", out),
        (casebook, "--cases", file, "--spec", spec, "--out", out),
        ("--cases", tmp_path / "none.csv", "--spec", spec, "--out", out),
        ("--cases", file, "--spec", tmp_path / "none.toml", "--out", out),
        ("--cases", file, "--spec", file_with(tmp_path, "x.toml", "base = "), "--out", out),
        ("--cases", file, "--spec", file_with(tmp_path, "y.toml", SPEC + "period = 5\n"), "--out", out),
        (casebook, "--spec", spec, "--out", out),
        (casebook, "--spec", spec, "--out", out, "--approve-as", "X"),
    ):
        refused = run("summary", *arguments)
        assert (refused.code, refused.out) == (2, b""), refused.err
    assert not out.exists()
    assert run("attack", tmp_path / "nowhere").code == 2


def released(folder: Path, spec: str = SPEC) -> Path:
    """A release that holds."""
    out = folder / "out"
    made = run("summary", "--cases", cases(folder), "--spec", file_with(folder, "spec.toml", spec), "--out", out)
    assert made.code == 0, made.err
    attacked = run("attack", out, "--json")
    assert (attacked.code, attacked.err) == (0, "")
    return out


def only_the_number(out: Path) -> None:
    """One published number is another now; nothing else."""
    text = (out / "cells.csv").read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.endswith("5"))
    (out / "cells.csv").write_text(text.replace(first, first[:-1] + "0"), encoding="utf-8")


def described_by(said: object) -> Callable[[Path], object]:
    return lambda out: (out / "release.json").write_bytes(msgspec.json.encode(said))


def without_fingerprint(out: Path) -> None:
    said = msgspec.json.decode((out / "release.json").read_bytes())
    del said["fingerprints"]["files"]["cells.csv"]
    described_by(said)(out)


TAMPERED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "another number": (only_the_number, "altered", "is not the file that release.json describes"),
    "another line end": (
        lambda out: (out / "cells.csv").write_bytes((out / "cells.csv").read_bytes().replace(b"\r\n", b"\n")),
        "altered",
        "is not the file that release.json describes",
    ),
    "no description": (lambda out: (out / "release.json").unlink(), "undescribed", "no release.json"),
    "an empty description": (described_by({}), "undescribed", "no release.json"),
    "a description of something else": (described_by({"format": "x", "base": 5}), "undescribed", "no release.json"),
    "fingerprints that are none": (described_by({"fingerprints": 5}), "undescribed", "no release.json"),
    "a description without the numbers": (without_fingerprint, "undescribed", "no release.json"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_release_that_is_not_the_one_described_ends_with_one(tmp_path: Path, how: str) -> None:
    tamper, key, words = TAMPERED[how]
    out = released(tmp_path)
    tamper(out)
    attacked = run("attack", out, "--json")
    assert attacked.code == 1, attacked.err
    assert attacked.json("attack")[key] == [str(out)]
    assert words in attacked.err


@pytest.mark.parametrize(
    "garbled", [b"", b"{", b"garbled", b"[]", b'{"base": 5, "base": 5}', b"\xff", b'{"bound": -1}']
)
def test_a_description_that_cannot_be_read_is_refused(tmp_path: Path, garbled: bytes) -> None:
    out = released(tmp_path)
    (out / "release.json").write_bytes(garbled)
    refused = run("attack", out)
    assert (refused.code, refused.out) == (2, b"")
    assert "release.json" in refused.err


def test_columns_that_speak_from_the_data_are_told(tmp_path: Path) -> None:
    out, file = tmp_path / "out", cases(tmp_path)

    def made(codebook: str) -> Ran:
        spec = file_with(tmp_path, "spec.toml", SPEC + codebook)
        return run("summary", "--cases", file, "--spec", spec, "--out", out, "--json")

    silent = made("")
    assert silent.json("summary")["from_data"] == ["region", "sex", "kind"]
    assert "region, sex, kind" in silent.err
    assert "[codebook]" in silent.err
    some = made('[codebook]\nregion = ["a", "b", "c"]\nsex = ["f"]\n')
    assert some.json("summary")["from_data"] == ["sex", "kind"]
    full = made('[codebook]\nregion = ["a", "b", "c", "d"]\nsex = ["f", "m"]\nkind = ["x", "y"]\n')
    assert (full.json("summary")["from_data"], full.err) == ([], "")


def test_a_spec_that_would_be_read_for_minutes_is_refused_at_once(tmp_path: Path) -> None:
    spec = file_with(tmp_path, "spec.toml", SPEC + "[" + "a." * 30_000 + "a]\n")
    refused = run("summary", "--cases", cases(tmp_path), "--spec", spec, "--out", tmp_path / "out")
    assert (refused.code, "too many dots" in refused.err) == (2, True)
    assert refused.err.startswith("spec, line 4: ")
    larger = file_with(tmp_path, "larger.toml", SPEC + "[" + "a." * 50_000 + "a]\n")
    refused = run("summary", "--cases", cases(tmp_path), "--spec", larger, "--out", tmp_path / "out")
    assert (refused.code, "64 KB" in refused.err) == (2, True)
