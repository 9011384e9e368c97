"""What the fields about the helpline are called on screen."""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import Words, _

OF_LINE: Final[Mapping[str, Words]] = {
    "acknowledged_at": _("Receipt confirmed"),
    "call_backs": _("Call-backs"),
    "call_number": _("Call"),
    "children": _("Children among them"),
    "closed_at": _("Closed"),
    "code_word_agreed": _("A code word is agreed"),
    "counts": _("Counted in this shift"),
    "danger": _("Danger"),
    "due_at": _("Due"),
    "due_there": _("In their time"),
    "emergencies": _("Emergency services called"),
    "facts": _("Facts"),
    "ground": _("Ground"),
    "handed_to": _("Handed over to"),
    "identity": _("Identity"),
    "kept": _("Promises kept"),
    "lang": _("Language"),
    "late": _("Late"),
    "made_at": _("Written on"),
    "next_safe": _("Next safe hour"),
    "opened_at": _("Opened"),
    "outcomes": _("How the calls ended"),
    "outreach": _("Outreach visits"),
    "period": _("Period"),
    "promised": _("Call-backs promised"),
    "reached": _("People reached"),
    "result": _("Result"),
    "review_by": _("To be reviewed by"),
    "safe_now": _("Safe now"),
    "sent_at": _("Passed on"),
    "services": _("Called"),
    "shift": _("Shift"),
    "signals": _("Signals of a crime"),
    "topics": _("Topics"),
    "tries": _("Attempts"),
    "tries_outside": _("Attempts at another hour"),
    "unit": _("Unit"),
    "urgent": _("Danger, and no case yet"),
    "zone": _("Time zone"),
}
