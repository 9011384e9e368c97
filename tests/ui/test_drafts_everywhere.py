"""Every kind of unsaved typing, in the real window: kept, offered after a lock to its owner, back in its own dialog."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from kzcase.actions.drafts import KeptDraft, drop_draft, load_drafts, save_draft
from kzcase.actions.incidents import OpenIncident, open_incident
from kzcase.actions.persons import open_person
from kzcase.db.erased_drafts import drafts_about
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.records import RECORDS, Holds
from kzcase.domain.rows import CasePage as CaseView
from kzcase.domain.rule_changes import What
from kzcase.i18n import LANGUAGES
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_list
from kzcase.queries.letters import organisation
from kzcase.queries.partners import partner_list
from kzcase.ui import language
from kzcase.ui.calls.promises import promise_dialog
from kzcase.ui.calls.shift_page import close_dialog, outreach_dialog
from kzcase.ui.calls.signals import signal_dialog
from kzcase.ui.cases.dialogs import reopen_dialog
from kzcase.ui.cases.road_dialogs import withdraw_dialog
from kzcase.ui.cases.tracing_dialogs import ask_dialog
from kzcase.ui.cases.visibility import visibility_dialog
from kzcase.ui.consents.step_dialogs import emergency_dialog
from kzcase.ui.draft_keeper import BACK, KEPT, DraftKeeper
from kzcase.ui.drafts import drafting_in
from kzcase.ui.erasures.retention_card import hold_dialog
from kzcase.ui.inspection.entries import answer_request, receive_request, sign_undertaking
from kzcase.ui.main_window import MainWindow
from kzcase.ui.partners.dialogs import PartnerDialog
from kzcase.ui.people.record_dialogs import record_dialog, relation_dialog
from kzcase.ui.resuming import OF_A_CASE, OF_A_PERSON, OF_THE_OFFICE
from kzcase.ui.rules.dialogs import rule_dialog
from kzcase.ui.settings.organisation_card import organisation_dialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from tests.ui.desks import PASSPHRASE, open_window
from tests.ui.doubled import doubled_keys
from tests.ui.typing import type_text
from tests.ui.walking import settle

REQUEST = "ab" * 16
KIND, LINE = next(
    (kind.name, each.name) for kind in RECORDS.values() for each in kind.fields if each.holds is Holds.LINE
)


@dataclass
class Desk:
    """The window, and a case with a referral."""

    window: MainWindow
    case: CaseView

    @property
    def place(self) -> Any:
        return self.window.workplace

    @property
    def page(self) -> Any:
        page = self.place.page("case")
        if not page.isVisible() or page.view is None or page.view.id != self.case.id:
            self.place.open_case(self.case.id)
        return page

    def asked(self, question: Callable[[Any], Any]) -> Any:
        found: list[Any] = []
        self.place.work.ask(question, found.append)
        return found[0]

    def person(self) -> PersonPage:
        """Everything about the person of the case."""
        found: list[PersonPage] = []
        self.place.work.look(lambda book: open_person(book, self.case.person.id, ""), found.append)
        return found[0]

    def incident(self) -> Any:
        made: list[Any] = []
        wish = OpenIncident(kind="lost_laptop", what="Generated", classes=("contact",), noticed="2026-11-20")
        self.place.work.do(lambda book: open_incident(book, wish), made.append)
        return made[0].ids["incident"].hex()


def dialog_of(kind: str) -> Any:
    """The open dialog for one kind."""
    return next(
        each for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible() and hasattr(each, "draft_place")
        and each.draft_place().split("/")[0] == kind
    )  # fmt: skip


def row(kind: str, name: str) -> QWidget:
    dialog = dialog_of(kind)
    field: QWidget = dialog.rows[name].field if hasattr(dialog, "rows") else getattr(dialog, name)
    return field


def change_partner(desk: Desk, which: int = 0) -> None:
    PartnerDialog(desk.place.work, desk.window, desk.asked(partner_list)[which]).open()


def after(begin: Callable[[Desk], object], kind: str, name: str) -> Callable[[Desk], QWidget]:
    """Open a dialog; the field to type into is this one of it."""

    def opened(desk: Desk) -> QWidget:
        begin(desk)
        return row(kind, name)

    return opened


def office_dialog(make: Callable[[Desk], QDialog]) -> Callable[[Desk], None]:
    return lambda desk: make(desk).open()


def end(desk: Desk) -> None:
    desk.place.go("inspection").show_incident(desk.incident()).close_dialog()


def record(desk: Desk) -> None:
    record_dialog(desk.place.work, desk.place.office, desk.person(), RECORDS[KIND], desk.window).open()


def take_back(desk: Desk) -> None:
    row = next(each for each in desk.page.road.view.stated if each.mine_to_withdraw)
    withdraw_dialog(desk.place.work, desk.case.id, row, desk.window).open()


def entry(desk: Desk) -> QWidget:
    desk.place.log_call()
    field: QWidget = desk.place.page("call entry").fields.note
    return field


BEGIN: Mapping[str, tuple[Callable[[Desk], QWidget], str]] = {
    "note": (lambda desk: desk.page.notes.text, "Жазба"),
    "task": (lambda desk: desk.page.tasks._title(), "Заңгерге қоңырау шалу"),
    "name": (after(lambda desk: desk.page.person._add_name(), "name", "given"), "Әсел"),
    "phone": (after(lambda desk: desk.page.person._add_phone(), "phone", "hours"), "кешке ғана"),
    "person": (after(lambda desk: desk.page.person._correct(), "person", "birth"), "1994"),
    "consent": (after(lambda desk: desk.place._consent(desk.case.id), "consent", "valid_until"), "31.12.2"),
    "emergency": (
        after(office_dialog(lambda desk: emergency_dialog(desk.place.work, desk.place.office, desk.case.id,
              desk.window)), "emergency", "ground"), "Өміріне қауіп төнді",
    ),
    "reply": (
        after(lambda desk: desk.page.referrals._answer(desk.case.referrals[0]), "reply", "text"), "Төсек бар",
    ),
    "closing": (after(lambda desk: desk.page._close_or_reopen(), "closing", "summary"), "Үйіне оралды"),
    "reopening": (
        after(office_dialog(lambda desk: reopen_dialog(desk.place.work, desk.case.id, desk.window)), "reopening",
              "reason"), "Қайта келді",
    ),
    "hold": (
        after(office_dialog(lambda desk: hold_dialog(desk.place.work, desk.case.id, desk.window)), "hold", "why"),
        "сот жүріп жатыр",
    ),
    "before_filing": (
        after(lambda desk: visibility_dialog(desk.place.work, desk.place.office, desk.case.id, desk.window).open(),
              "before_filing", "learns"), "Мекенжайын біледі",
    ),
    "tracing": (
        after(lambda desk: ask_dialog(desk.place.work, desk.place.office, desk.case.id, desk.window).open(),
              "tracing", "last_place"), "Шымкент базары",
    ),
    "signal": (
        after(lambda desk: signal_dialog(desk.place.work, desk.place.office, "ab" * 16, desk.window), "signal",
              "place"), "Ауыл шеті",
    ),
    "call_back": (
        after(lambda desk: promise_dialog(desk.place.work, desk.place.office, "ab" * 16, desk.window), "call_back",
              "hours"), "18:00-20:00",
    ),
    "outreach": (
        after(lambda desk: outreach_dialog(desk.place.work, desk.place.office, desk.window), "outreach", "place"),
        "Базар",
    ),
    "shift": (
        after(lambda desk: close_dialog(desk.place.work, desk.window), "shift", "words"), "Баспанаға хабарлау керек",
    ),
    "flag": (after(lambda desk: desk.page.together.flag.click(), "flag", "reason"), "Қауіп бар"),
    "approval": (after(lambda desk: desk.page.together.approval.click(), "approval", "note"), "Жоспар дайын"),
    "conference": (
        after(lambda desk: desk.page.together.conference.click(), "conference", "minutes"), "Жоспар қаралды",
    ),
    "giving": (after(lambda desk: desk.page.assign.click(), "giving", "note"), "Демалысқа кетемін"),
    "new_task": (after(lambda desk: desk.page.tasks.more.click(), "new_task", "note"), "Таңертең ғана"),
    "handing_over": (after(lambda desk: desk.place.go("team")._hand_over(), "handing_over", "note"), "Ауырып қалды"),
    "sealed": (after(lambda desk: desk.place.seal(desk.case.id), "sealed", "text"), "Құпия"),
    "referral": (after(lambda desk: desk.place.refer(desk.case.id), "referral", "reason"), "Себеп"),
    "case": (after(lambda desk: desk.place.new_case(), "case", "family"), "Қуат"),
    "call": (entry, "Қоңырау"),
    "fact": (after(lambda desk: desk.page.road._state(), "fact", "proof"), "№ 17"),
    "clearing": (after(lambda desk: desk.page.road._clear(), "clearing", "ground"), "Қауіп жоқ"),
    "taking_back": (after(lambda desk: take_back(desk), "taking_back", "ground"), "Қате"),
    "report": (after(lambda desk: desk.page.road._report(), "report", "told"), "Айтылды"),
    "suspending": (after(lambda desk: desk.page.road._suspend(), "suspending", "reason"), "Шетелде"),
    "record": (after(lambda desk: record(desk), "record", LINE), "Үлгі"),
    "relation": (
        after(lambda desk: relation_dialog(desk.place.work, desk.place.office, desk.person(), desk.window).open(),
              "relation", "given"), "Дана",
    ),
    "partner": (after(lambda desk: desk.place.go("partners")._new(), "partner", "address"), "Абай көшесі"),
    "partner_change": (after(change_partner, "partner_change", "address"), "Құпия көше"),
    "organisation": (
        after(office_dialog(lambda desk: organisation_dialog(desk.place.work, desk.asked(organisation), desk.window)),
              "organisation", "address"), "пошта жәшігі",
    ),
    "rule": (
        after(office_dialog(lambda desk: rule_dialog(desk.place.work, desk.place.office, What.DAY, desk.window)),
              "rule", "source"), "Үкімет қаулысы",
    ),
    "undertaking": (
        after(lambda desk: sign_undertaking(desk.place.work, "", desk.window), "undertaking", "on"), "1",
    ),
    "request": (
        after(lambda desk: receive_request(desk.place.work, desk.place.office, desk.window), "request", "case"), "A-1",
    ),
    "answer": (
        after(lambda desk: answer_request(desk.place.work, desk.place.office, REQUEST, desk.window), "answer", "on"),
        "2",
    ),
    "incident": (
        after(lambda desk: desk.place.go("inspection").report_incident(), "incident", "what"), "Ноутбук жоғалды",
    ),
    "incident end": (after(end, "incident end", "done"), "Кілттер ауыстырылды"),
}  # fmt: skip
"""By kind: the field somebody types into, as they come to it, and what. A form is typed into by another test."""
OF_PAGES = {"note", "task", "call"}
"""What is typed into pages: these ask before they are left, or are still there."""
OF_ITS_TEAM = {"giving", "conference", "new_task", "fact", "clearing", "taking_back"}
"""Dialogs of a case that first ask who works here, or where it stands."""


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    window = open_window(tmp_path)
    qtbot.addWidget(window)
    window.show()
    assert window.work is not None
    found: list[CaseView] = []
    window.work.ask(_with_referral, found.append)
    yield Desk(window, found[0])
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.done(0)
    window.lock()
    window.door.stop()


def _with_referral(reader: Any) -> CaseView:
    pages = (case_page(reader, each.id) for each in case_list(reader))
    return next(page for page in pages if page.referrals and page.closed_on is None)


def reopen(desk: Desk) -> None:
    desk.window.lock()
    path = desk.window.start.open.path()
    assert path is not None
    desk.window.door.enter(path, PASSPHRASE)


def kept(desk: Desk) -> dict[str, Mapping[str, str]]:
    return {each.place: each.content for each in desk.asked(load_drafts)}


def type_all(desk: Desk) -> None:
    for begin, text in BEGIN.values():
        type_text(begin(desk), text)


def holds(place: str) -> Mapping[str, str]:
    """What the page or dialog of a place holds now."""
    for window in QApplication.topLevelWidgets():
        for drafting in drafting_in(window) if window.isVisible() else ():
            if drafting.draft_place() == place:
                return drafting.draft()
    return {}


def test_every_kind_there_is_is_tried() -> None:
    assert {*BEGIN, "form"} == KEPT.keys()
    assert OF_A_CASE.keys() | OF_A_PERSON.keys() | OF_THE_OFFICE.keys() < KEPT.keys()


def test_typed_kept_offered_and_back_in_its_place(desk: Desk) -> None:
    """In every dialog at once; while all of them are open, what holds for all of them is looked at too."""
    type_all(desk)
    desk.place.drafts.keep()
    before = kept(desk)
    erasing_finds_them(desk, before)
    no_key_means_two_things()
    assert {place.split("/")[0] for place in before} == BEGIN.keys()
    for place, content in before.items():
        kind = place.split("/")[0]
        assert kind == "sealed" or any(BEGIN[kind][1] in text for text in content.values()), (place, content)
    reopen(desk)
    drafts, tried = desk.place.drafts, 0
    assert len(drafts._waiting) == len(before)
    while drafts._waiting:
        place = drafts._waiting[0].place
        drafts.go_on()
        there = dict(holds(place))
        assert there.keys() == before[place].keys(), place
        if not place.startswith("sealed"):
            assert there == before[place], place
        tried += 1
    assert tried == len(BEGIN)
    assert not drafts.offer.isVisible()


def no_key_means_two_things() -> None:
    """In any dialog, in any language, letters with Alt too; the canary of this stands in `tests/ui/test_cut.py`."""
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert len(dialogs) > len(BEGIN) - len(OF_PAGES) - 3
    for spoken in LANGUAGES:
        language.switch(spoken)
        settle()
        assert {type(each).__name__: keys for each in dialogs if (keys := doubled_keys(each))} == {}
    language.switch("en")
    settle()


def erasing_finds_them(desk: Desk, places: Mapping[str, object]) -> None:
    """A place names the case first, so that whoever is erased takes the typing about their case along."""
    assert desk.window._entered is not None
    sql = desk.window._entered.desk.book._sql
    about = {place for place in places if desk.case.id in place}
    assert len(drafts_about(sql, [bytes.fromhex(desk.case.id)], [])) == len(about)
    others = {"note", "task", "sealed", "referral"}
    assert {place.split("/")[0] for place in about} == OF_A_CASE.keys() | OF_ITS_TEAM | others
    found = {row: place.split("/")[0] for row, place in sql.rows("SELECT id, place FROM drafts")}
    about_them = drafts_about(sql, [bytes.fromhex(desk.case.person.id)], [])
    of_rows = {"reply", "taking_back"}  # the person stands in the referral and the statement that these name
    assert {found[row] for row in about_them} == {*OF_A_PERSON, "name", "phone", "person", *of_rows}


def test_discarded_or_left_they_are_gone(desk: Desk) -> None:
    type_all(desk)
    reopen(desk)
    while desk.place.drafts._waiting:
        desk.place.drafts.discard()
    assert kept(desk) == {}
    type_text(BEGIN["closing"][0](desk), "Үйіне")
    desk.place.drafts.keep()
    assert len(kept(desk)) == 1
    dialog_of("closing").reject()
    desk.place.drafts.keep()
    assert len(kept(desk)) == 1
    desk.place.drafts.discard()
    assert kept(desk) == {}


def leave(desk: Desk, kind: str) -> tuple[str, Mapping[str, str]]:
    """Type into a dialog and press Escape; its place, and what it held."""
    begin, text = BEGIN[kind]
    type_text(begin(desk), text)
    dialog = dialog_of(kind)
    place, held = dialog.draft_place(), dict(dialog.draft())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible(), kind
    assert held, kind
    return place, held


def test_escape_keeps_it_and_the_same_dialog_has_it_again(desk: Desk) -> None:
    """Nothing is lost by a slip of the finger, in any dialog; then it is not wanted any more."""
    drafts = desk.place.drafts
    for kind in sorted(BEGIN.keys() - OF_PAGES):
        place, held = leave(desk, kind)
        drafts.keep()
        assert ([each.place for each in drafts._waiting], [*kept(desk)]) == ([place], [place])
        assert drafts.offer.isVisible()
        once_more(desk, kind, place)
        dialog = dialog_of(kind)
        again = dict(dialog.draft())
        assert again.keys() == held.keys(), kind
        assert kind == "sealed" or again == held, kind
        assert not drafts.offer.isVisible()
        line = next(each for each in dialog.findChildren(Banner) if each.sentence.text() == language.text(BACK))
        line.findChild(Button).click()
        drafts.keep()
        assert (drafts._waiting, kept(desk)) == ([], {}), kind


def once_more(desk: Desk, kind: str, place: str) -> None:
    """Open the same dialog as before; beginning with one of an incident makes another incident."""
    if kind == "incident end":
        desk.place.go("inspection").show_incident(place.split("/")[1]).close_dialog()
    else:
        BEGIN[kind][0](desk)


def test_typed_about_one_partner_it_never_stands_at_another(desk: Desk) -> None:
    leave(desk, "partner_change")
    change_partner(desk, 1)
    assert dict(dialog_of("partner_change").draft()) == {}
    dialog_of("partner_change").reject()
    change_partner(desk, 0)
    assert dict(dialog_of("partner_change").draft()) == {"address": BEGIN["partner_change"][1]}


def nowhere(desk: Desk) -> list[str]:
    """What is kept of a dialog that does not say what it is about."""
    change_partner(desk)
    dialog = dialog_of("partner_change")
    dialog._place = ""
    type_text(dialog.rows["address"].field, "Құпия көше")
    desk.place.drafts.keep()
    return [*kept(desk)]


def test_what_belongs_nowhere_is_never_kept_nor_given_back(desk: Desk) -> None:
    """An older program kept such: it goes as soon as it is found."""
    old = KeptDraft("", {"address": "of another"})
    desk.place.work.do(lambda book: save_draft(book, old), changes=("erasures",))
    assert nowhere(desk) == []
    dialog_of("").reject()
    assert (kept(desk), desk.place.drafts._waiting) == ({}, [])


def test_a_keeper_that_takes_an_empty_place_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.ui.drafts.is_whole", lambda _place: True)
    assert nowhere(desk) == [""], "the canary died"
    monkeypatch.undo()


def consent_again(desk: Desk) -> Any:
    """The dialog of a consent, after one was left in the middle."""
    desk.place._consent(desk.case.id)
    dialog = dialog_of("consent")
    for tick in (*dialog.classes.values(), dialog.interpreter):
        tick.setChecked(True)
    dialog.partner.set_code(desk.asked(partner_list)[0].id)
    type_text(row("consent", "withheld"), "Ағасына айтпау керек")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.place._consent(desk.case.id)
    return dialog_of("consent")


def test_nobody_agrees_to_what_was_ticked_before(desk: Desk) -> None:
    """What was typed comes back; what somebody agreed to, for whom and to whom is asked again."""
    again = consent_again(desk)
    assert dict(again.draft()) == {"withheld": "Ағасына айтпау керек"}
    assert not any(tick.isChecked() for tick in (*again.classes.values(), again.interpreter))
    assert not again.partner.code()


def emptied_at_once(desk: Desk) -> tuple[list[str], list[str]]:
    """Left, opened again, emptied before the next second and left again: what is kept, and what waits."""
    leave(desk, "closing")
    desk.page._close_or_reopen()
    dialog = dialog_of("closing")
    dialog.rows["summary"].field.setText("")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    return [*kept(desk)], [each.place for each in desk.place.drafts._waiting]


def test_what_was_emptied_does_not_come_back(desk: Desk) -> None:
    assert emptied_at_once(desk) == ([], [])


def test_a_keeper_that_never_sees_it_back_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DraftKeeper, "_look_whether_back", lambda *_: None)
    assert emptied_at_once(desk) != ([], []), "the canary died"


def test_a_keeper_that_hears_of_no_dialog_is_noticed(desk: Desk) -> None:
    desk.place.work.opening.disconnect()
    leave(desk, "closing")
    desk.place.drafts.keep()
    assert desk.place.drafts._waiting == [], "the canary died"


def test_the_x_and_cancel_of_a_dialog_keep_it_too(desk: Desk) -> None:
    for away in ("close", "cancel"):
        type_text(BEGIN["closing"][0](desk), "Үйіне")
        dialog = dialog_of("closing")
        dialog.close() if away == "close" else dialog.cancel.click()
        assert [each.place.split("/")[0] for each in desk.place.drafts._waiting] == ["closing"]
        desk.place.drafts.discard()
    BEGIN["closing"][0](desk)
    dialog_of("closing").reject()
    assert desk.place.drafts._waiting == [], "nothing was typed"


def test_what_waits_is_looked_through_after_an_erasing(desk: Desk) -> None:
    """Canary: what only waits in the window would be offered about somebody who is not there any more."""
    place, _held = leave(desk, "closing")
    desk.place.work.do(lambda book: drop_draft(book, place), changes=("erasures",))
    assert desk.place.drafts._waiting == []
    assert not desk.place.drafts.offer.isVisible()


def test_what_was_left_survives_a_lock_and_comes_back_with_its_dialog(desk: Desk) -> None:
    _place, held = leave(desk, "closing")
    reopen(desk)
    BEGIN["closing"][0](desk)
    assert dict(dialog_of("closing").draft()) == held
    assert not desk.place.drafts.offer.isVisible()


def test_saved_it_is_gone(desk: Desk) -> None:
    type_text(BEGIN["name"][0](desk), "Әсел")
    desk.place.drafts.keep()
    assert len(kept(desk)) == 1
    dialog_of("name")._save()
    desk.page.tasks.due.set_value(None)
    type_text(desk.page.tasks._title(), "Қоңырау шалу")
    type_text(desk.page.tasks.due, "31122026")
    desk.place.drafts.keep()
    assert [place.split("/")[0] for place in kept(desk)] == ["task"]
    desk.page.tasks._add()
    desk.place.drafts.keep()
    assert kept(desk) == {}


def test_a_task_begun_for_another_case_waits_there(desk: Desk) -> None:
    first = desk.page
    type_text(first.tasks._title(), "Бірінші")
    other = next(each.id for each in desk.asked(case_list) if each.id != desk.case.id)
    desk.place.open_case(other)
    assert first.tasks._title().text() == ""
    type_text(first.tasks._title(), "Екінші")
    desk.place.drafts.keep()
    assert {place: content["title"] for place, content in kept(desk).items()} == {
        f"task/{desk.case.id}": "Бірінші", f"task/{other}": "Екінші",
    }  # fmt: skip
    assert desk.page.tasks._title().text() == "Бірінші"


def test_what_is_only_shown_is_nothing_unsaved(desk: Desk) -> None:
    """Canary: what is known already stands in some of these fields when they open."""
    for begin, _text in BEGIN.values():
        begin(desk)
    for window in (each for each in QApplication.topLevelWidgets() if each.isVisible()):
        for drafting in drafting_in(window):
            desk.place.work.typed.emit(drafting)  # as after a letter that was taken back
    desk.place.drafts.keep()
    assert kept(desk) == {}
