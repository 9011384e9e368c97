"""The registers an inspector may ask for: one chosen at the left, its table, and how it is taken along."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kzcase.actions.papers import MadePaper
from kzcase.actions.registers import read_register, register_file
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.domain.registers import Heading, Register, RegisterRow, said
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.registers import REGISTERS
from kzcase.ui import language, theme
from kzcase.ui.inspection.entries import answer_request, receive_request, sign_undertaking
from kzcase.ui.inspection.incident_dialog import IncidentDialog
from kzcase.ui.inspection.report_dialog import ReportDialog
from kzcase.ui.keeping import keep_file
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import Page
from kzcase.ui.papers import preview
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, RowsModel, fixed_rows
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.work import Work, concerns

REGISTER: Final = _("Registers")
NAMES_NOBODY: Final = _("Nobody is named here. Looking at a register is recorded.")
LIST_WIDTH: Final = 310
WIDTHS: Final = (160, 120, 100)
"""The first column, the second, and every other one."""


class InspectionPage(Page):
    """`account_wanted` carries the id of a colleague whose account is to be closed, `reported` that of an incident that
    may have frozen somebody, `open_case` a case's id."""

    account_wanted = Signal(str)
    reported = Signal(str)
    open_case = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self._name = next(iter(REGISTERS))
        self._shown: Register | None = None
        self._spoken = ""
        self._tables: dict[str, tuple[RowsModel, RowsView]] = {}
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self._make_buttons()
        layout.addWidget(PageHeader(REGISTER, NAMES_NOBODY, others=(*self.files.values(), self.report), parent=self))
        self.told = Banner(REGISTER, "info", parent=self)
        self.told.hide()
        layout.addWidget(self.told)
        halves = QHBoxLayout()
        box(halves, space=theme.SPACE_CARD)
        layout.addLayout(halves, 1)
        yield
        halves.addWidget(self._choice())
        yield
        halves.addWidget(self._table_card(), 1)
        self._connect()
        self.list.selectRow(list(REGISTERS).index(self._name))

    def _make_buttons(self) -> None:
        self.files = {
            "csv": Button(verbatim("CSV"), icon="download", parent=self),
            "xlsx": Button(verbatim("XLSX"), icon="download", parent=self),
            "pdf": Button(_("Print"), icon="printer", parent=self),
        }
        self.report = Button(_("Report an incident"), kind="danger", icon="triangle-alert", parent=self)
        self.report.setVisible(self._office.may(Permission.KEEP_REGISTERS))

    def _choice(self) -> Card:
        card = self._left = Card(parent=self)
        card.setFixedWidth(theme.px(LIST_WIDTH))
        titles = fixed_rows([Column(_("Register"), lambda kind: kind.title, 180, 1)], tuple(REGISTERS.values()))
        self.list = RowsView(titles, name=REGISTER, parent=card)
        card.add(self.list, 1)
        return card

    def _table_card(self) -> Card:
        card = Card(parent=self)
        self.title = Label(None, "card", wrap=True, parent=card)
        self.explained = Label(None, "meta", wrap=True, parent=card)
        self.enter, self.second = Button(REGISTER, parent=card), Button(REGISTER, parent=card)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(self.title)
        words.addWidget(self.explained)
        line.addLayout(words, 1)
        for button in (self.second, self.enter):
            button.hide()
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
        room = QWidget(card)
        self._stack = QStackedLayout(room)
        self.nothing = EmptyState("shield-check", REGISTER, parent=room)
        self._stack.addWidget(self.nothing)
        card.add(room, 1)
        self.whole = Selectable(None, parent=card)
        self.whole.setWordWrap(True)
        card.add(self.whole)
        self.notes = Label(None, "caption", wrap=True, parent=card)
        card.add(self.notes)
        return card

    def redress(self) -> None:
        if hasattr(self, "_left"):
            self._left.setFixedWidth(theme.px(LIST_WIDTH))

    def _connect(self) -> None:
        self.list.picked.connect(self._picked)
        self.report.clicked.connect(self._report)
        self.enter.clicked.connect(self._enter)
        self.second.clicked.connect(self._second)
        for form, button in self.files.items():
            button.clicked.connect(partial(self._take_along, form))
        self._work.changed.connect(self._changed)

    # What is shown

    def show_register(self, name: str) -> None:
        """Show one register, as when it is chosen at the left."""
        place, self._name = list(REGISTERS).index(name), name
        if not self.ready:
            return
        if self.list.currentIndex().row() == place:
            self.refresh()
        else:
            self.list.selectRow(place)

    @Slot(object)
    def _picked(self, kind: object) -> None:
        self._name = getattr(kind, "name", self._name)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the register chosen; every look at one is recorded."""
        name, spoken = self._name, language.current()
        self._spoken = spoken
        self._work.look(
            lambda book: read_register(book, name, spoken), self._show, self._refused, key="register", owner=self
        )

    def _show(self, found: Register) -> None:
        self._shown = found
        self.title.say(found.title)
        self.explained.say(found.explained)
        self.nothing.sentence.say(found.empty)
        rows, view = self._table(found)
        rows.show_rows(found.rows)
        self._say_whole(None)
        self._stack.setCurrentWidget(view if found.rows else self.nothing)
        self._say_notes()
        self._offer()

    @Slot(object)
    def _say_whole(self, row: RegisterRow | None) -> None:
        """The row one stands on, whole: what is long does not fit into a column."""
        found = self._shown
        if row is None or found is None:
            self.whole.say(None)
            return
        pairs = zip(found.headings, row.cells, strict=True)
        texts = [
            (heading.title, said(heading, cell, self._office.rulebook, language.current())) for heading, cell in pairs
        ]
        self.whole.say(verbatim("  ·  ".join(f"{language.text(title)}: {text}" for title, text in texts if text)))

    def _say_notes(self) -> None:
        notes = self._shown.notes if self._shown else ()
        self.notes.say(language.several(notes, " ") if notes else None)
        self.notes.setVisible(bool(notes))

    def _table(self, found: Register) -> tuple[RowsModel, RowsView]:
        """The table of a register, made when it is first wanted."""
        if found.name not in self._tables:
            columns = [self._column(place, heading, found) for place, heading in enumerate(found.headings)]
            rows = fixed_rows(columns, ())
            view = RowsView(rows, name=found.title, parent=self)
            view.opened.connect(self._opened)
            view.picked.connect(self._say_whole)
            self._stack.addWidget(view)
            self._tables[found.name] = (rows, view)
        return self._tables[found.name]

    def _column(self, place: int, heading: Heading, found: Register) -> Column:
        rulebook, masked = self._office.rulebook, heading.name in found.masked

        def value(row: RegisterRow) -> object:
            return MASKED if masked else said(heading, row.cells[place], rulebook, language.current())

        return Column(
            heading.title,
            value,
            WIDTHS[min(place, 2)],
            2 if place < 2 else 1,
            priority=max(place - 3, 0),
            strong=not place,
            whole=lambda: (language.text(heading.title),),
        )

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if self.isVisible() and concerns(changed, "inspection", "staff"):
            self.refresh()

    def retranslate(self) -> None:
        if self.ready:
            self._say_notes()
            self._offer()
            self._say_whole(self._row())
            self._ask_purposes_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.ready:
            self._ask_purposes_again()

    def _ask_purposes_again(self) -> None:
        """Its texts come in one language; nobody is said to look at what they do not see."""
        if self._name == "purposes" and self._spoken not in ("", language.current()) and self.isVisible():
            self.refresh()

    # What can be entered

    def _offer(self) -> None:
        """The buttons of the register that is shown."""
        words, needs = ENTER.get(self._name, (None, Permission.KEEP_REGISTERS))
        self.enter.setVisible(words is not None and self._office.may(needs))
        if words is not None:
            self.enter.say(words)
        more = SECOND.get(self._name)
        self.second.setVisible(more is not None and self._office.may(Permission.KEEP_REGISTERS))
        if more is not None:
            self.second.say(more)

    def _row(self) -> RegisterRow | None:
        table = self._tables.get(self._name)
        row = table[1].current_row() if table is not None else None
        return row if isinstance(row, RegisterRow) else None

    @Slot()
    def _enter(self) -> None:
        row = self._row()
        match self._name:
            case "access":
                sign_undertaking(self._work, row.id if row else "", self.window())
            case "requests":
                receive_request(self._work, self._office, self.window())
            case _:
                self._opened(row)

    @Slot()
    def _second(self) -> None:
        row = self._row()
        if row is not None and row.open:
            answer_request(self._work, self._office, row.id, self.window())
        else:
            self.told.say(_("Please choose a request that has no answer yet."), "info")

    @Slot(object)
    def _opened(self, row: RegisterRow | None) -> None:
        if self._name == "incidents" and self._office.may(Permission.KEEP_REGISTERS):
            if row is None:
                self.told.say(_("Please choose an incident first."), "info")
            else:
                self.show_incident(row.id)

    @Slot()
    def _report(self) -> None:
        self.report_incident()

    def report_incident(self) -> ReportDialog:
        """The dialog that reports an incident."""
        dialog = ReportDialog(self._work, self._office, self.window())
        dialog.reported.connect(lambda incident: self.show_incident(incident, fresh=True))
        dialog.reported.connect(self.reported)
        dialog.open()
        return dialog

    def show_incident(self, incident: str, *, fresh: bool = False) -> IncidentDialog:
        """Whom one incident endangers, and what is to be done; `fresh`: it was reported just now."""
        dialog = IncidentDialog(self._work, self._office, incident, self.window(), fresh=fresh)
        dialog.account_wanted.connect(self.account_wanted)
        dialog.open_case.connect(self.open_case)
        dialog.open()
        return dialog

    # Taking it along

    def _take_along(self, form: str) -> None:
        name, spoken = self._name, language.current()

        def made(content: bytes) -> None:
            if form == "pdf":
                preview(self._work, MadePaper(name, spoken, f"register-{name}", content, ""), self.window())
            else:
                keep_file(self._work, f"register-{name}.{form}", content, self.window())

        self._work.long(
            lambda book, _progress: register_file(book, name, form, spoken, "long"),
            made,
            _("Making the register"),
            self._refused,
            owner=self,
        )


ENTER: Final[Mapping[str, tuple[Words | None, Permission]]] = {
    "access": (_("Undertaking signed"), Permission.KEEP_REGISTERS),
    "requests": (_("Enter a request"), Permission.TAKE_REQUESTS),
    "incidents": (_("Open the incident"), Permission.KEEP_REGISTERS),
}
SECOND: Final[Mapping[str, Words]] = {"requests": _("Enter the answer")}
"""What can be entered in a register, and what that takes."""
