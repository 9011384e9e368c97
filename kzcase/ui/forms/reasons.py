"""Why a question has no answer: what the reasons are called."""

from typing import Final

from kzcase.i18n import Words, _

REASONS: Final[dict[str, Words]] = {
    "not_asked": _("Not asked"),
    "refused": _("Refused to answer"),
    "unknown": _("Unknown"),
}
NO_ANSWER: Final = _("No answer")
ANSWERED: Final = _("There is an answer")
REASON_KEY: Final = "F4"
