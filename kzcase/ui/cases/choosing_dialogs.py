"""Dialogs of the list of cases: what is chosen, a choice kept under a name, and the list taken along as a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.list_exports import FORMATS, export_list
from kzcase.actions.saved_searches import READ_BY_TEAM, Chosen, SaveSearch, save_search
from kzcase.domain.case_filter import FIELDS, ME, NOBODY, TEAM, AgeGroup, CaseFilter, State
from kzcase.domain.rows import StaffRow
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.keeping import keep_file
from kzcase.ui.language import Label as Said
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box, inside
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

NAMES: Final[Mapping[str, Words]] = {
    "kind": _("Kind"),
    "stage": _("Stage"),
    "region": _("Region"),
    "urgency": _("Urgency"),
    "source": _("How they came to us"),
    "border_point": _("Border crossing point"),
    "worker": _("Worker"),
    "age": _("Age"),
    "flag": _("Flag"),
    "overdue": _("With an overdue task"),
    "state": _("Open or closed"),
    "opened_from": _("Opened from"),
    "opened_to": _("Opened until"),
}
"""What each filter is called."""
AGES: Final[Mapping[str, Words]] = {
    AgeGroup.CHILD: _("under 18, or perhaps"),
    AgeGroup.ADULT: _("adult"),
    AgeGroup.UNKNOWN: _("age not known"),
}
STATES: Final[Mapping[str, Words]] = {State.OPEN: _("open"), State.CLOSED: _("closed")}
SPECIAL: Final[Mapping[str, Words]] = {
    ME: _("my own"),
    NOBODY: _("nobody’s"),
    TEAM: _("of anybody who is still here"),
}
_LISTS: Final = ("kind", "stage", "region", "urgency", "source", "border_point", "worker", "age", "flag")
_LEFT: Final = ("kind", "stage", "urgency", "source", "age")
SAVED_HINT: Final = _("Only codes and days are kept, never a name you typed. It follows you to every laptop.")
TAKE_HINT: Final = _(
    "Who took the list along, when and why is entered first. Names stay covered where you do not see them now."
)


def options(office: Office, staff: Sequence[StaffRow], name: str) -> list[Choice]:
    """What can be chosen of one filter."""
    match name:
        case "kind":
            return list(office.kinds())
        case "stage":
            return list(_stages(office))
        case "region" | "urgency":
            return list(office.choices(name))
        case "source":
            return list(office.choices("case_source"))
        case "border_point":
            return list(office.choices("border_point"))
        case "flag":
            return list(office.choices("flag_kind"))
        case "worker":
            here = (Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None)
            return [*(Choice(code, words) for code, words in SPECIAL.items()), *here]
        case _:
            return [Choice(code, words) for code, words in AGES.items()]


def _stages(office: Office) -> Iterable[Choice]:
    """Every stage once, with the words of the first road that has it."""
    seen: dict[str, Said] = {}
    for pathway in office.rulebook.pathways.values():
        for stage in pathway.stages:
            seen.setdefault(stage.id, stage)
    yield from (Choice(code, words) for code, words in seen.items())


class FilterDialog(QDialog):
    """`chosen` carries a `CaseFilter`; Escape leaves the list as it is."""

    chosen = Signal(object)

    def __init__(
        self, office: Office, staff: Sequence[StaffRow], now: CaseFilter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self.lists = {name: CheckList(options(office, staff, name), name=NAMES[name]) for name in _LISTS}
        self.overdue = Check(NAMES["overdue"], checked=now.overdue)
        self.state = CodeCombo([Choice(code, words) for code, words in STATES.items()])
        self.days = {name: DateEdit() for name in ("opened_from", "opened_to")}
        self.rows = {name: FieldRow(NAMES[name], field) for name, field in (*self.lists.items(), *self._small())}
        self._fill(now)
        self.use = Button(_("Show these cases"), kind="primary", icon="check", shortcut="Ctrl+Return")
        self.clear = Button(_("Show all cases"))
        self.cancel = Button(_("Cancel"))
        self._build()

    def _small(self) -> Iterable[tuple[str, QWidget]]:
        yield "state", self.state
        yield from self.days.items()

    def _fill(self, now: CaseFilter) -> None:
        for name, listed in self.lists.items():
            listed.set_codes(getattr(now, name))
        self.state.set_code(now.state)
        for name, field in self.days.items():
            written = getattr(now, name)
            field.set_value(date.fromisoformat(written) if written else None)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Which cases to show"), "title"))
        scroll = InnerScroll(self)
        layout.addWidget(scroll, 1)
        columns = Columns((1, 1), narrow=560, parent=inside(scroll.body))
        scroll.body.addWidget(columns)
        for side, names in ((columns.left, _LEFT), (columns.right, [n for n in self.rows if n not in _LEFT])):
            card = Card(parent=inside(side))
            for name in names:
                card.add(self.rows[name])
            side.addWidget(card)
            side.addStretch(1)
        columns.right.insertWidget(0, self.overdue)
        layout.addLayout(foot(self.cancel, self.clear, self.use))
        self.use.clicked.connect(self._use)
        self.clear.clicked.connect(self._clear)
        self.cancel.clicked.connect(self.reject)
        self.resize(theme.px(820), theme.px(640))

    @Slot()
    def _use(self) -> None:
        days = {name: field.value() for name, field in self.days.items()}
        wrong = next((field for field in self.days.values() if field.wrong), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        listed: dict[str, Any] = {name: widget.codes() for name, widget in self.lists.items()}
        said: dict[str, Any] = {name: day.isoformat() if day else "" for name, day in days.items()}
        state = self.state.code() or ""
        self.chosen.emit(CaseFilter(**listed, **said, overdue=self.overdue.isChecked(), state=state))
        self.accept()

    @Slot()
    def _clear(self) -> None:
        self.chosen.emit(CaseFilter())
        self.accept()


def save_dialog(work: Work, chosen: CaseFilter, parent: QWidget) -> FormDialog:
    """Keep the choice under a name, for oneself or for the team."""
    whose = [Choice("", _("for me")), Choice("team", _("for the whole team"))]
    rows = {
        "name": FieldRow(_("What the search is called"), LineEdit(), READ_BY_TEAM, required=True),
        "shared": FieldRow(_("For whom"), CodeCombo(whose, blank=None)),
    }
    filters = Chosen(**{name: _plain(getattr(chosen, name)) for name in FIELDS})

    def act(book: Any, said: Mapping[str, str]) -> Any:
        return save_search(book, SaveSearch(name=said["name"], filters=filters, shared=said["shared"] == "team"))

    return FormDialog(
        work,
        _("Save this search"),
        rows,
        (("name",), ("shared",)),
        _("Save"),
        act,
        needed=("name",),
        hint=SAVED_HINT,
        parent=parent,
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class TakeDialog(QDialog):
    """Asks why the list is taken along, in which form, and whether with names; then makes it."""

    def __init__(self, work: Work, office: Office, chosen: CaseFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._chosen = work, chosen
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self.reason = FieldRow(_("Why it is taken along"), CodeCombo(office.choices("export_reason")), required=True)
        forms = [Choice(each, verbatim(each.upper())) for each in FORMATS]
        self.form = FieldRow(_("Form of the file"), CodeCombo(forms, blank=None))
        self.names = Check(_("With names, sex and birth"))
        self.make = Button(_("Make the file"), kind="primary", icon="download", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Take the list along"), "title"))
        layout.addWidget(Label(TAKE_HINT, "meta", wrap=True))
        card = Card()
        for widget in (self.reason, self.form, self.names):
            card.add(widget)
        layout.addWidget(card)
        layout.addLayout(foot(self.cancel, self.make))
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self.reject)
        self.setMinimumWidth(theme.px(520))

    @Slot()
    def _make(self) -> None:
        reason, form = _code(self.reason), _code(self.form)
        self.reason.set_error(None if reason else _("Please fill this in."))
        if not reason:
            return
        chosen, spoken, names = self._chosen, language.current(), self.names.isChecked()
        work, window = self._work, self.parentWidget() or self

        def made(content: bytes) -> None:
            keep_file(work, f"cases.{form}", content, window)

        work.long(
            lambda book, _progress: export_list(book, chosen, reason, form, spoken, names=names),
            made,
            _("Making the list"),
            owner=window,
        )
        self.accept()


def _code(row: FieldRow) -> str:
    field = row.field
    assert isinstance(field, CodeCombo)
    return field.code() or ""
