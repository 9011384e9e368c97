"""The pages of the guide: their commands work on a fresh casebook, their buttons are called so in the window."""

import re
import shlex
import zipfile
from pathlib import Path

import pytest

from kzcase.forms.check import check_form
from kzcase.i18n import LANGUAGES
from tests.cli.running import OWN, SECOND, Ran, run
from tests.house.words import read_catalogue

HOUSE = Path(__file__).resolve().parents[2]
GUIDE = HOUSE / "docs" / "guide"
PAGES = ("administrator", "caseworker", "line", "supervisor", "inspector")
"""In the order in which a new office needs them; the commands of each go on with what those before it made."""
_BLOCK = re.compile(r"(?:^`([\w.]+)`[^\n]*\n\n|`([\w.]+)`:\n\n)?```(\w+)\n(.*?)```", re.M | re.S)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
_NUMBER = re.compile(r"2026-3PA-(R?)00001-\w")
ANSWERS = """<data id="visit" version="2026.1"><day>2026-11-23</day><way>self</way>
<meta><instanceID>uuid:00000000-0000-4000-8000-000000000001</instanceID></meta></data>"""
MAY_FIND = {"import": "no case is named yet, so the answers stay out", "summary": "there are fewer than 30 people"}
"""Commands that say what somebody should know, and why they do here."""


def page(name: str, language: str) -> str:
    return (GUIDE / language / f"{name}.md").read_text("utf-8")


def blocks(name: str, language: str) -> list[tuple[str, str, str]]:
    """Name of the file (empty for commands), kind of block and what it holds."""
    return [(before or inside, kind, text) for before, inside, kind, text in _BLOCK.findall(page(name, language))]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_same_commands_and_files_in_every_language(name: str) -> None:
    shown = [blocks(name, language) for language in LANGUAGES]
    assert shown[0]
    assert all(one == shown[0] for one in shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_calls_a_button_is_what_the_window_calls_it(language: str) -> None:
    """Canary in the same breath: a name the window does not have is noticed."""
    catalogue = read_catalogue(language)
    known = {str(each.string if language != "en" else each.id) for each in catalogue if each.id}
    for name in PAGES:
        called = {" ".join(found.split()) for found in _BOLD.findall(page(name, language))}
        assert called
        assert called <= known, (name, called - known)
    assert "Press here" not in known


@pytest.mark.parametrize("page_of", ["xlsform.md", "kk/xlsform.md", "ru/xlsform.md", "en/administrator.md"])
def test_a_form_shown_as_csv_has_no_mistake(page_of: str) -> None:
    (form,) = re.findall(r"```csv\n(.*?)```", (GUIDE / page_of).read_text("utf-8"), re.S)
    check = check_form("visit.csv", form.encode())
    assert (check.ok, check.warnings, check.languages) == (True, (), ("kk", "ru"))


AUTHORS = {"en": "xlsform.md", "ru": "ru/xlsform.md", "kk": "kk/xlsform.md"}
"""The page of whoever writes forms."""
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_PLACEHOLDER = re.compile(r"\b[A-Z]{4,}\b|[А-ЯӘҒҚҢӨҰҮҺІЁ]{4,}|(?<=\$\{)\w+(?=\})")


def shown_to_authors(language: str) -> tuple[list[str], set[str], list[str]]:
    """Blocks, codes (whatever stands for something else left out) and headings by their depth."""
    text = (GUIDE / AUTHORS[language]).read_text("utf-8")
    codes = {_PLACEHOLDER.sub("X", code) for code in _CODE.findall(re.sub(r"```.*?```", "", text, flags=re.S))}
    return re.findall(r"```.*?```|^    kzcase [^\n]*$", text, re.S | re.M), codes, re.findall(r"^#+", text, re.M)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_authors_of_forms_read_the_same_in_their_language(language: str) -> None:
    ours, english = shown_to_authors(language), shown_to_authors("en")
    assert ours[0] == english[0]
    assert ours[1] == english[1]
    assert ours[2] == english[2]
    text = (GUIDE / AUTHORS[language]).read_text("utf-8")
    known = {str(each.string) for each in read_catalogue(language) if each.id}  # type: ignore[arg-type]
    assert set(_BOLD.findall(text)) <= known


def test_the_readme_leads_to_every_page() -> None:
    readme = (HOUSE / "README.md").read_text("utf-8")
    assert {f"docs/guide/{language}/{name}.md" for language in LANGUAGES for name in PAGES} <= set(
        re.findall(r"\]\(([^)]+)\)", readme)
    )


def test_the_commands_of_the_pages_work_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, "C")
    monkeypatch.setenv("KZCASE_PASSPHRASE_FILE", "words.txt")
    (tmp_path / "stick").mkdir()
    for name, words in (("words.txt", OWN), ("erlan.txt", SECOND), ("gulnar.txt", "тентек шалғын көпір домбыра қайық")):
        (tmp_path / name).write_text(words, "utf-8")
    with zipfile.ZipFile(tmp_path / "answers.zip", "w") as pack:
        pack.writestr("visit.xml", ANSWERS)
    numbers: dict[str, str] = {}
    performed = 0
    for name in PAGES:
        for file, _kind, text in sorted(blocks(name, "en"), key=lambda block: not block[0]):
            if file:
                (tmp_path / file).write_text(text, "utf-8")
                continue
            for line in text.splitlines():
                _fill_in(tmp_path, numbers)
                ran = _performed(_NUMBER.sub(lambda found: numbers[found[1]], line), numbers)
                performed += 1
                assert ran.code == 0 or line.split()[1] in MAY_FIND, (line, ran.code, ran.err)
    assert performed >= 30


def _fill_in(folder: Path, numbers: dict[str, str]) -> None:
    """The numbers of this casebook in place of those of the guide, as the guide asks for."""
    for file in folder.glob("*.json"):
        text = file.read_text("utf-8")
        file.write_text(_NUMBER.sub(lambda found: numbers.get(found[1], found[0]), text), "utf-8")


def _performed(line: str, numbers: dict[str, str]) -> Ran:
    kzcase, *words = shlex.split(line)
    assert kzcase == "kzcase"
    ran = run(*words)
    for number in re.findall(r"\b\d{4}-\w{3}-R?0\d{4}-\w\b", ran.out.decode()):
        numbers.setdefault("R" if "-R" in number else "", number)
    return ran
