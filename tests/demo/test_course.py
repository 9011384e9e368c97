"""What follows an opened case can be performed in order, uses shipped codes, and follows the shares."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from kzcase.demo import shares
from kzcase.demo.casebook import generate_casebook
from kzcase.demo.needs import NEEDS
from kzcase.demo.partners import Directory, generate_partners
from kzcase.i18n import LANGUAGES, Language
from tests.demo.codes import rows
from tests.demo.rules import Bookkeeper

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def acts() -> list[dict[str, Any]]:
    return list(generate_casebook(11, 1500, TODAY, calls=1500))


def test_every_act_can_be_performed_with_shipped_codes(acts: list[dict[str, Any]]) -> None:
    assert Bookkeeper().take(acts).wrong == []


@pytest.mark.parametrize(
    "left_out",
    ["consent.given", "task.done", "referral.sent", "notice.acknowledged", "partner.added", "case.opened"],
)
def test_a_missing_act_is_noticed(acts: list[dict[str, Any]], left_out: str) -> None:
    """Canary: without one kind of act the rest cannot stand."""
    assert Bookkeeper().take(act for act in acts if act["act"] != left_out).wrong


def test_an_unknown_code_is_noticed(acts: list[dict[str, Any]]) -> None:
    """Canary: a code that no list has."""
    broken = [act | {"need": "helicopter"} if act["act"] == "referral.drafted" else act for act in acts]
    assert Bookkeeper().take(broken).wrong


HELD_BACK = (
    ("referral.drafted", {"need": "return_ticket"}),
    ("partner.added", {"kind": "consulate"}),
    ("case.closed", {"reason": "returned"}),
    ("case.closed", {"reason": "reunited"}),
)


@pytest.mark.parametrize(("kind", "said"), HELD_BACK)
def test_what_a_guard_may_hold_back_is_noticed(acts: list[dict[str, Any]], kind: str, said: dict[str, str]) -> None:
    """Canary: a generated casebook would stop there."""
    held = Bookkeeper().take(act | said if act["act"] == kind else act for act in acts).wrong
    assert any(("guard may hold" in why or "a child does not go" in why) for why in held)


@pytest.mark.parametrize("seed", [1, 2, 3, 7, 2026])
def test_no_generated_casebook_stops_at_a_guard(seed: int) -> None:
    assert Bookkeeper().take(generate_casebook(seed, 250, TODAY, calls=40)).wrong == []


def test_the_same_seed_gives_the_same_acts(acts: list[dict[str, Any]]) -> None:
    assert list(generate_casebook(11, 1500, TODAY, calls=1500)) == acts
    assert list(generate_casebook(12, 50, TODAY)) != list(generate_casebook(13, 50, TODAY))


def test_acts_come_one_at_a_time() -> None:
    stream = generate_casebook(1, 100_000, TODAY)
    assert isinstance(stream, Iterator)
    assert [next(stream)["act"] for _ in range(3)] == ["partner.added"] * 3


def test_outcomes_follow_the_shares(acts: list[dict[str, Any]]) -> None:
    old = {
        act["ref"]
        for act in acts
        if act["act"] == "case.opened" and date.fromisoformat(act["opened_on"]) < TODAY - timedelta(days=90)
    }
    reasons = Counter(act["reason"] for act in acts if act["act"] == "case.closed" and act["case"]["$ref"] in old)
    documents = (reasons["documented"] + reasons["citizenship"]) / len(old)
    returned = (reasons["returned"] + reasons["goals_reached"]) / len(old)
    assert documents == pytest.approx(shares.OUTCOME["documents"], abs=0.045)
    assert returned == pytest.approx(shares.OUTCOME["returned"], abs=0.04)
    assert reasons["lost_contact"] / len(old) == pytest.approx(shares.OUTCOME["lost_contact"], abs=0.03)


def test_new_cases_are_open(acts: list[dict[str, Any]]) -> None:
    new = {
        act["ref"]
        for act in acts
        if act["act"] == "case.opened" and date.fromisoformat(act["opened_on"]) > TODAY - timedelta(days=30)
    }
    assert new
    assert not [act for act in acts if act["act"] == "case.closed" and act["case"]["$ref"] in new]


def test_a_case_has_two_to_six_notes(acts: list[dict[str, Any]]) -> None:
    notes = Counter(act["case"]["$ref"] for act in acts if act["act"] == "note.added")
    assert {2, 6} <= set(notes.values()) <= {2, 3, 4, 5, 6}
    assert len(notes) == 1500


def test_notes_are_in_all_three_languages_with_their_places_filled(acts: list[dict[str, Any]]) -> None:
    texts = [act["text"] for act in acts if act["act"] == "note.added"]
    kazakh, russian = (sum(any(c in letters for c in t.lower()) for t in texts) for letters in ("әғқңөұүһі", "э"))
    assert kazakh > len(texts) / 4
    assert russian
    assert any(t.isascii() for t in (text.replace("\N{NO-BREAK SPACE}", " ") for text in texts))
    assert not [t for t in texts if "{" in t or "}" in t]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_office_writes_the_language_asked_for_and_nothing_else_changes(language: Language) -> None:
    mixed = list(generate_casebook(3, 150, TODAY, calls=150))
    written = list(generate_casebook(3, 150, TODAY, calls=150, written=language))
    assert [{**act, **dict.fromkeys(WRITTEN)} for act in written] == [
        {**act, **dict.fromkeys(WRITTEN)} for act in mixed
    ]
    texts = [str(act[name]) for act in written for name in TEXTS if act.get(name)]
    assert len(texts) > 300
    cyrillic = [text for text in texts if any("а" <= letter <= "я" for letter in text.lower())]
    kazakh = [text for text in texts if any(letter in "әғқңөұүһі" for letter in text.lower())]
    assert (len(cyrillic) > 0.9 * len(texts)) is (language != "en")
    assert (len(kazakh) > 0.7 * len(texts)) is (language == "kk")
    assert language == "kk" or not kazakh


TEXTS = ("note", "text", "summary", "title", "say_we_are", "words")
WRITTEN = (
    "note",
    "text",
    "summary",
    "title",
    "reason",
    "answers",
    "reply",
    "person",
    "language",
    "ground",
    "told",
    "proof",
    "say_we_are",
    "words",
)
"""What is written in a language, or says in which."""


def test_valid_until_lies_ahead(acts: list[dict[str, Any]]) -> None:
    dates = [act["valid_until"] for act in acts if "valid_until" in act]
    assert dates
    assert min(dates) > TODAY.isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_partners_are_named_in_each_language(language: Language) -> None:
    partners = generate_partners(language)
    names = [partner.act["name"] for partner in partners]
    assert len(set(names)) == len(names) == len({p.ref for p in partners})
    word = {"kk": "ойдан шығарылған", "ru": "вымышленн", "en": "generated"}[language]
    assert all(word in name for name in names)
    phones = [partner.act["phone"] for partner in partners]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("+7 709 000 0") for phone in phones)


def test_every_need_has_a_partner_in_every_region() -> None:
    directory = Directory(generate_partners("kk"))
    for need in NEEDS.values():
        for row in rows("region"):
            found = directory.near(need.partner, row["code"])
            assert found.kind == need.partner
    assert directory.near("clinic", "KZ-47").region == "KZ-47"
