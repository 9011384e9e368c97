"""The rules as shipped: read once, named by a hash, and refused with a place when a file is broken."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kzcase import paths
from kzcase.db.rulebook import baseline, read_rulebook
from kzcase.domain.errors import BrokenDefinition, NotFound, UnknownCode
from kzcase.i18n import render


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rules that a test may spoil."""
    for room in ("codes", "rules", "pathways"):
        shutil.copytree(paths.resources(room), tmp_path / room)
    return tmp_path


def test_the_baseline_is_read_once_and_answers() -> None:
    rulebook = baseline()
    assert rulebook is baseline()
    assert rulebook.name("region", "KZ-75", "kk") == "Алматы қаласы"
    assert rulebook.countries["UZ"].en == "Uzbekistan"
    assert rulebook.deadline("host_notice", date(2025, 1, 3)).due == date(2025, 1, 8)
    assert rulebook.mci.on(date(2026, 1, 1)).amount == 4325
    assert rulebook.age_band("summary", "1994-05", date(2026, 6, 1)).attribute("band") == "25-44"
    assert rulebook.stage("trafficking", {"opened": True}).stage == "signal"
    question = {"citizenship": "UZ", "stays": [{"in": "2026-01-10", "out": None}], "today": "2026-01-10"}
    assert rulebook.stay(question).as_json()["last_day"] == "2026-02-08"


def test_every_kind_of_case_of_the_first_release_has_a_pathway() -> None:
    assert set(baseline().pathways) == {code.code for code in baseline().list("case_kind")}
    assert all(pathway.id == kind for kind, pathway in baseline().pathways.items())


def test_every_reason_and_regime_of_the_rules_has_words() -> None:
    rulebook = baseline()
    for known in rulebook.calendar.exceptions.values():
        assert known.code in rulebook.list("day_off")
    regimes = {part.split("=")[1] for c in rulebook.countries for part in c.attribute("regime").split(";") if part}
    assert regimes == {code.code for code in rulebook.list("stay_regime")}
    for rule in rulebook.deadlines.versions:
        assert not rule.replaced_by or rule.replaced_by in rulebook.deadlines.ids


@pytest.mark.parametrize("ask", [lambda b: b.list("colours"), lambda b: b.stage("nothing", {})])
def test_what_is_not_there_is_not_found(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(NotFound):
        ask(baseline())


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownCode):
        baseline().name("region", "KZ-00", "ru")


def test_the_hash_follows_the_content_and_not_the_line_endings(folder: Path) -> None:
    before = read_rulebook(folder).hash
    assert before == baseline().hash
    sex = folder / "codes" / "sex.csv"
    sex.write_bytes(sex.read_bytes().replace(b"\n", b"\r\n"))
    assert read_rulebook(folder).hash == before
    sex.write_text(sex.read_text("utf-8").replace("мужской", "муж."), "utf-8")
    assert read_rulebook(folder).hash != before


@pytest.mark.parametrize(
    ("file", "content", "place"),
    [
        ("codes/sex.csv", b"code\n", "codes/sex.csv:1"),
        ("codes/sex.csv", b"\xff\xfe", "codes/sex.csv"),
        ("rules/deadlines.toml", b"][", "rules/deadlines.toml"),
        ("rules/deadlines.toml", None, "rules/deadlines.toml"),
        ("rules/holidays.csv", None, "rules/holidays.csv"),
        ("rules/mci.csv", b"", "rules/mci.csv:1"),
        ("pathways/child.toml", b"id = 3", "pathways/child.toml"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(folder: Path, file: str, content: bytes | None, place: str) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(BrokenDefinition) as refused:
        read_rulebook(folder)
    assert refused.value.place == place
    assert render(refused.value.sentence(), "ru")


def test_reading_the_rules_brings_in_nothing_heavy() -> None:
    heavy = ("sqlalchemy", "PySide6", "holidays", "reportlab", "babel", "numpy", "rapidfuzz", "sqlcipher3")
    asked = f"import sys, kzcase.db.rulebook as r; r.baseline(); print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
