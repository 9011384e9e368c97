"""Files of acts: whatever is in them, they are read or refused in words, quickly and with the place."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.actions import code_lists, perform
from kzcase.actions.checks import code as checked
from kzcase.actions.perform import MAX_FILE, acts_schema, read_acts
from kzcase.actions.wishes import ACTIONS, LONGEST_TEXT
from kzcase.actions.wrong_values import MOST, wrong_values
from kzcase.cli.act_examples import EXAMPLES
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    ActsWrong,
    BadInput,
    KzcaseError,
    NoAct,
    NotAnAct,
    NotJson,
    RepeatedKey,
    RuleBroken,
    TooLarge,
    UnknownCode,
    WrongShape,
)
from kzcase.i18n import Language, render
from tests.actions.steps import CALL, CASE, PERSON
from tests.db.books import founded


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
    "50,000 objects": b'[{"a":' * 50_000,
    "a string without end": b'["' + b"x" * 100_000,
}


@pytest.mark.parametrize("untrusted", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_what_is_no_list_of_acts_is_refused(untrusted: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_acts(untrusted)
    assert isinstance(refused.value, NotJson | NotAnAct)


def test_more_objects_than_a_file_of_acts_may_hold_are_refused_before_one_is_built() -> None:
    with pytest.raises(TooLarge):
        read_acts(b'[{"a":' * 100_000)


TWICE = {
    "a field of an act": (b'[{"act": "note.added", "case": "1", "text": "x", "text": "y"}]', "[0].text"),
    "the act itself": (b'[{"act": "note.added", "act": "task.done", "task": "1"}]', "[0].act"),
    "a field of a name": (
        b'[{}, {"act": "case.opened", "person": {"names": [{"family": "a", "family": "b"}]}}]',
        "[1].person.names[0].family",
    ),
    "in a field nobody knows": (b'[{"x": {"a b": 1, "a b": 1}}]', "[0].x.?"),
}


@pytest.mark.parametrize("what", TWICE)
def test_a_field_that_stands_twice_is_refused_with_its_place(what: str) -> None:
    untrusted, place = TWICE[what]
    with pytest.raises(RepeatedKey) as refused:
        read_acts(untrusted)
    assert refused.value.place == place


def test_the_file_and_the_line_are_named_where_it_is_no_json() -> None:
    for untrusted, place in ((b"[\n1,\n}", "acts.json:3"), (b"[", "acts.json"), (b"{}", "acts.json")):
        with pytest.raises(NotJson) as refused:
            read_acts(untrusted, "acts.json")
        assert refused.value.place == place


def test_a_mark_of_byte_order_before_the_list_is_read_over() -> None:
    assert read_acts(b"\xef\xbb\xbf[]") == []


def test_nesting_inside_a_field_is_refused() -> None:
    deep = b'[{"act": "note.added", "case": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]"
    with pytest.raises(KzcaseError):
        read_acts(deep)


def test_a_file_over_64_mb_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perform.msgspec.json, "decode", lambda _: pytest.fail("it was read"))
    with pytest.raises(TooLarge):
        read_acts(bytes(MAX_FILE + 1))


@pytest.mark.parametrize(
    ("kind", "near", "word"),
    [("referral.replied", "referral.answered", "referral"), ("agreement", "partner.changed", "partner")],
)
def test_an_unknown_act_is_answered_with_those_of_its_word(kind: str, near: str, word: str) -> None:
    with pytest.raises(NotAnAct) as refused:
        acts_schema([kind])
    said = render(refused.value.sentence(), "en")
    assert near in said
    assert f"--schema {word}`" in said


WRONG: dict[str, tuple[Any, type[BadInput], str]] = {
    "no act": ({}, NoAct, "[1]"),
    "a list": ([], NoAct, "[1]"),
    "nothing": (None, NoAct, "[1]"),
    "an unknown act": ({"act": "case.eaten"}, NotAnAct, "[1]"),
    "an act that nobody can wish for": ({"act": "staff.added", "name": "x"}, NotAnAct, "[1]"),
    "an act that is a list": ({"act": ["note.added"]}, NotAnAct, "[1]"),
    "a field missing": ({"act": "note.added", "case": "1"}, WrongShape, "[1].text"),
    "a field too many": ({"act": "note.added", "case": "1", "text": "x", "colour": "red"}, WrongShape, "[1].colour"),
    "a field with a strange name": (CASE | {"a\u202e b": 1}, WrongShape, "[1].?"),
    "a number for a text": ({"act": "note.added", "case": "1", "text": 5}, WrongShape, "[1].text"),
    "nothing for a text": ({"act": "note.added", "case": "1", "text": None}, WrongShape, "[1].text"),
    "an empty note": ({"act": "note.added", "case": "1", "text": ""}, WrongShape, "[1].text"),
    "a blank note": ({"act": "note.added", "case": "1", "text": " \n\t "}, WrongShape, "[1].text"),
    "a blank partner": ({"act": "partner.added", "name": " ", "kind": "ngo"}, WrongShape, "[1].name"),
    "a text over 1 MB": ({"act": "note.added", "case": "1", "text": "x" * (LONGEST_TEXT + 1)}, WrongShape, "[1].text"),
    "an answer over 1 MB": (
        {"act": "form.answered", "case": "1", "form": "f", "answers": {"a": "x" * (LONGEST_TEXT + 1)}},
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
    "an unknown fact of a person": (CASE | {"person": PERSON | {"height": 1}}, WrongShape, "[1].person.height"),
    "no names": (CASE | {"person": PERSON | {"names": []}}, WrongShape, "[1].person.names"),
    "topics in one text": (CALL | {"topics": "wages"}, WrongShape, "[1].topics"),
    "yes for true": (CALL | {"anonymous": "yes"}, WrongShape, "[1].anonymous"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_shape_is_refused_with_its_place(name: str) -> None:
    act, error, place = WRONG[name]
    with pytest.raises(error) as refused:
        read_acts(encoded(CALL, act))
    assert refused.value.place == place


DAY_OFF = {"act": "holiday.changed", "day": "2026-03-01", "source": "x"}
OUTREACH = {"act": "outreach.logged", "kind": "mobile_group", "region": "KZ-61", "topics": ["offer_check"]}
SAID = {
    "a field too many": (CASE | {"colour": "red"}, "there is no such field"),
    "a field missing": ({"act": "note.added", "case": "1"}, "needed and missing"),
    "a number for a text": (CASE | {"note": 5}, "a text is expected, not a whole number"),
    "a text for a list": (CALL | {"topics": "wages"}, "a list is expected, not a text"),
    "a text for yes or no": (CALL | {"anonymous": "yes"}, "true or false is expected, not a text"),
    "nothing": (CASE | {"note": None}, "not nothing (null)"),
    "a date the other way round": (CASE | {"opened_on": "22.11.2026"}, "a date like 2026-11-22"),
    "a blank note": ({"act": "note.added", "case": "1", "text": " "}, "it is empty or holds control characters"),
    "no names": (CASE | {"person": PERSON | {"names": []}}, "it is empty"),
    "too long": (CASE | {"kind": "k" * 65}, "longer than 64"),
    "too little": (OUTREACH | {"reached": -1}, "it must be at least 0"),
    "too much": (OUTREACH | {"reached": 10**9}, "it must be at most"),
    "no such value": (DAY_OFF | {"what": "market"}, "this value does not exist here"),
}


@pytest.mark.parametrize("what", SAID)
def test_the_wrong_shape_is_said_in_words_not_a_librarys(what: str) -> None:
    act, words = SAID[what]
    with pytest.raises(WrongShape) as refused:
        read_acts(encoded(act))
    said = render(refused.value.sentence(), "en")
    assert words in said
    assert not set("`^$\\") & set(said.replace("`kzcase act --schema KIND`", ""))


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


# All that is wrong is said at once


SEVERAL = CASE | {
    "kind": "trafficing", "note": 5, "colour": "red", "opened_on": "2026-02-30",
    "person": {"names": [{"family": "К", "giveen": "x"}], "sex": "fem", "citizenships": ["UZ", "Узбекистан"],
               "phones": [{"safe": "y"}], "birth": "1994-13"},
}  # fmt: skip
SHAPES = ["[0].colour", "[0].note", "[0].person.names[0].giveen", "[0].person.phones[0].number"]
VALUES = ["[0].kind", "[0].opened_on", "[0].person.birth", "[0].person.citizenships[1]", "[0].person.phones[0].safe",
          "[0].person.sex"]  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        yield made


def places(error: KzcaseError) -> list[str]:
    return sorted(each.place for each in error.problems) if isinstance(error, ActsWrong) else [error.place]


def test_every_field_of_a_wrong_shape_is_named_in_every_act() -> None:
    with pytest.raises(ActsWrong) as refused:
        read_acts(encoded(SEVERAL, {"act": "nope"}, CALL | {"topics": None}))
    assert places(refused.value) == [*SHAPES, "[1]", "[2].topics"]
    with pytest.raises(WrongShape) as alone:
        read_acts(encoded(CASE | {"note": 5}))
    assert places(alone.value) == ["[0].note"], "one that is alone stays what it was"


def test_the_codes_and_days_beside_them_are_named_too(book: Casebook) -> None:
    given = json.loads(encoded(SEVERAL))
    with pytest.raises(ActsWrong) as refused:
        perform.read_all(given)
    assert places(perform.all_wrong(book, given, refused.value)) == sorted(SHAPES + VALUES)


def test_what_is_refused_while_it_is_done_says_what_else_is_wrong(book: Casebook) -> None:
    sound = {key: value for key, value in SEVERAL.items() if key not in ("colour", "note")}
    sound["person"] = SEVERAL["person"] | {"names": [{"family": "К"}], "phones": []}
    values = [each for each in VALUES if "phones" not in each]
    wanted = read_acts(encoded(CASE, sound, CALL | {"topics": ["offer_chek"]}))
    with pytest.raises(ActsWrong) as refused:
        perform.perform_all(book, wanted)
    assert places(refused.value) == [*(each.replace("[0]", "[1]", 1) for each in values), "[2].topics[0]"]
    with pytest.raises(ActsWrong) as single:
        perform.perform_one(book, wanted[1], 7)
    assert places(single.value) == [each.replace("[0]", "[7]", 1) for each in values]


def test_a_code_comes_with_words_and_what_is_near_to_it(book: Casebook) -> None:
    def said(code: str, listed: str, lang: Language) -> str:
        with pytest.raises(UnknownCode) as refused:
            checked(book.rulebook, listed, code, "x")
        return render(refused.value.sentence(), lang)

    assert "female (женский)" in said("fem", "sex", "ru")
    assert "KZ-75 (Алматы қаласы)" in said("Алматы", "region", "kk")
    assert "offer_check (" in said("offer_chek", "call_topic", "en")
    assert "(" not in said("zzzzzz", "country", "en")


def test_nothing_that_is_right_is_called_wrong(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: a field said to take codes of another list."""
    today = book.now().date()

    def wrong(kind: str) -> list[RuleBroken]:
        example = {name: value for name, value in EXAMPLES[kind].items() if name != "act"}
        return list(wrong_values(example, kind, ACTIONS[kind].wish_type, "", book.rulebook, today))

    assert [(kind, each.place) for kind in EXAMPLES for each in wrong(kind)] == []
    monkeypatch.setitem(code_lists._EVERYWHERE, "region", "sex")  # type: ignore[arg-type]
    assert wrong("case.opened"), "the canary died"


def test_a_file_of_nothing_but_mistakes_is_answered_with_a_few() -> None:
    with pytest.raises(ActsWrong) as refused:
        read_acts(encoded(CASE | {"person": PERSON | {"citizenships": [5] * 50_000}}))
    assert len(refused.value.problems) == MOST
