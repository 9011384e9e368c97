"""Danger now: the sentence to say, and one button a service, which keeps the minute in which it was called."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.actions.calls import EmergencyFacts
from kzcase.i18n import KAZAKHSTAN, Words, _, verbatim
from kzcase.ui import theme
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.labels import Label

SERVICES: Final[Sequence[tuple[str, str]]] = (("102", "Ctrl+2"), ("112", "Ctrl+1"), ("103", "Ctrl+3"))
"""Service and the key that says it was called; in the order one thinks of them."""


class DangerCard(Card):
    """`called` comes after each service that was called. The times go into the call when it is saved."""

    called = Signal()

    def __init__(self, office: Office, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office, self._now = office, now
        self.made: list[EmergencyFacts] = []
        self.banner = Banner(self._what_to_do(), "danger", parent=self)
        self.say = Label(_SAY, "label", wrap=True, parent=self)
        self.times = Label(None, "meta", wrap=True, parent=self)
        self.add(self.banner)
        self.add(self.say)
        self.buttons: dict[str, Button] = {}
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        for service, keys in SERVICES:
            button = Button(self._called_words(service), icon="phone", shortcut=keys, parent=self)
            button.clicked.connect(lambda _checked=False, one=service: self._call(one))
            self.buttons[service] = button
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.add(self.times)
        self.clear()

    def _number(self, service: str) -> str:
        return self._office.rulebook.list("emergency_number")[service].attribute("number")

    def _what_to_do(self) -> Words:
        return _(
            "DANGER. Stay on the line. Call {police} (police) or {rescue} (rescue service) now, or ask a colleague "
            "to call.",
            police=self._number("102"),
            rescue=self._number("112"),
        )

    def _called_words(self, service: str) -> Words:
        return _("{number} called", number=self._number(service))

    def clear(self) -> None:
        """Nothing was called yet."""
        self.made = []
        self._show()

    def restore(self, kept: str) -> None:
        """The services and times as `kept` gives them."""
        parts = (each.partition("@") for each in kept.split())
        self.made = [EmergencyFacts(service=service, at=at) for service, _at, at in parts if service in self.buttons]
        self._show()

    def kept(self) -> str:
        """The same as one line of a draft."""
        return " ".join(f"{each.service}@{each.at}" for each in self.made)

    def _call(self, service: str) -> None:
        at = self._now().isoformat(timespec="seconds")
        self.made.append(EmergencyFacts(service=service, at=at))
        self._show()
        self.called.emit()

    def _show(self) -> None:
        shown = ", ".join(
            f"{each.service} {datetime.fromisoformat(each.at or '').astimezone(KAZAKHSTAN):%H:%M}" for each in self.made
        )
        self.times.setVisible(bool(shown))
        self.times.say(_("Called: {times}", times=verbatim(shown)))


_SAY: Final = _("Say: “I am calling help now. I stay on the line. Where are you, and what do you see around you?”")
