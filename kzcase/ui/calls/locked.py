"""The call sheet that only writes: what is typed is closed to the line at once, and nothing can be read here again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.calls import LogCall
from kzcase.actions.waiting_calls import AFTER, BEFORE, keep_waiting, new_sheet
from kzcase.domain.errors import KzcaseError
from kzcase.domain.ids import Id
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import _
from kzcase.ui import clock, theme
from kzcase.ui.calls.fields import CallFields
from kzcase.ui.lanes import Errand, Lane
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import dressed
from kzcase.ui.slices import Slices, Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, ScrollPage, box, inside
from kzcase.ui.widgets.headers import PageHeader

KEEP_AFTER_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """What remains known of a casebook after its lock: where it is, the line's public key, and the lists that ship."""

    casebook: Path
    public: bytes
    rulebook: Rulebook


class LockedCallPage(QWidget):
    """`closed` comes when somebody wants the passphrase asked instead."""

    closed = Signal()

    def __init__(self, line: Line, lane: Lane, slices: Slices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line, self._lane = line, lane
        self._sheet: Id = new_sheet()
        self._started: datetime | None = None
        self.ready = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        slices.do(dressed(self, self._steps()), self, self._built)

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        self.page = ScrollPage(self)
        layout.addWidget(self.page)
        body, inner = self.page.body, inside(self.page.body)
        self.save = Button(_("Finish the call"), kind="primary", icon="save", shortcut="Ctrl+Return", parent=inner)
        self.back = Button(_("To the passphrase"), kind="quiet", icon="lock", parent=inner)
        self.header = PageHeader(
            _("Call, while the casebook is locked"), _("Enter: next field"), primary=self.save, others=(self.back,),
            parent=inner,
        )  # fmt: skip
        words = _("This sheet only writes. What you type is closed every second and opens with the casebook.")
        self.told = Banner(words, "info", parent=inner)
        self._words = words
        body.addWidget(self.header)
        body.addWidget(self.told)
        yield
        line = QHBoxLayout()
        body.addLayout(line)
        self.fields = CallFields(Office(self._line.rulebook, "", frozenset(), "", False), inner)
        line.addWidget(self.fields, 7)
        line.addStretch(3)
        body.addStretch(1)
        yield from self.fields.steps()
        self.fields.clear()
        self.fields.typed.connect(self._typed)
        self.save.clicked.connect(self._finish)
        self.back.clicked.connect(self._leave)
        box(line, space=theme.SPACE_CARD)

    def _built(self) -> None:
        self.ready = True

    # One call after the other

    def begin(self, before: Mapping[str, object] | None = None) -> None:
        """An empty sheet; `before`: what stood in the call that goes on here. It is closed now and never shown."""
        self._sheet, self._started = new_sheet(), None
        self.fields.clear()
        self.told.say(self._words, "info")
        if before:
            self._write(BEFORE, before)
        self.fields.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _typed(self) -> None:
        """A second later it is on the disk; further keys do not put it off."""
        self._started = self._started or clock.now()
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def keep(self) -> None:
        """Close what stands there now to the line."""
        self._timer.stop()
        if self.fields.draft():
            self._write(AFTER, fields_of(self.fields, self._started or clock.now()))

    def _write(self, half: str, fields: Mapping[str, object]) -> None:
        line, sheet = self._line, self._sheet
        self._lane.send(
            Errand(
                lambda: keep_waiting(line.casebook, line.public, sheet, half, fields), None, self._refused,
                listeners=(self,),
            )
        )  # fmt: skip

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)

    @Slot()
    def _finish(self) -> None:
        self.keep()
        self.begin()
        self.told.say(_("The call is kept. The sheet is ready for the next one."), "ok")

    @Slot()
    def _leave(self) -> None:
        self.keep()
        self.begin()
        self.closed.emit()


def fields_of(fields: CallFields, started: datetime) -> Mapping[str, object]:
    """What a sheet holds, as it is kept: only what was said."""
    return said(fields.wish(started))


def said(wish: LogCall) -> Mapping[str, object]:
    """A call, half said perhaps, without what nobody said."""
    kept: dict[str, object] = msgspec.to_builtins(wish)
    return {name: value for name, value in kept.items() if value not in (None, "", [])}
