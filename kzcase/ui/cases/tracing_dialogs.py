"""Dialogs of a search: somebody asks after the person, and what was checked about them."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.people import NameFacts, PersonFacts, PhoneFacts
from kzcase.actions.tracing import AskTracing, VetEnquirer, ask_tracing, vet_enquirer
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.domain.records import TIES
from kzcase.domain.tracing import TracingRow
from kzcase.i18n import _
from kzcase.ui.drafts import place
from kzcase.ui.fields import put
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP_APPROXIMATE, ApproximateDateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

ASKING: Final = _("Promise nothing. Say that every request is answered, and that whoever is found decides alone.")
VETTING: Final = _(
    "Ask apart from others. Would the person be afraid if they knew who asks? If you are not sure, it is “unknown”, "
    "and nothing goes on."
)


def ask_dialog(work: Work, office: Office, case: str, parent: QWidget) -> FormDialog:
    """Somebody asks after the person of a case."""
    ties = tuple(choice for listed in TIES for choice in office.choices(listed))
    rows = {
        "family": FieldRow(_("Family name"), LineEdit()),
        "given": FieldRow(_("Given name"), LineEdit(), required=True),
        "relation": FieldRow(_("Who they say they are to this person"), CodeCombo(ties), required=True),
        "phone": FieldRow(_("Phone"), LineEdit(digits=True, max_length=LONGEST_NUMBER)),
        "last_news": FieldRow(_("Last news"), ApproximateDateEdit(), HELP_APPROXIMATE),
        "last_place": FieldRow(_("Last known place"), LineEdit()),
        "circumstances": FieldRow(_("What is known of the way and of who was with them"), LineEdit()),
        "country": FieldRow(_("Country where it would be asked"), CodeCombo(office.choices("country"))),
    }

    def act(book: Any, said: Mapping[str, str]) -> Any:
        phones = [PhoneFacts(number=said["phone"])] if said["phone"] else []
        who = PersonFacts(names=[NameFacts(family=said["family"], given=said["given"])], phones=phones)
        wish = AskTracing(
            case=case,
            relation=said["relation"],
            new_enquirer=who,
            last_news=said["last_news"] or None,
            last_place=said["last_place"],
            circumstances=said["circumstances"],
            country=said["country"] or None,
        )
        return ask_tracing(book, wish)

    return FormDialog(
        work,
        _("Somebody asks after the person"),
        rows,
        (("family", "given"), ("relation", "phone"), ("last_news", "last_place"), ("circumstances",), ("country",)),
        _("Write down"),
        act,
        needed=("given", "relation"),
        hint=ASKING,
        draft=place("tracing", case),
        parent=parent,
    )


def vet_dialog(work: Work, office: Office, row: TracingRow, parent: QWidget) -> FormDialog:
    """What was checked about who asks."""
    rows = {
        "identity": FieldRow(_("Who they are: a document"), CodeCombo(office.choices("enquirer_check"))),
        "kinship": FieldRow(_("That they are related: a proof"), CodeCombo(office.choices("enquirer_check"))),
        "motive": FieldRow(_("Why they ask, in their words"), LineEdit()),
        "danger": FieldRow(_("Might they be the danger?"), CodeCombo(office.choices("danger_check"))),
    }
    for name, field in rows.items():
        put(field.field, getattr(row, name) or "")

    def act(book: Any, said: Mapping[str, str]) -> Any:
        checked = {name: said[name] or None for name in ("identity", "kinship", "danger")}
        return vet_enquirer(book, VetEnquirer(tracing=row.id, motive=said["motive"], **checked))

    return FormDialog(
        work,
        _("Check who asks"),
        rows,
        (("identity", "kinship"), ("motive",), ("danger",)),
        _("Save"),
        act,
        hint=VETTING,
        parent=parent,
    )
