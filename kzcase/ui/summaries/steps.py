"""The steps of a summary: the period, the tables, the check of every number, and how it leaves."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.domain.periods import period_words
from kzcase.domain.summary import GUARANTEE, LIMITS
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Words, _, verbatim
from kzcase.summaries.casebook import Ready
from kzcase.summaries.checking import CellCheck, Checked, PeriodChoice
from kzcase.summaries.indicators import Indicators
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.rows_view import RowsView
from kzcase.ui.summaries.subjects import PEOPLE, SUBJECTS, Subject
from kzcase.ui.tables import Column, fixed_rows
from kzcase.ui.widgets.cards import Banner, Card, box, inside
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label

STATES: Final[dict[str, tuple[Words, Tone]]] = {
    "closed": (_("closed"), "ok"),
    "over": (_("can be closed"), "info"),
    "running": (_("still running"), "neutral"),
    "partly": (_("not to be had"), "neutral"),
}
WAIT_ALONE: Final = _(
    "You work alone here: the files say so and are stamped “not approved”. Make them again after 24 hours; that delay "
    "stands for a second signature."
)
WAITED_ALONE: Final = _(
    "24 hours have gone by: the files say that a one-person organisation passes them on after that delay."
)
LEVELS: Final = (Choice("5", _("Normal: rounded to 5")), Choice("10", _("High: rounded to 10")))


def _states() -> list[str]:
    return [language.text(words) for words, _tone in STATES.values()]


class PeriodStep(QWidget):
    """What is counted, and which period. Only closed periods and those that are over can be taken; `picked` carries one
    of these or None, `subject_chosen` a code of `SUBJECTS`."""

    picked = Signal(object)
    subject_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = (
            Column(_("Period"), lambda row: period_words(row.period), 130, strong=True, whole=_said_periods),
            Column(
                _("Status"), lambda row: STATES[row.state][0], 150, tone=lambda row: STATES[row.state][1], whole=_states
            ),
            Column(_("More"), _more, 260, 2, faint=True),
        )
        self.rows = fixed_rows(columns, ())
        self.list = RowsView(self.rows, name=_("Reporting periods"), parent=self)
        self.list.picked.connect(self._picked)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        choices = [Choice(code, subject.name) for code, subject in SUBJECTS.items()]
        self.subject = CodeCombo(choices, blank=None, parent=self)
        self.subject.set_code(PEOPLE.code)
        self.subject.chosen.connect(self.subject_chosen)
        self.how = Label(PEOPLE.how, "meta", wrap=True, parent=self)
        layout.addWidget(FieldRow(_("What is counted"), self.subject, parent=self))
        layout.addWidget(self.how)
        layout.addWidget(self.list, 1)

    def show_periods(self, subject: Subject, periods: Sequence[PeriodChoice]) -> None:
        """Show these periods of what is counted."""
        self.how.say(subject.how)
        self.rows.show_rows(periods)

    @Slot(object)
    def _picked(self, row: PeriodChoice | None) -> None:
        self.picked.emit(row if row is not None and row.state in ("closed", "over") else None)


def _said_periods() -> tuple[str, ...]:
    """The longest that a period of any year is said with."""
    return tuple(language.text(period_words(f"2026-{part}")) for part in ("H1", "H2", "Q3", "Q4"))


def _more(row: PeriodChoice) -> Words | None:
    if row.state == "closed" and row.closed_on is not None:
        return _("sealed on {date}; its numbers never change", date=row.closed_on)
    if row.state == "running":
        return _("people are still added to it; it can be closed from {date} on", date=row.closes_on)
    return row.why


class TablesStep(Retranslated, QWidget):
    """Which of the frozen tables; each one tells recipients a little more. `changed` after every tick."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._indicators = PEOPLE.indicators()
        most = max(len(each.indicators().tables) for each in SUBJECTS.values())
        self.ticks = [Check(verbatim(""), parent=self) for _table in range(most)]
        self.meter = Label(None, "meta", parent=self)
        self.level = KeyChoices(LEVELS, parent=self)
        self.level.set_code("5")
        keeps = _("A closed period keeps the one it was closed with.")
        self.level_row = FieldRow(_("Protection"), self.level, keeps, parent=self)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        for number, tick in enumerate(self.ticks):
            tick.setChecked(number < 3)
            tick.toggled.connect(self._changed)
            layout.addWidget(tick)
        layout.addWidget(self.meter)
        layout.addSpacing(theme.px(theme.SPACE_CARD))
        layout.addWidget(self.level_row)
        layout.addStretch(1)
        self.retranslate()

    def show_subject(self, subject: Subject) -> None:
        """The tables of what is counted."""
        self._indicators = subject.indicators()
        self.retranslate()

    @property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """The tables there are."""
        return self._indicators.tables

    def chosen(self) -> tuple[tuple[str, ...], ...]:
        """The tables ticked."""
        return tuple(table for table, tick in zip(self.tables, self.ticks, strict=False) if tick.isChecked())

    def base(self) -> int:
        """What numbers are rounded to."""
        return int(self.level.code() or 5)

    def keep_base(self, base: int | None) -> None:
        """A closed period has its base already."""
        self.level.setEnabled(base is None)
        if base is not None:
            self.level.set_code(str(base))

    @Slot()
    def _changed(self, *_ticked: object) -> None:
        self.retranslate()
        self.changed.emit()

    def retranslate(self) -> None:
        spoken, known = language.current(), self._indicators
        for tick in self.ticks[len(self.tables) :]:
            tick.hide()
        for table, tick in zip(self.tables, self.ticks, strict=False):
            tick.say(verbatim(" × ".join(known.label(name, None, spoken) for name in table)))
            tick.show()
        used = len(self.chosen())
        self.meter.say(
            _(
                "Tables used: {used} of {all}. Each table tells recipients a little more.",
                used=used,
                all=len(self.tables),
            )
        )


class CheckStep(QWidget):
    """Every number before and after, side by side, and what an attacker really learned. Nothing here can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checked: Checked | None = None
        self.indicators = PEOPLE.indicators()
        columns = (
            Column(_("Table"), self._table_words, 170, 1, priority=1, faint=True),
            Column(_("What is counted"), self._cell_words, 240, 3, strong=True),
            Column(_("True, for you only"), lambda row: str(row.true), 170, tone=_small),
            Column(_("What recipients see"), lambda row: shown_words(row, self.bound), 160, right=True),
        )
        self.rows = fixed_rows(columns, ())
        layout = QVBoxLayout(self)
        box(layout)
        sides = Columns((3, 2), parent=self)
        layout.addWidget(sides, 1)
        left, right = inside(sides.left), inside(sides.right)
        self.list = RowsView(self.rows, name=_("Numbers before and after"), parent=left)
        self.why = Label(_("Choose a number to see why it is shown so."), "meta", wrap=True, parent=left)
        self.without = Banner(_("Without protection"), "danger", parent=right)
        self.protected = Banner(_("With protection"), "ok", parent=right)
        self.quality = Label(None, "meta", wrap=True, parent=right)
        self.list.picked.connect(self._explain)
        sides.left.addWidget(self.list, 1)
        sides.left.addWidget(self.why)
        for widget in (self.without, self.protected, self.quality):
            sides.right.addWidget(widget)
        sides.right.addStretch(1)

    @property
    def bound(self) -> int:
        """How far a shown number may be from the truth."""
        return self.checked.bound if self.checked is not None else 5

    def _table_words(self, row: CellCheck) -> str:
        return " × ".join(self.indicators.label(name, None, language.current()) for name in row.table)

    def _cell_words(self, row: CellCheck) -> str:
        return ", ".join(self.indicators.label(name, category, language.current()) for name, category in row.cell)

    def show_checked(self, found: Checked, known: Indicators) -> None:
        """Show what came of it, in the words of what is counted."""
        self.checked, self.indicators = found, known
        self.rows.show_rows(found.cells)
        self.without.say(
            _(
                "Without protection: of {hidden} small numbers that would be hidden, an attacker would learn {learned} "
                "exactly.",
                hidden=found.hidden,
                learned=found.learned,
            ),
            "danger" if found.learned else "info",
        )
        self.protected.say(
            _(
                "With protection: {exposed} of {attacked} numbers can be made more exact, earlier summaries included "
                "({earlier}).",
                exposed=found.exposed,
                attacked=found.attacked,
                earlier=found.earlier,
            ),
            "ok" if found.safe else "danger",
        )
        self.quality.say(
            _(
                "Average difference {mean}, largest {largest}; in all {shown} instead of {true}. Numbers under 20 are "
                "indicative.",
                mean=f"{found.mean_error:.1f}",
                largest=found.largest_error,
                shown=found.people_shown,
                true=found.people_true,
            )
        )

    @Slot(object)
    def _explain(self, row: CellCheck | None) -> None:
        if row is not None and self.checked is not None:
            self.why.say(why_words(row, self.bound))


def why_words(row: CellCheck, bound: int) -> Words:
    """One line about one number."""
    low, high = max(0, row.shown - bound), row.shown + bound
    if row.true == row.shown:
        return _(
            "Shown as it is; recipients cannot know that. It can be anything from {low} to {high}.", **_range(low, high)
        )
    if row.true < bound:
        return _(
            "The real number is small; shown as {shown}. The truth can be anything from {low} to {high}.",
            shown=row.shown,
            **_range(low, high),
        )
    return _(
        "Rounded to {shown}. The truth can be anything from {low} to {high}.", shown=row.shown, **_range(low, high)
    )


def _range(low: int, high: int) -> dict[str, object]:
    return {"low": low, "high": high}


def shown_words(row: CellCheck, bound: int) -> str:
    """A number as the check shows it: changed ones carry ≈, nought says what it may hide."""
    if row.shown == 0:
        return f"0 (0–{bound})"
    return f"≈ {row.shown}" if row.shown != row.true else str(row.shown)


def _small(row: CellCheck) -> Tone | None:
    return "warn" if 0 < row.true < 5 else None


class ReleaseStep(QWidget):
    """What recipients are promised, who signs, in which language; then the folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD)
        card = Card(_("What is promised to everybody in these numbers"), self)
        self.promise = Label(GUARANTEE.with_arguments(bound=5), wrap=True, parent=card)
        self.limits = Label(LIMITS, "meta", wrap=True, parent=card)
        self.state = Banner(_("Not approved yet"), "warn", parent=self)
        self.looked = Check(_("I looked at the numbers"), parent=self)
        self.language = KeyChoices([Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES], parent=self)
        self.language.set_code(language.current())
        card.add(self.promise)
        card.add(self.limits)
        spoken = FieldRow(_("Language of the files"), self.language, parent=self)
        for widget in (card, self.state, spoken, self.looked):
            layout.addWidget(widget)
        layout.addStretch(1)

    def spoken(self) -> Language:
        """The language of the files."""
        return next((each for each in LANGUAGES if each == self.language.code()), "kk")

    def show_ready(self, ready: Ready, supervisors: Sequence[str], me: str) -> None:
        """Say who has signed and what will stand on the files."""
        release = ready.release()
        self.promise.say(release.guarantee.with_arguments(bound=release.bound))
        others = [name for name in supervisors if name != me]
        if ready.approved:
            self.state.say(_("A second person has signed these numbers. The files carry no stamp."), "ok")
        elif ready.alone:
            self.state.say(WAITED_ALONE if ready.waited else WAIT_ALONE, "info" if ready.waited else "warn")
        elif others:
            self.state.say(
                _(
                    "The files are stamped “not approved” until a second person signs in the ledger below: {people}.",
                    people=", ".join(others),
                ),
                "warn",
            )
        else:
            self.state.say(
                _("The files are stamped “not approved”: there is no second supervisor who could sign."), "warn"
            )
        self.looked.setChecked(False)
