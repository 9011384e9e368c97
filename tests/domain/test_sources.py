"""Where the rules are from is said in every language; what an office typed stands as it was written."""

import pytest

from kzcase.db.rulebook import baseline
from kzcase.domain.sources import source_said
from kzcase.i18n import LANGUAGES, render, verbatim


def shipped() -> set[str]:
    rules = baseline()
    days = {day.source for day in rules.calendar.exceptions.values()}
    return {rule.source for rule in rules.deadlines.versions} | days | {row.source for row in rules.mci.rows}


def without_words() -> set[str]:
    return {source for source in shipped() if source_said(source) == verbatim(source)}


def test_every_source_that_ships_has_its_words() -> None:
    assert len(shipped()) > 30
    assert not without_words()
    assert {render(source_said(source), "en") for source in shipped()} == shipped()


def test_a_source_without_words_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.domain.sources._BY_TEXT", {})
    assert "Law on refugees of 4 December 2009" in without_words()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_office_typed_stands_as_written(language: str) -> None:
    assert render(source_said("Generated decree {no words}"), language) == "Generated decree {no words}"  # type: ignore[arg-type]
