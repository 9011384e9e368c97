"""Choosing a form: what comes next stands first, everything is found by a word in any language, the keys suffice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kzcase.forms.about import Moment
from kzcase.forms.definition import Form
from kzcase.forms.listed import listed
from kzcase.i18n import LANGUAGES
from kzcase.queries.forms import OfferedForm
from kzcase.ui import language
from kzcase.ui.forms import choose_dialog
from kzcase.ui.forms.choose_dialog import ChooseFormDialog
from kzcase.ui.forms.forms_list import ROW
from kzcase.ui.forms.known import MOMENTS, SUGGESTED, KnownForm, found_by, grouped, known_of, suggested
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, with_case, working
from tests.ui.typing import press, type_text

M = Moment


def form(name: str, moment: Moment | None, *kinds: str, word: str = "") -> KnownForm:
    title = {"kk": f"{name} қағазы {word}", "ru": f"{name} лист", "en": f"{name} sheet"}
    about = {each: f"{name} ({each})" for each in LANGUAGES}
    return known_of(OfferedForm(listed(Form(name, "0" * 64, title, LANGUAGES, (), about=about, moment=moment,
                                            case_kinds=kinds))))  # fmt: skip


FORMS = (
    form("meeting", M.FIRST_CONTACT, "child", word="кездесу"),
    form("signs", M.SCREENING, "trafficking"),
    form("child_signs", M.SCREENING, "child"),
    form("best_interests", M.ASSESSMENT, "child"),
    form("needs", M.ASSESSMENT),
    form("consent", M.CONSENT),
    form("closing", M.CLOSING),
    form("survey", None),
    *(form(f"office_{number}", M.OFFICE) for number in range(40)),
)
KINDS = ("trafficking", "child")


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(choose_dialog, "read_known", lambda _reader: FORMS)
    with working(tmp_path) as (book, work):
        case, _partner = with_case(book)
        made: Any = ChooseFormDialog(work, case)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        offered(made)
        yield made
        made.hide()


def test_a_child_is_met_before_it_is_screened_and_screened_before_it_is_assessed() -> None:
    met: set[str] = set()
    for next_ones in (["meeting"], ["child_signs"], ["best_interests", "needs"]):
        assert [each.id for each in suggested(FORMS, "child", met)] == next_ones
        met.add(next_ones[0])
    assert suggested(FORMS, "child", met) == []
    assert suggested(FORMS, None, ()) == []


def test_what_comes_before_something_done_is_not_suggested_any_more() -> None:
    assert [each.id for each in suggested(FORMS, "child", {"child_signs"})] == ["best_interests", "needs"]
    assert [each.id for each in suggested(FORMS, "child", {"consent", "survey"})] == ["meeting"], "these have no turn"


def test_forms_stand_by_their_moment_in_the_order_of_the_work() -> None:
    headings = [words for words, _forms in grouped(FORMS)]
    assert headings[:-1] == [words for moment, words in MOMENTS.items() if any(f.moment is moment for f in FORMS)]
    assert sum(len(forms) for _words, forms in grouped(FORMS)) == len(FORMS)
    assert set(MOMENTS) == set(Moment)


@pytest.mark.parametrize("typed", ["кездесу", "КЕЗДЕС", "meeting sh", "лист meet", "meeting"])
def test_a_form_is_found_by_words_in_any_language(typed: str) -> None:
    assert "meeting" in [each.id for each in found_by(FORMS, typed)]
    assert found_by(FORMS, "meeting жоқ") == []


def test_only_forms_for_this_kind_of_case_unless_others_are_wanted(dialog: Any) -> None:
    assert dialog.offer.kind == "trafficking"
    shown = [each.id for each in dialog.list.forms()]
    assert shown[0] == "signs"
    assert dialog.list._groups[0][0] is SUGGESTED
    assert not {"meeting", "child_signs", "best_interests"} & set(shown)
    assert len(shown) == len(set(shown)) == len(FORMS) - 3
    dialog.every.setChecked(True)
    assert {each.id for each in dialog.list.forms()} == {each.id for each in FORMS}


def test_typing_arrows_and_enter_choose(dialog: Any, qtbot: QtBot) -> None:
    assert dialog.search.hasFocus()
    type_text(dialog.search, "office")
    assert len(dialog.list.forms()) == 40
    first = dialog.list.form()
    press(dialog.search, Qt.Key.Key_Down)
    below = dialog.list.form()
    assert below.id != first.id
    press(dialog.search, Qt.Key.Key_Up)
    press(dialog.search, Qt.Key.Key_Down)
    assert dialog.about.text() == below.about[language.current()]
    with qtbot.waitSignal(dialog.chosen) as chosen:
        press(dialog.search, Qt.Key.Key_Return, text="\r")
    assert chosen.args == [below.id]
    assert not dialog.isVisible()


def test_headings_are_passed_over(dialog: Any) -> None:
    rows = [dialog.list.item(number).data(ROW) for number in range(dialog.list.count())]
    assert any(not isinstance(row, KnownForm) for row in rows[2:])
    stood = []
    for _step in range(len(dialog.list.forms()) - 1):
        stood.append(dialog.list.form().id)
        dialog.list.step(1)
    stood.append(dialog.list.form().id)
    assert stood == [each.id for each in dialog.list.forms()]
    dialog.list.step(1)
    assert dialog.list.form().id == stood[-1]


def test_what_is_found_nowhere_is_said_and_opens_nothing(dialog: Any) -> None:
    dialog.search.setText("жоқсөз")
    assert dialog.told.isVisible()
    assert not dialog.fill.isEnabled()
    press(dialog.search, Qt.Key.Key_Return, text="\r")
    assert dialog.isVisible()
    dialog.search.setText("")
    assert not dialog.told.isVisible()
    assert dialog.fill.isEnabled()


def test_every_control_is_named_in_every_language(dialog: Any) -> None:
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)
        said = dialog.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
        assert dialog.list.form().title[spoken] in said
