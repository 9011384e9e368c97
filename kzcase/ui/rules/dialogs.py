"""Dialogs that change a rule: a day off, a term, an amount, leave to stay, a pathway; each dated, with its source."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.rules import (
    ChangeAmount,
    ChangeDay,
    ChangeDeadline,
    ChangePathway,
    ChangeRetention,
    GiveLeave,
    change_amount,
    change_day,
    change_deadline,
    change_pathway,
    change_retention,
    give_leave,
)
from kzcase.actions.wishes import Done
from kzcase.domain.errors import NotText, TooLarge, while_reading
from kzcase.domain.pathways_explained import called
from kzcase.domain.pathways_reading import MAX_TEXT
from kzcase.domain.retention import OTHER_KINDS
from kzcase.domain.rule_changes import WHAT_WORDS, What
from kzcase.domain.rule_rows import RuleRow
from kzcase.i18n import Words, _
from kzcase.paths import open_plain
from kzcase.ui.clock import today
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

UNITS: Final = (
    Choice("working_days", _("working days")),
    Choice("days", _("calendar days")),
    Choice("months", _("months")),
    Choice("years", _("years")),
    Choice("hours", _("hours")),
)
ENDS: Final = (
    Choice("keep", _("it ends on that day all the same")),
    Choice("next_working_day", _("it ends on the next working day")),
)
DAYS: Final = (
    Choice("off", _("day off by decree")),
    Choice("working", _("working day by decree")),
    Choice("moved", _("day off in place of a holiday")),
    Choice("holiday", _("holiday")),
)
USES: Final = (
    Choice("all", _("for everything")),
    Choice("benefits", _("for payments and benefits")),
    Choice("fines", _("for fines")),
)
HINT: Final = _("Deadlines are worked out anew at once. The history keeps what stood there before.")


KEPT_HINT: Final = _(
    "Counted from the day a case was closed; without a case, from the day the call or referral came. "
    "Nothing is erased by itself: whatever is past its term comes up for a person to decide."
)
LEAST_HINT: Final = _("Only where a lawyer has said so.")
BELOW_LAW: Final = (Choice("yes", _("yes, we want less all the same")),)


def rule_dialog(work: Work, office: Office, what: What, parent: QWidget, row: RuleRow | None = None) -> FormDialog:
    """A change of one sort; of a rule that was chosen its values stand in the fields already."""
    match what:
        case What.DAY:
            return _day_dialog(work, office, parent, row)
        case What.DEADLINE:
            return _deadline_dialog(work, office, parent, row)
        case What.AMOUNT:
            return _amount_dialog(work, parent)
        case What.STAY:
            return _leave_dialog(work, office, parent)
        case What.PATHWAY:
            return _pathway_dialog(work, office, parent, row)
        case What.RETENTION:
            return _retention_dialog(work, office, parent, row)


def _dialog(
    work: Work,
    what: What,
    rows: dict[str, FieldRow],
    lines: tuple[tuple[str, ...], ...],
    act: Callable[[Any, dict[str, Any]], Done],
    needed: tuple[str, ...],
    parent: QWidget,
    places: Mapping[str, str],
    hint: Words = HINT,
) -> FormDialog:
    """The fields of this sort, and below them where it is from."""
    checked = DateEdit()
    checked.set_value(today())
    rows |= {
        "source": FieldRow(_("Where this rule is from"), LineEdit(), required=True),
        "checked_on": FieldRow(_("Checked on"), checked),
        "note": FieldRow(_("Note"), LineEdit()),
    }

    def said(book: Any, values: Mapping[str, str]) -> Done:
        return act(book, {name: value for name, value in values.items() if value})

    return FormDialog(
        work,
        WHAT_WORDS[what],
        rows,
        (*lines, ("source",), ("checked_on", "note")),
        _("Save"),
        said,
        needed=(*needed, "source"),
        places={name: name for name in rows} | dict(places),
        hint=hint,
        draft=place("rule", what.value),
        parent=parent,
    )


def _day_dialog(work: Work, office: Office, parent: QWidget, row: RuleRow | None) -> FormDialog:
    on, moved = DateEdit(), DateEdit()
    if row is not None and row.valid_from is not None:
        on.set_value(row.valid_from)
    rows = {
        "day": FieldRow(_("Day"), on, required=True),
        "what": FieldRow(_("What that day is"), CodeCombo(DAYS), required=True),
        "code": FieldRow(_("Which day off"), CodeCombo(office.choices("day_off"))),
        "moved_from": FieldRow(_("In place of"), moved),
    }
    lines = (("day", "what"), ("code", "moved_from"))
    return _dialog(
        work, What.DAY, rows, lines, lambda book, v: change_day(book, ChangeDay(**v)), ("day", "what"), parent, {}
    )


def _deadline_dialog(work: Work, office: Office, parent: QWidget, row: RuleRow | None) -> FormDialog:
    rules = office.rulebook.deadlines
    named = {rule.id: Choice(rule.id, called(rule)) for rule in (*rules.versions, *rules.changes)}
    rows = {
        "rule": FieldRow(_("Rule"), CodeCombo(tuple(named.values())), required=True),
        "term": FieldRow(_("Term"), LineEdit(digits=True, max_length=4), required=True),
        "unit": FieldRow(_("Counted in"), CodeCombo(UNITS), required=True),
        "when_off": FieldRow(_("When the last day is a day off"), CodeCombo(ENDS)),
        "valid_from": FieldRow(_("In force from"), DateEdit(), required=True),
        "valid_to": FieldRow(_("In force until"), DateEdit()),
    }
    if row is not None and (found := next((r for r in rules.all_known(row.rule)), None)) is not None:
        rows["rule"].field.set_code(found.id)  # type: ignore[attr-defined]
        rows["term"].field.setText(str(found.term))  # type: ignore[attr-defined]
        rows["unit"].field.set_code(found.unit)  # type: ignore[attr-defined]
        rows["when_off"].field.set_code(found.when_off)  # type: ignore[attr-defined]

    def act(book: Any, values: dict[str, Any]) -> Done:
        known = next((rule for rule in rules.all_known(values["rule"])), None)
        more: dict[str, Any] = (
            {} if known is None else {"counts_first_day": known.counts_first_day, "remind": known.remind}
        )
        term = int(values.pop("term"))
        return change_deadline(book, ChangeDeadline(term=term, **(more if values["unit"] != "hours" else {}), **values))

    lines = (("rule",), ("term", "unit"), ("when_off",), ("valid_from", "valid_to"))
    needed = ("rule", "term", "unit", "valid_from")
    return _dialog(work, What.DEADLINE, rows, lines, act, needed, parent, {})


def _amount_dialog(work: Work, parent: QWidget) -> FormDialog:
    rows = {
        "amount": FieldRow(_("Amount in tenge"), LineEdit(digits=True, max_length=9), required=True),
        "use": FieldRow(_("What it is for"), CodeCombo(USES), required=True),
        "valid_from": FieldRow(_("In force from"), DateEdit(), required=True),
        "valid_to": FieldRow(_("In force until"), DateEdit(), required=True),
    }
    rows["use"].field.set_code("all")  # type: ignore[attr-defined]

    def act(book: Any, values: dict[str, Any]) -> Done:
        amount = int("".join(sign for sign in values.pop("amount") if sign.isdecimal()) or "0")
        return change_amount(book, ChangeAmount(amount=amount, **values))

    lines = (("amount", "use"), ("valid_from", "valid_to"))
    return _dialog(work, What.AMOUNT, rows, lines, act, tuple(rows), parent, {})


def _leave_dialog(work: Work, office: Office, parent: QWidget) -> FormDialog:
    rows = {
        "valid_from": FieldRow(_("Stays that end from"), DateEdit(), required=True),
        "valid_to": FieldRow(_("go on until"), DateEdit(), required=True),
        "country": FieldRow(_("Citizens of"), CodeCombo(office.choices("country"), blank=_("everybody"))),
    }

    def act(book: Any, values: dict[str, Any]) -> Done:
        land = values.pop("country", "")
        return give_leave(book, GiveLeave(countries=(land,) if land else (), **values))

    lines = (("valid_from", "valid_to"), ("country",))
    places = {"countries": "country"}
    return _dialog(work, What.STAY, rows, lines, act, ("valid_from", "valid_to"), parent, places)


def _pathway_dialog(work: Work, office: Office, parent: QWidget, row: RuleRow | None) -> FormDialog:
    rows = {
        "kind": FieldRow(_("Kind of case"), CodeCombo(office.kinds()), required=True),
        "file": FieldRow(
            _("File"), LineEdit(), _("Where the TOML file lies: save the one in force, change it, and give it here."),
            required=True,
        ),
    }  # fmt: skip
    if row is not None:
        rows["kind"].field.set_code(row.rule)  # type: ignore[attr-defined]

    def act(book: Any, values: dict[str, Any]) -> Done:
        toml = read_text(Path(values.pop("file")))
        return change_pathway(book, ChangePathway(toml=toml, **values))

    places = {"toml": "file", "file": "file"}
    return _dialog(work, What.PATHWAY, rows, (("kind",), ("file",)), act, ("kind", "file"), parent, places)


def _retention_dialog(work: Work, office: Office, parent: QWidget, row: RuleRow | None) -> FormDialog:
    kinds = (*office.kinds(), *(Choice(kind, words) for kind, words in OTHER_KINDS.items()))
    rows = {
        "kind": FieldRow(_("Data of"), CodeCombo(kinds), required=True),
        "years": FieldRow(_("Years kept"), LineEdit(digits=True, max_length=3), required=True),
        "least": FieldRow(_("Years by law"), LineEdit(digits=True, max_length=3), LEAST_HINT),
        "below_law": FieldRow(_("Shorter than the law"), CodeCombo(BELOW_LAW, blank=_("no"))),
        "valid_from": FieldRow(_("Closed from"), DateEdit()),
        "valid_to": FieldRow(_("Closed until"), DateEdit()),
    }
    if row is not None:
        rows["kind"].field.set_code(row.rule)  # type: ignore[attr-defined]

    def act(book: Any, values: dict[str, Any]) -> Done:
        years, least = int(values.pop("years")), int(values.pop("least", 0))
        below = values.pop("below_law", "") == "yes"
        return change_retention(book, ChangeRetention(years=years, least=least, below_law=below, **values))

    lines = (("kind", "years"), ("least", "below_law"), ("valid_from", "valid_to"))
    return _dialog(work, What.RETENTION, rows, lines, act, ("kind", "years"), parent, {}, hint=KEPT_HINT)


def read_text(path: Path) -> str:
    """The text of a file somebody chose. Errors in words at `file`."""
    try:
        with open_plain(path) as opened:
            untrusted = opened.read(4 * MAX_TEXT + 1)
    except OSError as error:
        raise while_reading(error, "file") from error
    if len(untrusted) > 4 * MAX_TEXT:
        raise TooLarge("file", limit=MAX_TEXT)
    try:
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText("file") from None
