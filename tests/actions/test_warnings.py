"""Letters that paper cannot show are warned of wherever they stand, and nothing else is."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.actions import warnings
from kzcase.actions.case_facts import READ_BY_ALL, StateFact
from kzcase.actions.cases import AddNote, OpenCase
from kzcase.actions.saved_searches import READ_BY_TEAM, SaveSearch
from kzcase.actions.warnings import NOT_PRINTABLE, warnings_of
from kzcase.i18n import render
from kzcase.paper.fonts import composed, missing


def note(text: str) -> AddNote:
    return AddNote(case="2026-AAA-00001", text=text)


@pytest.mark.parametrize(
    "text", ["Қаріп Әғқңөұүһі", "Oʻzbek Gʻulom", "Тоҷикӣ ҳ ҷ", "two\nlines\t— “these” ₸", "ünïcödé"]
)
def test_what_paper_shows_is_not_warned_of(text: str) -> None:
    assert warnings_of(note(text)) == ()


@pytest.mark.parametrize("text", ["محمد", "王", "😀", "ა", "Қ\u0e01"])
def test_what_paper_loses_is_warned_of_with_its_place(text: str) -> None:
    (warned,) = warnings_of(note(text), "[3]")
    assert (warned.place, warned.warning) == ("[3].text", NOT_PRINTABLE)
    said = render(warned.what, "en")
    assert "U+" in said
    assert text not in said


def test_every_text_of_a_wish_is_looked_at() -> None:
    given: dict[str, Any] = {
        "kind": "child",
        "note": "王",
        "person": {"names": [{"family": "a"}, {"given": "王"}], "phones": [{"number": "1", "say_we_are": "王"}]},
    }
    places = [one.place for one in warnings_of(msgspec.convert(given, OpenCase), "[0]")]
    assert places == ["[0].note", "[0].person.names[1].given", "[0].person.phones[0].say_we_are"]


@given(st.text(min_size=1))
def test_the_quick_look_misses_nothing(text: str) -> None:
    """Texts that need no closer look have no letter that paper would lose."""
    if warnings._PRINTABLE.fullmatch(text):
        assert not missing(composed(text))


def test_what_more_people_read_than_its_writer_thinks_of_is_said() -> None:
    """The name of a search given to the team, and what is published; canary: one's own search says nothing."""
    saved = {"name": "Балалар", "filters": {"kind": ["child"]}}
    (warned,) = warnings_of(msgspec.convert(saved | {"shared": True}, SaveSearch), "[0]")
    assert (warned.place, warned.what) == ("[0].name", READ_BY_TEAM)
    assert warnings_of(msgspec.convert(saved, SaveSearch)) == ()
    (warned,) = warnings_of(StateFact(case="1", fact="search_published"), "[0]")
    assert (warned.place, warned.what) == ("[0].fact", READ_BY_ALL)
    assert warnings_of(StateFact(case="1", fact="police_search")) == ()
