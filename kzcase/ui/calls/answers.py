"""Answers to hand while talking: information sheets found by a few letters, read aloud, noted as given, printed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from kzcase.actions.calls import SheetFacts
from kzcase.domain.sheets import InformationSheet, sheets_about
from kzcase.i18n import LANGUAGES, Words, _, own_text, verbatim
from kzcase.ui import clock, language, theme
from kzcase.ui.calls.script import lines_of
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label

SHOWN: Final = 4
LINE: Final = 30
MOST_LINES: Final = 6
FEWEST_LETTERS: Final = 4
SHEET: Final = Qt.ItemDataRole.UserRole


class AnswersCard(Card):
    """`print_wanted` carries a sheet's id. What was given goes into the call when it is saved."""

    print_wanted = Signal(str)
    given_changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Answers"), parent)
        self._office = office
        self._topics: tuple[str, ...] = ()
        self.given: list[SheetFacts] = []
        self.search = LineEdit(_("Type a few letters"))
        self.add(FieldRow(_("Find an answer"), self.search, parent=self))
        self.found = QListWidget(self)
        self.found.setUniformItemSizes(True)
        self.add(self.found)
        self.doubt = Banner(_("Not confirmed yet: say that it must be checked."), "warn", parent=self)
        self.add(self.doubt)
        self.lines = [Label(None, "meta", wrap=True, parent=self) for _line in range(MOST_LINES)]
        for label in self.lines:
            self.add(label)
        self.source = Label(None, "caption", wrap=True, parent=self)
        self.add(self.source)
        self.give = Button(_("Read aloud"), icon="check", parent=self)
        self.print = Button(_("Print"), icon="printer", parent=self)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        for button in (self.give, self.print):
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.noted = Label(None, "meta", wrap=True, parent=self)
        self.add(self.noted)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._give)
        self.found.currentRowChanged.connect(lambda _row: self._show())
        self.give.clicked.connect(self._give)
        self.print.clicked.connect(self._print)
        self.clear()

    def clear(self) -> None:
        """A new call: nothing was given yet."""
        self.given, self._topics = [], ()
        self.search.clear()
        self._narrow()
        self._tell()

    def follow(self, topics: Sequence[str]) -> None:
        """What fits the topics of the call comes first."""
        self._topics = tuple(topics)
        self._narrow()

    def restore(self, kept: str) -> None:
        """What was given, as `kept` says it."""
        names = {each.id for each in self._office.rulebook.sheets}
        self.given = [SheetFacts(sheet=name, language=language.current()) for name in kept.split() if name in names]
        self._tell()

    def kept(self) -> str:
        """What was given, as one line of a draft."""
        return " ".join(each.sheet for each in self.given)

    def _fitting(self) -> tuple[InformationSheet, ...]:
        sheets, today = self._office.rulebook.sheets, clock.now().date()
        typed = self.search.text().strip()
        if not typed and not self._topics:
            return ()
        if country := self._country(typed):
            return sheets_about(sheets, today, topics=self._topics, country=country)[:SHOWN]
        return sheets_about(sheets, today, typed=typed, topics=self._topics)[:SHOWN]

    def _country(self, typed: str) -> str:
        """The country whose name begins so, in any language: what is for its citizens, and for everybody."""
        wanted = typed.casefold()
        if len(wanted) < FEWEST_LETTERS:
            return ""
        codes = self._office.rulebook.list("country").choices()
        found = (each for each in codes if any(each.name(one).casefold().startswith(wanted) for one in LANGUAGES))
        return next((each.code for each in found), "")

    @Slot()
    def _narrow(self, *_typed: object) -> None:
        self.found.clear()
        for sheet in self._fitting():
            item = QListWidgetItem(language.text(own_text(sheet.title)), self.found)
            item.setData(SHEET, sheet.id)
        self.found.setFixedHeight(theme.px(LINE) * self.found.count() + theme.px(8))
        self.found.setVisible(self.found.count() > 0)
        self.found.setCurrentRow(0)
        self._show()

    @property
    def sheet(self) -> InformationSheet | None:
        """The sheet one looks at."""
        item = self.found.currentItem()
        name = str(item.data(SHEET)) if item is not None else ""
        return next((each for each in self._fitting() if each.id == name), None)

    def _show(self) -> None:
        sheet = self.sheet
        said: tuple[Words | None, ...] = lines_of(sheet) if sheet is not None else ()
        for label, words in zip(self.lines, (*said, *[None] * MOST_LINES), strict=False):
            label.setVisible(words is not None)
            label.say(words)
        for widget in (self.source, self.give, self.print):
            widget.setVisible(sheet is not None)
        self.doubt.setVisible(sheet is not None and sheet.doubtful)
        if sheet is not None:
            checked = verbatim(f"{sheet.checked_on:%d.%m.%Y}")
            self.source.say(_("Source: {source}. Checked on {day}.", source=own_text(sheet.source), day=checked))

    @Slot()
    def _give(self) -> None:
        sheet = self.sheet
        if sheet is not None and sheet.id not in {each.sheet for each in self.given}:
            self.given.append(SheetFacts(sheet=sheet.id, language=language.current()))
            self._tell()
            self.given_changed.emit()

    def _tell(self) -> None:
        titles = {each.id: own_text(each.title) for each in self._office.rulebook.sheets}
        said = ", ".join(language.text(titles[each.sheet]) for each in self.given)
        self.noted.setVisible(bool(said))
        self.noted.say(_("Given in this call: {sheets}", sheets=verbatim(said)))

    @Slot()
    def _print(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            self.print_wanted.emit(sheet.id)

    def retranslate(self) -> None:
        if hasattr(self, "noted"):
            name = language.text(_("Answers"))
            self.found.setAccessibleName(name)
            self._narrow()
            self._tell()
