"""Papers from the command line: blank in three languages, filled with what consent and class allow, then recorded."""

import hashlib
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.papers import paper_names
from kzcase.cli.papers import PAPERS_TO_PRINT
from kzcase.demo.day import scripted_day
from kzcase.demo.runner import Runner
from kzcase.forms.library import shipped_forms
from kzcase.i18n import LANGUAGES
from tests.cli.running import CASE, SECOND, acts_file, file_with, run
from tests.db.books import START, founded
from tests.paper.lots import drawn
from tests.paper.reading import text_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_print_blank(tmp_path: Path, language: str) -> None:
    for paper in (*PAPERS_TO_PRINT, *drawn(shipped_forms(), 3)):
        target = tmp_path / f"{paper}.pdf"
        printed = run("print", paper, "--lang", language, "-o", target, "--json").json("print")
        assert printed["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
        assert text_of(target.read_bytes()).strip(), paper


@pytest.mark.parametrize("paper", ["recovery_share", "P50", "nothing", "../x"])
def test_what_cannot_be_printed_is_told(tmp_path: Path, paper: str) -> None:
    refused = run("print", paper, "--lang", "kk", "-o", tmp_path / "x.pdf")
    assert (refused.code, (tmp_path / "x.pdf").exists()) == (2, False)
    assert f"no paper or form “{paper}”" in refused.err
    assert "case_sheet" in refused.err


def test_a_paper_nearly_named_is_offered_alone(tmp_path: Path) -> None:
    refused = run("print", "neds_assessment", "--lang", "kk", "-o", tmp_path / "x.pdf")
    assert "Did you mean: needs_assessment" in refused.err
    assert "case_sheet" not in refused.err


NOT_YET = {
    "referral_letter": "This case has no referral yet.",
    "consent": "This case has no consent yet.",
    "call_sheet": "This case did not begin with a call.",
    "victim_screening": "This form has not been filled in for this case yet.",
}


@pytest.mark.parametrize("paper", NOT_YET)
def test_what_a_case_does_not_have_yet_is_told_and_what_to_do(casebook: Path, tmp_path: Path, paper: str) -> None:
    (case,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    filled = ("--casebook", casebook, "--case", case["number"], "-o", tmp_path / "x.pdf")
    refused = run("print", paper, "--lang", "kk", *filled, "--safe-to-take", "office")
    assert (refused.code, (tmp_path / "x.pdf").exists()) == (2, False)
    assert NOT_YET[paper] in refused.err
    assert "Print the paper blank, or record it first." in refused.err
    numbered = run("print", paper, "--lang", "kk", *filled, "--number", "R-9")
    assert numbered.code == 2


@pytest.mark.parametrize("target", ["", ".", "-", "no/such/folder.pdf", "kept/x.pdf"])
def test_nothing_is_recorded_of_a_paper_with_nowhere_to_go(casebook: Path, tmp_path: Path, target: str) -> None:
    file_with(tmp_path, "kept", "kept")
    (case,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    place = tmp_path / target if target not in ("", "-") else target
    filled = ("--casebook", casebook, "--case", case["number"], "-o", place)
    assert run("print", "case_sheet", "--lang", "kk", *filled).code == 2
    acts = run("case", "history", casebook, case["id"], "--json").json("case history")["acts"]
    assert [act["kind"] for act in acts] == ["case.opened"]


def test_a_name_paper_cannot_show_prints_once_it_is_also_written_in_latin(casebook: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    named = CASE | {"person": {"names": [{"family": "محمد", "given": "علي"}]}}
    (done,) = run("act", casebook, acts_file(tmp_path, [named]), "--json").json("act")
    filled = ("--casebook", casebook, "--case", done["number"], "-o", target)
    refused = run("print", "case_sheet", "--lang", "ru", *filled)
    assert (refused.code, target.exists()) == (2, False)
    assert "Arabic letters" in refused.err
    latin = {"act": "name.added", "person": done["person"], "family": "Muhammad", "given": "Ali"}
    assert run("act", casebook, acts_file(tmp_path, [latin])).code == 0
    assert run("print", "case_sheet", "--lang", "ru", *filled).code == 0
    assert "Muhammad Ali" in text_of(target.read_bytes())


def test_a_paper_of_a_case_is_in_its_history(casebook: Path, tmp_path: Path) -> None:
    (case,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    target = tmp_path / "case.pdf"
    filled = ("--casebook", casebook, "--case", case["number"], "-o", target)
    printed = run("print", "case_sheet", "--lang", "ru", *filled, "--json").json("print")
    assert printed["number"] == case["number"]
    assert "Каримова" in text_of(target.read_bytes())
    acts = run("case", "history", casebook, case["id"], "--json").json("case history")["acts"]
    assert [act["kind"] for act in acts] == ["case.opened", "paper.printed"]
    for paper in ("referral_letter", "consent", "call_sheet", "victim_screening"):
        assert run("print", paper, "--lang", "ru", *filled).code == 2  # the case has none of these yet
    assert run("print", "case_sheet", "--lang", "ru", "--casebook", casebook, "-o", target).code == 2


def test_a_paper_has_the_date_of_kazakhstan_with_a_casebook_and_without(
    casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Evening(datetime):
        """20:30 in London: the next day in Kazakhstan."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Evening":
            return cls(2026, 11, 22, 20, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("kzcase.cli.papers.datetime", Evening)
    target = tmp_path / "x.pdf"
    assert run("print", "call_sheet", "--lang", "en", "-o", target).code == 0
    assert "23" in text_of(target.read_bytes()).partition("version")[2][:30]


def test_the_safety_card_is_printed_at_the_size_of_a_bank_card(casebook: Path, tmp_path: Path) -> None:
    target = tmp_path / "card.pdf"
    assert run("print", "safety_card", "--lang", "ky", "--wallet", "-o", target).code == 0
    assert text_of(target.read_bytes()).count("Пайдалуу номерлер") == 5
    assert run("print", "rights_sheet", "--lang", "ky", "--wallet", "-o", target).code == 2


def test_nothing_is_recorded_of_a_paper_that_failed(casebook: Path, tmp_path: Path) -> None:
    (case,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    filled = ("--casebook", casebook, "--case", case["number"], "-o", tmp_path / "x.pdf")
    assert run("print", "consent", "--lang", "kk", *filled, "--safe-to-take", "yes").code == 2
    acts = run("case", "history", casebook, case["id"], "--json").json("case history")["acts"]
    assert len(acts) == 1


def test_a_role_that_may_not_refer_prints_no_letter(casebook: Path, tmp_path: Path) -> None:
    (case,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    second = file_with(tmp_path, "second.txt", SECOND)
    filled = ("--casebook", casebook, "--case", case["number"], "-o", tmp_path / "x.pdf")
    assert run("print", "referral_letter", "--lang", "kk", *filled, "--passphrase-file", second).code == 2


def test_a_letter_says_only_what_the_consent_covers(tmp_path: Path) -> None:
    from kzcase.actions.papers import WantedPaper, print_paper

    def letter(classes: list[str]) -> str:
        with founded(tmp_path) as book:
            runner = Runner(book)
            for act in scripted_day(START.date(), "ru"):
                fields: dict[str, Any] = act | ({"classes": classes} if act["act"] == "consent.given" else {})
                runner.perform(fields)
            made = print_paper(book, WantedPaper("referral_letter", "ru", runner.made("day-case")["case"]))
        return text_of(made.content)

    assert "Юсупов" in letter(["identifying"])
    assert "+7 709 000 09 02" not in letter(["identifying"])
    assert "Юсупов" not in letter(["contact"])


def test_a_letter_that_says_nothing_or_is_not_sent_is_told_at_printing(tmp_path: Path) -> None:
    from kzcase.actions.papers import WantedPaper, print_paper
    from kzcase.i18n import render

    def told(classes: list[str], *, sent: bool) -> list[str]:
        with founded(tmp_path) as book:
            runner = Runner(book)
            for act in scripted_day(START.date(), "ru"):
                fields: dict[str, Any] = act | ({"classes": classes} if act["act"] == "consent.given" else {})
                if sent or not act["act"].startswith("referral.") or act["act"] == "referral.drafted":
                    runner.perform(fields)
            made = print_paper(book, WantedPaper("referral_letter", "ru", runner.made("day-case")["case"]))
        return [render(words, "en") for words in made.to_know]

    [nothing] = told(["identifying"], sent=True)
    assert "neither what is needed nor why" in nothing
    assert told(["operational"], sent=True) == []
    [draft] = told(["operational"], sent=False)
    assert "has not been sent yet" in draft


@pytest.mark.parametrize(
    ("language", "paper", "form"),
    [
        ("kk", "case_sheet: Кейс парағы", "rights_sheet: Сіздің құқықтарыңыз"),
        ("ru", "case_sheet: Лист случая", "rights_sheet: Ваши права"),
        ("en", "case_sheet: Case sheet", "rights_sheet: Your rights"),
    ],
)
def test_what_there_is_to_print_is_named_in_words(tmp_path: Path, language: str, paper: str, form: str) -> None:
    refused = run("--lang", language, "print", "nothing", "--lang", "ru", "-o", tmp_path / "x.pdf")
    assert refused.code == 2
    assert f" {paper};" in refused.err
    assert f" {form};" in refused.err
    assert refused.err.count(";") == len(paper_names()) - 1


def test_the_help_names_every_paper_that_can_be_printed() -> None:
    papers = paper_names()
    assert (*PAPERS_TO_PRINT, *shipped_forms()) == papers
    assert ", ".join(PAPERS_TO_PRINT) in " ".join(run("print", "--help").out.decode().split())


FORM = "victim_screening"


def test_a_blank_sheet_of_a_case_comes_back_by_scan(casebook: Path, tmp_path: Path) -> None:
    (case,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    target = tmp_path / "x.pdf"
    of_case = ("--casebook", casebook, "--case", case["number"], "-o", target)
    printed = run("print", FORM, "--lang", "kk", "--second", "ru", "--blank", *of_case, "--json").json("print")
    proposed = run("scan", casebook, target, "--json").json("scan")
    assert proposed["proposed"]["case"] == case["id"]
    assert (proposed["proposed"]["sha256"], proposed["attachment"]) == (printed["sha256"], None)
    joined = run("scan", casebook, target, "--join", "--json").json("scan")
    (row,) = run("attachment", "list", casebook, case["number"], "--json").json("attachment list")["attachments"]
    assert (row["id"], row["paper"], row["version"]) == (joined["attachment"], FORM, joined["proposed"]["version"])
    typed = run("scan", casebook, target, "--number", printed["printing"], "--json").json("scan")
    assert typed["proposed"]["printing"] == proposed["proposed"]["printing"]
    assert run("scan", casebook, target, "--number", "2222-2222-2223").code == 2
    assert run("scan", casebook, file_with(tmp_path, "x.txt", "text")).code == 2


@pytest.mark.parametrize(
    "wrong", [("--blank",), ("--lang", "uz"), ("--second", "kk"), ("--discreet",), ("--lang", "xx")]
)
def test_what_cannot_be_printed_so_is_told(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    refused = run("print", FORM, "--lang", "kk", *wrong, "-o", tmp_path / "x.pdf")
    assert (refused.code, (tmp_path / "x.pdf").exists()) == (2, False)
