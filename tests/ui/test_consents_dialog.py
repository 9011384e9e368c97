"""Recording a consent: nothing is ticked that was not said, nothing is recorded that was not explained."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from kzcase.actions.wanted_papers import WantedPaper
from kzcase.domain.classes import FieldClass
from kzcase.i18n import LANGUAGES, verbatim
from kzcase.queries.case_page import case_page
from kzcase.ui import lanes, language, messages
from kzcase.ui.consents import dialog as consents_dialog
from kzcase.ui.consents.dialog import ConsentDialog
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.wish_dialog import NEEDED
from tests.actions.steps import do
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, with_case, working


@pytest.fixture
def dialog(qtbot, tmp_path: Path):
    with working(tmp_path) as (book, work):
        case, partner = with_case(book)
        window = QWidget()
        qtbot.addWidget(window)
        made = ConsentDialog(work, case, window)
        made.book, made.case, made.known = book, case, partner
        offered(made)
        yield made
        window.close()


def consents(book, case: str):
    with book.read() as reader:
        return case_page(reader, case).consents


def agreed(dialog: ConsentDialog, *classes: FieldClass) -> None:
    dialog.partner.set_code(dialog.known)
    dialog.language.set_code("uz")
    dialog.explained.setChecked(True)
    dialog.paper.set_code(None)
    for each in classes:
        dialog.classes[each].setChecked(True)


def test_nothing_is_ticked_at_first(dialog: ConsentDialog) -> None:
    assert not any(tick.isChecked() for tick in dialog.classes.values())
    assert not dialog.explained.isChecked()
    assert dialog.partner.code() is None
    assert dialog.language.code() is None  # never the window's own: it would be written down as explained in it


def test_only_what_was_ticked_is_recorded(dialog: ConsentDialog, qtbot) -> None:
    book, case = dialog.book, dialog.case
    agreed(dialog, FieldClass.CONTACT, FieldClass.IDENTIFYING)
    dialog.interpreter.setChecked(True)
    dialog.valid_until.set_value(date.today() + timedelta(days=90))
    with qtbot.waitSignal(dialog.given) as given:
        dialog.save.click()
    (row,) = consents(book, case)
    assert given.args == [row.id]
    assert set(row.classes) == {"identifying", "contact"}
    assert (row.purpose, row.interpreter, row.in_force) == ("referral", True, True)


@pytest.mark.parametrize("missing", ["partner", "language", "classes", "explained", "past"])
def test_what_is_missing_is_said_at_its_place_and_nothing_is_recorded(dialog: ConsentDialog, missing: str) -> None:
    agreed(dialog, FieldClass.CONTACT)
    if missing == "partner":
        dialog.partner.set_code(None)
    elif missing == "language":
        dialog.language.set_code(None)
    elif missing == "classes":
        dialog.classes[FieldClass.CONTACT].setChecked(False)
    elif missing == "explained":
        dialog.explained.setChecked(False)
    else:
        dialog.valid_until.set_value(date(2020, 1, 1))
    dialog.save.click()
    assert consents(dialog.book, dialog.case) == ()
    said = [dialog.rows[name].error for name in ("partner", "language", "valid_until")]
    said += [dialog.classes_wrong.text() or None, dialog.explained_wrong.text() or None]
    assert sum(each is not None for each in said) == 1
    assert dialog.save.isEnabled()


def printed(dialog: ConsentDialog, monkeypatch: pytest.MonkeyPatch) -> list[WantedPaper]:
    wanted: list[WantedPaper] = []
    monkeypatch.setattr(consents_dialog, "print_for", lambda _work, wish, _window: wanted.append(wish))
    agreed(dialog, FieldClass.CONTACT)
    dialog.paper.buttons[1].click()
    return wanted


def test_a_sheet_is_printed_only_after_somebody_asked_whether_it_is_safe_to_take(
    dialog: ConsentDialog, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    wanted = printed(dialog, monkeypatch)
    dialog.save.click()
    assert (consents(dialog.book, dialog.case), dialog.taking.row.error) == ((), NEEDED)
    dialog.taking.safe.set_code("yes")
    dialog.taking.discreet.setChecked(True)
    with qtbot.waitSignal(dialog.given):
        dialog.save.click()
    assert [(each.paper, each.safe_to_take, each.discreet) for each in wanted] == [("consent", "yes", True)]


def test_a_sheet_that_is_not_safe_is_not_printed_and_the_consent_is_recorded(
    dialog: ConsentDialog, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    wanted = printed(dialog, monkeypatch)
    dialog.taking.safe.buttons[2].click()
    assert dialog.taking.told.isVisibleTo(dialog)
    with qtbot.waitSignal(dialog.given):
        dialog.save.click()
    assert (len(consents(dialog.book, dialog.case)), wanted) == (1, [])


def test_without_a_sheet_nothing_is_asked(dialog: ConsentDialog) -> None:
    dialog.paper.buttons[0].click()
    if dialog.paper.code():
        dialog.paper.buttons[0].click()
    assert not dialog.taking.isVisibleTo(dialog)


def test_a_refusal_is_said_in_words(dialog: ConsentDialog) -> None:
    from kzcase.actions.cases import CloseCase, close_case

    close_case(dialog.book, CloseCase(case=dialog.case, reason="returned", summary="Generated.", feedback_asked=True))
    agreed(dialog, FieldClass.CONTACT)
    dialog.save.click()
    assert "closed" in dialog.said.sentence.text()
    assert dialog.save.isEnabled()


def test_it_is_named_in_three_languages(dialog: ConsentDialog) -> None:
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)


@pytest.mark.parametrize("kind", ["consulate", "crisis_centre"])
def test_what_will_not_leave_yet_is_said_over_the_page(dialog: ConsentDialog, monkeypatch, kind: str) -> None:
    monkeypatch.setattr(lanes.doors, "warn", messages.show_warned)
    if kind == "consulate":
        dialog.known = do(dialog.book, act="partner.added", name="Generated", kind=kind).ids["partner"].hex()
        dialog.partner.set_choices([Choice(dialog.known, verbatim("Generated"))])
    agreed(dialog, FieldClass.CONTACT)
    page = dialog.parentWidget()
    offered(page)
    dialog.save.click()
    said = [w for w in QApplication.topLevelWidgets() if isinstance(w, messages.MessageDialog) and w.isVisible()]
    assert [("will not leave before" in each.sentence.text(), each.parentWidget() is dialog) for each in said] == (
        [(True, False)] if kind == "consulate" else []
    )
    assert not dialog.isVisible()
    for each in said:
        each.safe.click()
