"""Answers whose edition is not here are read by the present form; what the form does not know hinders nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.actions.office_forms import add_form, form_file
from kzcase.db.casebook import Casebook
from kzcase.exchange.incoming import LookInto, propose
from kzcase.exchange.looking import What
from kzcase.i18n import render
from kzcase.queries.forms import form_of
from tests.db.books import founded

FORM = "| survey |\n| | type | name | label |\n| | text | a | {label} |\n| settings |\n| | form_id | version |\n"
SENT = """<data id="aXb" version="{edition}"><a>x</a>{more}<meta><instanceID>uuid:1</instanceID></meta></data>"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        for edition in range(1, 6):
            text = FORM.format(label=f"Asked {edition}") + f"| | visit | {edition} |\n"
            add_form(made, form_file("visit.md", text.encode()))
        yield made


def test_an_unknown_edition_is_read_by_the_present_form_and_said(book: Casebook) -> None:
    sent = SENT.format(edition="17", more="").encode()
    (item,) = propose(book, LookInto("x.xml", sent, form_id="visit")).items
    with book.read() as reader:
        assert item.version == form_of(reader, "visit").version
    assert item.edition == "5"
    assert ["“17”" in said and "“5”" in said for said in (render(each, "en") for each in item.warnings)] == [True]


def test_an_element_the_form_does_not_know_is_named_and_the_rest_offered(book: Casebook) -> None:
    sent = SENT.format(edition="3", more="<zzz>y</zzz>").encode()
    (item,) = propose(book, LookInto("x.xml", sent, form_id="visit")).items
    assert (item.what, item.edition, item.problems) == (What.NEW, "3", ())
    assert item.sent is not None
    assert item.sent.sheet.values() == {"a": "x"}
    assert ["zzz" in render(each, "en") for each in item.warnings] == [True]
