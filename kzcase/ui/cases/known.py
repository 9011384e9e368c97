"""Perhaps known already: cases of people with a similar name or the same phone, shown while somebody types."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.dates import parse_edtf
from kzcase.domain.rows import Hit
from kzcase.i18n import _, verbatim
from kzcase.queries.search import search
from kzcase.ui import language, theme
from kzcase.ui.lines import refill
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

MOST: Final = 5
LEAST_LETTERS: Final = 3
NOBODY: Final = _("Nobody with a similar name or this phone so far.")
LOOK: Final = _("Perhaps this person is known already. Names that sound alike are found too.")


class KnownCard(Card):
    """Up to five cases that may be of the same person. `same_person` carries the person's id and the case number."""

    same_person = Signal(str, str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Known already?"), parent)
        self._work = work
        self._office = office
        self.said = Label(NOBODY, "meta", wrap=True)
        self.add(self.said)
        self._lines = QVBoxLayout()
        box(self._lines, space=theme.SPACE_GROUP)
        self.body.addLayout(self._lines)
        self.hits: tuple[Hit, ...] = ()

    def look_for(self, typed: str) -> None:
        """Search for this; too few letters find nobody."""
        typed = " ".join(typed.split())
        if sum(sign.isalnum() for sign in typed) < LEAST_LETTERS:
            self._work.forget("known")
            self._show(())
            return
        self._work.ask(lambda reader: search(reader, typed, MOST), self._show, key="known", owner=self)

    def _show(self, hits: Sequence[Hit]) -> None:
        if not hasattr(self, "_lines"):
            return
        self.hits = tuple(hits)
        lines = [KnownLine(hit, self._office) for hit in hits]
        for line in lines:
            line.same.clicked.connect(lambda _checked=False, hit=line.hit: self._same(hit))
        refill(self._lines, lines)
        self.said.say(LOOK if hits else NOBODY)

    def retranslate(self) -> None:
        self._show(getattr(self, "hits", ()))

    @Slot()
    def _same(self, hit: Hit) -> None:
        self.same_person.emit(hit.person, hit.number)


class KnownLine(QWidget):
    """One case that may be of the same person, as much of it as the roles show."""

    def __init__(self, hit: Hit, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hit = hit
        self.same = Button(_("Same person"), kind="quiet")
        words = QVBoxLayout()
        box(words, space=2)
        name = MASK if "name" in hit.row.masked else hit.name or ""
        words.addWidget(Label(verbatim(f"{hit.number}   {name}"), "label", wrap=True))
        words.addWidget(Label(verbatim(_told(hit, office)), "caption", wrap=True))
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addLayout(words, 1)
        layout.addWidget(self.same)
        self.same.setAccessibleName(f"{hit.number}: {self.same.accessibleName()}")


def _told(hit: Hit, office: Office) -> str:
    row: Any = hit.row
    born = language.text(parse_edtf(row.birth).words()) if row.birth else ""
    parts = (office.said("case_kind", row.kind), office.said("region", row.region))
    return " · ".join(filter(None, (*(language.text(each) for each in parts), born)))
