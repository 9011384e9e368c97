"""A small form cannot fill the memory: what its rules work out has a length that no person ever writes."""

import tracemalloc
from datetime import UTC, datetime

import pytest

from kzcase.domain.errors import WorkedOutTooLong
from kzcase.forms import functions_texts, recalculation
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.check import check_form
from kzcase.forms.doors import read_form
from kzcase.forms.values import LONGEST_TEXT
from kzcase.i18n import LANGUAGES, render

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DEEP = 30


def survey(*rows: str) -> bytes:
    """A form as an office writes it, in Markdown."""
    head = [
        "| survey |",
        "|  | type | name | label | calculation | relevant | repeat_count |",
    ]
    return "\n".join([*head, *(f"|  | {row} |" for row in rows)]).encode()


def tenfold(how: str, first: str) -> bytes:
    """Each question is ten times the one before."""
    ten = ", ".join(["${q%d}"] * 10)
    rows = [f"calculate | q{at} |  | {how}({(ten % ((at - 1,) * 10))}) |  | " for at in range(1, DEEP)]
    return survey("text | seen | Seen |  |  | ", f"calculate | q0 |  | {first} |  | ", *rows)


@pytest.mark.parametrize("how", ["concat", "join"])
def test_texts_that_grow_tenfold_are_refused_with_their_question(how: str) -> None:
    source = tenfold(how, "'0123456789'")
    tracemalloc.start()
    try:
        found = check_form("endless.md", source)
        form = read_form("endless.md", source)
        with pytest.raises(WorkedOutTooLong) as refused:
            AnswerSheet(form, now=NOW)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    (error,) = found.errors
    assert (found.ok, error.row) == (False, 8 if how == "concat" else 7)
    assert refused.value.place in error.place
    assert all(render(error.message, language) for language in LANGUAGES)


def test_an_answer_that_makes_it_grow_is_refused_too() -> None:
    form = read_form("endless.md", tenfold("concat", "${seen}"))
    assert check_form("endless.md", tenfold("concat", "${seen}")).ok
    sheet = AnswerSheet(form, now=NOW)
    with pytest.raises(WorkedOutTooLong) as refused:
        sheet.answer("seen", "а")
    assert refused.value.place == "q6"


def test_one_rule_with_texts_in_each_other_is_refused() -> None:
    thrice = f"concat({', '.join(['${seen}'] * 3)})"
    rule = f"string-length(concat({thrice}, {thrice}))"
    sheet = AnswerSheet(
        read_form("deep.md", survey("text | seen | Seen |  |  | ", f"calculate | deep |  | {rule} |  | ")), now=NOW
    )
    sheet.answer("seen", "а" * 15_000)
    assert sheet.get("deep") == "90000"
    with pytest.raises(WorkedOutTooLong) as refused:
        sheet.answer("seen", "а" * 17_000)
    assert refused.value.place == "deep"


def test_very_many_long_texts_together_are_refused() -> None:
    long_text = f"concat({', '.join(['${seen}'] * 9)})"
    rows = [
        "begin repeat | each | Each |  |  | 200",
        f"calculate | long |  | {long_text} |  | ",
        "end repeat |  |  |  |  | ",
    ]
    sheet = AnswerSheet(read_form("many.md", survey("text | seen | Seen |  |  | ", *rows)), now=NOW)
    with pytest.raises(WorkedOutTooLong) as refused:
        sheet.answer("seen", "а" * (LONGEST_TEXT // 9))
    assert refused.value.place == "each/long"


def test_a_long_text_within_the_limit_is_no_harm() -> None:
    form = read_form(
        "long.md", survey("text | seen | Seen |  |  | ", "calculate | twice |  | concat(${seen}, ${seen}) |  | ")
    )
    sheet = AnswerSheet(form, now=NOW)
    sheet.answer("seen", "ә" * (LONGEST_TEXT // 2))
    assert len(sheet.get("twice")) == LONGEST_TEXT


def test_the_canary_without_a_limit_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions_texts, "LONGEST_TEXT", 10**7)
    monkeypatch.setattr(recalculation, "LONGEST_TEXT", 10**7)
    sheet = AnswerSheet(read_form("endless.md", tenfold("concat", "''")), now=NOW)
    assert sheet.get("q6") == ""
    with pytest.raises(WorkedOutTooLong) as refused:
        AnswerSheet(read_form("endless.md", tenfold("concat", "'0123456789'")), now=NOW)
    assert refused.value.place == "q6", "two questions later: then all together are too long"
