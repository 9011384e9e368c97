"""Conflicts of interest: who is kept away from this case, for those who decide about it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.keeping_away import KeepAway, LetBack, keep_away, let_back
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, KeptAwayRow, StaffRow
from kzcase.i18n import _, verbatim
from kzcase.queries.office import staff_list
from kzcase.ui import language, theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.lines import Line, Lines
from kzcase.ui.messages import ask
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

NOBODY: Final = _("Nobody. Keep a colleague away who is related to or knows somebody in this case.")
WHAT_IT_MEANS: Final = _(
    "This colleague no longer finds the case: not in the list, not by searching, not by its number. It holds for "
    "supervisors and administrators too, and for yourself."
)


class KeptAwayCard(Card):
    """Shown only to whoever decides; an empty card is not shown to others at all."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Kept away from this case"), parent)
        self._work, self._case = work, ""
        self.keep = Button(_("Keep away"), kind="quiet", icon="shield-check", parent=self)
        self.keep.clicked.connect(lambda: self._work.ask(staff_list, self._open, owner=self))
        self.head.addWidget(self.keep)
        self.nobody = Label(NOBODY, "meta", wrap=True, parent=self)
        self.add(self.nobody)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self.lines: Lines[KeptAwayRow, KeptAwayLine] = Lines(lines, self._line)
        self.setVisible(office.may(Permission.KEEP_AWAY))

    def _line(self, parent: QWidget) -> "KeptAwayLine":
        line = KeptAwayLine(parent)
        line.back.clicked.connect(lambda: self._ask_back(line.row))
        return line

    def show_case(self, page: CasePage) -> None:
        """Show who is kept away from this case."""
        self._case = page.id
        self.nobody.setVisible(not page.kept_away)
        self.lines.show(page.kept_away)

    def _open(self, staff: Sequence[StaffRow]) -> None:
        keep_away_dialog(self._work, self._case, staff, self.window()).open()

    def _ask_back(self, row: KeptAwayRow | None) -> None:
        assert row is not None
        ask(_("Let {colleague} back to this case?", colleague=row.name),
            _("They will find the case again, as their roles allow. The history keeps both."),
            _("Let back"), lambda: self._let_back(row.staff), parent=self.window())  # fmt: skip

    def _let_back(self, staff: str) -> None:
        wish = LetBack(case=self._case, staff=staff)
        self._work.do(lambda book: let_back(book, wish))


class KeptAwayLine(Line[KeptAwayRow]):
    """One colleague and since when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label(None, "label", wrap=True, parent=self)
        self.since = Label(None, "caption", parent=self)
        self.back = Button(_("Let back"), kind="quiet", parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        layout.addLayout(words, 1)
        words.addWidget(self.name)
        words.addWidget(self.since)
        layout.addWidget(self.back)

    def say(self, row: KeptAwayRow) -> None:
        self.name.say(verbatim(row.name))
        self.since.say(_("since {date}", date=row.since) if row.since else verbatim(""))
        self.back.setAccessibleName(f"{language.text(_('Let back'))}: {row.name}")


def keep_away_dialog(work: Work, case: str, staff: Sequence[StaffRow], parent: QWidget) -> FormDialog:
    """Keep a colleague away from the case."""
    here = [Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None]
    rows = {"staff": FieldRow(_("Colleague"), CodeCombo(here), required=True)}
    return FormDialog(
        work,
        _("Keep a colleague away"),
        rows,
        (("staff",),),
        _("Keep away"),
        lambda book, values: keep_away(book, KeepAway(case=case, staff=values["staff"])),
        needed=("staff",),
        hint=WHAT_IT_MEANS,
        parent=parent,
    )
