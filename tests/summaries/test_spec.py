"""A wish for a summary: understood, or refused with the place and a reason."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import BadSummary, NotFound
from kzcase.i18n import render
from kzcase.summaries.spec import parse_spec, read_spec


def test_the_example_of_the_command_line():
    spec = parse_spec(
        b'base = 5\ntables = [["region"], ["macro", "sex", "age"]]\nperiod = "2026-Q3"\nkey_hex = "'
        + b"00" * 32
        + b'"\n[codebook]\nsex = ["F", "M"]\n[within]\nregion = "macro"\n[[never]]\nsex = ["F"]\nage = ["9"]\n'
    )
    assert (spec.base, spec.tables, spec.period) == (5, (("region",), ("macro", "sex", "age")), "2026-Q3")
    assert spec.key == bytes(32)
    assert spec.codebook == (("sex", ("F", "M")),)
    assert spec.within == (("region", "macro"),)
    assert spec.never == ((("sex", ("F",)), ("age", ("9",))),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tables = [[", "spec"),
        ("base = 2\ntables = [['a']]", "base"),
        ("base = true\ntables = [['a']]", "base"),
        ("base = 5", "tables"),
        ("tables = []", "tables"),
        ("tables = [['a'], []]", "tables[2]"),
        ("tables = [['a', 'a']]", "tables[1]"),
        ("tables = [['count']]", "tables[1]"),
        ("tables = [['a']]\nperiod = '2026-13'", "period"),
        ("tables = [['a']]\nkey_hex = 'zz'", "key_hex"),
        ("tables = [['a']]\ntabels = 1", "tabels"),
        ("tables = [['a']]\n[within]\na = 3", "within.a"),
        ("tables = [['a']]\n[[never]]\na = ['x']", "never[1]"),
        ("tables = [['a']]\ncodebook = 3", "codebook"),
    ],
)
def test_a_bad_wish_is_refused_with_its_place(text, place):
    with pytest.raises(BadSummary) as caught:
        parse_spec(text.encode())
    assert caught.value.place.startswith(place)
    assert render(caught.value.sentence(), "en")


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        read_spec(tmp_path / "none.toml")


@given(st.binary(max_size=300))
def test_no_bytes_make_a_traceback(raw):
    with suppress(BadSummary):
        parse_spec(raw)
