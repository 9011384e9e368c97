"""Everything about one person: family, household and steps, papers, stays, the way they came, work, proceedings.

It shows what the person at the laptop may see and nothing else; others' cases are a word to supervisors.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.actions.persons import open_person
from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.records import RECORDS
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.messages import show_error
from kzcase.ui.office import Office
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.people.age_and_stay import AgeAndStayCard
from kzcase.ui.people.family import FamilyGraph
from kzcase.ui.people.household import HouseholdCard
from kzcase.ui.people.record_card import RecordCard
from kzcase.ui.people.record_dialogs import relation_dialog
from kzcase.ui.slices import Steps, unpainted
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, ScrollPage, box, inside
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

ELSEWHERE = _("Known elsewhere too. Only supervisors read this; the other cases are opened with a reason.")
AskWhy = Callable[[Callable[[str], object]], object]
"""Asks why somebody looks beyond their own cases, and calls back with the reason."""
Printer = Callable[[str, Language, QWidget], object]
"""Makes the family paper of a person in one language and shows it before it is printed."""


class PersonDialog(BuiltDialog):
    """Shows one person; `case_wanted` carries the id of a case to open."""

    case_wanted = Signal(str)

    def __init__(
        self,
        work: Work,
        office: Office,
        person: str,
        parent: QWidget | None = None,
        *,
        ask_why: AskWhy | None = None,
        printer: Printer | None = None,
    ) -> None:
        super().__init__(work, parent)
        self._office, self._person, self._ask_why, self._printer = office, person, ask_why, printer
        self.page: PersonPage | None = None
        self.resize(QSize(theme.px(1180), theme.px(760)))
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        self._scroll = ScrollPage(self)
        layout.addWidget(self._scroll)
        body, parent = self._scroll.body, inside(self._scroll.body)
        self._make_head(parent)
        yield
        self.family = Card(_("Family and others around the person"), parent)
        self.relate = Button(_("Add somebody"), kind="quiet", icon="user-plus", parent=self.family)
        self.relate.setVisible(self._office.may(Permission.WORK_ON_CASES))
        self.family.head.addWidget(self.relate)
        self.graph = FamilyGraph(self._office, self.family)
        self.family.add(self.graph)
        body.addWidget(self.family)
        yield
        columns = Columns((1, 1), narrow=820, parent=parent)
        body.addWidget(columns)
        body.addStretch(1)
        yield from self._make_cards(columns)
        self._connect()
        self._look()

    def _make_head(self, parent: QWidget) -> None:
        self.header = PageHeader(verbatim(""), None, parent=parent)
        self.header.meta.setWordWrap(True)
        self.elsewhere = Banner(ELSEWHERE, "info", parent=parent)
        self.elsewhere.hide()
        self.print = Button(_("Print the family"), icon="printer", parent=parent)
        self.print.setVisible(self._printer is not None)
        self.cases = QHBoxLayout()
        box(self.cases, space=theme.SPACE_GROUP)
        top = QHBoxLayout()
        top.addWidget(self.header, 1)
        top.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll.body.addLayout(top)
        self._scroll.body.addWidget(self.elsewhere)
        self._scroll.body.addLayout(self.cases)

    def _make_cards(self, columns: Columns) -> Iterator[None]:
        left, right = columns.left, columns.right
        self.household = HouseholdCard(self._work, self._office, inside(right))
        right.addWidget(self.household)
        yield
        self.clocks = AgeAndStayCard(self._work, inside(left))
        left.addWidget(self.clocks)
        yield
        self.cards: list[RecordCard] = []
        for number, kind in enumerate(RECORDS.values()):
            side = right if number % 2 else left
            card = RecordCard(self._work, self._office, kind, inside(side))
            side.addWidget(card)
            self.cards.append(card)
            yield
        left.addStretch(1)
        right.addStretch(1)

    def _connect(self) -> None:
        self.graph.chosen.connect(self.show_person)
        self.relate.clicked.connect(self._relate)
        self.print.clicked.connect(self._choose_language)
        self._work.changed.connect(self._changed)

    @Slot(str)
    def show_person(self, person: str) -> None:
        """Show another person of the family in place of this one."""
        self._person = person
        self._look()

    def _look(self, reason: str = "") -> None:
        person = self._person
        self._work.look(
            lambda book: open_person(book, person, reason), self._show, self._refused, key="person", owner=self
        )

    def _refused(self, error: KzcaseError) -> None:
        if isinstance(error, NeedsReason) and self._ask_why is not None:
            self._ask_why(self._look)
            return
        show_error(error, self)
        if self.page is None:
            self.reject()

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if self.page is not None and concerns(changed, "people", "cases"):
            self._look()

    def _show(self, page: PersonPage) -> None:
        self.page = page
        self._work.slices.do(self._filled(page), self, key="fill person")

    def _filled(self, page: PersonPage) -> Steps:
        with unpainted(self):
            self.say()
            self.elsewhere.setVisible(page.known_elsewhere)
            self._show_cases(page)
            yield
            self.graph.show_page(page)
            yield
            self.household.show_page(page)
            self.clocks.show_page(page)
            for card in self.cards:
                yield
                card.show_page(page)

    def say(self) -> None:
        """The name above everything, and what is known besides it."""
        page = self.page
        if page is None:
            return
        name = MASK if "name" in page.person.masked else page.person.name or language.text(_("Name unknown"))
        self.header.set_title(verbatim(name), verbatim("  ·  ".join(self._facts(page))))

    def _facts(self, page: PersonPage) -> Iterator[str]:
        person = page.person
        if "iin" not in person.masked and person.iin:
            odd = [language.text(self._office.said("iin_warning", each)) for each in person.iin_warnings]
            yield language.text(_("IIN: {number}", number=person.iin)) + (f" ({'; '.join(odd)})" if odd else "")
        elif person.iin_state:
            yield language.text(_("IIN: {number}", number=self._text("iin_state", person.iin_state)))
        if page.merged:
            yield language.text(_("two records found to be one person"))

    def _text(self, listed: str, code: str) -> str:
        return language.text(self._office.said(listed, code))

    def _show_cases(self, page: PersonPage) -> None:
        while (item := self.cases.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        parent = inside(self._scroll.body)
        for case in page.cases:
            button = Button(verbatim(case.number), kind="quiet", icon="folder-open", parent=parent)
            button.clicked.connect(partial(self._open_case, case.id))
            self.cases.addWidget(button)
            button.show()
        self.cases.addStretch(1)

    def _open_case(self, case: str, _checked: bool = False) -> None:
        self.case_wanted.emit(case)
        self.accept()

    @Slot()
    def _relate(self) -> None:
        if self.page is not None:
            relation_dialog(self._work, self._office, self.page, self).open()

    @Slot()
    def _choose_language(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for spoken in LANGUAGES:
            chosen = QAction(LANGUAGE_NAMES[spoken], menu)
            chosen.triggered.connect(partial(self.print_in, spoken))
            menu.addAction(chosen)
        menu.popup(self.print.mapToGlobal(self.print.rect().bottomLeft()))

    def print_in(self, spoken: Language, _checked: bool = False) -> None:
        """Make the family paper in one language."""
        if self._printer is not None:
            self._printer(self._person, spoken, self)
