"""When a client calls in: whose hands each phone is in, and the word for when they cannot speak freely."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.calling_in import ControlPhone, SetDuressWord, control_phone, set_duress_word
from kzcase.domain.errors import NothingToChange
from kzcase.domain.line_rows import PhoneInHands
from kzcase.i18n import _, verbatim
from kzcase.queries.callers import phones_in_hands
from kzcase.ui import clock, language
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

HINT: Final = _(
    "A phone in other hands matches no caller, and nothing is sent to it. The word of warning can never be read again; "
    "whoever says it is read a harmless text, and only a supervisor is told."
)


def hands_dialog(work: Work, office: Office, person: str, window: QWidget) -> FormDialog:
    """Say whose hands a phone is in, or agree on a word. Nothing typed here is kept as a draft."""
    since = DateEdit()
    since.set_value(clock.today())
    phones = CodeCombo(())
    rows = {
        "phone": FieldRow(_("Phone"), phones),
        "state": FieldRow(_("In whose hands"), CodeCombo(office.choices("phone_control"))),
        "since": FieldRow(_("Since"), since, HELP),
        "word": FieldRow(_("New word of warning"), LineEdit(), _("Agree on an everyday word that nobody notices.")),
    }

    def act(book: Any, given: Mapping[str, str]) -> Any:
        done = None
        if given["phone"] and given["state"]:
            wish = ControlPhone(phone=given["phone"], state=given["state"], since=given["since"] or None)
            done = control_phone(book, wish)
        if given["word"]:
            done = set_duress_word(book, SetDuressWord(person=person, word=given["word"]))
        if done is None:
            raise NothingToChange
        return done

    def offer(found: Sequence[PhoneInHands]) -> None:
        phones.set_choices([Choice(each.id, verbatim(_said(each, office))) for each in found])

    lines = (("phone",), ("state", "since"), ("word",))
    dialog = FormDialog(work, _("When they call"), rows, lines, _("Save"), act, hint=HINT, parent=window)
    work.ask(lambda reader: phones_in_hands(reader, person), offer, owner=dialog)
    dialog.open()
    return dialog


def _said(phone: PhoneInHands, office: Office) -> str:
    held = language.text(office.said("phone_control", "controlled" if phone.controlled else "free"))
    return f"{held}: {phone.number or MASK}"
