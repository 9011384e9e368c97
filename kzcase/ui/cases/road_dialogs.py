"""Small dialogs about where a case stands: state a fact, clear a step, report or not, suspend, try to reach."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.case_facts import (
    PUBLISHED,
    READ_BY_ALL,
    ClearStep,
    ConfirmFact,
    StateFact,
    WithdrawFact,
    clear_step,
    confirm_fact,
    state_fact,
    withdraw_clearance,
    withdraw_confirmation,
    withdraw_fact,
)
from kzcase.actions.courses import (
    ReportDeclined,
    ReportMade,
    SuspendCase,
    TryContact,
    report_declined,
    report_made,
    suspend_case,
    try_contact,
)
from kzcase.actions.wishes import Done
from kzcase.domain.case_facts import CLEARED_FACT, FACT_KINDS, OWN_ACTS
from kzcase.domain.permissions import Permission
from kzcase.domain.road_rows import StandingRow, StatedRow
from kzcase.domain.rows import CasePage
from kzcase.i18n import _, verbatim
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office, phone_with_rule
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, ApproximateDateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.work import Work

FACTS_HINT: Final = _("What the case waits for stands first; everything else is found by typing a part of its words.")
SAFE_HINT: Final = _("Only attempts that the rules of safe contact allow count towards lost contact.")
OURS, WITHOUT_US, MADE, DECLINED, YES, NO = "ours", "without_us", "made", "declined", "yes", "no"


def fact_dialog(work: Work, office: Office, view: StandingRow, parent: QWidget) -> FormDialog:
    """State a fact of the case; a guard that holds it back says why at the fact."""
    offered = [Choice(f.code, f.said) for f in view.offered if f.code not in OWN_ACTS and f.code != CLEARED_FACT]
    whose = [Choice(OURS, _("by us or reported to us")), Choice(WITHOUT_US, _("it happened without us"))]
    rows = {
        "fact": FieldRow(_("What is true now"), CodeCombo(offered), required=True),
        "on": FieldRow(_("When"), ApproximateDateEdit(), HELP),
        "proof": FieldRow(_("Proof: paper and number"), LineEdit()),
        "source": FieldRow(_("Who said so"), LineEdit()),
        "country": FieldRow(_("Country, if one is concerned"), CodeCombo(office.choices("country"))),
        "whose": FieldRow(_("How"), CodeCombo(whose, blank=None)),
    }

    def look(fact: str) -> None:
        rows["fact"].set_help(READ_BY_ALL if fact == PUBLISHED else None)

    rows["fact"].field.chosen.connect(look)  # type: ignore[attr-defined]

    def act(book: Any, said: Mapping[str, str]) -> Done:
        on = said["on"] or None
        if FACT_KINDS[said["fact"]].by is Permission.CONFIRM_FACTS:
            wish = ConfirmFact(case=view.case, fact=said["fact"], on=on, ground=said["source"] or None)
            return confirm_fact(book, wish)
        further = {name: said[name] or None for name in ("proof", "source", "country")}
        without = said["whose"] == WITHOUT_US
        return state_fact(book, StateFact(case=view.case, fact=said["fact"], on=on, without_us=without, **further))

    return FormDialog(
        work,
        _("State a fact"),
        rows,
        (("fact",), ("on", "country"), ("proof",), ("source",), ("whose",)),
        _("State the fact"),
        act,
        needed=("fact",),
        hint=FACTS_HINT,
        draft=place("fact", view.case),
        parent=parent,
    )


def clear_dialog(work: Work, view: StandingRow, parent: QWidget) -> FormDialog:
    """A lawyer clears one risky step."""
    steps = [Choice(step, words) for step, words in view.steps.items()]
    rows = {
        "step": FieldRow(_("Which step"), CodeCombo(steps), required=True),
        "ground": FieldRow(_("Why it is safe"), TextArea(lines=3), required=True),
    }
    return FormDialog(
        work,
        _("Clear a step"),
        rows,
        (("step",), ("ground",)),
        _("Clear the step"),
        lambda book, said: clear_step(book, ClearStep(case=view.case, step=said["step"], ground=said["ground"])),
        needed=("step", "ground"),
        draft=place("clearing", view.case),
        parent=parent,
    )


def report_dialog(work: Work, office: Office, case: str, parent: QWidget) -> FormDialog:
    """Whether what the law may want reported was reported; a supervisor decides that it is not."""
    decisions, why = [Choice(MADE, _("reported"))], {}
    if office.may(Permission.CONFIRM_FACTS):
        decisions.append(Choice(DECLINED, _("not reported")))
        why = {"ground": FieldRow(_("Why it is not reported"), TextArea(lines=2))}
    rows = {
        "decision": FieldRow(_("Decision"), CodeCombo(decisions, blank=None), required=True),
        "addressee": FieldRow(_("Reported to whom"), LineEdit()),
        "proof": FieldRow(_("Proof: paper and number"), LineEdit()),
        **why,
        "told": FieldRow(_("What the person was told"), TextArea(lines=2), required=True),
    }

    def act(book: Any, said: Mapping[str, str]) -> Done:
        if said["decision"] == DECLINED:
            return report_declined(book, ReportDeclined(case=case, ground=said["ground"], told=said["told"]))
        given = {name: said[name] for name in ("addressee", "proof", "told")}
        return report_made(book, ReportMade(case=case, **given))

    return FormDialog(
        work,
        _("Duty to report"),
        rows,
        [(name,) for name in rows],
        _("Write down"),
        act,
        needed=("decision", "told"),
        draft=place("report", case),
        parent=parent,
    )


def suspend_dialog(work: Work, case: str, parent: QWidget) -> FormDialog:
    """Suspend the work, with the reason."""
    rows = {"reason": FieldRow(_("Why"), TextArea(lines=3), required=True)}
    return FormDialog(
        work,
        _("Suspend the work on the case"),
        rows,
        (("reason",),),
        _("Suspend"),
        lambda book, said: suspend_case(book, SuspendCase(case=case, reason=said["reason"])),
        needed=("reason",),
        draft=place("suspending", case),
        parent=parent,
    )


def attempt_dialog(work: Work, office: Office, page: CasePage, parent: QWidget) -> FormDialog:
    """An attempt to reach the person."""
    phones = [Choice(row.id, verbatim(phone_with_rule(row, office))) for row in page.person.phones]
    agreed = [Choice(NO, _("no")), Choice(YES, _("yes"))]
    rows = {
        "channel": FieldRow(_("How"), CodeCombo(office.choices("channel")), required=True),
        "phone": FieldRow(_("Which phone"), CodeCombo(phones)),
        "agreed": FieldRow(_("Within the agreed hours"), CodeCombo(agreed, blank=None)),
    }

    def act(book: Any, said: Mapping[str, str]) -> Done:
        wish = TryContact(
            case=page.id, channel=said["channel"], phone=said["phone"] or None, agreed_hours=said["agreed"] == YES
        )
        return try_contact(book, wish)

    return FormDialog(
        work,
        _("Attempt to reach the person"),
        rows,
        (("channel",), ("phone", "agreed")),
        _("Write down"),
        act,
        needed=("channel",),
        hint=SAFE_HINT,
        parent=parent,
    )


def withdraw_dialog(work: Work, case: str, row: StatedRow, parent: QWidget) -> FormDialog:
    """Take back what was stated, with the reason."""
    rows = {"ground": FieldRow(_("Why"), TextArea(lines=2), required=True)}
    by = FACT_KINDS[row.fact].by
    performs = {Permission.CLEAR_STEPS: withdraw_clearance, Permission.CONFIRM_FACTS: withdraw_confirmation}
    perform = performs.get(by, withdraw_fact) if by else withdraw_fact
    return FormDialog(
        work,
        _("Take back what was stated"),
        rows,
        (("ground",),),
        _("Take back"),
        lambda book, said: perform(book, WithdrawFact(statement=row.id, ground=said["ground"])),
        needed=("ground",),
        draft=place("taking_back", case, row.id),
        parent=parent,
    )
