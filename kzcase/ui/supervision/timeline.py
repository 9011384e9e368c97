"""What is expected of a case and by when, as a line of moments: done, late, running, and still to come."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.domain.teamwork import ExpectedRow
from kzcase.domain.timelines import Expectation
from kzcase.i18n import Words, _
from kzcase.queries.timelines import case_timeline
from kzcase.ui import language, theme
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.timeline import HEIGHT, Moment, Timeline
from kzcase.ui.work import Work

MOST_SHOWN: Final = 6
"""So many moments stand without scrolling."""
LOOKS: Final[dict[str, tuple[str, Tone]]] = {
    Expectation.LATE: ("triangle-alert", "danger"),
    Expectation.RUNNING: ("clock", "warn"),
    Expectation.DONE: ("check", "ok"),
    Expectation.DONE_LATE: ("check", "warn"),
    Expectation.COMING: ("calendar-clock", "neutral"),
}
NOTHING: Final = _("Nothing is expected by a day in this kind of case.")
DOUBTFUL: Final = _("{said}; the rule is not confirmed by a lawyer")


class TimelineCard(Card):
    """Asks for the timeline of the case it is shown, and shows it with the latest that is late first in sight."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(_("Expected, and by when"), parent)
        self._work, self._case = work, ""
        self.rows: Sequence[ExpectedRow] = ()
        self.nothing = Label(NOTHING, "meta", wrap=True, parent=self)
        self.line = Timeline(name=_("Expected, and by when"), parent=self)
        self.add(self.nothing)
        self.add(self.line)

    def show_case(self, case: str) -> None:
        """Show the timeline of this case."""
        self._case = case
        spoken = language.current()
        if case:
            self._work.ask(
                lambda reader: case_timeline(reader, case, spoken), self._take, self._none, key="expected", owner=self
            )

    def _none(self, _error: KzcaseError) -> None:
        """The page says why the case does not open."""
        self._take(())

    def _take(self, rows: Sequence[ExpectedRow]) -> None:
        self.rows = rows
        self.nothing.setVisible(not rows)
        self.line.setVisible(bool(rows))
        self.line.setFixedHeight(theme.px(HEIGHT) * min(len(rows), MOST_SHOWN) + theme.px(8))
        self.line.show_moments([moment(row) for row in rows])

    def retranslate(self) -> None:
        super().retranslate()
        if self._case:
            self.show_case(self._case)


def moment(row: ExpectedRow) -> Moment:
    """One expectation as a moment."""
    icon, tone = LOOKS[row.state]
    day = row.done_on or row.last_day
    said = _said(row)
    detail = DOUBTFUL.with_arguments(said=said) if row.doubtful else said
    return Moment(row.step, language.shown(day) if day else "", row.what, detail, icon, tone)


def _said(row: ExpectedRow) -> Words:
    match row.state:
        case Expectation.LATE:
            return _("late: it was due {date}", date=row.last_day) if row.last_day else _("late")
        case Expectation.RUNNING:
            return _("until {date}", date=row.moment or row.last_day) if row.last_day else _("cannot be counted yet")
        case Expectation.DONE:
            return _("done in time") if row.last_day and row.done_on else _("done")
        case Expectation.DONE_LATE:
            return _("done, but late: it was due {date}", date=row.last_day)
        case _:
            return row.since or _("not yet set off")
