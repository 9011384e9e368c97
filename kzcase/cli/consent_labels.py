"""What the fields of a consent are called on screen."""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import Words, _

CONSENT_LABELS: Final[Mapping[str, Words]] = {
    "ConsentRow.remaining": _("What may be shared"),
    "ConsentRow.replaced": _("Replaced by a newer one"),
    "ConsentRow.lacks": _("Not complete"),
    "ConsentRow.why": _("Why"),
    "ConsentRow.disputed": _("In dispute"),
    "ConsentRow.given_by": _("Who decides"),
    "ConsentRow.assent": _("The child"),
    "ConsentRow.guardian": _("Parent or guardian"),
    "ConsentRow.guardianship_told_on": _("Guardianship body told on"),
    "ConsentRow.best_interests_on": _("Best interests assessed on"),
    "ConsentRow.capacity": _("Legal capacity"),
    "ConsentRow.age_rule": _("Rule"),
    "ConsentRow.explained_by": _("Worker who explained"),
    "ConsentRow.interpreter_name": _("Interpreter: name"),
    "ConsentRow.interpreter_from": _("Interpreter: from which organisation"),
    "ConsentRow.read_way": _("How the text was read"),
    "ConsentRow.signed_how": _("How it was confirmed"),
    "ConsentRow.witness": _("Witness"),
    "ConsentRow.sheet_copy": _("Copy of the sheet"),
    "ConsentRow.withheld": _("What must not be told, and to whom"),
}
"""By row and field."""
