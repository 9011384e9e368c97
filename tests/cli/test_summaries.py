"""Summaries of a file of cases, and attacks on releases that would give somebody away."""

import random
from pathlib import Path

from tests.cli.running import file_with, run

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
    (cell,) = [one for one in attacked.json("attack")["exposed"] if one["low"] == one["high"] == 1]
    assert "a" in cell["cell"]


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
