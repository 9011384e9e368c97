"""An amount that the office changed goes along to phones: there the sum is worked out as it is at the desk."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook
from kzcase.exchange import phone_xform as on_phones
from kzcase.exchange.outgoing import Kind, blank_form
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.forms.library import shipped_form
from kzcase.forms.xform import parse_xform
from kzcase.queries.forms import form_of
from tests.actions.steps import do
from tests.db.books import founded
from tests.exchange.forms import of_workbook

ANSWERS = {
    "entitled/recognised": "yes",
    "entitled/ground": "mci_30",
    "entitled/recognised_on": "2026-05-05",
    "amount/pay_day": "2027-02-01",
}
DECREE = {"source": "Decree 1", "checked_on": "2026-11-22"}
KINDS: tuple[Kind, ...] = ("xml", "xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    made = founded(tmp_path)
    yield made
    made.close()


def on_phone(book: Casebook, kind: Kind) -> Form:
    """The form as a phone has it: nothing but what stands in its file."""
    with book.read() as reader:
        form = form_of(reader, "compensation_helper")
    content = blank_form(book, form, kind=kind).content
    return parse_xform(content.decode()) if kind == "xml" else of_workbook(content)


def sums(form: Form) -> list[str]:
    sheet = AnswerSheet(form, now=datetime(2026, 11, 23, 7, tzinfo=UTC))
    sheet.load(ANSWERS)
    return [sheet.get(f"amount/sum_{by}") for by in ("recognition", "payment")]


def changed(book: Casebook) -> None:
    do(book, act="amount.changed", amount=4700, valid_from="2027-01-01", valid_to="2027-12-31", **DECREE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_works_the_sum_out_with_the_amounts_that_hold_here(book: Casebook, kind: Kind) -> None:
    before = on_phone(book, kind)
    assert sums(before) == [str(30 * 4325), ""]
    changed(book)
    after = on_phone(book, kind)
    assert sums(after) == [str(30 * 4325), str(30 * 4700)]
    assert after.declared_version.startswith(before.declared_version)
    assert after.declared_version != before.declared_version, "phones take two contents of one name for a mistake"
    path = "kzcase_form"
    assert after.by_path[path].default == before.by_path[path].default, "its answers find the same version"


def test_what_was_not_changed_leaves_as_it_was_written(book: Casebook) -> None:
    made = on_phone(book, "xml").xml
    shipped = shipped_form("compensation_helper").xml
    start = shipped.index('<instance id="mci">')
    assert shipped[start : shipped.index("</instance>", start)] in made


def test_canary_amounts_that_stay_at_home_are_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_phones, "changed_tables", lambda _form: {})
    changed(book)
    assert sums(on_phone(book, "xml")) == [str(30 * 4325), ""]
