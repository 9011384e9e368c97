"""What is looked at in the window is entered: cases with a reason where they are others', searches once they settle."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from kzcase.actions import reading
from kzcase.actions.desk import open_desk
from kzcase.actions.read_log import read_log
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE, Place, opened
from kzcase.domain.errors import DiskTrouble
from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES
from kzcase.queries.looks import LooksWish
from kzcase.ui import language
from kzcase.ui.attachments.card import AttachmentsCard
from kzcase.ui.audit.page import LooksPage
from kzcase.ui.cases.list_page import CaseListPage
from kzcase.ui.cases.page import CasePage, Panels
from kzcase.ui.cases.reason_dialog import ReasonDialog
from kzcase.ui.history.card import HistoryCard
from kzcase.ui.messages import MessageDialog
from kzcase.ui.office import office_of
from kzcase.ui.people.card import PersonCard
from kzcase.ui.places import PLACES
from kzcase.ui.referrals.panel import ReferralsPanel
from kzcase.ui.search_watch import SearchWatch
from kzcase.ui.supervision.card import TogetherCard
from kzcase.ui.supervision.timeline import TimelineCard
from kzcase.ui.work import InlineWork
from tests.actions.steps import a_case, do
from tests.db.books import AUDIT, founded
from tests.db.laptops import colleague, laptop
from tests.keys.cheap import TINY
from tests.ui.desks import PASSPHRASE, open_window
from tests.ui.naming import assert_all_named
from tests.ui.typing import press, type_text

NAME = "Құпиятегі"


def whats(book: Casebook) -> list[str]:
    """What the log says, the oldest first."""
    with book.read("long") as reader:
        rows = reader.session.execute(text("SELECT incarnation, sealed FROM read_log ORDER BY index_in_chain")).all()
    place = book.facts.organisation
    entries = (opened(AUDIT.open_sealed(PURPOSE, sealed), Place(place, laptop)).entry for laptop, sealed in rows)
    return [":".join(filter(None, (entry.what, entry.reason))) for entry in entries]


class Seat:
    """A colleague's laptop in a test, with pages on it."""

    def __init__(self, book: Casebook, bot: QtBot) -> None:
        self.book, self.bot = book, bot
        self.work = InlineWork(book)
        self.office = office_of(book)

    def case_page(self) -> CasePage:
        panels = Panels(
            partial(PersonCard, self.work, self.office),
            partial(HistoryCard, self.work),
            partial(ReferralsPanel, self.work),
            partial(AttachmentsCard, self.work, self.office),
            partial(TogetherCard, self.work, self.office),
            partial(TimelineCard, self.work),
        )
        page = CasePage(self.work, self.office, panels)
        self.bot.addWidget(page)
        page.show()
        return page

    def list_page(self) -> CaseListPage:
        page = CaseListPage(self.work, self.office)
        self.bot.addWidget(page)
        page.show()
        return page


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., tuple[Seat, str]]]:
    """The laptop of a colleague with one role, and a case of the founder's."""
    books: list[Casebook] = []
    places: list[Seat] = []

    def made(role: Role = Role.CASEWORKER) -> tuple[Seat, str]:
        office = founded(tmp_path)
        books.append(office)
        case = a_case(office, person={"names": [{"family": NAME, "given": "Адам"}]}, note="Құпия жазба")
        book = laptop(tmp_path, colleague(office, role), office)
        books.append(book)
        places.append(Seat(book, qtbot))
        return places[-1], case

    yield made
    for place in places:
        place.work.close()
        place.work.deleteLater()
    for book in books:
        book.close()


def dialogs(kind: type) -> list:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


# Opening a case


def test_ones_own_case_opens_at_once_and_is_one_entry(at: Callable[..., tuple[Seat, str]]) -> None:
    place, _others = at()
    own = a_case(place.book)
    page = place.case_page()
    page.show_case(own)
    assert page.view is not None
    assert whats(place.book) == ["case.read"]
    do(place.book, act="note.added", case=own, text="x")
    place.work.changed.emit(frozenset({"cases"}))
    assert whats(place.book) == ["case.read"]  # looking again at what is open is no new look


def test_anothers_case_asks_why_and_shows_nothing_before(at: Callable[..., tuple[Seat, str]]) -> None:
    place, case = at()
    page = place.case_page()
    page.show_case(case)
    (dialog,) = dialogs(ReasonDialog)
    assert whats(place.book) == []
    assert page.view is None
    assert not page.notes.isVisible()
    assert page.history._rows == ()
    assert not dialog.open_case.isEnabled()
    assert_all_named(dialog)
    press(dialog.reasons, 0, text="a")  # type: ignore[arg-type]  # one key chooses, and the case is there
    assert whats(place.book) == ["case.read:danger"]
    assert page.view is not None
    assert page.notes.isVisible()
    assert page.history._rows
    page.show_case(case)
    assert not dialogs(ReasonDialog)
    assert whats(place.book) == ["case.read:danger", "case.read"]


def test_without_a_reason_the_case_stays_closed(at: Callable[..., tuple[Seat, str]], qtbot: QtBot) -> None:
    place, case = at()
    page = place.case_page()
    page.show_case(case)
    (dialog,) = dialogs(ReasonDialog)
    with qtbot.waitSignal(page.closed):
        dialog.cancel.click()
    assert page.view is None
    assert whats(place.book) == []
    place.work.changed.emit(frozenset({"cases"}))
    assert page.view is None


def test_where_the_entry_cannot_be_made_the_case_stays_closed(
    at: Callable[..., tuple[Seat, str]], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def no_entry(*_: object) -> bytes:
        raise DiskTrouble(reason="full")

    place, _case = at()
    own = a_case(place.book)
    monkeypatch.setattr(reading, "seal_to", no_entry)
    page = place.case_page()
    with qtbot.waitSignal(page.closed):
        page.show_case(own)
    assert page.view is None
    for dialog in dialogs(MessageDialog):
        dialog.reject()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_question_fits_in_every_language(at: Callable[..., tuple[Seat, str]], spoken: str, qtbot: QtBot) -> None:
    place, _case = at()
    language.switch(spoken)  # type: ignore[arg-type]
    dialog = ReasonDialog(place.office)
    qtbot.addWidget(dialog)
    dialog.show()
    for button in dialog.reasons.buttons:
        assert button.geometry().right() <= dialog.reasons.width()
        assert button.text()


# Searching


@pytest.fixture
def watched(at: Callable[..., tuple[Seat, str]]) -> tuple[Seat, SearchWatch, Callable[[], list[str]]]:
    place, _case = at()
    watch = SearchWatch(place.work, place.work)
    return place, watch, lambda: whats(place.book)


def test_a_search_is_entered_once_two_seconds_after_the_last_key(
    watched: tuple[Seat, SearchWatch, Callable[[], list[str]]],
) -> None:
    place, watch, log = watched
    for end in range(1, len(NAME) + 1):
        watch.typed(NAME[:end])
        assert watch._timer.isActive()
        assert watch._timer.interval() == 2_000
        assert log() == []
    watch._timer.timeout.emit()
    watch._timer.stop()
    assert log() == ["search.made"]
    watch.settle()
    place.work.locking.emit()
    assert log() == ["search.made"]


@pytest.mark.parametrize("end", ["opened", "emptied", "locked"])
def test_a_search_that_ends_sooner_is_entered_then(
    watched: tuple[Seat, SearchWatch, Callable[[], list[str]]], end: str
) -> None:
    place, watch, log = watched
    watch.typed(NAME)
    if end == "opened":
        watch.settle()
    elif end == "emptied":
        watch.typed("")
    else:
        place.work.locking.emit()
    assert log() == ["search.made"]
    watch.settle()
    assert log() == ["search.made"]


def test_the_list_enters_what_is_searched_and_then_what_is_opened(at: Callable[..., tuple[Seat, str]]) -> None:
    place, _case = at(Role.SUPERVISOR)
    pages = place.list_page(), place.case_page()
    pages[0].open_case.connect(pages[1].show_case)
    pages[0].search("құпия")
    pages[0].search("құпиятегі")
    assert whats(place.book) == []
    pages[0].open_first()
    assert whats(place.book) == ["search.made", "case.read"]
    pages[0].search("")
    assert whats(place.book) == ["search.made", "case.read"]


def test_a_search_is_entered_at_the_lock_of_the_real_window(tmp_path: Path, qtbot: QtBot) -> None:
    """With threads: the entry is handed over before the keys go."""
    window = open_window(tmp_path, threads=True, cases=3)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready, timeout=20_000)
    assert window.workplace is not None
    path = window.start.open.path()
    type_text(window.workplace.top.box, "а")
    with qtbot.waitSignal(window.locked, timeout=20_000):
        window.lock()
    window.door.stop()
    assert path is not None
    with open_desk(path, PASSPHRASE, floor=TINY) as desk:
        rows = [row.what for row in reversed(read_log(desk.book, LooksWish()).looks)]
    assert rows == ["casebook.unlocked", "search.made", "casebook.unlocked", "log.read"]


# The page of the log


def test_the_page_says_who_looked_at_what(at: Callable[..., tuple[Seat, str]], qtbot: QtBot) -> None:
    place, case = at()
    office = founded(Path(place.book.folder.path).parent)
    number = reading.open_case(office, a_case(office), "contact").number
    reading.search_cases(office, NAME)
    work = InlineWork(office)
    page = LooksPage(work, office_of(office))
    qtbot.addWidget(page)
    page.show()
    said = [[str(page.rows.data(page.rows.index(row, column)) or "") for column in range(1, 5)] for row in range(3)]
    assert said == [
        ["Founder", "This log looked at", "", ""],
        ["Founder", "Search", "", ""],
        ["Founder", "Case looked at", number, "this person is calling or is here now"],
    ]
    assert "3" in page.header.meta.text()
    page.case.setText(number)
    page.refresh()
    assert page.rows.rowCount() == 1
    page.case.setText("2026-XXX-1")
    page.refresh()
    assert page.rows.rowCount() == 0
    assert page.told.isVisible()
    assert_all_named(page)
    assert case
    work.close()
    work.deleteLater()
    office.close()


def test_the_page_tells_that_an_entry_was_changed(tmp_path: Path, qtbot: QtBot) -> None:
    with founded(tmp_path) as office:
        for _look in range(3):
            reading.search_cases(office, NAME)
        with office.local():
            office._sql.run("UPDATE read_log SET sealed = zeroblob(80) WHERE index_in_chain = 1")
        work = InlineWork(office)
        page = LooksPage(work, office_of(office))
        qtbot.addWidget(page)
        page.show()
        assert "1 entry of the log does not hold" in page.told.sentence.text()
        assert page.rows.data(page.rows.index(2, 5)) == "changed, dropped or moved"
        work.close()
        work.deleteLater()


def test_the_place_is_offered_to_supervisors_and_auditors_only(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        (needs,) = [needs for entry, needs in PLACES if entry.key == "looks"]
        for role in Role:
            with laptop(tmp_path, colleague(office, role), office) as book:
                assert office_of(book).may(needs) is (role in (Role.SUPERVISOR, Role.AUDITOR))
