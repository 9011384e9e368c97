"""The forms room: forms are found, printed, made ready for phones; an office's own is added or told what is wrong."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kzcase.actions.office_forms import AddForm, add_form, form_file
from kzcase.domain.permissions import Role
from kzcase.forms.library import listed_forms
from kzcase.i18n import LANGUAGES
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import forms_offered, known_forms
from kzcase.ui import language
from kzcase.ui.at_work import office_at
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.forms import adding, phone
from kzcase.ui.forms.known import known_of
from kzcase.ui.forms.phone import PhoneDialog
from kzcase.ui.forms.printing import PrintFormDialog
from kzcase.ui.forms.room import FormsPage
from kzcase.ui.messages import MessageDialog
from kzcase.ui.office import Office, office_of
from kzcase.ui.widgets.pdf import PreviewDialog
from tests.forms.office import office_xform
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, working
from tests.ui.sample_form import RARE, question, source
from tests.ui.typing import press

LEAFLET = office_xform("leaflet").replace(
    'kzcase:moment="service"', 'kzcase:moment="service" kzcase:languages="uz ky" kzcase:phone="yes"'
)


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Any]:
    with working(tmp_path) as (book, work):
        made: Any = FormsPage(work, office_at(work))
        made.book, made.work = book, work
        qtbot.addWidget(made)
        made.resize(1366, 768)
        offered(made)
        yield made
        made.hide()


def add(page: Any, xform: str = LEAFLET) -> None:
    page.work.do(lambda book: add_form(book, AddForm(xform=xform)))


def looked(page: Any, path: Path) -> Any:
    return page.read_file(path)


def asked() -> Any:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    return found


def test_every_form_is_listed_and_found_by_a_word_in_any_language(page: Any) -> None:
    assert {each.id for each in page.list.forms()} == {form.id for form in listed_forms()}
    page.search.setText("скрининг")
    assert "victim_screening" in [each.id for each in page.list.forms()]
    page.search.setText("жоқсөз")
    assert page.nothing.isVisible()
    press(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert not page.nothing.isVisible()


def test_what_is_known_of_a_form_stands_at_the_right(page: Any) -> None:
    page.list.choose("victim_screening")
    (form,) = [each for each in listed_forms() if each.id == "victim_screening"]
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert page.details.name.text() == form.title[spoken]
        assert_all_named(page)
    assert page.details.print.isVisible()
    assert not page.details.withdraw.isVisible(), "what ships stays"


def test_an_own_form_is_marked_and_can_be_withdrawn(page: Any) -> None:
    add(page)
    assert page.list.choose("leaflet")
    page.details.withdraw.click()
    asked().accept()
    with page.book.read() as reader:
        assert "leaflet" not in [each.form.id for each in forms_offered(reader)]
    assert page.list.choose("leaflet"), "it can still be looked at"
    assert not page.details.print.isVisible()
    assert not page.details.withdraw.isVisible()


def test_a_native_reader_checked_a_text(page: Any, qtbot: QtBot) -> None:
    add(page)
    page.list.choose("leaflet")
    line = page.details.texts.shown[0]
    assert line.check.isVisible()
    line.check.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog)]
    dialog.save.click()
    assert dialog.rows["reader"].error is not None, "whom to ask must be known"
    dialog.rows["reader"].field.setText("Сынақ оқырман")
    dialog.save.click()
    uz, ky = page.details.texts.shown
    assert "Сынақ оқырман" in uz.said.text()
    assert not uz.check.isVisible()
    assert ky.check.isVisible()
    with page.book.read() as reader:
        assert set(checked_texts(reader, page.details.form.listed.version)) == {"uz"}


def test_whoever_does_not_manage_forms_only_looks_and_prints(page: Any, qtbot: QtBot) -> None:
    from dataclasses import replace

    add(page)
    worker = FormsPage(page.work, replace(office_at(page.work), held_roles=frozenset({Role.CASEWORKER})))
    qtbot.addWidget(worker)
    offered(worker)
    worker.list.choose("leaflet")
    assert not worker.add.isVisible()
    assert not worker.details.withdraw.isVisible()
    assert not worker.details.texts.shown[0].check.isVisible()
    assert worker.details.print.isVisible()
    worker.hide()


# Adding a file


def test_mistakes_are_told_by_row_in_words(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "visit.md"
    file.write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${nowhere} = 1 |\n| | txet | b | B | |\n",
        encoding="utf-8",
    )
    dialog = looked(page, file)
    assert dialog.mistakes.isVisible()
    rows = [dialog.rows.row(number) for number in range(dialog.rows.rowCount())]
    assert rows
    assert all(found.row for found in rows)
    assert dialog.whole.text()
    assert not dialog.add.isEnabled()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)
    dialog.reject()


def test_a_form_without_mistakes_is_added_and_offered(page: Any, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "sample_every_kind.yaml"
    file.write_bytes(source())
    dialog = looked(page, file)
    assert dialog.facts.isVisible()
    assert not dialog.replaces.isVisible()
    dialog.add.click()
    assert page.told.isVisible()
    assert page.list.form().id == "sample_every_kind"
    with page.book.read() as reader:
        assert [each.form.id for each in known_forms(reader) if each.office] == ["sample_every_kind"]
    again = looked(page, file)
    again.add.click()
    assert again.isVisible(), "the very same version is refused"
    again.reject()


def test_the_place_of_a_shipped_form_is_taken_only_by_somebody_who_says_so(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "visit.xml"
    file.write_text(office_xform("victim_screening"), encoding="utf-8")
    dialog = looked(page, file)
    if not dialog.looked.check.ok:
        pytest.fail(str(dialog.looked.check.errors))
    assert dialog.replaces.isVisible()
    assert not dialog.add.isEnabled()
    dialog.replaces.setChecked(True)
    assert dialog.add.isEnabled()
    dialog.reject()


def test_files_that_cannot_be_read_are_said_to_be_so(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (tmp_path / "gone.xml", tmp_path):
        dialog = looked(page, path)
        assert dialog.told.isVisible()
        assert not dialog.add.isEnabled()
        dialog.reject()
    monkeypatch.setattr(adding, "LARGEST", 10)
    (tmp_path / "large.xml").write_text("x" * 11, encoding="utf-8")
    dialog = looked(page, tmp_path / "large.xml")
    assert not dialog.add.isEnabled()
    assert dialog.looked is None
    dialog.reject()


# Paper


def test_a_blank_paper_for_nobody_asks_no_more_than_the_language(page: Any) -> None:
    page.list.choose("victim_screening")
    dialog = PrintFormDialog(page.work, "", "victim_screening", "ru", parent=page)
    offered(dialog)
    assert not dialog.which.isVisible()
    assert not dialog.safe.isVisible()
    assert not dialog.discreet.isVisible()
    assert dialog.show_paper.isEnabled()
    dialog.second.set_code("kk")
    wish = dialog.wish()
    assert (wish.language, wish.second, wish.case, wish.safe_to_take) == ("ru", "kk", "", "")
    dialog.second.set_code("ru")
    assert dialog.wish().second == "", "the same language twice is one"
    dialog.reject()


def test_a_form_of_our_own_is_printed_too(page: Any, qtbot: QtBot) -> None:
    add(page)
    dialog = PrintFormDialog(page.work, "", "leaflet", "uz", parent=page)
    offered(dialog)
    assert dialog.language.code() == "uz"
    assert dialog.told.isVisible(), "nobody has checked the text"
    dialog.show_paper.click()
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, PreviewDialog)]
    assert shown
    shown[-1].reject()


# Phones


def phone_dialog(page: Any, form_id: str, office: Office | None = None) -> PhoneDialog:
    with page.book.read() as reader:
        form = next(each for each in known_forms(reader) if each.form.id == form_id)
    return offered(PhoneDialog(page.work, office or office_of(page.book), known_of(form), page))


def test_what_is_off_says_why_and_an_administrator_who_knows_the_risk_decides(page: Any) -> None:
    dialog = phone_dialog(page, "victim_screening")
    assert not dialog.rule.allowed
    assert language.text(phone.RISK) in dialog.why.text()
    assert not dialog.make.isEnabled()
    assert_all_named(dialog)
    assert (dialog.switch.isVisible(), dialog.switch.isEnabled()) == (True, False), "only with the risk known"
    dialog.known.setChecked(True)
    dialog.switch.click()
    assert (dialog.rule.allowed, dialog.rule.sealed_only, dialog.make.isEnabled()) == (True, True, True)
    assert not dialog.plain.isVisible(), "about people it leaves closed only"
    assert not dialog.known.isVisible()
    dialog.switch.click()
    assert (dialog.rule.allowed, dialog.rule.off) == (False, True)
    dialog.reject()


def test_nobody_else_is_offered_the_switch(page: Any) -> None:
    worker = replace(office_of(page.book), held_roles=frozenset({Role.CASEWORKER}))
    dialog = phone_dialog(page, "child_intake", worker)
    assert dialog.why.isVisible()
    assert [each.isVisible() for each in (dialog.switch, dialog.known, dialog.make)] == [False] * 3
    dialog.reject()
    dialog = phone_dialog(page, "needs_assessment", worker)
    assert (dialog.make.isEnabled(), dialog.switch.isVisible()) == (True, False)
    dialog.reject()


def test_who_only_administers_decides_and_makes_no_file(page: Any) -> None:
    dialog = phone_dialog(
        page, "needs_assessment", replace(office_of(page.book), held_roles=frozenset({Role.ADMINISTRATOR}))
    )
    assert not dialog.make.isVisible()
    dialog.reject()


def test_a_form_for_phones_leaves_as_a_file(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    kept: list[tuple[str, bytes]] = []
    monkeypatch.setattr(phone, "keep", lambda _work, name, content, _window: kept.append((name, content)))
    visit = {"form": "visit_count", "edition": "1", "title": RARE, "phone": "yes", "questions": [question("integer")]}
    wish = form_file("visit_count.yaml", json.dumps(visit).encode())
    page.work.do(lambda book: add_form(book, wish))
    page.list.choose("visit_count")
    assert page.details.phone.isVisible()
    page.details.phone.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, PhoneDialog)]
    assert dialog.rule.allowed
    assert dialog.make.isEnabled()
    dialog.make.click()
    ((name, content),) = kept
    assert name.endswith(".xml")
    assert "visit" not in name, "what lies about tells nothing"
    assert b"<h:html" in content


def test_the_name_offered_for_a_file_tells_nothing(page: Any, qtbot: QtBot) -> None:
    dialog = phone.keep(page.work, "leaflet.xml", b"x", page)
    assert isinstance(dialog, QFileDialog)
    dialog.reject()


def test_forty_forms_are_listed_quickly(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing reads no form: were one parsed, the list would never stand while the window waits."""
    from kzcase.forms import library

    def refuse(*_what: object) -> None:
        raise AssertionError("a form was parsed to be listed")

    monkeypatch.setattr(library, "parse_xform", refuse)
    page.refresh()
    assert page.list.forms()
