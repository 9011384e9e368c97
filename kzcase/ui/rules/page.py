"""Rules and calendar: every rule in force, its source and when it was checked; ours are changed and taken back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.rules import KeepRule, TakeBackRule, keep_rule, pathway_text, take_back_rule
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.domain.rule_changes import WHAT_WORDS, What
from kzcase.domain.rule_rows import RuleRow
from kzcase.domain.sources import source_said
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.rules import rule_list
from kzcase.ui import language, theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.rules.dialogs import rule_dialog
from kzcase.ui.saving import write_copy
from kzcase.ui.slices import Steps
from kzcase.ui.tables import Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

TITLE: Final = _("Rules and calendar")
EXPLAINED: Final = _("What deadlines and stays are worked out by. A lawyer confirms what is doubtful.")
OURS, REPLACED, DOUBTFUL, SHIPPED = _("ours"), _("the office has its own"), _("doubtful"), _("as it ships")
EARLIER_DAY: Final = _("Two laptops changed this rule without knowing of each other: the earlier day counts.")
KEPT_LONGER: Final = _("Two laptops changed this rule without knowing of each other: the longer term counts.")
LOOK, DISPUTED, REFUSED = _("look again"), _("two laptops disagree"), _("cannot be used")


class RulesPage(Page):
    """One sort of rules at a time, ours first."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self._all: Sequence[RuleRow] = ()
        self._done: Done | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self._make_buttons()
        others = (self.save_file, self.keep, self.take_back)
        self.header = PageHeader(TITLE, EXPLAINED, primary=self.change, others=others, parent=self)
        layout.addWidget(self.header)
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=self)
        self.told = Banner(TITLE, "ok", action=self.undo, parent=self)
        self.told.hide()
        layout.addWidget(self.told)
        choose = QHBoxLayout()
        box(choose, space=theme.SPACE_CARD)
        sorts = [Choice(what.value, words) for what, words in WHAT_WORDS.items()]
        self.sort = CodeCombo(sorts, name=TITLE, blank=None, parent=self)
        self.sort.set_code(What.DEADLINE.value)
        self.only_ours = Check(_("Only what the office changed"), parent=self)
        self.only_doubtful = Check(_("Only what is doubtful"), parent=self)
        for widget in (self.sort, self.only_ours, self.only_doubtful):
            choose.addWidget(widget)
        choose.addStretch(1)
        layout.addLayout(choose)
        yield
        self.card = Card(parent=self)
        layout.addWidget(self.card, 1)
        self.rows = fixed_rows(_columns(), ())
        self.list = RowsView(self.rows, name=TITLE, parent=self.card)
        self.card.add(self.list, 1)
        self.note = Label(None, "caption", wrap=True, parent=self.card)
        self.card.add(self.note)
        self._connect()
        self.refresh()

    def _make_buttons(self) -> None:
        manages = self._office.may(Permission.MANAGE_RULES)
        self.change = Button(_("Change"), kind="primary", icon="pencil", parent=self)
        self.take_back = Button(_("Take the change back"), icon="undo-2", parent=self)
        self.keep = Button(_("Keep ours"), icon="check", parent=self)
        self.save_file = Button(_("Save as a file"), icon="download", parent=self)
        self.change.setVisible(manages)
        for button in (self.take_back, self.keep, self.save_file):
            button.hide()

    def _connect(self) -> None:
        self.change.clicked.connect(self._change)
        self.take_back.clicked.connect(self._take_back)
        self.keep.clicked.connect(self._keep)
        self.save_file.clicked.connect(self._save_file)
        self.undo.clicked.connect(self._undo)
        self.sort.chosen.connect(lambda _code: self.refresh())
        self.only_ours.toggled.connect(self._choose)
        self.only_doubtful.toggled.connect(self._choose)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _row: self._change())
        self._work.changed.connect(self._changed)

    @property
    def what(self) -> What:
        """The sort of rules shown."""
        return What(self.sort.code() or What.DEADLINE)

    @Slot()
    def refresh(self) -> None:
        """Ask again what holds."""
        what = self.what
        self._work.ask(lambda reader: rule_list(reader, what), self._take, key="rules", owner=self)

    def _take(self, rows: Sequence[RuleRow]) -> None:
        self._all = rows
        self._choose()

    @Slot()
    def _choose(self, *_ticked: object) -> None:
        shown = [
            row
            for row in self._all
            if (row.ours or not self.only_ours.isChecked()) and (row.doubtful or not self.only_doubtful.isChecked())
        ]
        place = max(self.list.currentIndex().row(), 0)
        self.rows.show_rows(shown)
        if shown:
            self.list.selectRow(min(place, len(shown) - 1))
        ours = sum(row.ours for row in self._all)
        self.header.set_title(
            TITLE,
            ngettext("{count} change of the office", "{count} changes of the office", ours) if ours else EXPLAINED,
        )
        self._picked(self.list.current_row())

    @Slot(object)
    def _picked(self, row: Any) -> None:
        """What can be done with the chosen rule, and all that is known of it."""
        manages = self._office.may(Permission.MANAGE_RULES)
        self.take_back.setVisible(manages and row is not None and row.ours)
        self.keep.setVisible(manages and row is not None and row.updated)
        self.save_file.setVisible(row is not None and row.what == What.PATHWAY)
        lines = [] if row is None else _about(row)
        self.note.say(language.several(lines))
        self.note.setVisible(bool(lines))

    @Slot()
    def _change(self) -> None:
        if self._office.may(Permission.MANAGE_RULES):
            dialog = rule_dialog(self._work, self._office, self.what, self.window(), self.list.current_row())
            dialog.done_well.connect(self._tell)
            dialog.open()

    @Slot()
    def _take_back(self) -> None:
        row: Any = self.list.current_row()
        if row is not None:
            wish = TakeBackRule(change=row.change)
            self._work.do(lambda book: take_back_rule(book, wish), self._tell, self._refused, owner=self)

    @Slot()
    def _keep(self) -> None:
        row: Any = self.list.current_row()
        if row is not None:
            wish = KeepRule(change=row.change)
            self._work.do(lambda book: keep_rule(book, wish), self._tell, self._refused, owner=self)

    def _tell(self, done: Done) -> None:
        self._done = done
        self.undo.show()
        self.told.say(_("The rules have changed, and deadlines follow."), "ok")
        self.told.show()

    @Slot()
    def _undo(self) -> None:
        if self._done is not None:
            act = self._done.act.hex()
            self.told.hide()
            self._work.do(lambda book: undo_act(book, UndoAct(of=act)), None, self._refused, owner=self)

    def _refused(self, error: KzcaseError) -> None:
        self.undo.hide()
        banner_error(self.told, error)
        self.told.show()

    @Slot()
    def _save_file(self) -> None:
        row: Any = self.list.current_row()
        dialog = QFileDialog(self.window(), language.text(_("Save as a file")), f"{row.rule}.toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path), row))
        QFileDialog.open(dialog)

    def save_to(self, path: Path, row: RuleRow) -> None:
        """Write the text of a pathway where somebody chose."""
        content = pathway_text(row).encode()
        self._work.long(lambda _book, _progress: write_copy(path, content), lambda _none: None, TITLE, owner=self)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "rules"):
            self.refresh()


def _columns() -> Sequence[Column]:
    return (
        Column(_("Rule"), seen("name"), 220, 3, strong=True),
        Column(_("What holds"), seen("value"), 190, 2),
        Column(_("To be known"), _state, 150, tone=_tone),
        Column(_("In force from"), seen("valid_from"), 120, priority=1),
        Column(_("In force until"), seen("valid_to"), 120, priority=2),
        Column(_("Checked on"), seen("checked_on"), 110, priority=3, faint=True),
    )


def _state(row: RuleRow) -> Words:
    if row.refused is not None:
        return REFUSED
    if row.disputed:
        return DISPUTED
    if row.updated:
        return LOOK
    if row.ours:
        return OURS
    if row.shadowed:
        return REPLACED
    return DOUBTFUL if row.doubtful else SHIPPED


def _tone(row: RuleRow) -> Tone:
    if row.refused is not None or row.disputed or row.updated:
        return "danger"
    return "info" if row.ours else "warn" if row.doubtful else "neutral"


def _about(row: RuleRow) -> list[Words]:
    """Where a rule is from, who changed it and why, and what is wrong with it."""
    said: list[Words] = []
    if row.source:
        said.append(_("Source: {source}.", source=source_said(row.source)))
    if row.by:
        said.append(_("Changed by {colleague}.", colleague=row.by))
    if row.note:
        said.append(verbatim(row.note))
    if row.doubtful:
        said.append(_("A lawyer has not confirmed this rule yet."))
    if row.updated:
        said.append(_("An update of kzcase changed a rule that the office has changed too."))
    if row.disputed:
        said.append(KEPT_LONGER if row.what == What.RETENTION else EARLIER_DAY)
    if row.refused is not None:
        said.append(row.refused)
    return said
