"""A file of cases: whatever spreadsheet wrote it, read it; whatever is wrong in it, name the line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import BadInput, BadInputs, BadSummary, TooLarge
from kzcase.summaries import cases_file
from kzcase.summaries.cases_file import EMPTY, parse_cases, read_cases

TEXT = "id,sex,region\n1,ж,Абай\n2,м,\n\n3, ж ,Астана\n"
EXPECTED = {"region": ("Абай", EMPTY, "Астана"), "sex": ("ж", "м", "ж")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding, delimiter):
    raw = TEXT.replace(",", delimiter).replace("Абай", "Абай").encode(encoding)
    found = parse_cases(raw, {"sex", "region"})
    assert (found.columns, found.people) == (EXPECTED, 3)


def test_quoted_cells_and_crlf():
    found = parse_cases(b'a,b\r\n"x, y","he said ""no"""\r\n', {"a", "b"})
    assert found.columns == {"a": ("x, y",), "b": ('he said "no"',)}


@pytest.mark.parametrize(
    ("text", "place"),
    [("a,b\n1,2\n3\n", "line 3"), ("a,b\n*,2\n", "line 2, a"), ("a,b\n" + "x" * 300 + ",2\n", "line 2, a")],
)
def test_bad_rows_are_named_without_their_content(text, place):
    with pytest.raises(BadInputs) as caught:
        parse_cases(text.encode(), {"a"})
    assert caught.value.problems[0].place == place
    assert "xxx" not in str(caught.value.problems[0].facts)


@pytest.mark.parametrize("text", ["", "a,b\n", "a,a\n1,2\n", "b\n1\n"])
def test_missing_or_doubled_columns(text):
    if text == "a,b\n":
        assert parse_cases(text.encode(), {"a"}).people == 0
        return
    with pytest.raises(BadSummary):
        parse_cases(text.encode(), {"a"})


def test_sizes_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(cases_file, "LARGEST", 10)
    (tmp_path / "c.csv").write_text(TEXT)
    with pytest.raises(TooLarge):
        read_cases(tmp_path / "c.csv", {"sex"})
    monkeypatch.setattr(cases_file, "MOST_ROWS", 2)
    with pytest.raises(TooLarge):
        parse_cases(TEXT.encode(), {"sex"})


@given(st.binary(max_size=200))
def test_no_bytes_make_a_traceback(raw):
    with suppress(BadInput):
        parse_cases(b"a,b\n" + raw, {"a"})
