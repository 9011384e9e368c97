"""Stories of consents: whatever was said and taken back, no withheld field leaves, on paper either."""

from pathlib import Path
from random import Random

import pytest

from kzcase.domain import consents
from tests.db.books import founded
from tests.leaving import CLASSES, STEPS, Story, check
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof

STORIES, AT_ONCE, PAPERS = 2_000, 50, 10


def stories(proof: Proof, folder: Path) -> None:
    """A casebook for some of them, so that none grows large."""
    book = founded(folder)
    try:
        for number, chance in proof:
            if number % AT_ONCE == 0:
                book.close()
                book = founded(folder)
            story = told(Story(book), chance)
            found = check(story, pdf=number % PAPERS == 0)
            assert found == {}, f"{proof.which()}: {found}"
            proof.seen["left"] += bool(story.allowed())
            proof.seen["stayed"] += len(story.allowed()) < len(CLASSES)
    finally:
        book.close()
    assert proof.seen["left"]
    assert proof.seen["stayed"]
    proof.end()


def told(story: Story, chance: Random) -> Story:
    for _step in range(chance.randint(1, 8)):
        classes = frozenset(chance.sample(CLASSES, chance.randint(0, len(CLASSES))))
        story.step(chance.choice(STEPS), classes, chance.randint(0, 3))
        story.step("later", classes, chance.choice((0, 0, 1)))
    return story


def test_a_rule_that_forgets_withdrawals_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the proof below."""
    monkeypatch.setattr(consents, "touches", lambda _back, _one: False)
    with founded(tmp_path) as book:
        story = Story(book)
        for what in ("agree", "part"):
            story.step(what, frozenset(CLASSES), 0)
        assert check(story)


@pytest.mark.proof
def test_consents_leaving(tmp_path: Path, proving: Proving) -> None:
    stories(proving("consents_leaving", STORIES), tmp_path)
