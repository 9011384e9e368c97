"""Where partners send their answers to: it stands on letters and return slips."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.organisation import DescribeOrganisation, describe_organisation
from kzcase.domain.papers import Organisation
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.letters import organisation
from kzcase.ui.drafts import place
from kzcase.ui.fields import put
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

ON_PAPERS: Final = _(
    "This stands on letters and return slips, so choose an address that does not tell who lives there."
)
NOT_YET: Final = _("not given yet")


class OrganisationCard(Card):
    """Address, phone and e-mail; changed by whoever manages colleagues."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(_("How partners reach us"), parent)
        self._work = work
        self._known = Organisation("")
        self.facts = FactList(self)
        self.change = Button(_("Change"), icon="pencil", parent=self)
        self.change.clicked.connect(self._change)
        self.head.addWidget(self.change)
        self.add(Label(ON_PAPERS, "meta", wrap=True, parent=self))
        self.add(self.facts)
        self.look_again()

    def look_again(self) -> None:
        """Ask what is known."""
        self._work.ask(organisation, self._show, key="organisation", owner=self)

    def _show(self, known: Organisation) -> None:
        self._known = known
        facts = ((_("Address"), known.address), (_("Phone"), known.phone), (_("E-mail"), known.email))
        self.facts.show_facts([(title, _said(value)) for title, value in facts])

    @Slot()
    def _change(self) -> None:
        dialog = organisation_dialog(self._work, self._known, self.window())
        dialog.done_well.connect(lambda _done: self.look_again())
        dialog.open()


def organisation_dialog(work: Work, known: Organisation, parent: QWidget) -> FormDialog:
    """The three lines, as they stand."""
    rows = {
        "address": FieldRow(_("Address"), LineEdit()),
        "phone": FieldRow(_("Phone"), LineEdit()),
        "email": FieldRow(_("E-mail"), LineEdit()),
    }
    for name, value in (("address", known.address), ("phone", known.phone), ("email", known.email)):
        put(rows[name].field, value)
    return FormDialog(
        work,
        _("How partners reach us"),
        rows,
        (("address",), ("phone", "email")),
        _("Save"),
        lambda book, values: describe_organisation(book, DescribeOrganisation(**values)),
        hint=ON_PAPERS,
        draft=place("organisation"),
        parent=parent,
    )


def _said(value: str) -> Words:
    return verbatim(value) if value else NOT_YET
