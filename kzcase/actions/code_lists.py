"""Which list of codes a field of an act takes, for whoever writes acts by hand: `kzcase act --schema` says it."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from kzcase.actions.wishes import ACTIONS
from kzcase.domain.records import RECORDS, Holds

_EVERYWHERE: Final[Mapping[str, str]] = {
    "border_point": "border_point",
    "channel": "channel",
    "classes": "field_class",
    "country": "country",
    "countries": "country",
    "language": "language",
    "languages": "language",
    "need": "need",
    "region": "region",
    "regions": "region",
    "services": "need",
    "sex": "sex",
    "topics": "call_topic",
    "urgency": "urgency",
}
"""Fields that take codes of the same list in every act that has them."""

_OF_ACT: Final[Mapping[str, Mapping[str, str]]] = {
    "approval.asked": {"what": "approval_subject"},
    "call.logged": {"outcome": "call_outcome", "caller": "caller", "danger": "yes_no"},
    "call_back.tried": {"result": "call_back_result"},
    "call_back.ended": {"ended": "call_back_end"},
    "case.opened": {"kind": "case_kind", "source": "case_source"},
    "case.closed": {"reason": "closure_reason"},
    "conference.held": {"kind": "conference_kind"},
    "consent.given": {
        "purpose": "consent_purpose",
        "state": "consent_state",
        "given_by": "consent_giver",
        "assent": "consent_assent",
        "guardian": "consent_guardian",
        "capacity": "capacity",
        "read_way": "read_way",
        "signed_how": "signed_how",
        "sheet_copy": "sheet_copy",
        "basis": "emergency_basis",
    },
    "consent.corrected": {
        "purpose": "consent_purpose",
        "state": "consent_state",
        "given_by": "consent_giver",
        "assent": "consent_assent",
        "guardian": "consent_guardian",
        "capacity": "capacity",
    },
    "consent.withdrawn": {"purposes": "consent_purpose", "said_by": "withdrawer", "signed_how": "signed_how"},
    "emergency.called": {"service": "emergency_number", "who_rang": "who_rang"},
    "emergency.released": {"basis": "emergency_basis", "how": "referral_how"},
    "emergency.reviewed": {"outcome": "emergency_review"},
    "enquirer.vetted": {"identity": "enquirer_check", "kinship": "enquirer_check", "danger": "danger_check"},
    "fact.stated": {"on_missing": "missing"},
    "flag.raised": {"kind": "flag_kind", "seen_by": "flag_sight"},
    "found.answered": {"answer": "found_answer"},
    "holiday.changed": {"code": "day_off"},
    "household.joined": {"nationality_status": "nationality_status", "said_by": "said_by"},
    "incident.opened": {"kind": "incident_kind"},
    "incident.told": {"whom": "incident_told"},
    "member.interviewed": {"interpreter": "interpreter"},
    "name.added": {"script": "script", "kind": "name_kind", "said_by": "said_by"},
    "note.sealed": {"kind": "sealed_kind"},
    "notice.sent": {"how": "referral_how"},
    "outreach.logged": {"kind": "outreach_kind"},
    "partner.added": {"kind": "organisation"},
    "partner.changed": {"kind": "organisation"},
    "pathway.changed": {"kind": "case_kind"},
    "person.corrected": {"iin_state": "iin_state"},
    "phone.added": {"safe": "safe_contact", "said_by": "said_by"},
    "phone.controlled": {"state": "phone_control"},
    "proceeding.closed": {"outcome": "proceeding_outcome"},
    "referral.answered": {"outcome": "referral_outcome", "reason": "refusal_reason", "how": "referral_how"},
    "referral.chased": {"how": "channel", "delay": "delay_reason"},
    "referral.decided": {"state": "referral_state", "reason": "refusal_reason"},
    "referral.followed": {"state": "referral_state", "reason": "refusal_reason", "how": "referral_how"},
    "referral.received": {"how": "referral_how"},
    "referral.sent": {"how": "referral_how"},
    "relation.added": {"said_by": "said_by"},
    "request.answered": {"outcome": "request_outcome"},
    "request.received": {"kind": "request_kind"},
    "retention.changed": {"kind": "case_kind"},
    "safeguard.decided": {"safeguard": "safeguard"},
    "sheet.given": {"how": "sheet_how"},
    "signal.answered": {"result": "signal_result"},
    "signal.prepared": {"danger": "signal_danger", "ground": "signal_ground", "children": "yes_no"},
    "signal.reviewed": {"review": "signal_review"},
    "signal.sent": {"how": "signal_how"},
    "staff.roles_changed": {"give": "role", "take": "role"},
    "task.added": {"priority": "task_priority", "repeats": "task_repeat"},
    "visibility.weighed": {"decision": "filing_decision", "decided_with": "decided_with"},
}
"""Kind of act → its other fields that take codes, each with its list."""


_OF_PART: Final[Mapping[str, Mapping[str, str]]] = {
    "EmergencyFacts": {"service": "emergency_number", "who_rang": "who_rang"},
    "NameFacts": {"script": "script", "kind": "name_kind", "said_by": "said_by"},
    "PersonFacts": {"citizenships": "country"},
    "PhoneFacts": {"safe": "safe_contact", "said_by": "said_by"},
    "SheetFacts": {"how": "sheet_how"},
}
"""Part of an act → its other fields that take codes."""


_NAMED: Final = frozenset({"partner", "staff", "worker", "colleague"})
"""What is known by its name; a case, a referral and the like by its number."""


def lists_of(kind: str) -> dict[str, str]:
    """Each field of this act that takes codes, with the list they stand in."""
    fields = [field.encode_name for field in msgspec.structs.fields(ACTIONS[kind].wish_type)]
    known = {**_EVERYWHERE, **_OF_ACT.get(kind, {})}
    return {name: known[name] for name in fields if name in known}


def lists_of_part(part: type[msgspec.Struct]) -> dict[str, str]:
    """The same of a part of an act: a name, a phone, a record about a person."""
    tag = part.__struct_config__.tag
    record = RECORDS.get(tag) if isinstance(tag, str) else None
    if record is not None:
        return {field.name: field.codes for field in record.fields if field.holds is Holds.CODE}
    known = {**_EVERYWHERE, **_OF_PART.get(part.__name__, {})}
    return {field.encode_name: known[field.name] for field in msgspec.structs.fields(part) if field.name in known}


def with_lists(kind: str, schema: dict[str, Any]) -> None:
    """Say of each field in the JSON Schema of this act's wish which codes or names it takes."""
    properties = schema["properties"]
    for name, listed in lists_of(kind).items():
        properties[name]["description"] = f"codes of the list {listed}: `kzcase codes {listed}`"
    for name in _NAMED & properties.keys():
        properties[name]["description"] = "name or id"
