"""A task with all there is to say: for whom, how urgent, with a note, and whether it comes again."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from kzcase.actions.cases import AddTask, add_task
from kzcase.actions.wishes import Done
from kzcase.domain.rows import StaffRow
from kzcase.i18n import _, verbatim
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.work import Work


def task_dialog(
    work: Work,
    office: Office,
    case: str,
    staff: Sequence[StaffRow],
    parent: QWidget,
    begun: Mapping[str, str] | None = None,
) -> FormDialog:
    """A new task; `begun` is what was typed into the card already."""
    here = [Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None]
    rows = {
        "title": FieldRow(_("New task"), LineEdit(), required=True),
        "due": FieldRow(_("Due"), DateEdit(), HELP, required=True),
        "priority": FieldRow(_("Priority"), CodeCombo(office.choices("task_priority"), blank=None)),
        "assignee": FieldRow(_("Who does it"), CodeCombo(here, blank=_("The worker of the case"))),
        "repeats": FieldRow(_("Comes again"), CodeCombo(office.choices("task_repeat"), blank=_("once only"))),
        "note": FieldRow(_("Note"), TextArea(lines=3)),
    }
    rows["priority"].field.set_code("normal")  # type: ignore[attr-defined]
    dialog = FormDialog(
        work,
        _("New task"),
        rows,
        (("title",), ("due", "priority"), ("assignee", "repeats"), ("note",)),
        _("Add"),
        lambda book, said: _added(book, case, said),
        needed=("title", "due"),
        draft=place("new_task", case),
        parent=parent,
    )
    dialog.restore(begun or {})
    return dialog


def _added(book: Any, case: str, said: Mapping[str, str]) -> Done:
    chosen = {name: said[name] or None for name in ("assignee", "priority", "repeats")}
    return add_task(book, AddTask(case=case, title=said["title"], due=said["due"], note=said["note"], **chosen))
