"""What can be added to a person or put right: a name, a phone with its rules, sex, birth and language."""

from typing import Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.people import AddName, AddPhone, CorrectPerson, add_name, add_phone, correct_person
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.domain.rows import PersonRow
from kzcase.i18n import _
from kzcase.ui.drafts import place
from kzcase.ui.fields import put
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP_APPROXIMATE, ApproximateDateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

KEPT: Final = _("The old ones stay.")
IIN_HELP: Final = _("Copied digit by digit. Nothing about the person is read off it.")


def add_name_dialog(work: Work, office: Office, case: str, person: str, parent: QWidget) -> FormDialog:
    """Another name, as another document writes it."""
    kind = CodeCombo(office.choices("name_kind"), blank=None)
    rows = {
        "family": FieldRow(_("Family name"), LineEdit()),
        "given": FieldRow(_("Given name"), LineEdit()),
        "patronymic": FieldRow(_("Patronymic"), LineEdit()),
        "kind": FieldRow(_("What kind of name"), kind),
        "since": FieldRow(_("Since"), ApproximateDateEdit(), HELP_APPROXIMATE),
        "until": FieldRow(_("Until"), ApproximateDateEdit()),
    }
    return FormDialog(
        work,
        _("Add a name"),
        rows,
        (("family", "given"), ("patronymic", "kind"), ("since", "until")),
        _("Add"),
        lambda book, values: add_name(
            book,
            AddName(
                person=person,
                family=values["family"],
                given=values["given"],
                patronymic=values["patronymic"] or None,
                kind=values["kind"],
                since=values["since"] or None,
                until=values["until"] or None,
            ),
        ),
        needed=("given",),
        hint=KEPT,
        draft=place("name", case, person),
        parent=parent,
    )


def add_phone_dialog(work: Work, office: Office, case: str, person: str, parent: QWidget) -> FormDialog:
    """A phone; whether it is safe to call comes before the number."""
    rows = {
        "safe": FieldRow(_("Is it safe to call?"), CodeCombo(office.choices("safe_contact")), required=True),
        "number": FieldRow(_("Phone"), LineEdit(digits=True, max_length=LONGEST_NUMBER), required=True),
        "hours": FieldRow(_("When to call"), LineEdit()),
        "code_word": FieldRow(_("Code word"), LineEdit()),
        "who_may_answer": FieldRow(_("Who may answer"), LineEdit()),
        "say_we_are": FieldRow(_("Who to say we are"), LineEdit()),
    }
    return FormDialog(
        work,
        _("Add a phone"),
        rows,
        (("safe", "number"), ("hours", "code_word"), ("who_may_answer", "say_we_are")),
        _("Add"),
        lambda book, values: add_phone(
            book,
            AddPhone(
                person=person,
                number=values["number"],
                safe=values["safe"],
                hours=values["hours"] or None,
                code_word=values["code_word"] or None,
                who_may_answer=values["who_may_answer"] or None,
                say_we_are=values["say_we_are"] or None,
            ),
        ),
        needed=("safe", "number"),
        hint=KEPT,
        draft=place("phone", case, person),
        parent=parent,
    )


def correct_person_dialog(work: Work, office: Office, case: str, person: PersonRow, parent: QWidget) -> FormDialog:
    """Sex, birth, language or IIN put right; the history keeps what stood there."""
    rows = {
        "sex": FieldRow(_("Sex"), CodeCombo(office.choices("sex"))),
        "birth": FieldRow(_("Born"), ApproximateDateEdit(), HELP_APPROXIMATE),
        "language": FieldRow(_("Language"), CodeCombo(office.choices("language"))),
        "iin": FieldRow(_("IIN"), LineEdit(digits=True, max_length=LONGEST_NUMBER), IIN_HELP),
        "iin_state": FieldRow(_("State of the IIN"), CodeCombo(office.choices("iin_state"))),
    }
    known = {name: getattr(person, name) for name in rows}
    for name, value in known.items():
        if value:
            put(rows[name].field, value)
    return FormDialog(
        work,
        _("Correct"),
        rows,
        (("sex", "birth"), ("language", "iin_state"), ("iin",)),
        _("Save"),
        lambda book, values: correct_person(
            book, CorrectPerson(person=person.id, **{name: value or None for name, value in values.items()})
        ),
        hint=_("The history keeps what stood there before."),
        draft=place("person", case, person.id),
        parent=parent,
    )
