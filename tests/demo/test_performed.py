"""Generated acts performed for real: each is taken by the action it names, in a real encrypted casebook."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook
from kzcase.demo.casebook import generate_casebook
from kzcase.demo.day import CASE, scripted_day
from kzcase.domain.errors import GuardHolds, KzcaseError, NoConsent
from kzcase.i18n import LANGUAGES, Language
from tests.db.books import START, founded

TODAY = START.date()


def performed(book: Casebook, acts: Iterable[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """What every named act made: its ids by the field that takes them."""
    made: dict[str, dict[str, str]] = {}
    with book.batch():
        for number, act in enumerate(acts):
            fields = {field: _filled(field, value, made) for field, value in act.items() if field != "ref"}
            done = perform(book, read_act(fields, f"[{number}]"), f"[{number}]")
            if name := act.get("ref"):
                made[name] = {kind: value.hex() for kind, value in done.ids.items()}
    return made


def _filled(field: str, value: Any, made: dict[str, dict[str, str]]) -> Any:
    return made[value["$ref"]][field] if isinstance(value, dict) and "$ref" in value else value


def test_a_generated_casebook_is_taken_whole(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        made = performed(book, generate_casebook(17, 40, TODAY, calls=40))
    assert sum(name.startswith("case-") and "case" in ids for name, ids in made.items()) >= 40
    assert sum("call" in ids for ids in made.values()) == 40


def closed_after_a_withdrawal() -> list[dict[str, Any]]:
    """Every act about one case whose person took a consent back before it was closed, and its partners."""
    acts = list(generate_casebook(11, 1500, TODAY, calls=0))
    told = next(act["notice"]["$ref"] for act in acts if act["act"] == "notice.acknowledged")
    case = told.partition("-consent-")[0]
    mine = [act for act in acts if any(name == case or name.startswith(f"{case}-") for name in _named(act))]
    partners = {act["partner"]["$ref"] for act in mine if "partner" in act}
    return [act for act in acts if act.get("ref") in partners] + mine


def _named(act: dict[str, Any]) -> set[str]:
    pointed = {value["$ref"] for value in act.values() if isinstance(value, dict) and "$ref" in value}
    return pointed | {act.get("ref", "")}


def test_a_case_is_closed_after_a_withdrawal(tmp_path: Path) -> None:
    acts = closed_after_a_withdrawal()
    assert acts[-1]["act"] == "case.closed"
    with founded(tmp_path) as book:
        assert any("notice" in ids for ids in performed(book, acts).values())


def test_a_case_is_not_closed_while_somebody_has_not_confirmed(tmp_path: Path) -> None:
    """Canary: the reminder of the notice stays open."""
    without = [act for act in closed_after_a_withdrawal() if act["act"] != "notice.acknowledged"]
    with founded(tmp_path) as book, pytest.raises(GuardHolds):
        performed(book, without)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_is_taken_whole(tmp_path: Path, language: Language) -> None:
    with founded(tmp_path) as book:
        assert {"case", "person"} <= performed(book, scripted_day(TODAY, language))[CASE].keys()


def test_a_day_without_its_consent_is_refused(tmp_path: Path) -> None:
    """Canary: the actions themselves would not let it pass."""
    without = [act for act in scripted_day(TODAY, "kk") if act["act"] != "consent.given"]
    with founded(tmp_path) as book, pytest.raises(NoConsent):
        performed(book, without)


def test_an_act_with_an_unknown_code_is_refused(tmp_path: Path) -> None:
    """Canary: a kind of case that no list has."""
    broken = [act | {"kind": "holiday"} if act["act"] == "case.opened" else act for act in scripted_day(TODAY, "ru")]
    with founded(tmp_path) as book, pytest.raises(KzcaseError):
        performed(book, broken)


def test_the_clock_of_the_casebooks_is_the_day_of_the_acts() -> None:
    assert date(2026, 11, 22) == TODAY
