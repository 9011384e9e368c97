"""Pages are built in slices and shown when they stand; the newest wish counts; what is closed meanwhile never comes."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.main_window import MainWindow
from kzcase.ui.page_stack import PageStack
from kzcase.ui.pages import BuiltDialog, Page, taken_apart
from kzcase.ui.places import make_page
from kzcase.ui.slices import InlineSlices, Slices, Steps
from kzcase.ui.widgets.cards import Card, ScrollPage
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import InlineWork
from tests.ui.desks import PASSPHRASE, casebook, entered, settings_in, window_on
from tests.ui.typing import type_text


class Errands(QObject):
    """As much of the errands as a page needs to be built; turned by hand."""

    opening = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.slices = Slices(self)
        self.slices._timer.setInterval(1_000_000)

    def turn(self) -> None:
        self.slices._turn()


class Three(Page):
    """A page of three labels, one a step."""

    def __init__(self, work: Any, parent: Any = None) -> None:
        super().__init__(work, parent)
        self.stood = False
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        for number in range(3):
            layout.addWidget(QLabel(str(number), self))
            yield

    def stands(self) -> None:
        assert len(self.findChildren(QLabel)) == 3
        self.stood = True


@pytest.fixture
def work(qapp: Any) -> Iterator[Errands]:
    made = Errands()
    yield made
    made.deleteLater()


@pytest.fixture
def stack(work: Errands, qtbot: QtBot) -> PageStack:
    made = PageStack(work.slices)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_page_is_shown_when_all_of_it_stands(work: Errands, stack: PageStack) -> None:
    page = Three(work, stack)
    stack.keep("three", page)
    stack.show_page("three")
    assert stack.standing("three") is None
    assert stack.currentWidget() is None, "nobody sees half a page"
    while not page.ready:
        work.turn()
    assert page.stood
    assert stack.currentWidget() is page
    assert stack.standing("three") is page


def test_the_newest_wish_counts(work: Errands, stack: PageStack) -> None:
    pages = {name: Three(work, stack) for name in ("one", "two")}
    for name, page in pages.items():
        stack.keep(name, page)
    stack.show_page("one")
    stack.show_page("two")
    while not all(page.ready for page in pages.values()):
        work.turn()
    assert stack.currentWidget() is pages["two"]
    stack.show_page("one")
    assert stack.currentWidget() is pages["one"], "at once, because it stands"


def test_a_page_put_away_goes(work: Errands, stack: PageStack, qtbot: QtBot) -> None:
    page = Three(work, stack)
    stack.keep("three", page)
    work.turn()
    with qtbot.waitSignal(page.destroyed, timeout=1000):
        stack.put_away("three")
        for _turn in range(20):  # a turn does as many pieces as there is time for
            work.turn()
    assert stack.made("three") is None


def test_a_page_is_taken_apart_card_by_card(qtbot: QtBot) -> None:
    """One a step, those inside others first, so that no step has much to destroy; the page itself goes last."""
    page = QWidget()
    layout = QVBoxLayout(page)
    gone: list[str] = []
    page.destroyed.connect(lambda: gone.append("page"))
    for name in ("first", "second"):
        outer, inner = Card(parent=page), Card()
        outer.add(inner)
        layout.addWidget(outer)
        outer.destroyed.connect(lambda _gone=None, name=name: gone.append(name))
        inner.destroyed.connect(lambda _gone=None, name=name: gone.append(f"in the {name}"))
    seen = []
    for _step in taken_apart(page):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        seen.append(len(gone))
    assert seen == [1, 2, 3, 4, 5], "never two in one step"
    assert gone == ["in the second", "second", "in the first", "first", "page"]


def test_a_page_that_went_meanwhile_is_taken_apart_without_a_word(qtbot: QtBot) -> None:
    """The window closed while it was being taken apart."""
    page = QWidget()
    layout = QVBoxLayout(page)
    for _number in range(3):
        layout.addWidget(Card(parent=page))
    steps = taken_apart(page)
    next(steps)
    with qtbot.waitSignal(page.destroyed, timeout=1000):
        page.deleteLater()
    assert list(steps) == []


class Slow(BuiltDialog):
    def __init__(self, work: Any, parent: Any = None) -> None:
        super().__init__(work, parent)
        self.build(self._steps())

    def _steps(self) -> Steps:
        QLabel("…", self)
        yield


def test_a_dialog_opens_when_all_of_it_is_there(work: Errands, qtbot: QtBot) -> None:
    dialog = Slow(work)
    dialog.open()
    assert not dialog.isVisible()
    while not dialog.ready:
        work.turn()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed, timeout=1000):
        dialog.reject()


def test_what_nobody_sees_is_told_another_language_later(qtbot: QtBot) -> None:
    seen, unseen = Label(_("Cases")), Label(_("Cases"))
    for label in (seen, unseen):
        qtbot.addWidget(label)
    seen.show()
    put_off: list[Any] = []
    language.switch("ru", put_off.append)
    assert (seen.text(), unseen.text()) == ("Случаи", "Cases")
    for _step in put_off[0]:
        pass
    assert unseen.text() == "Случаи"


def test_another_language_reaches_every_page_of_the_real_window(tmp_path: Path, qtbot: QtBot) -> None:
    """With real threads: hidden pages follow by themselves."""
    window = window_on(casebook(tmp_path), threads=True)
    qtbot.addWidget(window)
    window.show()
    window.door.enter(window.start.open.path() or tmp_path, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready, timeout=5000)
    place = window.workplace
    assert place is not None
    qtbot.waitUntil(lambda: place.page("tasks") is not None, timeout=5000)
    tasks: Any = place.page("tasks")
    assert not tasks.isVisible()
    place.status.languages.buttons["ru"].click()
    qtbot.waitUntil(lambda: tasks.header.title.text() == "Мой день", timeout=2000)
    with qtbot.waitSignal(window.locked, timeout=5000):
        window.lock()
    window.door.stop()


def test_a_dialog_that_was_being_built_at_the_lock_never_opens(tmp_path: Path, qtbot: QtBot) -> None:
    window = window_on(casebook(tmp_path), threads=True)
    qtbot.addWidget(window)
    window.show()
    window.door.enter(window.start.open.path() or tmp_path, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready, timeout=5000)
    assert window.workplace is not None
    dialog: Any = window.workplace.new_case()
    assert not dialog.ready
    with qtbot.waitSignals([window.locked, dialog.destroyed], timeout=5000):
        window.lock()
    window.door.stop()


def test_a_lock_while_the_workplace_is_being_built_closes_the_casebook(tmp_path: Path, qtbot: QtBot) -> None:
    window: MainWindow = window_on(casebook(tmp_path), threads=True)
    qtbot.addWidget(window)
    window.show()
    window.door.enter(window.start.open.path() or tmp_path, PASSPHRASE)
    with qtbot.waitSignal(window.door.entered, timeout=5000):
        pass
    assert window.workplace is not None
    assert not window.workplace.ready
    with qtbot.waitSignal(window.locked, timeout=5000):
        window.lock()
    assert window.workplace is None
    assert window.start.isVisible()
    window.door.stop()


# Built in slices


class CountedSlices(InlineSlices):
    """Does all steps at once and counts the widgets each of them makes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.most: dict[QObject, int] = {}

    def do(self, steps: Steps, owner: QObject, then: Any = None, *, key: str = "", later: bool = False) -> None:
        def counted() -> Steps:
            there = 0
            for _step in steps:
                here = len(owner.findChildren(QWidget))
                self.most[owner] = max(self.most.get(owner, 0), here - there)
                there = here
                yield

        super().do(counted(), owner, then, key=key, later=later)


class CountedWork(InlineWork):
    def _slices(self) -> CountedSlices:
        return CountedSlices(self)


MOST: Final = 45
"""So many widgets, with the small ones Qt makes inside of them, one step may make."""


@pytest.mark.parametrize("key", ["settings", "tasks", "partners", "summaries", "case", "cases"])
def test_a_page_is_built_in_slices(tmp_path: Path, qtbot: QtBot, key: str) -> None:
    made = entered(tmp_path)
    work = CountedWork(made.desk.book)
    page: Any = make_page(key, work, made, settings_in(tmp_path))
    qtbot.addWidget(page)
    assert isinstance(page, Page)
    assert page.ready
    slices: Any = work.slices
    assert 5 < slices.most[page] <= MOST, "the largest step"
    work.close()
    made.desk.close()


def test_canary_a_page_made_in_one_step_is_found(tmp_path: Path, qtbot: QtBot) -> None:
    class Heavy(Page):
        def __init__(self, work: Any) -> None:
            super().__init__(work)
            self.build(self._steps())

        def _steps(self) -> Steps:
            for _number in range(MOST + 1):
                QLabel(self)
            yield

    made = entered(tmp_path)
    work = CountedWork(made.desk.book)
    page = Heavy(work)
    qtbot.addWidget(page)
    slices: Any = work.slices
    assert slices.most[page] > MOST
    work.close()
    made.desk.close()


class Spoken(Page):
    """A page of labels that are said in the language of the window."""

    def __init__(self, work: Any, parent: Any = None) -> None:
        super().__init__(work, parent)
        self.labels: list[Label] = []
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        for _number in range(3):
            self.labels.append(Label(_("Cases"), parent=self))
            layout.addWidget(self.labels[-1])
            yield

    def said(self) -> list[str]:
        return [each.text() for each in self.labels]


def spoken_pages(work: Errands, qtbot: QtBot) -> tuple[Spoken, Spoken]:
    pages = Spoken(work), Spoken(work)
    for page in pages:
        qtbot.addWidget(page)
        while not page.ready:
            work.turn()
    pages[1].show()
    return pages


def test_a_page_is_told_another_language_widget_by_widget(work: Errands, qtbot: QtBot) -> None:
    """The one that is seen first, and it is painted when all of it is said; then the one nobody sees."""
    unseen, seen = spoken_pages(work, qtbot)
    put_off: list[Any] = []
    language.switch("ru", put_off.append)
    assert seen.said() == unseen.said() == ["Cases"] * 3, "nothing at once"
    heard = []
    for _step in put_off[0]:
        heard.append((seen.said().count("Случаи"), unseen.said().count("Случаи"), seen.updatesEnabled()))
    told = [one + other for one, other, _painted in heard]
    assert {later - before for before, later in pairwise([0, *told])} == {0, 1}, "never two in one step"
    assert all(one == 3 for one, other, _painted in heard if other), "what nobody sees comes last"
    assert not any(painted for one, _other, painted in heard if one < 3)
    assert heard[-1] == (3, 3, True)


def test_what_is_hidden_in_a_page_that_is_seen_is_told_last(work: Errands, qtbot: QtBot) -> None:
    _unseen, seen = spoken_pages(work, qtbot)
    seen.labels[0].hide()
    put_off: list[Any] = []
    language.switch("ru", put_off.append)
    told = [seen.said() for _step in put_off[0]]
    assert ["Cases", "Случаи", "Случаи"] in told
    assert ["Случаи", "Cases", "Cases"] not in told
    assert told[-1] == ["Случаи"] * 3


def test_the_frame_is_told_at_once_and_its_pages_after_it(tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(tmp_path, qtbot)
    place: Any = window.workplace
    language.switch("en")
    put_off: list[Any] = []
    language.switch("ru", put_off.append)
    assert place.rail._buttons["cases"].text() == "Случаи"
    assert place.page("cases").header.title.text() == "Cases"
    for _step in put_off[0]:
        pass
    assert place.page("cases").header.title.text() == "Случаи"
    closed(window, qtbot)


def test_a_page_told_half_is_painted_when_the_steps_are_dropped(work: Errands, qtbot: QtBot) -> None:
    """Another language was chosen meanwhile, or the casebook is locked."""
    _unseen, seen = spoken_pages(work, qtbot)
    put_off: list[Any] = []
    language.switch("ru", put_off.append)
    next(put_off[0])
    assert not seen.updatesEnabled()
    put_off[0].close()
    assert seen.updatesEnabled()


def test_a_page_that_went_meanwhile_is_told_nothing(work: Errands, qtbot: QtBot) -> None:
    unseen, seen = spoken_pages(work, qtbot)
    put_off: list[Any] = []
    language.switch("ru", put_off.append)
    next(put_off[0])
    for page in (unseen, seen):
        with qtbot.waitSignal(page.destroyed, timeout=1000):
            page.deleteLater()
    assert list(put_off[0]) == []


# The keyboard, and how far a page scrolls


def opened(tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window with its real threads, on its first page, the others still being built."""
    window = window_on(casebook(tmp_path), threads=True)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.door.enter(window.start.open.path() or tmp_path, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready, timeout=5000)
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    return window


def closed(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.locked, timeout=5000):
        window.lock()
    window.door.stop()


def test_pages_built_in_the_background_do_not_take_the_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    """Canary: a page that puts the keyboard into its first field while it is built takes it from whoever types."""
    window = opened(tmp_path, qtbot)
    place: Any = window.workplace
    place.top.take_keyboard()
    qtbot.waitUntil(lambda: place.page("call entry") is not None and place.page("tasks") is not None, timeout=5000)
    assert QApplication.focusWidget() is place.top.box
    closed(window, qtbot)


def test_choosing_a_place_leaves_the_keyboard_where_it_is_or_takes_it_to_the_rail(tmp_path: Path, qtbot: QtBot) -> None:
    """Never into a field of the page that comes: who goes on typing would type there."""
    window = opened(tmp_path, qtbot)
    place: Any = window.workplace
    qtbot.waitUntil(lambda: place.page("calls") is not None, timeout=5000)
    place.top.take_keyboard()
    place.rail.chosen.emit("calls")
    assert QApplication.focusWidget() is place.top.box, "it was not in the page that went"
    place.go("cases", keyboard=True)
    assert place.page("cases").isAncestorOf(QApplication.focusWidget())
    place.rail.chosen.emit("calls")
    assert QApplication.focusWidget() is place.rail._buttons["calls"]
    closed(window, qtbot)


def test_a_new_call_begins_in_its_first_field_and_one_begun_where_it_was(tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(tmp_path, qtbot)
    place: Any = window.workplace
    qtbot.waitUntil(lambda: place.page("call entry") is not None, timeout=5000)
    place.log_call()
    entry = place.page("call entry")
    assert entry.fields.channel.isAncestorOf(QApplication.focusWidget())
    entry.fields.note.setFocus()
    type_text(entry.fields.note, "Ж")
    place.rail.chosen.emit("calls")
    assert QApplication.focusWidget() is not entry.fields.note
    place.log_call()
    assert QApplication.focusWidget() is entry.fields.note
    closed(window, qtbot)


def ends_where_its_matter_ends(sheet: QWidget) -> bool:
    room = sheet.parentWidget().height()
    return sheet.height() == max(sheet.heightForWidth(sheet.width()), room)


def cut_words(page: QWidget) -> list[str]:
    """Wrapped words for which there is less room than they need."""
    wrapped = [each for each in page.findChildren(QLabel) if each.wordWrap() and each.isVisibleTo(page) and each.text()]
    return [each.text() for each in wrapped if each.height() < each.heightForWidth(each.width())]


@pytest.mark.parametrize("factor", [1.0, 1.25])
def test_no_page_scrolls_past_its_end_or_cuts_words(tmp_path: Path, qtbot: QtBot, factor: float) -> None:
    """Canary: left to itself Qt makes the page of a call as high as it would be in the narrowest of windows."""
    window = opened(tmp_path, qtbot)
    place: Any = window.workplace
    theme.apply("light", factor)
    qtbot.waitUntil(lambda: place.page("cases").rows.row(0) is not None, timeout=5000)
    place.open_case(place.page("cases").rows.row(0).id)
    qtbot.waitUntil(lambda: place.page("case") is not None and place.page("case").view is not None, timeout=5000)
    looked = 0
    for key in ("case", "call entry", "help", "settings"):
        show = {"case": lambda: None, "call entry": place.log_call}.get(key, lambda key=key: place.go(key))
        show()
        qtbot.waitUntil(lambda key=key: place.page(key) is not None and place.page(key).isVisible(), timeout=5000)
        for width in (900, 1366):
            window.resize(width, 700)
            sheets = [each.widget() for each in place.page(key).findChildren(ScrollPage)]
            for sheet in sheets:
                qtbot.waitUntil(lambda sheet=sheet: ends_where_its_matter_ends(sheet), timeout=2000)
            qtbot.waitUntil(lambda key=key: not cut_words(place.page(key)), timeout=2000)
            looked += len(sheets)
    assert looked >= 8
    closed(window, qtbot)
