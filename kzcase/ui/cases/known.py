"""Perhaps known already: people of one's own cases who are alike, and why, shown while somebody types."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.alike import Known
from kzcase.domain.dates import parse_edtf
from kzcase.domain.person_rows import AlikeRow
from kzcase.i18n import _, verbatim
from kzcase.queries.alike import alike_evenly
from kzcase.ui import language, theme
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.search_watch import SearchWatch
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
        self._searches = SearchWatch(work, self)
        self.said = Label(NOBODY, "meta", wrap=True, parent=self)
        self.add(self.said)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[AlikeRow, KnownLine] = Lines(lines, self._line)
        self.hits: tuple[AlikeRow, ...] = ()

    def _line(self, parent: QWidget) -> "KnownLine":
        line = KnownLine(self._office, parent)
        line.same.clicked.connect(lambda: self._same(line.row))
        return line

    def look_for(self, known: Known) -> None:
        """Look who may be this person; too few letters find nobody."""
        typed = " ".join(" ".join((*known.names, *known.phones)).split())
        if sum(sign.isalnum() for sign in typed) < LEAST_LETTERS:
            self._work.forget("known")
            self._searches.settle()
            self._show(())
            return
        self._searches.typed(typed)
        self._work.ask(lambda reader: alike_evenly(reader, known, MOST), self._show, key="known", owner=self)

    def _show(self, hits: Sequence[AlikeRow]) -> None:
        self.hits = tuple(hits)
        self._lines.show(self.hits)
        self.said.say(LOOK if hits else NOBODY)

    def _same(self, hit: AlikeRow | None) -> None:
        assert hit is not None
        self._searches.settle()
        self.same_person.emit(hit.person, hit.case.number)


class KnownLine(Line[AlikeRow]):
    """One case that may be of the same person, as much of it as the roles show."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.same = Button(_("Same person"), kind="quiet", parent=self)
        self.name = Label(None, "label", wrap=True, parent=self)
        self.told = Label(None, "caption", wrap=True, parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        layout.addLayout(words, 1)
        words.addWidget(self.name)
        words.addWidget(self.told)
        layout.addWidget(self.same)

    def say(self, row: AlikeRow) -> None:
        name = MASK if "name" in row.case.masked else row.case.name or ""
        self.name.say(verbatim(f"{row.case.number}   {name}"))
        self.told.say(verbatim(_told(row, self._office)))
        self.same.setAccessibleName(f"{row.case.number}: {language.text(_('Same person'))}")


def _told(hit: AlikeRow, office: Office) -> str:
    """The case in a few words, and why this may be the same person."""
    row = hit.case
    born = language.text(parse_edtf(row.birth).words()) if row.birth else ""
    parts = (office.said("case_kind", row.kind), office.said("region", row.region))
    why = [language.text(office.said("match_reason", reason)) for reason in hit.why]
    said = " · ".join(filter(None, (*(language.text(each) for each in parts), born)))
    return "\n".join(filter(None, (said, "; ".join(why))))
