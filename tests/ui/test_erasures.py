"""Erasing in the window: looked at first, asked once, done, and proved; blocked, held and released from the screen."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from kzcase.actions import holds
from kzcase.actions.desk import Desk
from kzcase.actions.erasing import ErasePerson, erase_person
from kzcase.db import erasing as carrying
from kzcase.db.casebook import Casebook
from kzcase.db.sql import Sql
from kzcase.domain.backups import BackupRow
from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES
from kzcase.queries.erasures import bytes_to_write_anew
from kzcase.queries.holds import blocked_people
from kzcase.queries.people import person as person_row
from kzcase.queries.retention import held_list
from kzcase.ui import language
from kzcase.ui.anew_first import ANEW
from kzcase.ui.backups.jobs import back_up_now
from kzcase.ui.erasures import erase_dialog
from kzcase.ui.erasures import retention_card as card_words
from kzcase.ui.erasures.erase_dialog import EraseDialog
from kzcase.ui.erasures.retention_card import RetentionCard, hold_dialog
from kzcase.ui.messages import MessageDialog
from kzcase.ui.office import office_of
from kzcase.ui.people.card import PersonCard
from kzcase.ui.settings.anew_notice import LATER, NOW, STILL_FOR, WAITS, AnewNotice
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.widgets.pdf import PreviewDialog
from kzcase.ui.work import InlineWork, Work
from tests.actions.offices import office, opened
from tests.actions.steps import CALL, CASE, do
from tests.db.books import START, TickingClock
from tests.keys.cheap import OTHER
from tests.marked import Marked, marked, still_marked
from tests.ui.naming import assert_all_named

YEARS = timedelta(days=365 * 6)


@dataclass
class Room:
    """A supervisor at the laptop, and somebody to erase."""

    desk: Desk
    work: InlineWork
    clock: TickingClock
    bot: QtBot

    @property
    def book(self) -> Casebook:
        return self.desk.book

    def dialog(self, reference: str) -> EraseDialog:
        dialog = EraseDialog(self.work, office_of(self.book), reference)
        dialog.open()
        return dialog

    def card(self) -> RetentionCard:
        card = RetentionCard(self.work, office_of(self.book), self.desk)
        self.bot.addWidget(card)
        card.show()
        return card


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    clock = TickingClock()
    with opened(office(tmp_path), clock=clock) as desk:
        work = InlineWork(desk.book)
        yield Room(desk, work, clock, qtbot)
        for each in QApplication.topLevelWidgets():
            if isinstance(each, EraseDialog):
                each.reject()
        work.close()


def top(kind: type[MessageDialog | PreviewDialog]) -> MessageDialog | PreviewDialog:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert len(found) == 1
    return found[0]


def confirm() -> None:
    question = top(MessageDialog)
    assert isinstance(question, MessageDialog)
    assert question.act is not None
    question.act.click()


@pytest.fixture
def who(room: Room) -> Marked:
    return marked(room.book, Random(41))


def test_what_goes_and_where_they_are_named_is_shown_before(room: Room, who: Marked) -> None:
    dialog = room.dialog(who.person)
    assert dialog.plan is not None
    assert len(dialog.checks) == 3
    ticked = {row.id for row in dialog.plan.mentions if dialog.checks[row.id].isChecked()}
    assert ticked == {row.id for row in dialog.plan.mentions if row.certain}
    assert_all_named(dialog)
    place = {each: each.mapTo(dialog, each.rect().topLeft()).y() for each in (dialog.elsewhere, dialog.facts)}
    assert place[dialog.elsewhere] < place[dialog.facts], "texts about others stand before what is only counted"
    for row in dialog.plan.mentions:
        said = dialog.checks[row.id].words.text()
        assert all(word in said for word in row.words), "by which words it was found"
        assert ("Ticked, because" in said) == row.certain
    dialog.reject()
    assert "bodies" in still_marked(room.book, who)


def test_nothing_is_erased_without_a_reason_and_a_second_answer(room: Room, who: Marked) -> None:
    dialog = room.dialog(who.person)
    dialog.save.click()
    assert dialog.reason_row.error is not None
    dialog.reason.set_code("request")
    dialog.save.click()
    question = top(MessageDialog)
    assert isinstance(question, MessageDialog)
    ticked = sum(check.isChecked() for check in dialog.checks.values())
    assert ticked
    assert f"In {ticked} text" in question.detail.text(), "how much of others goes is said before it goes"
    question.safe.click()
    assert "bodies" in still_marked(room.book, who)
    for check in dialog.checks.values():
        check.setChecked(False)
    dialog.save.click()
    question = top(MessageDialog)
    assert isinstance(question, MessageDialog)
    assert "text" not in question.detail.text()
    question.safe.click()


def test_it_is_done_and_says_its_number(room: Room, who: Marked) -> None:
    dialog, numbers = room.dialog(who.person), list[str]()
    dialog.erased.connect(numbers.append)
    for check in dialog.checks.values():
        check.setChecked(True)
    dialog.reason.set_code("request")
    dialog.save.click()
    confirm()
    assert len(numbers) == 1
    assert still_marked(room.book, who) == []


def test_a_held_case_and_many_mentions(room: Room, who: Marked, monkeypatch: pytest.MonkeyPatch) -> None:
    holds.hold_case(room.book, holds.HoldCase(case=who.case, why="Court"))
    monkeypatch.setattr(erase_dialog, "SHOWN", 1)
    dialog = room.dialog(who.person)
    assert not dialog.save.isEnabled()
    assert not dialog.said.isHidden()
    assert len(dialog.checks) == 1


def test_the_data_can_be_blocked_instead(room: Room, who: Marked) -> None:
    room.dialog(who.person).block.click()
    with room.book.read() as reader:
        assert blocked_people(reader) == {bytes.fromhex(who.person)}
    assert not room.dialog(who.person).block.isEnabled()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_fits_in_every_language(room: Room, who: Marked, spoken: str) -> None:
    language.switch(spoken)  # type: ignore[arg-type]
    try:
        dialog = room.dialog(who.person)
        assert_all_named(dialog)
        assert dialog.save.text()
    finally:
        language.switch("kk")


# The person's card and the page of a case


def test_the_card_offers_it_to_supervisors_alone(room: Room, who: Marked, tmp_path: Path, qtbot: QtBot) -> None:
    wanted: list[str] = []
    with room.book.read() as reader:
        row = person_row(reader, bytes.fromhex(who.person))
    card = PersonCard(room.work, office_of(room.book), erase=wanted.append)
    qtbot.addWidget(card)
    card.show_person(row)
    assert not card.erase.isHidden()
    card.erase.click()
    assert wanted == [who.person]
    plain = PersonCard(room.work, office_of(room.book))
    qtbot.addWidget(plain)
    assert plain.erase.isHidden()
    room.desk.close()
    with opened(room.desk.path, OTHER) as theirs:
        assert theirs.book.acting.roles == {Role.CASEWORKER}
        card = PersonCard(InlineWork(theirs.book), office_of(theirs.book), erase=wanted.append)
        qtbot.addWidget(card)
        assert card.erase.isHidden()


def test_the_page_of_an_erased_case_closes_and_the_certificate_is_shown(room: Room, who: Marked, qtbot: QtBot) -> None:
    from kzcase.settings import Settings
    from kzcase.ui.places import make_page

    entered = Entered(room.desk, office_of(room.book))
    page = make_page("case", room.work, entered, Settings(room.desk.path.parent / "settings.json"))
    qtbot.addWidget(page)
    page.show()
    page.show_case(who.case)  # type: ignore[attr-defined]
    closed: list[int] = []
    page.closed.connect(lambda: closed.append(1))  # type: ignore[attr-defined]
    page.person.erase.click()  # type: ignore[attr-defined]
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, EraseDialog) and each.isVisible()]
    dialog.reason.set_code("wrong_record")
    dialog.save.click()
    confirm()
    assert closed == [1]
    assert isinstance(top(PreviewDialog), PreviewDialog)
    top(PreviewDialog).close()
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]


# Retention


def years_later(room: Room) -> None:
    """Past every term, with the calls gone that the office had from the beginning."""
    with room.book.read() as reader:
        calls = [bytes(row[0]).hex() for row in reader.session.execute(text("SELECT id FROM calls"))]
    for call in calls:
        erase_person(room.book, ErasePerson(call, "request"))
    room.clock.now = START + YEARS


def test_what_is_past_its_term_is_listed_held_released_and_erased(room: Room) -> None:
    done = do(room.book, act="case.opened", kind="trafficking", person={"names": [{"family": "Generated"}]})
    case = done.ids["case"].hex()
    do(room.book, act="case.closed", case=case, reason="moved", summary="Generated.", feedback_asked=True)
    years_later(room)
    card = room.card()
    (line,) = card.due.shown
    assert not card.doubtful.isHidden()
    assert_all_named(card)
    dialog = hold_dialog(room.work, case, card)
    dialog.rows["why"].field.setText("Court letter 5")  # type: ignore[attr-defined]
    dialog.save.click()
    with room.book.read() as reader:
        assert [row.why for row in held_list(reader)] == ["Court letter 5"]
    assert (len(card.due.shown), len(card.held.shown)) == (0, 1)
    card.held.shown[0].release.click()
    confirm()
    assert (len(card.due.shown), len(card.held.shown)) == (1, 0)
    line.erase.click()
    (erasing,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, EraseDialog) and each.isVisible()]
    assert erasing.reason.code() == "retention"
    erasing.save.click()
    confirm()
    top(PreviewDialog).close()
    assert len(card.due.shown) == 0
    assert not card.nothing.isHidden()


def test_suspicions_past_their_term_are_taken_away_one_or_all_with_whoever_they_name(room: Room) -> None:
    person = do(room.book, **CASE).ids["person"].hex()
    told = {"act": "relation.added", "person": person, "kind": "recruiter_suspected", "said_by": "person"} | {
        "keep_until": "2027-02-01"
    }
    for family in ("Бірінші", "Екінші", "Үшінші"):
        do(room.book, **told, new_person={"names": [{"family": family}]})
    room.clock.now = START + timedelta(days=100)
    card = room.card()
    assert len(card.suspicions.shown) == 3
    assert_all_named(card)
    card.suspicions.shown[0].end.click()
    confirm()
    top(PreviewDialog).close()  # the certificate: somebody was erased
    assert (len(card.suspicions.shown), card.end_all.isHidden()) == (2, False)
    card.end_all.click()
    confirm()
    top(PreviewDialog).close()
    assert (len(card.suspicions.shown), card.end_all.isHidden()) == (0, True)
    with room.book.read("long") as reader:
        names = reader.session.connection().exec_driver_sql("SELECT family FROM person_names WHERE struck IS NOT 1")
        assert {family for (family,) in names}.isdisjoint({"Бірінші", "Екінші", "Үшінші"})


def test_a_call_that_became_no_case_is_listed_held_and_erased_from_the_same_card(room: Room) -> None:
    years_later(room)
    room.clock.now = START
    call = do(room.book, **(CALL | {"note": "Қамбар"})).ids["call"].hex()
    room.clock.now = START + YEARS
    card = room.card()
    [line] = card.due.shown
    assert line.row is not None
    assert line.row.kind == "call"
    assert language.text(card_words.BECAME_NONE["call"]) in line.number.text()
    hold = hold_dialog(room.work, call, card)
    hold.rows["why"].field.setText("Сот хаты")  # type: ignore[attr-defined]
    hold.save.click()
    assert (len(card.due.shown), len(card.held.shown)) == (0, 1)
    card.held.shown[0].release.click()
    confirm()
    card.due.shown[0].erase.click()
    [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, EraseDialog) and each.isVisible()]
    assert dialog.block.isHidden()
    assert_all_named(dialog)
    dialog.save.click()
    confirm()
    top(PreviewDialog).close()
    assert (len(card.due.shown), len(card.held.shown)) == (0, 0)


# A large file


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as one whose writing anew nobody should have to wait for."""
    monkeypatch.setattr(carrying, "PAGES_AT_ONCE", 0)


def erased_somebody(room: Room, seed: int) -> Marked:
    who = marked(room.book, Random(seed), files=0)
    room.work.do(lambda book: erase_person(book, ErasePerson(who.person, "request")))
    return who


def anew_notice(room: Room) -> AnewNotice:
    notice = AnewNotice(room.work)
    room.bot.addWidget(notice)
    return notice


@pytest.mark.usefixtures("large")
def test_after_an_erasing_a_line_says_that_the_file_is_written_anew(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, real, said = anew_notice(room), Sql.rewrite, list[str]()
    assert notice.isHidden()
    with monkeypatch.context() as watched:
        watched.setattr(Sql, "rewrite", lambda sql: said.append(notice.sentence.text()) or real(sql))
        erased_somebody(room, 31)
    assert "at most 1 second" in said[0]
    assert notice.isHidden()
    with room.book.read() as reader:
        assert bytes_to_write_anew(reader) == 0


@pytest.mark.usefixtures("large")
def test_what_somebody_interrupted_waits_in_sight_for_a_quiet_moment(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = anew_notice(room)
    with monkeypatch.context() as hindered:
        hindered.setattr(Sql, "rewrite", lambda _sql: False)
        erased_somebody(room, 32)
    assert notice.isVisibleTo(None)
    assert notice.sentence.text() == language.text(WAITS)
    again = anew_notice(room)  # as after the next unlock
    assert not again.isHidden()
    notice.begin(lambda: STILL_FOR - 1)
    notice.look()
    assert not notice.isHidden()
    notice.begin(lambda: STILL_FOR)
    notice.look()
    assert notice.isHidden()
    with room.book.read() as reader:
        assert bytes_to_write_anew(reader) == 0


@pytest.mark.usefixtures("large")
def test_a_backup_says_when_it_writes_the_file_anew_first(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles, real = list[str](), Sql.rewrite
    room.work.long_started.connect(lambda work: work.called.connect(lambda: titles.append(language.text(work.title))))
    with monkeypatch.context() as hindered:
        hindered.setattr(Sql, "rewrite", lambda _sql: False)
        erased_somebody(room, 34)
    saying = list[str]()
    monkeypatch.setattr(Sql, "rewrite", lambda sql: saying.append(titles[-1]) or real(sql))
    made = list[object]()
    back_up_now(room.work, room.desk, tmp_path / "stick", made.append, made.append, owner=room.work)
    assert isinstance(made[0], BackupRow)
    assert saying == [language.text(ANEW)]
    assert titles == [language.text(ANEW), "Backing up"]


@pytest.mark.usefixtures("large")
def test_later_stops_it_and_now_does_it(room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    going, real, done = threading.Event(), Sql.rewrite, list[bool]()

    def until_later(sql: Sql) -> bool:
        going.set()
        while notice._running is None or not notice._running.cancelled:
            time.sleep(0.001)
        done.append(real(sql))
        return done[-1]

    work = Work(room.book)
    notice = AnewNotice(work)
    qtbot.addWidget(notice)
    notice.show()
    who = marked(room.book, Random(33), files=0)
    with monkeypatch.context() as slow:
        slow.setattr(Sql, "rewrite", until_later)
        work.do(lambda book: erase_person(book, ErasePerson(who.person, "request")))
        qtbot.waitUntil(going.is_set)
        assert notice.button.words() == language.text(LATER)
        qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: notice.button.words() == language.text(NOW))
    assert done == [False]
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(notice.isHidden)
    with room.book.read() as reader:
        assert bytes_to_write_anew(reader) == 0
    work.close()
