"""Before something is filed: the dialog in which it is weighed with the person, and how it is said on the page."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.visibility import WeighVisibility, weigh_visibility
from kzcase.domain.case_facts import FILINGS
from kzcase.domain.pathways_facts import FACTS
from kzcase.domain.road_rows import StatedRow
from kzcase.i18n import Words, _
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

BEFORE_FILING: Final = _("Before filing")
HINT: Final = _(
    "Decide with the person, for every filing anew. Whoever learns that they are here may also learn of a relative "
    "without papers. The form “What becomes visible” is the long sheet for a whole household, and is printed."
)


def visibility_dialog(work: Work, office: Office, case: str, parent: QWidget) -> FormDialog:
    """What one filing makes visible, to whom, of whom else, and whether it is filed."""
    rows = {
        "step": FieldRow(_("What is to be filed"), CodeCombo([Choice(f, FACTS[f]) for f in FILINGS]), required=True),
        "authority": FieldRow(_("Which authority learns of it"), LineEdit(), required=True),
        "learns": FieldRow(_("What it learns: that they are here, the address, the family"), LineEdit(), required=True),
        "relatives": FieldRow(_("Which relatives it makes visible"), LineEdit()),
        "decision": FieldRow(_("Decision"), CodeCombo(office.choices("filing_decision")), required=True),
        "decided_with": FieldRow(_("Decided with whom"), CodeCombo(office.choices("decided_with")), required=True),
        "ground": FieldRow(_("Why, and which measures"), LineEdit()),
    }

    def act(book: Any, said: Mapping[str, str]) -> Any:
        return weigh_visibility(book, WeighVisibility(case=case, **said))

    return FormDialog(
        work,
        BEFORE_FILING,
        rows,
        (("step",), ("authority",), ("learns",), ("relatives",), ("decision", "decided_with"), ("ground",)),
        _("Write down"),
        act,
        needed=("step", "authority", "learns", "decision", "decided_with"),
        hint=HINT,
        draft=place("before_filing", case),
        parent=parent,
    )


def weighed_words(office: Office, row: StatedRow) -> Iterator[Words]:
    """What was decided, with whom, and of whom else it tells."""
    if row.decision:
        yield _(
            "{decision}; decided {whom}",
            decision=office.said("filing_decision", row.decision),
            whom=office.said("decided_with", row.decided_with),
        )
    if row.relatives:
        yield _("Relatives it makes visible: {text}", text=row.relatives)
