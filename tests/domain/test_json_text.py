"""JSON from files: strict, never deep, and never with one name that says two things."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain import json_text
from kzcase.domain.errors import NotJson, RepeatedKey, TooLarge
from kzcase.domain.json_text import MOST_THINGS, MOST_VALUES, below, read_json


@pytest.mark.parametrize(
    ("untrusted", "place"),
    [
        (b'{"a": 1, "a": 2}', "a"),
        (b'{"a": 1, "a": 1}', "a"),
        (b'{"a": {"b": [1, {"c": 1, "c": null}]}}', "a.b[1].c"),
        (b'[{"a": 1}, {"b": 1, "\\u0062": 2}]', "[1].b"),
        (b'[{"legs[1]/days": 1, "legs[1]/days": 2}]', "[0].legs[1]/days"),
        (b'[{"a b": 1, "a b": 2}]', "[0].?"),
        (b'{"a": {"x": 1, "x": 2}, "a": 3}', "a"),
    ],
)
def test_a_name_that_stands_twice_is_refused_with_its_place(untrusted: bytes, place: str) -> None:
    with pytest.raises(RepeatedKey) as refused:
        read_json(untrusted)
    assert refused.value.place == place


@pytest.mark.parametrize(
    ("untrusted", "place"),
    [
        (b"", "f.json"),
        (b"{", "f.json"),
        (b'{"a": 1,\n\n "b": }', "f.json:3"),
        (b"[NaN]", "f.json:1"),
        (b'["\\ud800"]', "f.json"),
        (b'["\xff"]', "f.json"),
        (b"[" * 100_000 + b"]" * 100_000, "f.json"),
        (b'{"a":' * 100_000, "f.json"),
        (b"[1e999]", "f.json"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(untrusted: bytes, place: str) -> None:
    with pytest.raises(NotJson) as refused:
        read_json(untrusted, "f.json")
    assert refused.value.place == place


SAID = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(SAID)
def test_everything_said_once_is_read_as_it_is(said: object) -> None:
    written = json.dumps(said).encode()
    assert read_json(written) == said
    assert read_json(b"\xef\xbb\xbf" + written) == said


@given(st.dictionaries(st.text(min_size=1), SAID, min_size=1))
def test_every_repetition_is_noticed(said: dict[str, object]) -> None:
    first = next(iter(said))
    twice = json.dumps(said)[:-1] + f", {json.dumps(first)}: 0}}"
    with pytest.raises(RepeatedKey):
        read_json(f"[{twice}]".encode())


def test_a_place_never_repeats_what_is_no_name() -> None:
    assert below("[0]", "family") == "[0].family"
    assert below("", "family") == "family"
    assert below("[0]", "Каримова Дильноза") == "[0].?"
    assert below("[0]", "x" * 41) == "[0].?"


@pytest.mark.parametrize("text", [b"{}," * MOST_THINGS, b"0," * (MOST_VALUES + 1), b"[" * (MOST_THINGS + 1)])
def test_more_than_memory_should_hold_is_refused_before_it_is_built(
    text: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(json_text, "msgspec")
    monkeypatch.delattr(json_text, "json")
    with pytest.raises(TooLarge):
        read_json(b"[" + text + b"0]", "acts.json")
