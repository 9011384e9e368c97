"""Two people side by side, pair after pair: why they stand there, what is known of each, and buttons to decide."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.persons import open_person
from kzcase.domain.errors import KzcaseError
from kzcase.domain.person_rows import AlikeRow
from kzcase.i18n import Words, _
from kzcase.ui import language, theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.people.side_card import SideCard
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, EmptyState, ScrollPage, box, inside
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

Row = TypeVar("Row")


class SideBySide(BuiltDialog, Generic[Row]):
    """Goes through its pairs one after the other; `rows` are those that are left, the one shown first."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self.rows: list[Row] = []
        self.resize(QSize(theme.px(1000), theme.px(640)))
        self.build(self._steps())

    # what each such dialog says for itself

    @abstractmethod
    def look_for(self) -> Callable[[Any], Sequence[Row]]:
        """Looks again for pairs; that takes a while, so it is long work."""

    @abstractmethod
    def head(self, parent: QWidget) -> tuple[PageHeader, Banner]:
        """The title, and the line under it; that stays hidden at first."""

    @abstractmethod
    def choices(self, parent: QWidget) -> tuple[Button, ...]:
        """What can be decided of a pair; to decide later stands beside it always."""

    @abstractmethod
    def nobody_words(self) -> Words:
        """What is said where no pair is left."""

    @abstractmethod
    def both(self, row: Row) -> tuple[AlikeRow, AlikeRow]:
        """The two of a pair; the second says why they stand here."""

    @abstractmethod
    def say(self, row: Row | None) -> None:
        """Title, line and buttons as they belong to this pair."""

    # what they share

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        page = ScrollPage(self)
        layout.addWidget(page)
        parent = inside(page.body)
        self.header, self.said = self.head(parent)
        self.said.hide()
        self.why = Label(None, wrap=True, parent=parent)
        for each in (self.header, self.said, self.why):
            page.body.addWidget(each)
        yield
        columns = Columns((1, 1), narrow=620, parent=parent)
        page.body.addWidget(columns)
        self.sides = [SideCard(self._office, inside(each)) for each in (columns.left, columns.right)]
        columns.left.addWidget(self.sides[0])
        columns.right.addWidget(self.sides[1])
        yield
        decided = self.choices(parent)
        self.later = Button(_("Decide later"), kind="quiet", parent=parent)
        line = Flow(space=theme.SPACE_GROUP)
        for button in (*decided, self.later):
            line.addWidget(button)
        page.body.addLayout(line)
        self.nobody = EmptyState("users", self.nobody_words(), parent=parent)
        page.body.addWidget(self.nobody)
        page.body.addStretch(1)
        self.later.clicked.connect(self._next)
        self.refresh()

    def refresh(self) -> None:
        """Look again who is alike."""
        look = self.look_for()
        self._work.long(lambda book, _progress: look(book), self._take, _("Comparing people"), owner=self)

    def _take(self, rows: Sequence[Row]) -> None:
        self.rows = list(rows)
        self.show_first()

    @Slot()
    def _next(self) -> None:
        self.rows = [*self.rows[1:], *self.rows[:1]]
        self.show_first()

    def show_first(self) -> None:
        """Show the first pair that is left, or that there is none."""
        row = self.rows[0] if self.rows else None
        self.nobody.setVisible(row is None)
        for each in (*self.sides, self.later, self.why):
            each.setVisible(row is not None)
        self.say(row)
        if row is None:
            return
        first, second = self.both(row)
        why = "; ".join(language.text(self._office.said("match_reason", each)) for each in second.why)
        self.why.say(_("Why they stand here: {reasons}", reasons=why))
        for side, alike in zip(self.sides, (first, second), strict=True):
            self._ask(side, alike.person)

    def _ask(self, side: SideCard, person: str) -> None:
        self._work.look(
            lambda book: open_person(book, person), side.show_person, self.refused, key=f"side {id(side)}", owner=side
        )

    def refused(self, error: KzcaseError) -> None:
        """Say why it was not done."""
        banner_error(self.said, error)
        self.said.show()
