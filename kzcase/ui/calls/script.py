"""What to say: the lines for the situation of a call. They change by themselves with its topics."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kzcase.domain.sheets import InformationSheet
from kzcase.i18n import LANGUAGES, Words, _, own_text
from kzcase.ui.office import Office
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.labels import Label

FIRST: Final = "first"
COVER: Final = "cover"
MOST_LINES: Final = 6


class Script(Card):
    """A few sentences in the order of a good call; another situation is chosen by topic or by hand."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        self._scripts = {each.id: each for each in office.rulebook.scripts}
        super().__init__(own_text(self._scripts[FIRST].title), parent)
        choices = [Choice(name, own_text(each.title)) for name, each in self._scripts.items()]
        self.choice = CodeCombo(choices, blank=None, name=_("Situation"), parent=self)
        self.lines = [Label(None, "meta", wrap=True, parent=self) for _line in range(MOST_LINES)]
        for widget in (self.choice, *self.lines):
            self.add(widget)
        self.choice.chosen.connect(lambda _code: self._show())
        self.show_situation(FIRST)

    @property
    def shown(self) -> str:
        """Which script stands there."""
        return self.choice.code() or FIRST

    def show_situation(self, name: str) -> None:
        """Show one script."""
        self.choice.set_code(name if name in self._scripts else FIRST)
        self._show()

    def follow(self, topics: Iterable[str]) -> None:
        """The script of the topic chosen last that has one; without such a topic what stands there stays."""
        for topic in reversed(list(topics)):
            found = next((name for name, each in self._scripts.items() if topic in each.topics), None)
            if found is not None:
                self.show_situation(found)
                return

    @Slot()
    def _show(self) -> None:
        script = self._scripts[self.shown]
        self.title.say(own_text(script.title))
        said = lines_of(script)
        for label, words in zip(self.lines, (*said, *[None] * MOST_LINES), strict=False):
            label.setVisible(words is not None)
            label.say(words)


def lines_of(sheet: InformationSheet) -> tuple[Words, ...]:
    """The lines of a sheet or script, each in whatever language the window speaks."""
    return tuple(own_text({each: sheet.lines[each][at] for each in LANGUAGES}) for at in range(len(sheet.lines["kk"])))
