"""Runs beside the test: the real window in a process of its own, somebody typing into it, and a death without warning.

Told in JSON: the casebook, where to type what, so many milliseconds between two letters, when to die, and how long
after a key the window keeps it. Answers with a line a letter, `PLACE NUMBER MOMENT`, then with the moment it dies.
"""

import faulthandler
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from kzcase.queries.cases import case_list
from kzcase.ui import draft_keeper, fonts, theme
from kzcase.ui.cases.dialogs import close_dialog
from kzcase.ui.partners.dialogs import PartnerDialog
from kzcase.ui.tidying import Tidying
from tests.keys.cheap import PASSPHRASE
from tests.ui.desks import window_on
from tests.ui.typing import type_text

FORM = "victim_screening"
PLACES = ("note", "call", "form", "case", "sealed", "referral", "task", "closing", "partner", "incident")


class Typist(QObject):
    """Types one letter after the other, in one place after the other."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.told = told
        self.window = window_on(Path(told["casebook"]), threads=True)
        Tidying(self.window.idle.still_for, self.window)
        self._todo = self._letters()
        self._next = QTimer(self)
        self._next.setInterval(told["pace"])
        self._next.timeout.connect(self._turn)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setTimerType(Qt.TimerType.PreciseTimer)
        self._end.timeout.connect(die)

    def begin(self) -> None:
        self.window.show()
        self.window.door.enter(Path(self.told["casebook"]), PASSPHRASE)
        self._next.start()

    @Slot()
    def _turn(self) -> None:
        if next(self._todo, self) is self:
            self._next.stop()

    @property
    def place(self) -> Any:
        return self.window.workplace

    def _letters(self) -> Iterator[None]:
        while self.place is None or not self.place.ready:
            yield
        found: list[str] = []
        self.place.work.ask(lambda reader: case_list(reader, limit=1), lambda rows: found.append(rows[0].id))
        while not found:
            yield
        for name, text in self.told["typed"].items():
            field = None
            while field is None:
                field = self._field(name, found[0])
                yield
            for number, sign in enumerate(text, start=1):
                type_text(field, sign)
                say(name, number)
                self._die_soon(name, number)
                yield

    def _die_soon(self, name: str, number: int) -> None:
        if [name, number] == self.told["last"]:
            self._end.start(self.told["after"])

    def _field(self, name: str, case: str) -> QWidget | None:
        """Where to type; None while it is not there yet."""
        match name:
            case "note":
                return self._note(case)
            case "call":
                return self._call()
            case "form":
                return self._line_of_form(case)
            case "case":
                return self._name_in_dialog("_new", self.place.new_case)
            case "referral":
                return self._name_in_dialog("_referral", lambda: self.place.refer(case))
            case "task":
                return self._task(case)
            case "closing":
                return self._row_of("closing", "summary", lambda: self._closing(case))
            case "partner":
                return self._row_of("partner", "name", lambda: PartnerDialog(self.place.work, self.window))
            case "incident":
                return self._row_of("incident", "what", lambda: self.place.go("inspection").report_incident())
            case _:
                return self._name_in_dialog("_sealed", lambda: self.place.seal(case))

    def _note(self, case: str) -> QWidget | None:
        page = self.place.page("case")
        if page is None or page._case != case:
            self.place.open_case(case)
            return None
        return page.notes.text if page.view is not None else None

    def _call(self) -> QWidget | None:
        self.place.log_call()
        page = self.place.page("call entry")
        return page.fields.note if page is not None else None

    def _line_of_form(self, case: str) -> QWidget | None:
        self.place.open_form(case, FORM)
        page: Any = self.place.page(f"form/{case}/{FORM}")
        if page is None or page.filling is None or not page.filling.section.ready:
            return None
        return next((line for line in page.filling.section.findChildren(QWidget)
                     if type(line).__name__ in ("LineEdit", "TextArea") and line.isVisible()), None)  # fmt: skip

    def _task(self, case: str) -> QWidget | None:
        page = self.place.page("case")
        if page is None or page._case != case:
            self.place.open_case(case)
            return None
        title: QWidget = page.tasks._title()
        return title if page.view is not None else None

    def _closing(self, case: str) -> QWidget:
        dialog: QWidget = close_dialog(self.place.work, self.place.office, case, self.window)
        return dialog

    def _row_of(self, kept: str, name: str, make: Any) -> QWidget | None:
        if not hasattr(self, f"_{kept}_dialog"):
            dialog = make()
            setattr(self, f"_{kept}_dialog", dialog)
            dialog.open()
        dialog = getattr(self, f"_{kept}_dialog")
        if not dialog.isVisible():
            return None
        field: QWidget = dialog.rows[name].field
        return field

    def _name_in_dialog(self, kept: str, make: Any) -> QWidget | None:
        if not hasattr(self, kept):
            setattr(self, kept, make())
        dialog = getattr(self, kept)
        if not dialog.isVisible():
            return None
        if kept == "_new":
            return dialog.rows["family"].field
        if kept == "_referral":
            return dialog.reason if dialog.ready else None
        return dialog.text if dialog.readers is not None else None


def say(*words: object) -> None:
    print(*words, time.monotonic(), flush=True)


def die() -> None:
    """As if the power were cut: nothing is tidied up."""
    say("died")
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    told = json.loads(sys.argv[1])
    draft_keeper.KEEP_AFTER_MS = told["keep_after"]  # type: ignore[misc]
    faulthandler.enable()  # a program that dies by itself says where
    application = QApplication(sys.argv[:1])
    fonts.register()
    theme.apply("light", 1.0)
    typist = Typist(told)
    typist.begin()
    application.exec()


if __name__ == "__main__":
    main()
