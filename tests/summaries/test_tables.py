"""CSV and XLSX: nothing runs as a formula, nothing tells who made the file or when."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.paper.tables import TRIGGERS, DataSheet, csv_bytes, safe, xlsx_bytes

NASTY = ["=1+1", "+7", "-1", "@SUM(A1)", "\tx", "\rx", "\0x", "＝1", " =1", "\u00a0=1", "plain", "", "0-17"]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_starts_like_a_formula(text):
    assert safe(text)[:1] not in TRIGGERS or not text
    assert safe(text).endswith(text)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20), min_size=1, max_size=4)
)
def test_csv_comes_back_as_text(cells):
    columns = [f"c{n}" for n in range(len(cells))]
    rows = list(csv.reader(io.StringIO(csv_bytes(columns, [cells]).decode(), newline="")))
    assert rows[1] == [safe(cell) for cell in cells] or (len(cells) == 1 and not cells[0])
    assert all(cell.lstrip(" \u00a0\ufeff")[:1] not in TRIGGERS or not cell for cell in rows[1])


def test_the_regional_dialect():
    raw = csv_bytes(["a", "b"], [["ә", 5]], delimiter=";", bom=True)
    assert raw == "\ufeffa;b\r\nә;5\r\n".encode()


def workbook() -> bytes:
    rows = tuple((text, 5, None) for text in NASTY if text.isprintable())
    return xlsx_bytes([DataSheet("a/b", ("=x", "n", "z"), rows, above=("=evil()",)), DataSheet("A-B", ("q",), ())])


def test_xlsx_cells_are_texts_and_numbers():
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    assert book.sheetnames == ["a-b", "A-B 2"]
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n"}
            assert not isinstance(cell.value, str) or cell.value[:1] not in TRIGGERS
    assert book.worksheets[0]["B3"].value == 5


def test_xlsx_carries_no_traces_and_is_repeatable():
    raw = workbook()
    assert raw == workbook()
    parts = zipfile.ZipFile(io.BytesIO(raw))
    core = parts.read("docProps/core.xml").decode()
    assert "2000-01-01" in core
    assert "<dc:creator></dc:creator>" in core or "creator/>" in core
    assert not any(word in name for name in parts.namelist() for word in ("pivot", "thumbnail", "comments"))
