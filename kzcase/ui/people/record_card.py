"""The records of one kind on the page of a person: what stands there, what is near its end, and what can be done."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import PersonPage, RecordRow
from kzcase.domain.records import Holds, RecordField, RecordKind, told
from kzcase.forms.written import written
from kzcase.i18n import _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.clock import today
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.people.printing import print_receipt
from kzcase.ui.people.record_dialogs import (
    custody_dialog,
    end_dialog,
    record_dialog,
    safeguard_dialog,
    title,
    words_of,
)
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.work import Work

NOTHING: Final = _("Nothing so far.")


class RecordCard(Card):
    """The records of one kind."""

    def __init__(self, work: Work, office: Office, kind: RecordKind, parent: QWidget | None = None) -> None:
        super().__init__(kind.words, parent)
        self._work, self._office, self.kind = work, office, kind
        self._page: PersonPage | None = None
        self.add_one = Button(kind.add, kind="quiet", icon="plus", parent=self)
        self.add_one.setVisible(office.may(Permission.WORK_ON_CASES))
        self.add_one.clicked.connect(self._add)
        self.head.addWidget(self.add_one)
        self.nothing = Label(NOTHING, "meta", wrap=True, parent=self)
        self.direction = Label(None, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        self.add(self.direction)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self.lines: Lines[RecordRow, RecordLine] = Lines(lines, lambda parent: RecordLine(self, parent))

    @property
    def office(self) -> Office:
        """The office it stands in."""
        return self._office

    @property
    def page(self) -> PersonPage | None:
        """The person shown."""
        return self._page

    def show_page(self, page: PersonPage) -> None:
        """Show the records of this person."""
        self._page = page
        rows = page.of(self.kind.name)
        self.nothing.setVisible(not rows)
        which = page.direction if self.kind.name == "leg" else None
        self.direction.setVisible(which is not None)
        if which is not None:
            said = self._office.said("direction", which)
            self.direction.say(_("Direction of the migration: {direction}", direction=said))
        self.lines.show(rows)

    def _add(self) -> None:
        if self._page is not None:
            record_dialog(self._work, self._office, self._page, self.kind, self.window()).open()

    def correct(self, row: RecordRow | None) -> None:
        """Put one right."""
        if self._page is not None and row is not None:
            record_dialog(self._work, self._office, self._page, self.kind, self.window(), row).open()

    def print_receipt(self, row: RecordRow | None) -> None:
        """The receipt for an original the office keeps, in the language of the window."""
        if row is not None:
            print_receipt(self._work, row.id, language.current(), self.window())

    def special(self, row: RecordRow | None) -> None:
        """What only this kind of record takes: safekeeping of an original, the protection of a victim, an end."""
        if row is None or self._page is None:
            return
        if self.kind.name == "document":
            custody_dialog(self._work, row.id, row.id in self._page.kept_originals, self.window()).open()
        elif row.id in self._page.unsettled:
            safeguard_dialog(self._work, self._office, row.id, self.window()).open()
        else:
            end_dialog(self._work, self._office, row.id, self.window()).open()


class RecordLine(Line[RecordRow]):
    """One record: its first words, the rest below, and what is near its end in a chip."""

    def __init__(self, card: RecordCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.title = Selectable(None, "label", parent=self)
        self.title.setWordWrap(True)
        self.chip = Chip(verbatim(""), parent=self)
        self.told = Label(None, "caption", wrap=True, parent=self)
        self.correct = self._button(_("Put right"), lambda: card.correct(self.row))
        self.special = self._button(_("More"), lambda: card.special(self.row))
        layout = QVBoxLayout(self)
        box(layout, space=2)
        layout.addWidget(self.title)
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.told)
        line = Flow(space=0)
        line.addWidget(self.correct)
        line.addWidget(self.special)
        self.receipt = self._button(_("The receipt"), lambda: card.print_receipt(self.row))
        line.addWidget(self.receipt)
        layout.addLayout(line)

    def _button(self, words: object, pressed: Callable[[], object]) -> Button:
        button = Button(words, kind="quiet", parent=self)  # type: ignore[arg-type]
        button.clicked.connect(lambda *_checked: pressed())
        button.setVisible(self._card.office.may(Permission.WORK_ON_CASES))
        return button

    def say(self, row: RecordRow) -> None:
        office = self._card.office
        said = list(told(row.record, row.values, office.rulebook.codes, language.current()))
        self.title.say(verbatim(title(row, office)))
        rest = [(field.words, _as_written(field, text)) for field, text in said[self._card.kind.in_title :]]
        rest += [(field.words, MASK) for field in self._card.kind.fields if field.name in row.masked]
        kept_where = self._card.page.kept_where if self._card.page is not None else {}
        if row.id in kept_where:
            rest.append((_("Where it is kept"), kept_where[row.id] or MASK))
        self.told.say(verbatim(words_of(rest)))
        self.told.setVisible(bool(rest))
        self._say_chip(row)
        self._say_special(row)

    def _say_chip(self, row: RecordRow) -> None:
        page = self._card.page
        unsettled = page is not None and row.id in page.unsettled
        unsafe = row.record == "address" and row.values.get("safe") == "no"
        self.chip.setVisible(unsettled or unsafe or row.ends is not None)
        if unsettled:
            self.chip.say(_("Protection of a victim not settled"), "danger")
        elif unsafe:
            self.chip.say(_("Do not write or come there"), "danger")
        elif row.ends is not None:
            if row.ends < today():
                self.chip.say(_("Was to be renewed by {date}", date=row.ends), "danger")
            else:
                self.chip.say(_("Renew by {date}", date=row.ends), "warn")

    def _say_special(self, row: RecordRow) -> None:
        page, record = self._card.page, row.record
        open_case = record == "proceeding" and "closed_on" not in row.values
        may = self._card.office.may(Permission.WORK_ON_CASES)
        self.special.setVisible(may and (record == "document" or open_case))
        self.receipt.setVisible(may and page is not None and row.id in page.kept_originals)
        if record == "document":
            kept = page is not None and row.id in page.kept_originals
            self.special.say(_("Give the original back") if kept else _("Take the original for safekeeping"))
        elif open_case:
            unsettled = page is not None and row.id in page.unsettled
            self.special.say(_("Protection of a victim") if unsettled else _("How it ended"))


def _as_written(field: RecordField, text: str) -> str:
    """Sums in groups of three digits."""
    return written(text, language.current()) if field.holds is Holds.COUNT else text
