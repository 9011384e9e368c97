"""An office's table that is too large, or broken, is refused at its line before anything is made of it."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms import sheet_texts
from kzcase.forms.doors import read_form
from kzcase.i18n import render

HEADS = ("type", "name", "label")


def as_csv(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(["survey", *("," + ",".join(row) for row in rows)]).encode()


def as_md(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(["| survey |", *("| | " + " | ".join(row) + " |" for row in rows)]).encode()


def as_xlsx(*rows: tuple[str, ...]) -> bytes:
    import openpyxl

    book: Any = openpyxl.Workbook()
    book.active.title = "survey"
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


EACH = pytest.mark.parametrize(
    ("ending", "made"), [("csv", as_csv), ("md", as_md), ("xlsx", as_xlsx)], ids=["csv", "md", "xlsx"]
)
Made = Callable[..., bytes]


def test_a_field_that_the_csv_library_does_not_hold_is_refused_at_its_line() -> None:
    given = as_csv(HEADS, ("text", "a", "A"), ("text", "b", "x" * 140_000))
    with pytest.raises(TooLarge) as refused:
        read_form("f.csv", given)
    assert refused.value.place == "4"


def test_an_open_quote_is_refused_where_it_opens() -> None:
    given = as_csv(HEADS, ("text", "a", '"A'), *[("text", "b", "words")] * 5_000)
    with pytest.raises((BadForm, TooLarge)) as refused:
        read_form("f.csv", given)
    assert refused.value.place == "3"


@EACH
def test_a_heading_of_a_thousand_parts_is_refused_before_the_rows(ending: str, made: Made) -> None:
    endless = "label" + "::ru" * 1_000
    with pytest.raises(TooLarge) as refused:
        read_form(f"f.{ending}", made((*HEADS, endless), ("text", "a", "A", "x")))
    assert refused.value.place.startswith("1 · survey · label::ru")
    assert "500" in render(refused.value.sentence(), "en")


@EACH
def test_a_cell_holds_no_more_than_that_of_a_workbook(ending: str, made: Made) -> None:
    assert read_form(f"f.{ending}", made(HEADS, ("text", "a", "x" * sheet_texts.LONGEST_CELL)))
    if ending != "xlsx":  # a workbook holds no more
        with pytest.raises(TooLarge):
            read_form(f"f.{ending}", made(HEADS, ("text", "a", "x" * (sheet_texts.LONGEST_CELL + 1))))


@pytest.mark.parametrize(("ending", "made"), [("csv", as_csv), ("md", as_md)])
def test_columns_rows_and_cells_are_counted(ending: str, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    given = made(HEADS, *(("text", f"q{number}", "A") for number in range(8)))
    for name, most in (("MOST_COLUMNS", 3), ("MOST_ROWS", 9), ("MOST_CELLS", 27)):
        assert read_form(f"f.{ending}", given)
        with monkeypatch.context() as patched:
            patched.setattr(sheet_texts, name, most)
            with pytest.raises(TooLarge):
                read_form(f"f.{ending}", given)
