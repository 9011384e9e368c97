"""What follows an incident: whom it endangers first, who is told, and how it ends."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.affected import affected_by
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.incidents import CloseIncident, TellIncident, close_incident, tell_incident
from kzcase.actions.notices import print_notice
from kzcase.actions.papers import MadePaper
from kzcase.actions.reading import show_names
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.incidents import CLOSED, TOLD, Affected, AffectedRow, IncidentRow, remains
from kzcase.domain.permissions import Permission
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.incidents import incident
from kzcase.ui import language, theme
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.inspection.incident_words import NOBODY, counted, due_words, frozen_words
from kzcase.ui.messages import ask, banner_error
from kzcase.ui.office import Office, joined
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.papers import preview
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.work import EVERYTHING, Work

NAMES: Final[dict[str, Words]] = {
    "people": _("The people affected"),
    "authority": _("The authority"),
    "donor": _("The donor"),
}
WIDTH: Final = 980
HEIGHT: Final = 720


class IncidentDialog(BuiltDialog):
    """`account_wanted` carries the id of the colleague it concerns, `open_case` that of a case of the list."""

    account_wanted = Signal(str)
    open_case = Signal(str)

    def __init__(
        self, work: Work, office: Office, incident_id: str, parent: QWidget | None = None, *, fresh: bool = False
    ) -> None:
        super().__init__(work, parent)
        self._office, self._id, self._fresh = office, incident_id, fresh
        self._row: IncidentRow | None = None
        self._found: Affected | None = None
        self._names_asked = False
        self._last: Done | None = None
        self.setModal(True)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.title = Label(None, "title", wrap=True, parent=self)
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=self)
        self.undo.hide()
        self.said = Banner(NOBODY, "info", action=self.undo, parent=self)
        self.said.hide()
        self.what = Label(None, "meta", wrap=True, parent=self)
        layout.addWidget(self.title)
        self.frozen = Label(None, "meta", wrap=True, parent=self)
        self.frozen.hide()
        layout.addWidget(self.what)
        layout.addWidget(self.frozen)
        layout.addWidget(self.said)
        yield
        layout.addWidget(self._affected(), 1)
        yield
        layout.addWidget(self._tell())
        layout.addLayout(self._foot())
        self._connect()
        self._look()
        self._look_for_them()

    def _look_for_them(self) -> None:
        self._work.long(
            lambda book, _progress: affected_by(book, self._id, "long"),
            self._list,
            _("Looking for everybody concerned"),
            self._refused,
            owner=self,
            quiet=True,
        )

    def _affected(self) -> Card:
        card = Card(_("Most endangered first"), self)
        self.counted = Label(None, "meta", wrap=True, parent=card)
        self.names = Button(_("Show names"), icon="eye", kind="quiet", parent=card)
        self.names.hide()
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        line.addWidget(self.counted, 1)
        line.addWidget(self.names)
        card.body.addLayout(line)
        self.rows = fixed_rows(
            (
                Column(_("Case"), seen("number"), 170, strong=True),
                Column(_("Why it stands here"), self._why, 380, 4),
                Column(_("Worker"), seen("worker"), 140, 1, priority=1),
            ),
            (),
        )
        self.list = RowsView(self.rows, name=_("Cases concerned"), parent=card)
        card.add(self.list, 1)
        self.whole = Selectable(None, parent=card)
        self.whole.setWordWrap(True)
        card.add(self.whole)
        return card

    def _why(self, row: AffectedRow) -> object:
        told = joined(self._office.said("affected_reason", one) for one in row.reasons)
        if not row.hidden:
            return told
        more = ngettext("{count} further reason is hidden", "{count} further reasons are hidden", row.hidden)
        return ", ".join(filter(None, (told, language.text(more))))

    def _tell(self) -> Card:
        card = Card(_("Who is told"), self)
        self.due = Label(None, "meta", wrap=True, parent=card)
        card.add(self.due)
        self.told: dict[str, Button] = {}
        self.drafts: dict[str, Button] = {}
        self.days: dict[str, Label] = {}
        for whom in TOLD:
            line = QHBoxLayout()
            box(line, space=theme.SPACE_GROUP)
            self.days[whom] = Label(NAMES[whom], "body", parent=card)
            self.drafts[whom] = Button(_("Draft notice"), icon="printer", parent=card)
            self.told[whom] = Button(_("Told today"), icon="check", parent=card)
            line.addWidget(self.days[whom], 1)
            line.addWidget(self.drafts[whom])
            line.addWidget(self.told[whom])
            card.body.addLayout(line)
        return card

    def _foot(self) -> QHBoxLayout:
        self.account = Button(_("Close this account"), kind="danger", icon="lock", parent=self)
        self.withdraw = Button(_("Take the report back"), icon="undo-2", parent=self)
        self.end = Button(_("Close the incident"), icon="circle-check", parent=self)
        self.leave = Button(_("Back to the register"), kind="primary", parent=self)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        line.addWidget(self.account)
        line.addStretch(1)
        for button in (self.withdraw, self.end, self.leave):
            line.addWidget(button)
        return line

    def _connect(self) -> None:
        for whom in TOLD:
            self.drafts[whom].clicked.connect(partial(self._draft, whom))
            self.told[whom].clicked.connect(partial(self._have_told, whom))
        self.undo.clicked.connect(self._take_back)
        self.withdraw.clicked.connect(self._withdraw)
        self.end.clicked.connect(self._close)
        self.leave.clicked.connect(self.accept)
        self.account.clicked.connect(self._close_account)
        self.names.clicked.connect(self._show_names)
        self.list.opened.connect(self._open)
        self.list.picked.connect(self._say_whole)

    # What is known

    def _look(self) -> None:
        self._work.ask(lambda reader: incident(reader, self._id), self._show, self._refused, key="incident", owner=self)

    def _show(self, row: IncidentRow) -> None:
        self._row = row
        what = self._office.said("incident_kind", row.kind)
        closed = row.state == CLOSED
        self.title.say(
            _("Incident: step {step} of 3. {what}", step=3, what=what)
            if self._fresh
            else _("Incident {number}: {what}", number=row.number, what=what)
        )
        self.what.say(verbatim("\n".join(filter(None, (row.what, row.done)))))
        self.what.setVisible(bool(row.what or row.done))
        self.due.say(due_words(row))
        self._count()
        for whom, field in TOLD.items():
            day = getattr(row, field)
            told = _("{whom}: told on {day}", whom=NAMES[whom], day=f"{day:%d.%m.%Y}") if day else NAMES[whom]
            self.days[whom].say(told)
            self.told[whom].setVisible(day is None and not closed)
        self.account.setVisible(row.colleague is not None and self._office.may(Permission.MANAGE_STAFF))
        self.account.say(_("Close the account of {name}", name=row.colleague or ""))
        self.withdraw.setVisible(not closed and bool(row.act))
        self.end.setVisible(not closed)
        frozen = frozen_words(row)
        self.frozen.say(frozen)
        self.frozen.setVisible(frozen is not None and not closed)

    def _list(self, found: Affected) -> None:
        self._found = found
        self.rows.show_rows(found.rows)
        self.names.setVisible(any(row.hidden for row in found.rows) and not self._names_asked)
        self._count()

    def _count(self) -> None:
        """Either may come first: the incident, or whom it endangers."""
        if self._found is not None:
            self.counted.say(counted(self._found, self._row))

    @Slot()
    def _show_names(self) -> None:
        """What is hidden with the names may be why somebody is most endangered."""
        self._names_asked = True
        self._work.do(show_names, lambda _done: self._look_for_them(), self._refused, changes={EVERYTHING}, owner=self)

    @Slot(object)
    def _say_whole(self, row: AffectedRow | None) -> None:
        """All reasons of the case one stands on."""
        self.whole.say(None if row is None else verbatim(f"{row.number}: {self._why(row)}"))

    # What is done

    def _do(self, action: Callable[[Any], Done], then: Callable[[Done], object]) -> None:
        self._work.do(action, then, self._refused, owner=self)

    def _have_told(self, whom: str) -> None:
        wish = TellIncident(incident=self._id, whom=whom)
        self._do(lambda book: tell_incident(book, wish), self._was_told)

    def _was_told(self, done: Done) -> None:
        self._last = done
        self.said.say(_("Entered."), "ok")
        self.undo.show()
        self._look()

    @Slot()
    def _take_back(self) -> None:
        if self._last is not None:
            wish = UndoAct(of=self._last.act.hex())
            self._do(lambda book: undo_act(book, wish), self._taken_back)

    def _taken_back(self, _done: Done) -> None:
        self._last = None
        self.undo.hide()
        self.said.hide()
        self._look()

    @Slot()
    def _withdraw(self) -> None:
        if self._row is not None:
            wish = UndoAct(of=self._row.act)
            ask(
                _("Take this report back?"),
                _("It disappears from the list; the history keeps it. {remains}", remains=remains(self._row)),
                _("Take the report back"),
                lambda: self._do(lambda book: undo_act(book, wish), lambda _done: self.accept()),
                parent=self,
            )

    @Slot()
    def _close(self) -> None:
        self.close_dialog()

    def close_dialog(self) -> FormDialog:
        """What was done, before the incident is closed for good."""
        rest = remains(self._row) if self._row is not None else verbatim("")
        wanted = {"done": FieldRow(_("What was done"), TextArea(lines=4), required=True)}
        dialog = FormDialog(
            self._work,
            _("Close the incident"),
            wanted,
            (("done",),),
            _("Close the incident"),
            lambda book, given: close_incident(book, CloseIncident(incident=self._id, done=given["done"])),
            needed=("done",),
            hint=_("This stays: a closed incident is neither changed nor taken back. {remains}", remains=rest),
            draft=place("incident end", self._id),
            parent=self,
        )
        dialog.done_well.connect(lambda _done: self.accept())
        dialog.open()
        return dialog

    def _draft(self, whom: str) -> None:
        spoken = language.current()

        def made(content: bytes) -> None:
            number = self._row.number if self._row and whom == "authority" else "notice"
            preview(self._work, MadePaper("notice", spoken, number, content, ""), self)

        self._work.long(
            lambda book, _progress: print_notice(book, self._id, whom, spoken),
            made,
            _("Making the paper"),
            self._refused,
            owner=self,
        )

    @Slot()
    def _close_account(self) -> None:
        if self._row is not None and self._row.colleague_id is not None:
            self.account_wanted.emit(self._row.colleague_id)

    @Slot(object)
    def _open(self, row: AffectedRow) -> None:
        if self._office.may(Permission.READ_CASES):
            self.open_case.emit(row.case)
            self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.undo.hide()
        banner_error(self.said, error)
