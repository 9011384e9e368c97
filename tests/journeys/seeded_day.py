"""A day in the real window that a seed makes: its words, their languages, what is done and in which order, and its end.

Run by the proof that nothing of it is left: `KZCASE_DAY=7 pytest tests/journeys/seeded_day.py`. Files that are added
come from the folder `KZCASE_BROUGHT`, like a stick that is taken away again; backups go to `KZCASE_STICK`.
"""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from kzcase.actions.line_keys import MakeLineKey, make_line_key
from kzcase.actions.submission_keys import made_key
from kzcase.db.casebook import Casebook
from kzcase.exchange.outgoing import blank_form
from kzcase.keys.process import shield
from kzcase.queries.office import call_list
from kzcase.ui.calls.entry import CallEntryPage
from kzcase.ui.calls.locked import LockedCallPage
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.cases.page import CasePage
from kzcase.ui.cases.sealed import SealedTextDialog
from kzcase.ui.cases.sealed_dialogs import SealedNoteDialog
from kzcase.ui.erasures.erase_dialog import EraseDialog
from kzcase.ui.forms.phone_answers import AnswersDialog
from kzcase.ui.messages import MessageDialog
from kzcase.ui.widgets.pdf import PreviewDialog
from tests.exchange.forms import TOLD, interview, private_key
from tests.exchange.phone import Phone
from tests.journeys import test_window_day as plain
from tests.journeys.test_window_day import Day, day
from tests.paper.incoming import files
from tests.proofs.marked import Marks, marks
from tests.ui.conftest import NOT_OURS
from tests.ui.offices import Keyboard
from tests.ui.typing import press, type_text

__all__ = ["day"]
pytestmark = pytest.mark.qt_log_ignore(*NOT_OURS, extend=True)
SEED = int(os.environ.get("KZCASE_DAY", "0"))
ENDS = ("closed", "locked", "killed", "erased", "killed")
"""How a day ends, by its number."""


def bring(name: str, content: bytes) -> Path:
    """A file somebody brings along."""
    path = Path(os.environ["KZCASE_BROUGHT"]) / name
    path.write_bytes(content)
    return path


def open_a_case(day: Day, said: Marks, chance: Random) -> None:
    """From the call, or at once."""
    if chance.random() < 0.5:
        plain.TOLD = said.call
        plain.log_the_call(day)
        dialog = day.shown(NewCaseDialog)
        day.until(lambda: dialog.draft().get("note") == said.call)
    else:
        day.cases().new.click()
        dialog = day.shown(NewCaseDialog)
    dialog.restore({"kind": chance.choice(("trafficking", "stateless")), "sex": "male", "safe": "at_hours"})
    for name, text in {"family": said.family, "given": said.given, "phone": said.phone}.items():
        type_text(dialog.rows[name].field, text)
    press(dialog.rows["phone"].field, Qt.Key.Key_Tab)
    dialog.save.click()
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)


def write_a_note(day: Day, said: Marks, _chance: Random) -> None:
    type_text(day.case().notes.text, said.note)
    day.case().notes.save.click()
    day.until(lambda: [note.text for note in day.view().notes][-1:] == [said.note])


def add_a_task(day: Day, said: Marks, _chance: Random) -> None:
    type_text(day.case().tasks.title_row.field, said.task)
    type_text(day.case().tasks.due, (date.today() + timedelta(days=1)).strftime("%d.%m.%Y"))
    day.case().tasks.add_task.click()
    day.until(lambda: any(task.title == said.task for task in day.view().tasks))


def seal_a_note(day: Day, said: Marks, _chance: Random) -> None:
    day.case().sealed.write.click()
    dialog = day.shown(SealedNoteDialog)
    day.until(lambda: dialog.readers is not None)
    dialog.kind.set_code("therapy")
    dialog.text.setText(said.sealed)
    dialog.save.click()
    day.until(lambda: day.case().sealed.lines.shown)
    day.case().sealed.lines.shown[0].read.click()
    told = day.shown(SealedTextDialog)
    day.until(lambda: told.text.text() == said.sealed)
    told.close_it.click()


def add_files(day: Day, said: Marks, chance: Random) -> None:
    """A photo, a scan and a recording; what they say where nobody looks does not come in."""
    inside, kept = said.inside.encode(), files.MARKER
    for ending in chance.sample(("jpeg", "pdf", "mp3"), 3):
        content = files.TELLING[ending].replace(kept, inside.ljust(len(kept))[: len(kept)])
        added = bring(f"{said.title} {ending}.{ending}", content)
        before = len(day.case().attachments.lines)
        day.case().attachments.add_files([added])
        day.until(lambda before=before: len(day.case().attachments.lines) > before)


def print_a_sheet(day: Day, _said: Marks, chance: Random) -> None:
    """Through the queue of the printing system where there is one, and always in the preview."""
    day.case().print_in(chance.choice(("kk", "ru", "en")))
    preview = day.shown(PreviewDialog)
    day.until(lambda: preview.preview.sheets.sizes)
    queue = os.environ.get("KZCASE_QUEUE")
    if queue:
        done: list[object] = []
        preview.preview.printed.connect(done.append)
        printer = QPrinter(QPrinterInfo.printerInfo(queue), QPrinter.PrinterMode.HighResolution)
        preview.preview.print_to(printer)
        day.until(lambda: done)
    preview.done(0)


def refer(day: Day, said: Marks, _chance: Random) -> None:
    plain.refer_to(day, plain.record_the_consent(day))
    assert said


def lock_and_go_on(day: Day, said: Marks, _chance: Random) -> None:
    plain.PROMISED = said.promised
    plain.lock_in_the_middle_of_a_note(day, day.view().number)
    day.place.drafts.go_on()
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)
    day.case().notes.save.click()
    day.until(lambda: [note.text for note in day.view().notes][-1:] == [said.promised])


def take_in_a_phones_answers(day: Day, said: Marks, _chance: Random) -> None:
    """A form leaves for a phone, and comes back filled in and closed; the answers go into the case."""
    number, blanks = day.view().number, list[bytes]()
    day.place.work.do(left_for_a_phone, blanks.append)
    day.until(lambda: blanks)
    path = bring("answers.zip", Phone(blanks[0]).sent(TOLD | {"story": said.answered}, f"uuid:{SEED}", number))
    assert said.answered.encode() not in path.read_bytes(), "what a phone sends is closed"
    dialog = AnswersDialog(day.place.work, path, day.window)
    dialog.open()
    day.until(dialog.take.isEnabled)
    dialog.take.click()
    day.until(lambda: day.view().sheets)
    dialog.reject()


def left_for_a_phone(book: Casebook) -> bytes:
    made_key(book, private_key)
    return blank_form(book, interview()).content


def log_a_call_with_the_keys(day: Day, said: Marks, _chance: Random) -> None:
    """From the first key to saving, without a mouse; nothing comes of it but the call."""
    case = day.case()._case
    day.place.log_call()
    entry = day.shown(CallEntryPage)
    keys = Keyboard(entry)
    keys.enter()
    keys.enter()
    entry.fields.topics.set_codes(["wages"])
    entry.fields.outcome.set_code("out_answered")
    type_text(entry.fields.note, said.line)
    keys.shortcut(entry.save)
    day.until(lambda: said.line in notes_of_calls(day))
    back_to(day, case)


def write_behind_the_lock(day: Day, said: Marks, _chance: Random) -> None:
    """The idle lock comes during a call: what stood there is closed to the line, and so is what is typed further."""
    case, before = day.case()._case, day.window._calls
    made: list[object] = []
    day.place.work.do(lambda book: make_line_key(book, MakeLineKey()), made.append)
    day.until(lambda: made)
    day.window._take_calls()
    day.until(lambda: day.window._calls not in (None, before) and day.window._calls.ready)
    day.place.log_call()
    entry = day.shown(CallEntryPage)
    first, second = said.behind.split()
    entry.fields.topics.set_codes(["held"])
    type_text(entry.fields.note, first)
    with day.bot.waitSignal(day.window.locked, timeout=plain.LONG):
        day.window.idle.idle.emit()
    sheet = day.shown(LockedCallPage)
    type_text(sheet.fields.note, second)
    sheet.save.click()
    sheet.back.click()
    day.until(lambda: day.window.start.open.passphrase.isVisible())
    day.open_casebook()
    told = day.shown(MessageDialog)
    told.accept()
    assert f"{first}\n{second}" in notes_of_calls(day)
    back_to(day, case)


def notes_of_calls(day: Day) -> list[str | None]:
    found: list[list[str | None]] = []
    day.place.work.ask(lambda reader: [call.note for call in call_list(reader)], found.append)
    day.until(lambda: found)
    return found[0]


def back_to(day: Day, case: str) -> None:
    day.place.open_case(case)
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)


def back_up(day: Day, _said: Marks, _chance: Random) -> None:
    from kzcase.actions.backup_files import backups_in
    from kzcase.ui.backups.card import BackupsCard

    day.place.go("settings")
    day.until(lambda: day.window.findChildren(BackupsCard))
    card = day.window.findChildren(BackupsCard)[0]
    card.back_up_to(os.environ["KZCASE_STICK"])
    day.until(lambda: backups_in(Path(os.environ["KZCASE_STICK"])))


def erase(day: Day, person: str) -> None:
    dialog = EraseDialog(day.place.work, day.place.office, person)
    numbers: list[str] = []
    dialog.erased.connect(numbers.append)
    dialog.open()
    day.until(dialog.save.isEnabled)
    for check in dialog.checks.values():
        check.setChecked(True)
    dialog.reason.set_code("request")
    dialog.save.click()
    day.until(lambda: [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog)])
    question = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog))
    assert question.act is not None
    question.act.click()
    day.until(lambda: numbers)


STEPS: dict[str, Callable[[Day, Marks, Random], None]] = {
    "note": write_a_note, "task": add_a_task, "sealed note": seal_a_note, "files": add_files, "print": print_a_sheet,
    "referral": refer, "lock": lock_and_go_on, "answers": take_in_a_phones_answers,
    "call": log_a_call_with_the_keys, "locked call": write_behind_the_lock,
}  # fmt: skip


def test_a_seeded_day(day: Day) -> None:
    shield()  # as the program does when it starts
    plain.LONG = 60_000  # everything is followed by strace
    said, chance = marks(SEED), Random(f"day/{SEED}")
    open_a_case(day, said, chance)
    number, steps = day.case()._case, chance.sample(list(STEPS), len(STEPS) - chance.randrange(3))
    for step in steps:
        STEPS[step](day, said, chance)
    back_up(day, said, chance)
    back_to(day, number)
    end = ENDS[SEED % len(ENDS)]
    Path(os.environ["KZCASE_TOLD"]).write_text(json.dumps({"steps": [*steps, "backup", end]}))
    type_text(day.case().notes.text, said.unsaved)
    day.place.work.ask(lambda _reader: None, lambda _nothing: None)
    if end == "erased":
        day.case().notes.text.setText("")
        erase(day, day.view().person.id)
    if end == "killed":
        os.abort()
    if end == "locked":
        with day.bot.waitSignal(day.window.locked, timeout=plain.LONG):
            day.window.lock()
