"""A caseworker's day in the real window on a real encrypted casebook: from the telephone call to the partner's reply,
with a lock in between; what was typed is what the casebook holds the next morning."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kzcase.demo.day import scripted_day
from kzcase.domain.rows import CasePage as CaseView
from kzcase.queries.case_page import case_page
from kzcase.queries.history import case_history
from kzcase.ui import language
from kzcase.ui.calls.entry import CallEntryPage
from kzcase.ui.cases.list_page import CaseListPage
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.cases.page import CasePage
from kzcase.ui.consents.dialog import ConsentDialog
from kzcase.ui.fields import texts
from kzcase.ui.forms.choose_dialog import ChooseFormDialog
from kzcase.ui.forms.page import FormPage
from kzcase.ui.main_window import MainWindow
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.draft_dialog import DraftReferralDialog
from kzcase.ui.referrals.send_dialog import SendDialog
from kzcase.ui.widgets.pdf import PreviewDialog
from tests.ui.conftest import NOT_OURS
from tests.ui.desks import CASES, PASSPHRASE, casebook, window_on
from tests.ui.offices import Keyboard
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.qt_log_ignore(*NOT_OURS, extend=True)
WidgetT = TypeVar("WidgetT", bound=QWidget)
LONG = 15_000
TOLD = "Кірпіш зауытында бес ай жалақысыз, паспорты жұмыс берушіде."
PROMISED = "Ертең сағат онда заңгермен кездеседі."
FORM = "victim_screening"


class Day:
    """One person at one laptop: types, presses and waits as they would."""

    def __init__(self, window: MainWindow, bot: QtBot) -> None:
        self.window = window
        self.bot = bot

    def until(self, true: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(true()), timeout=LONG)

    def open_casebook(self) -> None:
        field = self.window.start.open.passphrase
        type_text(field, PASSPHRASE)
        press(field, Qt.Key.Key_Return)
        self.until(lambda: self.window.workplace is not None and self.window.workplace.ready)
        self.until(lambda: self.cases().rows.row(0) is not None)

    @property
    def place(self) -> Any:
        assert self.window.workplace is not None
        return self.window.workplace

    def cases(self) -> CaseListPage:
        page = self.place.page("cases")
        assert isinstance(page, CaseListPage)
        return page

    def case(self) -> CasePage:
        page = self.place.stack.currentWidget()
        assert isinstance(page, CasePage)
        return page

    def shown(self, kind: type[WidgetT]) -> WidgetT:
        self.until(lambda: [each for each in self.window.findChildren(kind) if each.isVisible()])
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def view(self) -> CaseView:
        """What the casebook itself says of the case on the screen."""
        found: list[CaseView] = []
        case = self.case()._case
        self.place.work.ask(lambda reader: case_page(reader, case), found.append)
        self.until(lambda: found)
        return found[0]

    def history(self) -> list[str]:
        found: list[list[str]] = []
        case = self.case()._case
        self.place.work.ask(lambda reader: [row.kind for row in case_history(reader, case)], found.append)
        self.until(lambda: found)
        return found[0]


@contextmanager
def a_day(folder: Path, qtbot: QtBot, cases: int = CASES) -> Iterator[Day]:
    """The real window, with its threads, on a casebook of generated cases."""
    window = window_on(casebook(folder, cases), threads=True)
    window.show()  # closed below, once its threads have ended; qtbot would not wait for them
    made = Day(window, qtbot)
    made.open_casebook()
    yield made
    if window.workplace is not None:
        with qtbot.waitSignal(window.locked, timeout=LONG):
            window.lock()
    window.door.stop()
    window.hide()
    window.deleteLater()


@pytest.fixture
def day(tmp_path: Path, qtbot: QtBot) -> Iterator[Day]:
    with a_day(tmp_path, qtbot) as made:
        yield made


def log_the_call(day: Day) -> None:
    """By phone, in Kazakh; unpaid wages; near Shymkent; a case comes of it."""
    day.place.go("calls")
    day.until(lambda: day.place.page("calls"))
    day.place.page("calls").new.click()
    entry = day.shown(CallEntryPage)
    keys = Keyboard(entry)
    keys.enter()  # by phone
    keys.enter()  # in the language of the window
    entry.fields.topics.set_codes(["wages"])
    entry.fields.region.set_code("KZ-79")
    entry.fields.outcome.set_code("out_case")
    type_text(entry.fields.note, TOLD)
    entry.save.click()
    day.until(lambda: entry.new_case.isVisible())
    entry.new_case.click()


def open_the_case(day: Day) -> None:
    dialog = day.shown(NewCaseDialog)
    day.until(lambda: texts(dialog.rows).get("region") == "KZ-79")
    assert texts(dialog.rows)["note"] == TOLD, "nothing is typed twice"
    dialog.restore({"kind": "trafficking", "sex": "male", "citizenship": "UZ", "safe": "at_hours"})
    for name, text in {"family": "Сыналғанов", "given": "Шерзод", "birth": "05.1994", "phone": "87090000902"}.items():
        type_text(dialog.rows[name].field, text)
    press(dialog.rows["phone"].field, Qt.Key.Key_Tab)
    dialog.save.click()
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)


def fill_in_the_form(day: Day) -> None:
    day.case().sheets.fill.click()
    choosing = day.shown(ChooseFormDialog)
    day.until(lambda: choosing.offer is not None)
    type_text(choosing.search, "құрбанын скринингтен")
    press(choosing.search, Qt.Key.Key_Return, text="\r")
    page = day.shown(FormPage)
    assert page.draft_place().endswith(f"/{FORM}")
    day.until(lambda: page.interview is not None)
    assert page.interview is not None
    answers = next(act for act in scripted_day(date.today(), "kk") if act["act"] == "form.answered")
    for path, value in answers["answers"].items():
        page.interview.answer(path, value)
    page.save.click()
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage))
    day.until(lambda: day.view().sheets)


def record_the_consent(day: Day) -> str:
    day.case().consents.record.click()
    dialog = day.shown(ConsentDialog)
    day.until(lambda: dialog.partner.count() > 1)
    dialog.partner.setCurrentIndex(1)
    partner = dialog.partner.code() or ""
    for tick in dialog.classes.values():
        tick.setChecked(True)
    dialog.language.set_code("kk")
    dialog.explained.setChecked(True)
    dialog.paper.set_code("")
    dialog.save.click()
    day.until(lambda: day.view().consents)
    return partner


def refer_to(day: Day, partner: str) -> None:
    panel = day.case().referrals
    panel.write.click()
    dialog = day.shown(DraftReferralDialog)
    day.until(lambda: dialog.partner.count() > 1)
    dialog.need.set_code("shelter")
    dialog.show_partner(partner)
    type_text(dialog.reason, "Қауіпсіз баспана керек.")
    dialog.save.click()
    day.until(lambda: panel.lines)
    panel.lines[0].send.click()
    send = day.shown(SendDialog)
    send.how.set_code("phone")
    send.send.click()
    day.until(lambda: panel.lines and panel.lines[0].answer.isVisible())
    panel.lines[0].answer.click()
    answer = day.shown(AnswerDialog)
    answer.rows["outcome"].field.set_code("accepted")  # type: ignore[attr-defined]
    answer.save.click()
    day.until(lambda: day.view().referrals[0].state == "accepted")


def print_the_sheet(day: Day, spoken: str) -> None:
    day.case().print_in(spoken)  # type: ignore[arg-type]
    preview = day.shown(PreviewDialog)
    day.until(lambda: preview.preview.sheets.sizes)
    preview.done(0)


def test_a_caseworkers_day(day: Day) -> None:
    log_the_call(day)
    open_the_case(day)
    number = day.view().number
    fill_in_the_form(day)
    partner = record_the_consent(day)
    refer_to(day, partner)
    type_text(day.case().tasks.title_row.field, "Заңгерге апару")
    type_text(day.case().tasks.due, (date.today() + timedelta(days=1)).strftime("%d.%m.%Y"))
    day.case().tasks.add_task.click()
    day.until(lambda: any(task.title == "Заңгерге апару" for task in day.view().tasks))
    for spoken in ("kk", "ru", "en"):
        print_the_sheet(day, spoken)
    lock_in_the_middle_of_a_note(day, number)
    day.place.drafts.go_on()
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)
    assert day.case().notes.text.text() == PROMISED, "nothing typed was lost"
    day.case().notes.save.click()
    day.until(lambda: [note.text for note in day.view().notes][-1:] == [PROMISED])
    find_it_again(day, number)
    wanted = {"case.opened", "form.answered", "consent.given", "referral.drafted", "referral.sent",
              "referral.answered", "task.added", "paper.printed", "note.added"}  # fmt: skip
    assert wanted <= set(day.history())


def lock_in_the_middle_of_a_note(day: Day, number: str) -> None:
    type_text(day.case().notes.text, PROMISED)
    with day.bot.waitSignal(day.window.locked, timeout=LONG):
        day.window.lock()
    assert day.window.start.isVisible()
    assert number not in day.window.windowTitle()
    day.open_casebook()
    day.until(lambda: day.place.drafts.offer.isVisible())


def find_it_again(day: Day, number: str) -> None:
    """By the spelling of another alphabet, from anywhere."""
    day.place.top.take_keyboard()
    type_text(day.place.top.box, "synalganov sherzod")
    day.until(lambda: day.cases().rows.rowCount() == 1)
    row = day.cases().rows.row(0)
    assert row.number == number
    assert "name" in row.masked, "names stay hidden until they are asked for"
    press(day.place.top.box, Qt.Key.Key_Return)
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)


def test_the_day_goes_on_in_another_language(day: Day) -> None:
    """Canary of nothing lost: the language changes in the middle of a note, and the note stays."""
    first = day.cases().rows.row(0)
    day.place.open_case(first.id)
    day.until(lambda: day.case().view is not None)
    type_text(day.case().notes.text, TOLD)
    for spoken in ("kk", "ru", "en"):
        day.place.status.languages.buttons[spoken].click()
        assert language.current() == spoken
        assert day.case().notes.text.text() == TOLD
    assert day.case().notes.save.isEnabled()
