"""Forms that others wrote: every example published with pyxform loads and comes back whole, or is refused in words."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kzcase.domain.errors import BadForm, BadInput, BadInputs
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.check import check_form
from kzcase.forms.definition import Form, Question
from kzcase.forms.doors import read_form
from kzcase.forms.xform import parse_xform
from kzcase.i18n import LANGUAGES, render
from tests.forms.filled import NOON, sheet
from tests.forms_answers import plausible_answers

FOLDER = Path(__file__).parent / "examples"
REFUSED: dict[str, str] = json.loads((FOLDER / "refused.json").read_text(encoding="utf-8"))


@cache
def examples() -> dict[str, bytes]:
    """Every example by the name of its file."""
    tables = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))
    found = {f"{table['name']}.md": "\n".join(table["md"]).encode() for table in tables}
    files = (file for file in sorted(FOLDER.iterdir()) if file.suffix in (".md", ".csv", ".xlsx", ".xml"))
    return found | {file.name: file.read_bytes() for file in files if file.name != "README.md"}


def beside(name: str) -> bytes:
    """The published forms come without their lists: here every list has one row."""
    if name.endswith(".xml"):
        return b"<root><item><name>a</name><label>A</label><val>a</val><lbl>A</lbl></item></root>"
    if name.endswith(".geojson"):
        return b'{"type":"FeatureCollection","features":[{"id":"a","properties":{"title":"A"},"geometry":null}]}'
    return b"name,label,val,lbl\na,A,a,A\n"


def problems(error: BadInput) -> tuple[BadInput, ...]:
    return tuple(error.problems) if isinstance(error, BadInputs) else (error,)


def as_said(form: Form) -> Iterator[tuple[object, ...]]:
    """Everything a form says, without the lines it was written at."""
    yield form.id, form.version, form.title, form.languages, form.about, form.moment, form.attributes, form.root
    for question in form.walk():
        yield tuple(getattr(question, name) for name in Question.__slots__ if name not in ("row", "children"))


def test_there_are_as_many_as_were_published() -> None:
    assert (len(examples()), len(REFUSED)) == (340, 73)
    assert set(REFUSED) < set(examples())


@pytest.mark.parametrize("name", sorted(set(examples()) - set(REFUSED)))
def test_a_published_form_loads_and_comes_back_whole(name: str) -> None:
    form = read_form(name, examples()[name], beside)
    again = parse_xform(form.xml)
    assert list(as_said(again)) == list(as_said(form))
    filled = sheet(form)
    filled.load(_answers(form))
    anew = AnswerSheet(again, now=NOON, empty=True)
    anew.restore(filled.values(journal=True), filled.reasons(journal=True))
    assert anew.values() == filled.values()
    assert anew.relevance() == filled.relevance()
    assert set(anew.errors()) == set(filled.errors())


def _answers(form: Form) -> dict[str, str]:
    """The least that fits; what cannot be made to fit is left as it is."""
    try:
        return plausible_answers(form)
    except AssertionError:
        return {}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_used_is_refused_at_its_place_in_three_languages(name: str) -> None:
    with pytest.raises((BadForm, BadInputs)) as caught:
        read_form(name, examples()[name], beside)
    first = problems(caught.value)[0]
    assert first.place == REFUSED[name]
    assert isinstance(first, BadForm)
    assert all(render(first.why, language) for language in LANGUAGES)
    found = check_form(name, examples()[name], beside)
    assert not found.ok
    assert found.errors[0].place == first.place
