"""The demonstration: built once, performed again, never mistaken for anything else; its summary holds attack."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from kzcase.cli.documents import Demonstration
from kzcase.domain.errors import DiskTrouble
from kzcase.domain.papers import neutral_code
from tests.cli.running import Ran, copied, file_with, run
from tests.paper.reading import text_of

SCRIPT = Path(__file__).parents[2] / "packaging" / "linux" / "run-demo.sh"
SPEC = 'base = 5\ntables = [["region"], ["sex", "exploitation"]]\nperiod = "{period}"\n'


PRINTED = (
    ("referral_letter", ""),
    ("victim_screening", ""),
    ("victim_screening", "-blank"),
    ("consent", ""),
    ("call_sheet", ""),
    ("case_sheet", ""),
)

AROUND = 3 + 1
"""At most so many people without a case: the mothers of three children, and somebody who asks after one of them. On
some days fewer of the youngest cases are children's."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A whole demonstration, made once."""
    folder = tmp_path_factory.mktemp("demo") / "deep" / "demo"
    return folder, run("demo", folder, "--no-window", "--lang", "ru", "--json")


def test_a_demonstration_is_performed_whole(demo: tuple[Path, Ran]) -> None:
    folder, ran = demo
    assert ran.code == 0, ran.err
    document = ran.json("demo")
    assert {Path(file).name for file in document["papers"]} == {
        f"{neutral_code(paper)}{blank}-{language}.pdf" for paper, blank in PRINTED for language in ("kk", "ru", "en")
    }
    words = {word for name, _blank in PRINTED for word in name.split("_")}
    assert not [file for file in document["papers"] if any(word in Path(file).name.lower() for word in words)]
    assert {Path(file).name for file in document["summary"]} == {
        "cells.csv",
        "release.json",
        "summary.pdf",
        "summary.xlsx",
    }
    kinds = [step["act"] for step in document["steps"]]
    day = ["call.logged", "case.opened", "form.answered", "consent.given", "referral.drafted", "referral.sent"]
    assert [kind for kind in kinds if kind in day] == day
    assert kinds[-3:] == ["summary.released", "summary.approved", "summary.released"]
    assert all(step["seconds"] >= 0 for step in document["steps"])
    assert not list(folder.glob("unfinished*"))


def test_its_papers_say_that_everything_is_invented(demo: tuple[Path, Ran]) -> None:
    letters = list((demo[0] / "papers").glob(f"{neutral_code('referral_letter')}-*.pdf"))
    assert len(letters) == 3
    for file in letters:
        said = text_of(file.read_bytes())
        assert "Юсупов" in said
        assert "вымышлен" in said


def test_its_summary_is_approved_and_gives_nobody_away(demo: tuple[Path, Ran]) -> None:
    summary = demo[0] / "summary"
    assert json.loads((summary / "release.json").read_text())["stamps"] == []
    attacked = run("attack", summary, "--json")
    assert attacked.code == 0
    assert attacked.json("attack")["exposed"] == []


def test_what_it_holds_checks_well(demo: tuple[Path, Ran]) -> None:
    document = demo[1].json("demo")
    arguments = (document["casebook"], "--passphrase-file", document["passphrase_file"], "--json")
    assert run("check", *arguments).json("check")["findings"] == []
    counted = run("count", *arguments).json("count")
    assert counted["cases"] == 201
    assert 201 <= counted["people"] <= 201 + AROUND
    assert counted["calls"] == 751


def test_history_lies_in_the_past(demo: tuple[Path, Ran]) -> None:
    document = demo[1].json("demo")
    arguments = (document["casebook"], "--passphrase-file", document["passphrase_file"], "--json")
    cases = run("case", "list", *arguments, "--limit", 1000).json("case list")["cases"]
    closed = [case for case in cases if case["closed_on"]]
    assert closed
    assert len({case["closed_on"] for case in closed}) > len(closed) / 3
    assert all(case["opened_on"] <= case["closed_on"] for case in closed)


def test_it_is_not_built_twice_and_can_be_performed_again(demo: tuple[Path, Ran]) -> None:
    folder, first = demo
    refused = run("demo", folder, "--no-window")
    assert (refused.code, "--again" in refused.err) == (2, True)
    again = run("demo", folder, "--no-window", "--again", "--lang", "ru", "--json")
    assert again.code == 0, again.err
    kinds = [step["act"] for step in again.json("demo")["steps"]]
    assert "casebook.founded" not in kinds
    assert "partner.added" not in kinds
    assert again.json("demo")["papers"] == first.json("demo")["papers"]


def test_a_summary_of_the_demonstration_by_hand(demo: tuple[Path, Ran], tmp_path: Path) -> None:
    document = demo[1].json("demo")
    period = json.loads((demo[0] / "summary" / "release.json").read_text())["periods"][0]
    spec = file_with(tmp_path, "spec.toml", SPEC.format(period=period))
    own = (document["casebook"], "--passphrase-file", document["passphrase_file"], "--spec", spec, "--json")
    waiting = run("summary", *own, "--out", tmp_path / "a")
    assert waiting.json("summary")["stamps"] == ["not approved"]
    assert "--approve-as" in waiting.err
    assert run("summary", *own, "--out", tmp_path / "a").code == 2  # nothing is overwritten
    second = ("--approve-as", "Ерлан Мысал", "--approve-passphrase-file", demo[0] / "passphrase-supervisor.txt")
    made = run("summary", *own, "--out", tmp_path / "b", *second).json("summary")
    assert (made["stamps"], made["approved"], made["periods"]) == ([], True, [period])
    assert made["base"] == 5
    releases = [tmp_path / "a", tmp_path / "b", demo[0] / "summary"]
    for together in (releases, releases[::-1]):
        attacked = run("attack", *together, "--json").json("attack")
        assert (attacked["exposed"], attacked["contradictory"]) == ([], False)
    own_name = ("--approve-as", "Айнұр Үлгі", "--approve-passphrase-file", document["passphrase_file"])
    assert run("summary", *own, "--out", tmp_path / "c", *own_name).code == 2  # not by the one who made it


def test_the_same_seed_gives_the_same_people(tmp_path: Path) -> None:
    def people(name: str, seed: int) -> list[tuple[str, str]]:
        made = run("demo", tmp_path / name, "--cases", 3, "--seed", seed, "--lang", "kk", "--no-window", "--json")
        document = made.json("demo")
        assert document["summary"] == []
        listed = run(
            *("case", "list", document["casebook"], "--passphrase-file", document["passphrase_file"]),
            *("--show-names", "--order", "number", "--json"),
        )
        return [(case["name"], case["opened_on"]) for case in listed.json("case list")["cases"]]

    assert people("a", 7) == people("b", 7)


def test_a_casebook_of_real_people_is_never_taken_for_a_demonstration(tmp_path: Path, passphrase: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    copied(tmp_path).rename(folder / "demonstration.kzcase")
    file_with(folder, "passphrase.txt", passphrase.read_bytes())
    refused = run("demo", folder, "--again", "--no-window")
    assert (refused.code, "demonstration casebook" in refused.err) == (2, True)
    assert run("count", folder / "demonstration.kzcase", "--json").json("count")["acts"] == 4


def test_a_start_that_was_stopped_leaves_nothing_that_looks_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise DiskTrouble(reason="stopped")

    with monkeypatch.context() as patched:
        patched.setattr("kzcase.demo.main_job._fill", stopped)
        assert run("demo", tmp_path / "demo", "--cases", 1, "--no-window").code == 3
    assert not (tmp_path / "demo" / "demonstration.kzcase").exists()
    assert run("demo", tmp_path / "demo", "--cases", 1, "--no-window").code == 0
    assert [file.name for file in (tmp_path / "demo").glob("*.kzcase")] == ["demonstration.kzcase"]


@pytest.mark.parametrize("name", ["passphrase.txt", "papers", "summary"])
def test_files_of_somebody_else_are_left_alone(tmp_path: Path, name: str) -> None:
    kept = file_with(tmp_path, name, "mine")
    assert run("demo", tmp_path, "--cases", 1, "--no-window").code == 2
    assert kept.read_text() == "mine"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_make_run_performs_the_day_where_there_is_no_screen(demo: tuple[Path, Ran]) -> None:
    environment = {"PATH": os.environ["PATH"], "KZCASE_DEMO": str(demo[0]), "KZCASE_HOME": str(demo[0].parent)}
    done = subprocess.run(["bash", SCRIPT], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(demo[0] / "papers" / f"{neutral_code('referral_letter')}-kk.pdf") in done.stdout


def test_the_window_opens_on_it_where_there_is_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kzcase.cli import main

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    opened = []

    def window(casebook: Path | None, passphrase_file: Path | None) -> int:
        opened.append((casebook, passphrase_file))
        return 0

    folder = tmp_path / "demo"
    assert main(["demo", str(folder), "--cases", "1"], window) == 0
    assert opened == [(folder / "demonstration.kzcase", folder / "passphrase.txt")]


@pytest.mark.parametrize(("chosen", "asked", "speaks"), [("", "ru", "ru"), ("kk", "ru", "kk"), ("", None, "")])
def test_the_window_speaks_the_language_asked_for_unless_one_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, asked: str | None, speaks: str
) -> None:
    from kzcase import settings
    from kzcase.cli import main

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    preferences = settings.load()
    if chosen:
        preferences.set(settings.LANGUAGE, chosen)
    found = []

    def window(casebook: Path | None, passphrase_file: Path | None) -> int:
        found.append(settings.load().get(settings.LANGUAGE))
        return 0

    arguments = ["demo", str(tmp_path / "demo"), "--cases", "0", *(("--lang", asked) if asked else ())]
    assert main(arguments, window) == 0
    assert found == [speaks]


def test_without_a_window_nothing_is_chosen_for_anybody(tmp_path: Path) -> None:
    from kzcase import settings

    assert run("demo", tmp_path / "demo", "--cases", 0, "--lang", "ru", "--no-window").code == 0
    assert settings.load().get(settings.LANGUAGE) == ""


def test_everything_is_written_in_the_language_asked_for(tmp_path: Path) -> None:
    made = run("demo", tmp_path / "demo", "--cases", 12, "--lang", "en", "--no-window", "--json").json("demo")
    book = (made["casebook"], "--passphrase-file", made["passphrase_file"])
    for case in run("case", "list", *book, "--json").json("case list")["cases"]:
        shown = run("case", "show", *book, case["number"], "--reason", "asked", "--json").json("case show")
        texts = [note["text"] for note in shown["notes"] if note["text"]]
        assert texts
        assert not [text for text in texts if re.search("[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]", text)]


def test_the_document_names_every_field_of_the_contract() -> None:
    assert set(Demonstration.__struct_fields__) == {"casebook", "passphrase_file", "papers", "summary", "steps"}
