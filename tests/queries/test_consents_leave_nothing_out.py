"""Whatever was agreed, taken back, ran out or was an emergency: no withheld field is in anything that leaves."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzcase.db.casebook import Casebook
from kzcase.domain import consents
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import Agreed, Consents
from kzcase.queries import letters, outside_papers, packages, safe_phones
from tests.db.books import founded
from tests.leaving import CLASSES, STEPS, Story, check, surfaces

STORIES = st.lists(
    st.tuples(st.sampled_from(STEPS), st.frozensets(st.sampled_from(CLASSES), max_size=5), st.integers(0, 3)),
    min_size=1,
    max_size=5,
)
Steps = list[tuple[str, frozenset[FieldClass], int]]
EVERYTHING = frozenset(CLASSES)
SOME = frozenset({FieldClass.CONTACT, FieldClass.SENSITIVE})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with founded(tmp_path_factory.mktemp("leaving")) as opened:
        yield opened


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STORIES)
def test_no_withheld_field_is_in_anything_that_leaves(book: Casebook, steps: Steps) -> None:
    story = Story(book)
    for step in steps:
        story.step(*step)
    assert check(story) == {}


def told(book: Casebook, *steps: tuple[str, frozenset[FieldClass]] | tuple[str, frozenset[FieldClass], int]) -> Story:
    story = Story(book)
    for what, classes, *days in steps:
        story.step(what, classes, *(days or [0]))
    return story


def test_what_may_leave_is_there(book: Casebook) -> None:
    """The proof above would hold for a letter that is always empty."""
    story = told(book, ("agree", EVERYTHING))
    said = dict(surfaces(story, pdf=True))
    for name, marks in {
        "letter ru": ("Қарлығашова", "70900077123", "Зауыттанқашты"),
        "paper ru": ("Зауыттанқашты",),
        "package with a form": ("Қарлығашова", "Айтпаңызшы", "Куәгертай"),
        "export": ("Қарлығашова",),
        "filled referral": ("Қарлығашова", "Апасыжауапбереді", "Зауыттанқашты", "Демікпесі", "Кездесуорны"),
        "paper of referral": ("Қарлығашова", "Апасыжауапбереді", "Зауыттанқашты", "Демікпесі", "Кездесуорны"),
        "paper of consent_sharing": ("Айтпаңызшы", "Куәгертай"),
    }.items():
        assert [mark for mark in marks if mark.casefold() not in said[name].casefold()] == [], name
    assert check(story, pdf=True) == {}
    story.step("part", frozenset({FieldClass.SENSITIVE}), 0)
    assert check(story, pdf=True) == {}
    assert "Зауыттанқашты" not in dict(surfaces(story, pdf=False))["letter ru"]


def _first(said: Consents, *_asked: object) -> list[Agreed]:
    """The older word instead of the newer one."""
    return [one for one in said.agreed if not one.after]


@pytest.mark.parametrize(
    ("what", "broken", "steps"),
    [
        ("touches", lambda _back, _one: False, (("agree", EVERYTHING), ("part", SOME))),
        ("in_question", _first, (("agree", SOME), ("agree", EVERYTHING - SOME))),
        ("not_in_force", lambda _one, _today: None, (("agree", EVERYTHING, 1), ("later", SOME, 3))),
    ],
)
def test_a_rule_that_forgot_something_would_be_noticed(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, what: str, broken: object, steps: Any
) -> None:
    """The canaries: a withdrawal nobody reads, an older word that still counts, a consent that never ends."""
    story = told(book, *steps)
    assert check(story) == {}
    monkeypatch.setattr(consents, what, broken)
    assert check(story)


def test_a_letter_that_did_not_ask_would_be_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(book, ("refuse", frozenset()))
    monkeypatch.setattr(letters, "covered", lambda *_: consents.MayLeave(classes=EVERYTHING))
    assert {"letter kk", "letter ru", "letter en", "package"} <= set(check(story))


def _everything(*_asked: object, **_more: object) -> consents.MayLeave:
    return consents.MayLeave(classes=EVERYTHING)


def _no_part(*_asked: object) -> frozenset[str]:
    return frozenset()


@pytest.mark.parametrize(
    ("module", "name", "broken", "steps", "where"),
    [
        (
            outside_papers,
            "leaving",
            _everything,
            ("refuse", frozenset()),
            {"filled referral", "filled consent_sharing"},
        ),
        (outside_papers, "parts_that_stay", _no_part, ("agree", EVERYTHING), {"filled referral"}),
        (packages, "parts_that_stay", _no_part, ("agree", EVERYTHING), {"package with a form"}),
        (safe_phones, "controlled_phones", _no_part, ("agree", EVERYTHING), {"letter kk", "package", "export"}),
    ],
)
def test_a_paper_that_did_not_ask_would_be_noticed(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, broken: object, steps: Any, where: set[str]
) -> None:
    """Canaries: a form by the printer's role, a part that stays, a phone in other hands."""
    story = told(book, steps)
    monkeypatch.setattr(module, name, broken)
    assert where <= set(check(story))
