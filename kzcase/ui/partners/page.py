"""The partners: the organisations people are referred to; found by typing, added with one dialog."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.partners import AddPartner, add_partner
from kzcase.actions.wishes import Done
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import PartnerRow
from kzcase.domain.spelling import fold
from kzcase.i18n import LANGUAGES, _, ngettext, pgettext
from kzcase.queries.office import partner_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import joined
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, EmptyState, box
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.key_choices import KeyMany
from kzcase.ui.widgets.scrolls import fit
from kzcase.ui.work import Work, concerns

WIDTH: Final = 560
NAME: Final = pgettext("organisation", "Name")
COMMON_LANGUAGES: Final = ("kk", "ru", "uz", "ky", "tg", "ug", "en", "tr")


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
        self.header = PageHeader(_("Partners"), primary=self.new, parent=self)
        self.search = LineEdit(_("Find by name, region or language"), parent=self)
        for widget in (self.header, self.search):
            layout.addWidget(widget)
        yield
        self.card = Card(parent=self)
        layout.addWidget(self.card, 1)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("Partners"), parent=self.card)
        self.card.add(self.list, 1)
        self.nothing = EmptyState("building-2", _("No partner is listed here yet."), parent=self)
        layout.addWidget(self.nothing, 1)
        self.new.clicked.connect(self._new)
        self.search.textChanged.connect(self._choose)
        self.search.returnPressed.connect(self.list.setFocus)
        self._work.changed.connect(self._changed)
        self.refresh()

    def stands(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        if self.ready:
            self.search.setAccessibleName(language.text(_("Find a partner")))

    def _columns(self) -> Sequence[Column]:
        said = self._office.said
        return (
            Column(NAME, seen("name"), 220, 3, strong=True),
            Column(_("Kind"), lambda row: language.text(said("organisation", row.kind)), 170, 2, priority=1),
            Column(_("Region"), lambda row: language.text(said("region", row.region)), 150, 1, priority=1),
            Column(_("Phone"), seen("phone"), 150),
            Column(_("Contact person"), seen("contact"), 140, 1, priority=3),
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
        self.card.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.header.set_title(_("Partners"), ngettext("{count} partner", "{count} partners", len(shown)))

    def _folded(self, row: PartnerRow) -> str:
        """What a partner is found by, in every language; folding takes its time, so the reader's thread does it."""
        said = self._office.said
        codes = [said("region", row.region), said("organisation", row.kind)]
        codes += [said("language", each) for each in row.languages]
        names = [language.text_in(code, spoken) for code in codes for spoken in LANGUAGES]
        return fold(" ".join([row.name, *names]))

    @Slot()
    def _new(self) -> None:
        PartnerDialog(self._work, self.window()).open()

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "partners"):
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)


class PartnerDialog(FormDialog):
    """A new partner."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        office = office_at(work)
        spoken = [each for each in office.choices("language") if each.code in COMMON_LANGUAGES]
        languages = KeyMany(spoken)

        def act(book: Any, values: Mapping[str, str]) -> Done:
            wish = AddPartner(
                name=values["name"],
                kind=values["kind"],
                region=values["region"] or None,
                address=values["address"] or None,
                phone=values["phone"] or None,
                contact=values["contact"] or None,
                languages=list(languages.codes()),
            )
            return add_partner(book, wish)

        self.languages = languages
        rows = {
            "name": FieldRow(NAME, LineEdit(), required=True),
            "kind": FieldRow(_("Kind"), CodeCombo(office.choices("organisation")), required=True),
            "region": FieldRow(_("Region"), CodeCombo(office.choices("region"))),
            "address": FieldRow(_("Address"), LineEdit()),
            "phone": FieldRow(_("Phone"), LineEdit(digits=True, max_length=LONGEST_NUMBER)),
            "contact": FieldRow(_("Contact person"), LineEdit()),
        }
        lines = (("name",), ("kind", "region"), ("address",), ("phone", "contact"))
        super().__init__(
            work, _("New partner"), rows, lines, _("Add the partner"), act, needed=("name", "kind"), parent=parent
        )
        fields = {name: row.field for name, row in self.rows.items()}
        self.keep_typing(work, place("partner"), fields | {"languages": languages})
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, FieldRow(_("Languages"), languages))
        layout.insertStretch(layout.count() - 1, 1)
        fit(self, WIDTH)
