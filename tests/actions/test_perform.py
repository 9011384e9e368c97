"""Files of acts: whatever is in them, they are read or refused in words, quickly and with the place."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.actions import perform
from kzcase.actions.perform import MAX_FILE, acts_schema, read_acts
from kzcase.actions.wishes import ACTIONS, MAX_TEXT
from kzcase.domain.errors import BadInput, KzcaseError, NotAnAct, NotJson, TooLarge, WrongShape
from tests.actions.steps import CALL, CASE, PERSON


def encoded(*acts: Any) -> bytes:
    return json.dumps(acts).encode()


NOT_JSON = {
    "nothing": b"",
    "a word": b"hello",
    "an object": b"{}",
    "a number": b"5",
    "cut off": b'[{"act": "note.added"',
    "two lists": b"[][]",
    "NaN": b"[NaN]",
    "not UTF-8": b'["\xff"]',
    "half a surrogate": b'["\\ud800"',
    "UTF-16": '[{"act": "x"}]'.encode("utf-16"),
    "100,000 brackets": b"[" * 100_000,
    "100,000 closed brackets": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects": b'[{"a":' * 100_000,
    "a string without end": b'["' + b"x" * 100_000,
}


@pytest.mark.parametrize("untrusted", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_what_is_no_list_of_acts_is_refused(untrusted: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_acts(untrusted)
    assert isinstance(refused.value, NotJson | NotAnAct)


def test_nesting_inside_a_field_is_refused() -> None:
    deep = b'[{"act": "note.added", "case": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]"
    with pytest.raises(KzcaseError):
        read_acts(deep)


def test_a_file_over_64_mb_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perform.msgspec.json, "decode", lambda _: pytest.fail("it was read"))
    with pytest.raises(TooLarge):
        read_acts(bytes(MAX_FILE + 1))


WRONG: dict[str, tuple[Any, type[BadInput], str]] = {
    "no act": ({}, NotAnAct, "[1]"),
    "a list": ([], NotAnAct, "[1]"),
    "nothing": (None, NotAnAct, "[1]"),
    "an unknown act": ({"act": "case.eaten"}, NotAnAct, "[1]"),
    "an act that nobody can wish for": ({"act": "staff.added", "name": "x"}, NotAnAct, "[1]"),
    "an act that is a list": ({"act": ["note.added"]}, NotAnAct, "[1]"),
    "a field missing": ({"act": "note.added", "case": "1"}, WrongShape, "[1]"),
    "a field too many": ({"act": "note.added", "case": "1", "text": "x", "colour": "red"}, WrongShape, "[1]"),
    "a number for a text": ({"act": "note.added", "case": "1", "text": 5}, WrongShape, "[1].text"),
    "nothing for a text": ({"act": "note.added", "case": "1", "text": None}, WrongShape, "[1].text"),
    "an empty note": ({"act": "note.added", "case": "1", "text": ""}, WrongShape, "[1].text"),
    "a blank note": ({"act": "note.added", "case": "1", "text": " \n\t "}, WrongShape, "[1].text"),
    "a blank partner": ({"act": "partner.added", "name": " ", "kind": "ngo"}, WrongShape, "[1].name"),
    "a text over 1 MB": ({"act": "note.added", "case": "1", "text": "x" * (MAX_TEXT + 1)}, WrongShape, "[1].text"),
    "an answer over 1 MB": (
        {"act": "form.answered", "case": "1", "form": "f", "answers": {"a": "x" * (MAX_TEXT + 1)}},
        *(WrongShape, "[1].answers[...]"),
    ),
    "an empty code": (CASE | {"kind": ""}, WrongShape, "[1].kind"),
    "a code of 65 letters": (CASE | {"kind": "k" * 65}, WrongShape, "[1].kind"),
    "a date in words": (CASE | {"opened_on": "yesterday"}, WrongShape, "[1].opened_on"),
    "a date the other way round": (CASE | {"opened_on": "22.11.2026"}, WrongShape, "[1].opened_on"),
    "a person that is a text": (CASE | {"person": "Каримова"}, WrongShape, "[1].person"),
    "names that are no list": (CASE | {"person": PERSON | {"names": {}}}, WrongShape, "[1].person.names"),
    "a name that is a text": (CASE | {"person": PERSON | {"names": ["x"]}}, WrongShape, "[1].person.names[0]"),
    "a birth that is a number": (CASE | {"person": PERSON | {"birth": 1994}}, WrongShape, "[1].person.birth"),
    "an unknown fact of a person": (CASE | {"person": PERSON | {"height": 1}}, WrongShape, "[1].person"),
    "topics in one text": (CALL | {"topics": "wages"}, WrongShape, "[1].topics"),
    "yes for true": (CALL | {"anonymous": "yes"}, WrongShape, "[1].anonymous"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_shape_is_refused_with_its_place(name: str) -> None:
    act, error, place = WRONG[name]
    with pytest.raises(error) as refused:
        read_acts(encoded(CALL, act))
    assert refused.value.place == place


def test_what_stands_in_a_file_never_shows_in_an_error_or_a_log() -> None:
    secret = "Дильноза7f3a"
    with pytest.raises(WrongShape) as refused:
        read_acts(encoded(CASE | {"person": PERSON | {"names": [{"family": secret, "given": 5}]}}))
    assert secret not in f"{refused.value!r} {refused.value} {refused.value.facts}"
    ((_, wish),) = read_acts(encoded(CASE | {"note": secret}))
    assert secret not in f"{wish!r} {wish} {[wish]}"


@given(st.binary(max_size=200))
def test_random_bytes_are_refused(untrusted: bytes) -> None:
    with suppress(BadInput):
        assert read_acts(untrusted) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(ACTIONS)), st.dictionaries(st.sampled_from(["case", "text", "person", "kind", "x"]), JSON)
)
def test_random_fields_are_refused_or_fit(kind: str, fields: dict[str, Any]) -> None:
    with suppress(BadInput):
        ((action, _),) = read_acts(json.dumps([fields | {"act": kind}]).encode())
        assert action.kind == kind


def test_the_schema_names_every_act() -> None:
    schema = acts_schema()
    assert set(schema["acts"]) == set(ACTIONS)
    assert json.dumps(schema)
