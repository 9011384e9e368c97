"""The partners: the organisations people are referred to; found by typing, added with one dialog."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.partners import add_starters
from kzcase.domain.errors import KzcaseError, NothingToChange
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import PartnerRow
from kzcase.domain.spelling import fold
from kzcase.i18n import LANGUAGES, _, ngettext
from kzcase.queries.partners import partner_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.messages import banner_error
from kzcase.ui.office import joined
from kzcase.ui.pages import Page
from kzcase.ui.partners.card import PartnerCard
from kzcase.ui.partners.dialogs import NAME, PartnerDialog
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box
from kzcase.ui.widgets.fields import LineEdit
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

ASKED: Final = _("to be asked")


@dataclass(frozen=True, slots=True)
class Findable:
    """A partner with the folded words it is found by."""

    row: PartnerRow
    folded: str


class PartnersPage(Page):
    """The directory of partners."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._all: Sequence[Findable] = ()
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.new = Button(_("New partner"), kind="primary", icon="plus", shortcut="Ctrl+N", parent=self)
        self.new.setVisible(self._office.may(Permission.MANAGE_PARTNERS))
        self.start = Button(_("Add known organisations"), icon="plus", parent=self)
        self.start.setVisible(self._office.may(Permission.MANAGE_PARTNERS))
        self.header = PageHeader(_("Partners"), primary=self.new, others=(self.start,), parent=self)
        self.told = Banner(_("Partners"), "info", parent=self)
        self.told.hide()
        self.search = LineEdit(_("Find by name, region or language"), parent=self)
        for widget in (self.header, self.told, self.search):
            layout.addWidget(widget)
        yield
        self.card = Card(parent=self)
        layout.addWidget(self.card, 1)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("Partners"), parent=self.card)
        self.card.add(self.list, 1)
        self.beside = PartnerCard(self._work, self._office, self)
        self.card.add(self.beside)
        self.nothing = EmptyState("building-2", _("No partner is listed here yet."), parent=self)
        layout.addWidget(self.nothing, 1)
        self.new.clicked.connect(self._new)
        self.start.clicked.connect(self._start)
        self.list.picked.connect(self.beside.show_partner)
        self.list.opened.connect(self.beside.change)
        self.search.textChanged.connect(self._choose)
        self.search.returnPressed.connect(self.list.setFocus)
        self._work.changed.connect(self._changed)
        self.refresh()

    def stands(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        if self.ready:
            self.search.setAccessibleName(language.text(_("Find a partner")))
            self.beside.retranslate()

    def _columns(self) -> Sequence[Column]:
        said = self._office.said
        return (
            Column(NAME, seen("name"), 220, 3, strong=True),
            Column(_("Kind"), lambda row: language.text(said("organisation", row.kind)), 170, 2, priority=1),
            Column(_("Region"), lambda row: language.text(said("region", row.region)), 150, 1, priority=1),
            Column(_("Phone"), lambda row: row.phone or language.text(ASKED), 150),
            Column(_("Checked on"), seen("verified_on"), 120, priority=3),
            Column(_("Languages"), lambda row: joined(said("language", each) for each in row.languages), 160, 1, 2),
        )

    @Slot()
    def refresh(self) -> None:
        """Ask again who is listed."""
        self._work.ask(
            lambda reader: [Findable(row, self._folded(row)) for row in partner_list(reader)],
            self._take,
            key="partners",
            owner=self,
        )

    def _take(self, found: Sequence["Findable"]) -> None:
        self._all = found
        self._choose()

    @Slot()
    def _choose(self, *_typed: object) -> None:
        wanted = fold(self.search.text())
        shown = [each.row for each in self._all if wanted in each.folded]
        self.rows.show_rows(shown)
        if shown:
            self.list.selectRow(0)
            self.beside.show_partner(shown[0])
        self.card.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.header.set_title(_("Partners"), ngettext("{count} partner", "{count} partners", len(shown)))

    def _folded(self, row: PartnerRow) -> str:
        """What a partner is found by, in every language; folding takes its time, so the reader's thread does it."""
        said = self._office.said
        codes = [said("region", row.region), said("organisation", row.kind)]
        codes += [said("language", each) for each in row.languages]
        codes += [said("need", each) for each in row.services]
        names = [language.text_in(code, spoken) for code in codes for spoken in LANGUAGES]
        return fold(" ".join([row.name, *names]))

    @Slot()
    def _new(self) -> None:
        PartnerDialog(self._work, self.window()).open()

    @Slot()
    def _start(self) -> None:
        spoken = language.current()
        self._work.do(lambda book: add_starters(book, spoken), self._started, self._refused, owner=self)

    def _started(self, count: int) -> None:
        said = ngettext("{count} organisation added. Ask each for its telephone number.",
                        "{count} organisations added. Ask each for its telephone number.", count)  # fmt: skip
        self.told.say(said, "ok")
        self.refresh()

    def _refused(self, error: KzcaseError) -> None:
        if isinstance(error, NothingToChange):
            self.told.say(_("All known organisations are listed already."), "info")
        else:
            banner_error(self.told, error)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "partners"):
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)
