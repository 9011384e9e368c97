"""A dash is written one way in each language: Kazakh has the shorter one (–), Russian the longer one (—)."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.forms.yaml_reading import read_yaml
from tests.house.words import HOUSE, read_catalogue

KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
WRONG = {"kk": re.compile("—"), "ru": re.compile(r"[А-яё»)] – |\s–\s[А-яё«(]")}
"""Between figures a Russian range too has the shorter one."""
LANGUAGES = ("kk", "ru")


def told(node: Any, language: str, here: bool = False) -> Iterator[str]:
    """Every text of this language in a file of ours: behind its code, or behind a name that ends in it."""
    if isinstance(node, dict):
        for name, inside in node.items():
            yield from told(inside, language, name == language or str(name).endswith(f"_{language}"))
    elif isinstance(node, list):
        for inside in node:
            yield from told(inside, language, here)
    elif here and isinstance(node, str):
        yield node


def of_resources(language: str) -> Iterator[tuple[Path, str]]:
    for file in sorted((HOUSE / "resources").rglob("*")):
        texts: list[str] = []
        if file.suffix == ".yaml":
            texts = [*told(read_yaml(file.read_bytes()), language)]
        elif file.suffix == ".toml":
            texts = [*told(tomllib.loads(file.read_text(encoding="utf-8")), language)]
        elif file.suffix == ".csv":
            rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
            texts = [row[language] for row in rows if row.get(language)]
        yield from ((file, text) for text in texts)


def of_the_code() -> Iterator[tuple[Path, str]]:
    for file in sorted((HOUSE / "kzcase").rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "—" in source:
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and KAZAKH.search(node.value):
                    yield file, node.value


def of_guides(language: str) -> Iterator[tuple[Path, str]]:
    for file in sorted((HOUSE / "docs" / "guide" / language).glob("*.md")):
        yield from ((file, line) for line in file.read_text(encoding="utf-8").splitlines())


def strays(texts: Iterator[tuple[Path, str]], language: str) -> list[str]:
    return [f"{file.name}: {text}" for file, text in texts if WRONG[language].search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_lists_and_rules_have_one_dash(language: str) -> None:
    found = [*of_resources(language)]
    assert len({file for file, _text in found}) > 100
    assert strays(iter(found), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_and_catalogues_do(language: str) -> None:
    assert strays(of_guides(language), language) == []
    said = [text for each in read_catalogue(language) for text in _texts(each.string)]  # type: ignore[arg-type]
    assert len(said) > 1000
    assert [text for text in said if WRONG[language].search(text)] == []


def test_what_the_code_says_in_kazakh_does() -> None:
    assert strays(of_the_code(), "kk") == []


def test_a_dash_of_the_other_language_is_noticed() -> None:
    """Canaries: each kind of text with the wrong dash in it."""
    file = Path("x")
    assert strays(((file, text) for text in told({"q": [{"kk": "Бұл — құрал"}]}, "kk")), "kk")
    assert strays(((file, text) for text in told({"lines_ru": ["Это – знак"]}, "ru")), "ru")
    assert not strays(iter([(file, "6–11 лет; {a} – {b}; «а» — «б»")]), "ru")


def _texts(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said
