"""How old somebody is and how long they may stay: both ways of counting side by side, each number with its reason."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.age_and_stay import AgeAndStay, age_lines, both_ways, counted_words, stay_lines
from kzcase.domain.errors import KzcaseError
from kzcase.domain.person_rows import PersonPage
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.age_and_stay import age_and_stay
from kzcase.ui import language, theme
from kzcase.ui.papers import print_for
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work


class AgeAndStayCard(Card):
    """Shown beside the records it is worked out from."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(_("Age and stay"), parent)
        self._work = work
        self._page: PersonPage | None = None
        self.view: AgeAndStay | None = None
        self.print = Button(_("Print the stay"), kind="quiet", icon="printer", parent=self)
        self.print.clicked.connect(self._print)
        self.head.addWidget(self.print)
        self.age, self.stay = Label(None, wrap=True, parent=self), Label(None, wrap=True, parent=self)
        self.add(self.age)
        self.add(self.stay)
        ways = QHBoxLayout()
        box(ways, space=theme.SPACE_FIELD)
        self.ways = tuple(self._way(ways) for _each in range(2))
        self.body.addLayout(ways)

    def _way(self, ways: QHBoxLayout) -> tuple[Label, Label]:
        """A place for one way of counting: its name, and what it gives."""
        column = QVBoxLayout()
        box(column, space=2)
        name, counted = Label(None, "caption", wrap=True, parent=self), Label(None, wrap=True, parent=self)
        column.addWidget(name)
        column.addWidget(counted)
        ways.addLayout(column, 1)
        return name, counted

    def show_page(self, page: PersonPage) -> None:
        """Work it out for this person."""
        self._page = page
        self.print.setVisible(bool(page.cases))
        person = bytes.fromhex(page.person.id)
        self._work.ask(lambda reader: age_and_stay(reader, person), self._found, self._none, key="stay", owner=self)

    def _found(self, view: AgeAndStay) -> None:
        self.view = view
        self._say()

    def _none(self, _error: KzcaseError) -> None:
        self.view = None
        self._say()

    def retranslate(self) -> None:
        super().retranslate()
        self._say()

    def _say(self) -> None:
        view = getattr(self, "view", None)
        if view is None:
            return
        self.age.say(_together(*age_lines(view.age)))
        self.stay.say(_together(*stay_lines(view.stay, view.today)))
        answer = view.stay.answer if view.stay else None
        for (name, counted), way in zip(self.ways, both_ways(answer) if answer else (None, None), strict=True):
            name.setVisible(way is not None)
            counted.setVisible(way is not None)
            if way is not None:
                name.say(way[0])
                counted.say(counted_words(way[1]))

    def _print(self) -> None:
        if self._page is not None and self._page.cases:
            wish = WantedPaper("stay", language.current(), self._page.cases[0].id)
            print_for(self._work, wish, self.window())


def _together(*lines: Words) -> Words:
    return verbatim("\n".join(language.text(line) for line in lines))
