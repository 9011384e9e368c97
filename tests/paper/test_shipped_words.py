"""Every letter that ships with the program, in any language, can be printed."""

from pathlib import Path

import pytest

from kzcase import paths
from kzcase.paper import fonts

FOLDERS = ("codes", "forms", "rules", "pathways", "indicators", "partners", "sheets")


def shipped_texts() -> list[Path]:
    """Every file of words: code lists, forms, rules, partner lists, catalogues."""
    kinds = {".csv", ".yaml", ".xml", ".json", ".toml", ".po", ".txt"}
    homes = [*(paths.resources(folder) for folder in FOLDERS), paths.translations()]
    return sorted(file for home in homes for file in home.rglob("*") if file.suffix in kinds)


def unprintable(file: Path) -> frozenset[str]:
    return fonts.missing(fonts.composed(file.read_text("utf-8")).replace("\ufeff", ""))


def test_there_are_shipped_words() -> None:
    assert any(file.suffix == ".csv" for file in shipped_texts())


@pytest.mark.parametrize("file", shipped_texts(), ids=lambda file: file.name)
def test_shipped_words_can_be_printed(file: Path) -> None:
    assert fonts.codes(unprintable(file)) == ""


def test_canary_a_word_in_another_script_is_found(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("код,中文\n", "utf-8")
    assert unprintable(tmp_path / "list.csv") == {"中", "文"}
