"""What the fields about people and who belongs to them are called on screen."""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import Words, _

OF_PEOPLE: Final[Mapping[str, Words]] = {
    "merged": _("Found to be the same person"),
    "records": _("Records"),
    "RecordRow.ends": _("Term near its end or over"),
    "record": _("Record"),
    "relations": _("Relations"),
    "household": _("Household"),
    "unsettled": _("Protection of a victim not settled"),
    "kept_originals": _("Originals kept in the office"),
    "known_elsewhere": _("Known elsewhere"),
    "iin": _("IIN"),
    "iin_state": _("State of the IIN"),
    "iin_warnings": _("About the IIN"),
    "until": _("Until"),
    "said_by": _("Where this is from"),
    "keep_until": _("Keep until"),
    "expired": _("Term is over"),
    "theirs": _("The other way round"),
    "nationality_status": _("Nationality status"),
    "interviewed_apart_on": _("Interviewed apart on"),
    "waits_for": _("Waits for"),
    "can_begin": _("Can begin"),
    "evidence": _("Proved by"),
    "RelationRow.kind": _("Relation"),
    "RelationRow.other": _("Person"),
    "MemberRow.person": _("Person"),
    "pairs": _("Pairs"),
    "first": _("One"),
    "second": _("The other"),
    "AlikeRow.person": _("Person"),
    "StepRow.step": _("Step"),
    "StepRow.state": _("How far it is"),
}
"""Part of the labels of all answers."""
