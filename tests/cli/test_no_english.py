"""Asked for Kazakh or Russian, the command line leaves nothing in English but names: in helps, refusals and answers."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click
import pytest

from kzcase.cli.papers import PAPERS_TO_PRINT
from kzcase.cli.people import PERSON_PAPERS
from kzcase.db.rulebook import baseline
from kzcase.domain.case_filter import ME, NOBODY, AgeGroup
from kzcase.domain.permissions import Role
from kzcase.forms.languages import FURTHER
from kzcase.forms.library import shipped_forms
from kzcase.i18n import LANGUAGES, Language
from kzcase.queries.registers import REGISTERS
from tests.cli.running import file_with, run
from tests.cli.test_help import EVERY, MISTAKES, without_example

FORMATS = {
    "kzcase",
    "id",
    "JSON",
    "Schema",
    "PDF",
    "CSV",
    "TOML",
    "XForm",
    "XLSForm",
    "xlsx",
    "csv",
    "md",
    "xml",
    "yaml",
    "xform",
    "zip",
    "geojson",
    "ODK",
    "KoboToolbox",
}
CODES = {
    "danger",
    "asked",
    "request",
    "permit",
    "eaeu",
    "country",
    "citizenship",
    "sex",
    "regime",
    "stays",
    "today",
    "null",
    *LANGUAGES,
    *FURTHER,
}
"""Codes and fields that a help names as examples."""
CHOICE: Final = frozenset({ME, NOBODY, *AgeGroup})
CODES_OF: Final[Mapping[tuple[str, ...], frozenset[str]]] = {
    ("case", "list"): CHOICE | {"raid"},
    ("case", "export"): CHOICE | {"planning", "raid"},
    ("import",): frozenset({"package"}),
    ("export",): frozenset({"package", "progres"}),
    ("helpline", "print"): frozenset({"yes", "office"}),
    ("helpline", "summary"): frozenset({"topic", "macro"}),
}
"""What one help alone names; elsewhere these would be English."""
ALLOWED = (
    FORMATS
    | CODES
    | {*PAPERS_TO_PRINT, *PERSON_PAPERS, *REGISTERS, *shipped_forms(), *baseline().deadlines.ids, *Role}
    | {one for each in EVERY for one in each}
)


def english(text: str) -> list[str]:
    """Words in Latin letters that name nothing: neither option, nor place to fill, nor id, file or format."""
    rest = re.sub(r"`[^`]*`|“[^”]*”|«[^»]*»|\{[^}]*\}|\[[^\]]*\]", " ", text)  # said as typed; choices
    rest = re.sub(r"(?<![\w-])--?[a-z][a-z-]*|\b[a-z]+(_[a-z0-9]+)+\b", " ", rest)  # options; ids
    rest = re.sub(r"\b[A-Z][A-Z_]*\b(\.[a-z]+)?(\.\.\.)?", " ", rest)  # CASEBOOK, F.csv, DIR...
    found = re.findall(r"[A-Za-z][\w.-]*[A-Za-z]", rest)
    return [word for word in found if word not in ALLOWED and not re.search(r"[a-z][_.][a-z]", word)]  # an id, a file


IN = ("kk", "ru")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to stand in, and nobody who types."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KZCASE_PASSPHRASE_FILE", raising=False)


@pytest.mark.parametrize("language", IN)
@pytest.mark.parametrize("words", EVERY, ids=lambda words: " ".join(words) or "kzcase")
def test_help_has_no_english_in_it(words: tuple[str, ...], language: Language) -> None:
    helped = run("--lang", language, *words, "--help")
    assert helped.code == 0
    found = set(english(without_example(helped.out.decode(), EVERY[words])))
    assert found == CODES_OF.get(words, frozenset())


def senseless(command: click.Command) -> list[str]:
    """Arguments of the right number and form that lead nowhere."""
    given: list[str] = []
    for each in command.params:
        if each.required or isinstance(each, click.Argument):
            value = each.type.choices[0] if isinstance(each.type, click.Choice) else "1"
            given += [value] if isinstance(each, click.Argument) else [each.opts[-1], value]
    return given


FAIL = sorted(set(EVERY) - {(), ("demo",), ("bench",), ("schema",), ("help",)})
"""What can be asked for in vain; the others would work, or measure."""


@pytest.mark.parametrize("language", IN)
@pytest.mark.parametrize("words", FAIL, ids=lambda words: " ".join(words))
def test_a_call_in_vain_is_refused_without_english(words: tuple[str, ...], language: Language, nowhere: None) -> None:
    for arguments in (["--nope"], ["--jsn"], senseless(EVERY[words]), ["1"] * 9):
        refused = run("--lang", language, *words, *arguments)
        assert english(refused.err) == [], arguments
        assert english(refused.out.decode()) == [] or refused.code == 0, arguments
    assert refused.code == 2


@pytest.mark.parametrize("language", IN)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_without_english(mistake: str, language: Language) -> None:
    assert english(run("--lang", language, *MISTAKES[mistake][0]).err) == []


@pytest.mark.parametrize("language", IN)
def test_answers_of_the_rules_have_no_english_but_sources(language: Language, tmp_path: Path) -> None:
    stay = file_with(tmp_path, "stay.json", '{"citizenship": "UZ", "stays": [], "today": "2026-11-22"}')
    for command in (
        ("deadline", "host_notice", "2026-03-05"),
        ("deadline", "host_notice", "2026-11-22"),
        ("deadline", "--list"),
        ("iin", "000000000000"),
        ("same-name", "Самат", "Санат"),
        ("stay", stay),
    ):
        told = run("--lang", language, *command)
        without_source = re.sub(r"\n  [A-Z][a-zA-Z0-9 ;,]+$", "", told.out.decode(), flags=re.MULTILINE)
        assert english(without_source + told.err) == [], command


def test_english_is_noticed() -> None:
    """Canary of the tests above."""
    assert english("kzcase print: --lang көрсетілмеген. See `kzcase print --help`.") == ["See"]
    assert english("Usage: kzcase [ПАРАМЕТРЫ]") == ["Usage"]
    assert english("  --lang [kk|ru|en]  Язык: consent, F.csv, CASEBOOK, `kzcase act`. JSON.") == []


def test_the_language_of_one_call_is_chosen_before_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """And by nothing else afterwards: the next call speaks the usual one again."""
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert run("--lang", "en", "--help").out.decode().startswith("Usage:")
    assert run("--lang", "kk", "iin", "1").out.decode() != run("iin", "1").out.decode()
    assert "цифр" in run("iin", "1").out.decode()
    assert run("--lang", "de", "iin", "1").code == 2
    help_of_all = run("--lang", "en", "--help").out.decode()
    assert all(word in " ".join(help_of_all.split()) for word in ("--lang", "LC_ALL", "chosen in the window"))
