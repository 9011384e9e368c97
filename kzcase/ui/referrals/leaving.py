"""What a letter would carry out of the house, kind by kind: what goes and what stays, never a value."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.papers import CLASS_WORDS
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.letters import SAYS_NOTHING, ClassOnLetter, Leaving, says_something
from kzcase.ui import language, theme
from kzcase.ui.lines import refill
from kzcase.ui.widgets.cards import Banner, Card, Picture, box
from kzcase.ui.widgets.labels import Label

NO_CONSENT: Final = _("No consent in force for this partner. The referral can be written, but not sent.")
COVERED: Final = _("The consent in force decides what goes. Nothing else is in the letter.")


class LeavingCard(Card):
    """The kinds of facts on a letter to one partner, each with a tick or a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What leaves with the letter"), parent)
        self.found: Leaving | None = None
        self.consent = Banner(NO_CONSENT, "warn", parent=self)
        self.add(self.consent)
        self._lines = QVBoxLayout()
        box(self._lines, space=theme.SPACE_GROUP)
        self.body.addLayout(self._lines)
        self.consent.hide()
        self.empty = Banner(SAYS_NOTHING, "warn", parent=self)
        self.body.insertWidget(self.body.indexOf(self.consent) + 1, self.empty)
        self.empty.hide()
        self.ended = Banner(NO_CONSENT, "warn", parent=self)
        self.body.insertWidget(0, self.ended)
        self.ended.hide()

    def show_leaving(self, found: Leaving | None) -> None:
        """Show what would leave; None while no partner is chosen."""
        self.found = found
        self.consent.setVisible(found is not None)
        self.empty.setVisible(found is not None and bool(found.consent) and not says_something(found))
        self._say_agreement(found)
        if found is None:
            refill(self._lines, ())
            return
        self.consent.say(COVERED if found.consent else NO_CONSENT, "info" if found.consent else "warn")
        refill(self._lines, [ClassLine(each, self) for each in found.classes])

    def _say_agreement(self, found: Leaving | None) -> None:
        said = found.against if found is not None else ()
        self.ended.setVisible(bool(said))
        for each in said:
            self.ended.say(each.what, "warn")

    def retranslate(self) -> None:
        if getattr(self, "found", None) is not None:
            self.show_leaving(self.found)


class ClassLine(QWidget):
    """One kind of facts: what it is made of, and whether it goes."""

    def __init__(self, found: ClassOnLetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(Label(CLASS_WORDS[found.field_class], "label", wrap=True))
        words.addWidget(Label(_line(found), "caption", wrap=True))
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addWidget(Picture("circle-check" if found.goes else "eye-off", 18, "ok" if found.goes else "muted"))
        layout.addLayout(words, 1)


def _line(found: ClassOnLetter) -> Words:
    said = verbatim(_joined(found.labels))
    return _("goes: {fields}", fields=said) if found.goes else _("stays here: {fields}", fields=said)


def _joined(labels: Sequence[Words]) -> str:
    return ", ".join(language.text(label).lower() for label in labels)
