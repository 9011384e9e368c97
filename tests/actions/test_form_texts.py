"""Texts in languages of clients: checked by a native reader in one version, by an administrator's act, undoable."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotAllowed, NotFound, NothingToCheck, TextChecked
from kzcase.domain.permissions import Role
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import form_of
from tests.actions.steps import do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop
from tests.forms.office import office_xform

MOMENT = 'kzcase:moment="service"'


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path / "a.kzcase") as found:
        yield found


def leaflet(book: Casebook, version: str = "1") -> str:
    """Add a leaflet with texts in Uzbek and Kyrgyz; its fingerprint."""
    xml = office_xform("leaflet", version).replace(MOMENT, f'{MOMENT} kzcase:languages="uz ky"')
    do(book, act="form.added", xform=xml)
    with book.read() as reader:
        return form_of(reader, "leaflet").version


def check(book: Casebook, language: str = "uz", form: str = "leaflet") -> str:
    done = do(book, act="form.text_checked", form=form, language=language, reader="Сынақ оқырман")
    return done.act.hex()


def checked(book: Casebook, version: str) -> dict[str, str]:
    with book.read() as reader:
        return {language: text.reader for language, text in checked_texts(reader, version).items()}


def test_a_text_is_checked_in_one_language_and_one_version(book: Casebook) -> None:
    first = leaflet(book)
    assert checked(book, first) == {}
    check(book)
    assert checked(book, first) == {"uz": "Сынақ оқырман"}
    with book.read() as reader:
        assert checked_texts(reader, first)["uz"].on == reader.today
    second = leaflet(book, "2")
    assert checked(book, second) == {}, "a new version has to be read again"
    check(book)
    assert checked(book, second) == {"uz": "Сынақ оқырман"}


def test_twice_is_refused_and_undoing_brings_the_mark_back(book: Casebook) -> None:
    version = leaflet(book)
    act = check(book)
    with pytest.raises(TextChecked):
        check(book)
    do(book, act="act.undone", of=act)
    assert checked(book, version) == {}
    check(book)


def test_only_languages_that_have_to_be_checked(book: Casebook) -> None:
    leaflet(book)
    for language in ("kk", "tg", "xx"):
        with pytest.raises(NothingToCheck):
            check(book, language)
    with pytest.raises(NotFound):
        check(book, form="no_such_form")


def test_whoever_does_not_manage_forms_may_not(book: Casebook, tmp_path: Path) -> None:
    version = leaflet(book)
    worker = colleague(book, Role.CASEWORKER, Role.SUPERVISOR)
    with laptop(tmp_path / "b.kzcase", worker, book) as theirs:
        with pytest.raises(NotAllowed):
            check(theirs)
        assert checked(theirs, version) == {}
