"""Everything about a person on the screen: the family by keyboard and covered, records, and two who may be one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.domain.person_rows import PersonPage
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, Language, verbatim
from kzcase.queries.persons import person_page
from kzcase.ui import clock, language
from kzcase.ui.people.pairs import PairsDialog
from kzcase.ui.people.person_dialog import PersonDialog
from kzcase.ui.people.record_dialogs import words_of
from kzcase.ui.tables import MASK
from tests.ui import people_screens


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[PersonDialog]:
    dialog = people_screens.person()
    assert isinstance(dialog, PersonDialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.page is not None and bool(dialog.graph.nodes) and bool(dialog.cards[-1].lines.shown))
    yield dialog
    dialog.close()


def test_the_family_is_reached_by_the_keyboard_and_covered_like_everything_else(
    qtbot: QtBot, shown: PersonDialog
) -> None:
    names = [node.accessibleName() for node in shown.graph.nodes]
    assert any("Мұхаббат" in name for name in names)
    mother = shown.graph.nodes[0]
    mother.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is mother
    with qtbot.waitSignal(shown.graph.chosen) as chosen:
        QTest.keyClick(mother, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.page is not None and shown.page.person.id == chosen.args[0])
    assert shown.page is not None
    assert [row.theirs for row in shown.page.relations] == [True]
    hidden = shown.page.relations[0].__class__("1", "mother", "2", None, masked=frozenset({"name"}))
    shown.graph.show_page(_with_relations(shown.page, hidden))
    assert MASK in shown.graph.nodes[0].accessibleName()


def _with_relations(page: PersonPage, relation: object) -> PersonPage:
    from dataclasses import replace

    return replace(page, relations=(relation,))  # type: ignore[arg-type]


def test_a_record_is_added_from_its_card(qtbot: QtBot, shown: PersonDialog) -> None:
    from kzcase.domain.records import RECORDS
    from kzcase.ui.people.record_dialogs import record_dialog

    assert shown.page is not None
    before, person = len(shown.page.of("address")), shown.page.person.id
    work, office, _who = people_screens.office()
    dialog = record_dialog(work, office, shown.page, RECORDS["address"], shown)
    dialog.rows["text"].field.setText("Generated 2")  # type: ignore[attr-defined]
    dialog.save.click()
    assert dialog.rows["kind"].error is not None
    dialog.rows["kind"].field.set_code("registered")  # type: ignore[attr-defined]
    with qtbot.waitSignal(dialog.done_well):
        dialog.save.click()
    found: list[PersonPage] = []
    work.ask(lambda reader: person_page(reader, person), found.append)
    assert len(found[0].of("address")) == before + 1


def test_what_ran_out_is_not_said_like_what_runs_out(shown: PersonDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 9, tzinfo=KAZAKHSTAN))

    def said(kind: str) -> list[str]:
        card = next(each for each in shown.cards if each.kind.name == kind)
        for line in card.lines.shown:
            line.retranslate()
        return [language.text(line.chip._said) for line in card.lines.shown if line.chip.isVisible()]

    assert said("stay") == ["Was to be renewed by 10.06.2026"]
    assert said("document") == ["Renew by 10.12.2026"]
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 10, 9, tzinfo=KAZAKHSTAN))
    assert said("stay") == ["Renew by 10.06.2026"], "the last day itself is not past"


def test_an_address_where_nobody_may_come_cannot_be_overlooked(shown: PersonDialog) -> None:
    """And one where it is safe says nothing."""
    line, *_others = next(each for each in shown.cards if each.kind.name == "address").lines.shown
    assert line.chip.isVisible()
    assert language.text(line.chip._said) == "Do not write or come there"
    line.say(replace(line.row, values={**line.row.values, "safe": "yes"}))
    assert not line.chip.isVisible()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_direction_of_the_way_is_said_in_words_and_sums_as_people_write_them(
    shown: PersonDialog, spoken: Language
) -> None:
    language.switch(spoken)
    cards = {each.kind.name: each for each in shown.cards}
    _work, office, _who = people_screens.office()
    code = office.rulebook.list("direction").get("into")
    assert code is not None
    said = cards["leg"].direction.text()
    assert code.name(spoken) in said
    assert "Code(" not in said
    (wage,) = cards["wage"].lines.shown
    assert ("150,000" if spoken == "en" else "150\u00a0000") in wage.told.text()


def test_a_label_that_asks_takes_no_colon() -> None:
    assert words_of([(verbatim("Safe?"), "no"), (verbatim("Until"), "2026")]) == "Safe? no  ·  Until: 2026"


def test_two_are_made_one_and_two_again(qtbot: QtBot) -> None:
    dialog = people_screens.pairs()
    assert isinstance(dialog, PairsDialog)
    dialog.open()
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    pair = dialog.rows[0]
    dialog.one.click()
    qtbot.waitUntil(lambda: not dialog.rows)
    assert dialog.header.meta.isHidden(), "nothing is left to decide"
    work, _office, _who = people_screens.office()

    def merged() -> int:
        found: list[PersonPage] = []
        work.ask(lambda reader: person_page(reader, pair.first.person), found.append)
        return len(found[0].merged)

    assert merged() == 1
    dialog.undo.click()
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    assert "1" in dialog.header.meta.text()
    assert merged() == 0
    dialog.close()
