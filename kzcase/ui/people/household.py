"""The household of a person: each member with their own status and path, heard apart, and who joins or leaves."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.households import InterviewApart, JoinHousehold, interview_apart, join_household
from kzcase.actions.records import EndRecord, end_record
from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import MemberRow, PersonPage, StepRow
from kzcase.domain.records import tie_name
from kzcase.domain.rows import StaffRow
from kzcase.domain.steps import waited_for
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.office import staff_list
from kzcase.ui import clock, language, theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.people.record_card import NOTHING
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP_APPROXIMATE, ApproximateDateEdit, DateEdit
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

CAN_BEGIN: Final = _("can begin now")
HINT: Final = _("Members are interviewed apart. What concerns one is shown or handed to no other.")
JOINING: Final = _("Each member keeps a status and a path of their own; joining shows nothing of one to another.")
APART: Final = _(
    "Nobody of the household is in the room, and nobody of them interprets. An interview with a relative between you "
    "is written down, but is still to be done apart."
)
LEAVING: Final = _("The household stays in the history; from this day they are no longer counted in it.")


class HouseholdCard(Card):
    """Who lives together, each with their own status; and what waits for what on the way to papers and school."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Household, and what waits for what"), parent)
        self._work, self._office = work, office
        self._page: PersonPage | None = None
        self.join = Button(_("Add to the household"), kind="quiet", icon="user-plus", parent=self)
        self.join.setVisible(office.may(Permission.WORK_ON_CASES))
        self.join.clicked.connect(self._join)
        self.head.addWidget(self.join)
        self.hint = Label(HINT, "caption", wrap=True, parent=self)
        self.nobody = Label(NOTHING, "meta", wrap=True, parent=self)
        self.steps = Label(None, wrap=True, parent=self)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.add(self.hint)
        self.add(self.nobody)
        self.body.addLayout(lines)
        self.members: Lines[MemberRow, MemberLine] = Lines(lines, lambda parent: MemberLine(self, parent))
        self.add(self.steps)

    @property
    def office(self) -> Office:
        """The office it stands in."""
        return self._office

    def show_page(self, page: PersonPage) -> None:
        """Show the household and the steps of this person."""
        self._page = page
        self.retranslate()

    def retranslate(self) -> None:
        page: PersonPage | None = getattr(self, "_page", None)
        if page is None:
            return
        self.nobody.setVisible(not page.household)
        self.members.show(page.household)
        steps = [self.step(each) for each in page.steps]
        self.steps.say(verbatim("\n".join(steps)))
        self.steps.setVisible(bool(steps))

    def step(self, row: StepRow) -> str:
        """One step: how far it is, what it waits for, and how many paths its proof serves."""
        said = f"•  {self.said('path_step', row.step)}: {self.said('step_state', row.state)}"
        if row.waits_for:
            waits = waited_for(row.waits_for, lambda step: self.said("path_step", step), language.current())
            return f"{said} – " + language.text(_("waits for: {steps}", steps=waits))
        papers = self._page.evidence if self._page is not None else ()
        serves = next((each for each in papers if each.document == row.evidence), None)
        if serves is not None and serves.serves > 1:
            kind = self.said("document_type", serves.kind)
            proof = language.text(_("{document}, which serves {count} paths", document=kind, count=serves.serves))
            return f"{said} – {proof}"
        return f"{said} – {language.text(CAN_BEGIN)}" if row.can_begin else said

    def relation(self, row: MemberRow) -> str:
        """What a member is to the person of this card, as far as it is known and the asker sees it."""
        known = () if self._page is None else self._page.relations
        tie = next((each for each in known if each.other == row.person and each.kind and not each.until), None)
        if tie is None:
            return ""
        said = tie_name(tie.kind or "", self._office.rulebook.codes, language.current())
        return language.text(_("for them: {relation}", relation=said)) if tie.theirs else said

    def said(self, listed: str, code: str | None) -> str:
        """A code in words."""
        return language.text(self._office.said(listed, code)) if code else ""

    # What is done with a household

    def _join(self) -> None:
        if self._page is not None:
            join_dialog(self._work, self._office, self._page, self.window()).open()

    def hear(self, row: MemberRow | None) -> None:
        """Record that a member was heard apart."""
        if row is None:
            return
        window = self.window()

        def shown(staff: Sequence[StaffRow]) -> None:
            interview_dialog(self._work, self._office, row, staff, window).open()

        self._work.ask(staff_list, shown, owner=self)

    def leave(self, row: MemberRow | None) -> None:
        """Record that a member does not live there any more."""
        if row is not None:
            leave_dialog(self._work, row, self.window()).open()


class MemberLine(Line[MemberRow]):
    """One member: the name and status, whether they were heard apart, their own path, and what can be done."""

    def __init__(self, card: HouseholdCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.name = Label(None, "label", wrap=True, parent=self)
        self.chip = Chip(verbatim(""), parent=self)
        self.heard = Label(None, "caption", wrap=True, parent=self)
        self.steps = Label(None, "caption", wrap=True, parent=self)
        layout, top, line = QVBoxLayout(self), Flow(space=theme.SPACE_GROUP), Flow(space=0)
        box(layout, space=2)
        top.addWidget(self.name)
        top.addWidget(self.chip)
        layout.addLayout(top)
        layout.addWidget(self.heard)
        layout.addWidget(self.steps)
        self.hear = Button(_("Heard apart"), kind="quiet", parent=self)
        self.leave = Button(_("Left the household"), kind="quiet", parent=self)
        self.hear.clicked.connect(lambda *_checked: card.hear(self.row))
        self.leave.clicked.connect(lambda *_checked: card.leave(self.row))
        for button in (self.hear, self.leave):
            line.addWidget(button)
        layout.addLayout(line)

    def say(self, row: MemberRow) -> None:
        card = self._card
        name = MASK if "name" in row.masked else row.name or language.text(_("Name unknown"))
        hidden = "nationality_status" in row.masked
        status = "" if hidden else card.said("nationality_status", row.nationality_status)
        self.name.say(verbatim(" · ".join(filter(None, (name, card.relation(row), status)))))
        self._say_heard(row)
        steps = [card.step(each) for each in row.steps if each.state != "done"]
        self.steps.say(verbatim("\n".join(steps)))
        self.steps.setVisible(bool(steps))
        for button in (self.hear, self.leave):
            button.setVisible(row.near and card.office.may(Permission.WORK_ON_CASES))

    def _say_heard(self, row: MemberRow) -> None:
        if row.apart:
            self.chip.say(_("heard apart"), "ok")
        else:
            self.chip.say(_("still to be heard apart"), "warn")
        self.chip.setVisible(row.near)
        said: list[str] = []
        if row.interviewed_apart_on is not None:
            said.append(language.text(_("Interviewed on {date}", date=row.interviewed_apart_on)))
            said += [each for each in (row.interviewed_by, self._card.said("interpreter", row.interpreter)) if each]
        self.heard.say(verbatim(" · ".join(said)))
        self.heard.setVisible(bool(said))


def join_dialog(work: Work, office: Office, page: PersonPage, parent: QWidget) -> FormDialog:
    """Somebody who belongs to the person joins their household, or the person joins theirs."""
    inside = {each.person for each in page.household}
    others = dict.fromkeys((row.other, row.name) for row in page.relations if row.other not in inside or not inside)
    choices = [Choice(other, verbatim(name or MASK)) for other, name in others]
    if page.household and page.person.id not in inside:
        choices.append(Choice(page.person.id, verbatim(page.person.name or MASK)))
    rows = {
        "other": FieldRow(_("Who lives with them"), CodeCombo(choices), required=True),
        "nationality_status": FieldRow(_("Nationality status"), CodeCombo(office.choices("nationality_status"))),
        "since": FieldRow(_("Since"), ApproximateDateEdit(), HELP_APPROXIMATE),
        "said_by": FieldRow(_("Where this is from"), CodeCombo(office.choices("said_by"))),
    }

    def joined(book: Any, values: Mapping[str, str]) -> Any:
        facts = {name: values[name] or None for name in ("nationality_status", "since", "said_by")}
        return join_household(book, JoinHousehold(person=values["other"], with_person=page.person.id, **facts))

    return FormDialog(
        work,
        _("Add to the household"),
        rows,
        (("other",), ("nationality_status",), ("since", "said_by")),
        _("Add"),
        joined,
        needed=("other",),
        places={"person": "other", **{name: name for name in rows}},
        hint=JOINING if choices else _("Add the relative or companion under “Family” first, then to the household."),
        parent=parent,
    )


def interview_dialog(
    work: Work, office: Office, row: MemberRow, staff: Sequence[StaffRow], parent: QWidget
) -> FormDialog:
    """When, by whom, and who interpreted."""
    colleagues = CodeCombo([Choice(each.id, verbatim(each.name)) for each in staff if each.removed_on is None])
    day = DateEdit()
    day.set_value(clock.today())
    rows = {
        "on": FieldRow(_("On"), day, required=True),
        "by": FieldRow(_("By whom"), colleagues, required=True),
        "interpreter": FieldRow(_("Interpreter"), CodeCombo(office.choices("interpreter")), required=True),
    }

    def heard(book: Any, values: Mapping[str, str]) -> Any:
        facts = {name: values[name] or None for name in ("on", "by")}
        return interview_apart(
            book, InterviewApart(person=row.person, interpreter=values["interpreter"] or "not_needed", **facts)
        )

    return _small(work, _("Heard apart"), rows, heard, APART, parent)


def leave_dialog(work: Work, row: MemberRow, parent: QWidget) -> FormDialog:
    """Until when somebody lived there."""
    rows = {"until": FieldRow(_("Lived there until"), ApproximateDateEdit(), HELP_APPROXIMATE, required=True)}
    act = partial(_left, row.id)
    return _small(work, _("Left the household"), rows, act, LEAVING, parent)


def _left(record: str, book: Any, values: Mapping[str, str]) -> Any:
    return end_record(book, EndRecord(record=record, until=values["until"]))


def _small(
    work: Work, title: Words, rows: Mapping[str, FieldRow], act: Any, hint: Words, parent: QWidget
) -> FormDialog:
    names = list(rows)
    lines = [names[at : at + 2] for at in range(0, len(names), 2)]
    return FormDialog(work, title, rows, lines, _("Save"), act, needed=names, hint=hint, parent=parent)
