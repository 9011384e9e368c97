"""Working out only what changed gives the same as working out everything, whatever is answered in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.graph import graph_of, problems_of
from tests.forms.filled import NOON, form_of_table, said, sheet

TANGLED = form_of_table(
    """
| survey |
| | type | name | label | relevant | calculation | required | repeat_count | choice_filter | constraint | trigger |
| | integer | n | N | | | | | | |
| | integer | a | A | | | | | | . < ${n} |
| | integer | b | B | ${a} > 2 | | | | | |
| | calculate | c | | | coalesce(${b}, 0) + ${n} | | | | |
| | begin group | g | G | ${c} > 3 | | | | | |
| | integer | d | D | | | ${e} > 1 | | | |
| | calculate | e | | ${n} != 2 | ${a} * 2 | | | | |
| | end group | | | | | | | | |
| | begin repeat | r | R | ${a} != 4 | | | ${n} | | |
| | integer | x | X | | | | | | |
| | calculate | y | | | ${x} + position(..) | | | | |
| | calculate | z | | | indexed-repeat(${x}, ${r}, position(..) - 1) | | | | |
| | begin repeat | s | S | | | | | | |
| | integer | u | U | ${x} > 1 | | | | | |
| | calculate | v | | | ${u} * ${x} + count(../../s) | | | | |
| | end repeat | | | | | | | | |
| | end repeat | | | | | | | | |
| | calculate | sums | | | sum(${y}) + count(${r}) + sum(${v}) | | | | |
| | calculate | big | | | count(${r}[${x} > 2]) | | | | |
| | calculate | joined | | | join(' ', ${v}) | | | | |
| | select_one l | pick | P | ${sums} > 5 | | | | k < ${big} + 2 | |
| | calculate | picked | | | ${pick} | | | | |
| | integer | t | T | ${n} != 1 | ${a} + ${c} | | | | | ${a} |
| | calculate | t2 | | | ${t} * 2 | | | | | |
| | integer | t3 | T | | ${t2} + 1 | | | | | ${t} |
| choices |
| | list_name | name | label | k |
| | l | p1 | 1 | 1 |
| | l | p2 | 2 | 2 |
"""
)
LEAVES = ("n", "a", "b", "g/d", "r[1]/x", "r[2]/x", "r[1]/s[1]/u", "r[2]/s[1]/u", "r[1]/s[2]/u", "pick", "t")
STEPS = st.one_of(
    st.tuples(st.sampled_from(LEAVES), st.sampled_from(["", "0", "1", "2", "3", "4", "p1", "p2"])),
    st.tuples(st.sampled_from(["+r[1]/s", "+r[2]/s", "-r[1]/s[1]", "-r[2]/s[1]"]), st.just("")),
    st.tuples(st.sampled_from(["?a", "?n", "?r[1]/x"]), st.sampled_from(["refused", "unknown", "not_asked"])),
)


def _state(filled: AnswerSheet) -> tuple[dict[str, str], dict[str, bool], dict[str, str], list[str]]:
    offered = [choice.name for choice in filled.choices("pick")]
    errors = {path: said(words) for path, words in filled.errors().items()}
    return filled.values(), filled.relevance(), errors, offered


def _exists(filled: AnswerSheet, path: str) -> bool:
    """Whether every repeat instance on the way is there."""
    return all(path[: at + 1] in filled.relevance() for at, sign in enumerate(path) if sign == "]")


def _perform(filled: AnswerSheet, path: str, value: str) -> None:
    plain = path.lstrip("+-?")
    if not _exists(filled, plain):
        return
    if path.startswith("+"):
        filled.add_repeat(plain)
    elif path.startswith("-"):
        filled.remove_repeat(plain)
    elif path.startswith("?"):
        filled.leave_open(plain, value)
    else:
        filled.answer(path, value)


@given(st.lists(STEPS, max_size=25))
def test_any_sequence_of_answers_gives_the_same_as_working_out_everything(steps: list[tuple[str, str]]) -> None:
    filled = sheet(TANGLED)
    for path, value in steps:
        _perform(filled, path, value)
        after_one = _state(filled)
        filled.recalculate()
        assert _state(filled) == after_one


@given(st.lists(STEPS, max_size=20))
def test_a_sheet_loaded_anew_from_its_answers_is_the_same(steps: list[tuple[str, str]]) -> None:
    filled = sheet(TANGLED)
    for path, value in steps:
        _perform(filled, path, value)
    anew = sheet(TANGLED)
    given_answers = {path: filled.get(path) for path in filled.relevance() if not _is_fixed(filled, path)}
    anew.load(given_answers, filled.reasons())
    assert set(filled.values().items()) <= set(anew.values().items())


@given(
    st.lists(STEPS, max_size=12), st.sampled_from(["r[1]/s[1]", "r[2]/s[1]", "r[1]/s[2]"]), st.lists(STEPS, max_size=6)
)
def test_what_was_taken_out_and_brought_back_is_as_if_it_had_stayed(
    before: list[tuple[str, str]], path: str, between: list[tuple[str, str]]
) -> None:
    """Straight away nothing is changed; after other answers everything is as a full recalculation has it."""
    filled = sheet(TANGLED)
    for step in [("n", "2"), ("+r[1]/s", ""), *before]:
        _perform(filled, *step)
    if not _exists(filled, path):
        return
    was, held = _state(filled), filled.instance(path)
    filled.remove_repeat(path)
    filled.bring_back(held)
    assert _state(filled) == was
    held = filled.instance(path)
    filled.remove_repeat(path)
    for step in between:
        _perform(filled, *step)
    filled.bring_back(held)
    now = _state(filled)
    filled.recalculate()
    assert _state(filled) == now


def _is_fixed(filled: AnswerSheet, path: str) -> bool:
    question = filled.question(path)
    return question.is_container or question.calculation is not None


@pytest.mark.parametrize(
    ("looked_at", "answers"), [("n", {"n": "3"}), ("a", {"a": "3"}), ("r/x", {"n": "1", "r[1]/x": "2"})]
)
def test_a_forgotten_dependency_is_noticed(looked_at: str, answers: dict[str, str]) -> None:
    """The canary: a graph that forgets who looks at one question must not pass as the full calculation."""
    graph = graph_of(TANGLED)
    place = (TANGLED.root, *looked_at.split("/"))
    kept = graph.dependents.pop(place)
    try:
        filled = AnswerSheet(TANGLED, now=NOON)
        for path, value in answers.items():
            if path.startswith("r") and not filled.repeats("r"):
                break
            filled.answer(path, value)
        before = _state(filled)
        filled.recalculate()
        assert _state(filled) != before
    finally:
        graph.dependents[place] = kept


def test_one_answer_costs_its_own_rules_only() -> None:
    rows = "\n".join(f"| | integer | q{n} | Q | |\n| | calculate | c{n} | | ${{q{n}}} + 1 |" for n in range(200))
    filled = sheet(form_of_table(f"| survey |\n| | type | name | label | calculation |\n{rows}\n"))
    before = filled.evaluated
    filled.answer("q7", "1")
    assert filled.evaluated - before == 1
    filled.recalculate()
    assert filled.evaluated - before == 201


def test_rules_in_a_circle_are_found() -> None:
    assert problems_of(TANGLED) == []
