"""What the fields about where a case stands are called on screen."""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import Words, _

OF_ROADS: Final[Mapping[str, Words]] = {
    "tracks": _("Road and tracks"),
    "track": _("Road or track"),
    "TrackStands.reasons": _("Because"),
    "next": _("Next"),
    "missing_facts": _("Still missing"),
    "guards": _("What stands against it"),
    "waiting_steps": _("Steps that have to wait"),
    "step": _("Step"),
    "guard": _("Why"),
    "clocks": _("Deadlines"),
    "deadline": _("Deadline"),
    "last_day": _("Last day"),
    "last_moment": _("Until"),
    "how": _("How it was found"),
    "stated": _("What was stated"),
    "fact": _("Fact"),
    "StatedFact.said": _("In words"),
    "day": _("Day"),
    "can_be_stated": _("Can be stated now"),
}
