"""One example of every act, as a file of acts holds it: made-up people, and numbers and ids to be replaced."""

from collections.abc import Mapping
from typing import Any, Final

_CASE: Final = "2026-A7K-00012"
_ID: Final = "0197a1b2c3d47e5f8a9b0c1d2e3f4a5b"
_PERSON: Final[Mapping[str, Any]] = {
    "names": [{"family": "Каримова", "given": "Дильноза", "patronymic": "Анваровна"}],
    "sex": "female",
    "birth": "1994-05",
    "citizenships": ["UZ"],
    "phones": [{"number": "+7 709 000 00 01", "safe": "at_hours", "hours": "18:00-20:00"}],
}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "call.logged": {
        "channel": "phone",
        "language": "kk",
        "topics": ["offer_check"],
        "outcome": "out_answered",
        "note": "text",
    },
    "name.added": {"person": _ID, "family": "Karimova", "given": "Dilnoza", "kind": "document"},
    "phone.added": {"person": _ID, "number": "+7 709 000 00 02", "safe": "text_only"},
    "person.corrected": {"person": _ID, "birth": "1994-05-17"},
    "record.added": {"person": _ID, "facts": {"record": "document", "kind": "foreign_passport", "number": "AB1234567"}},
    "record.corrected": {
        "record": _ID,
        "facts": {"record": "document", "holder": "employer", "renew_by": "2027-01-31"},
    },
    "record.ended": {"record": _ID, "until": "2026-05"},
    "record.removed": {"record": _ID},
    "relation.added": {"person": _ID, "kind": "mother", "new_person": _PERSON, "said_by": "person"},
    "household.joined": {"person": _ID, "with_person": _ID, "nationality_status": "undetermined"},
    "document.taken": {"document": _ID, "kept_where": "text", "on": "2026-11-20"},
    "document.returned": {"document": _ID, "on": "2026-11-21"},
    "safeguard.decided": {"proceeding": _ID, "safeguard": "claimed", "on": "2026-11-20"},
    "proceeding.closed": {"proceeding": _ID, "outcome": "ended_protected", "on": "2026-11-21"},
    "persons.merged": {"person": _ID, "other": _ID},
    "persons.parted": {"person": _ID, "other": _ID},
    "persons.told_apart": {"person": _ID, "other": _ID},
    "case.opened": {"kind": "trafficking", "region": "KZ-75", "note": "text", "person": _PERSON},
    "note.added": {"case": _CASE, "text": "text"},
    "task.added": {"case": _CASE, "title": "text", "due": "2026-12-01"},
    "task.done": {"task": _ID, "on": "2026-12-01"},
    "case.assigned": {"case": _CASE, "worker": "Айнұр Үлгі"},
    "case.closed": {"case": _CASE, "reason": "goals_reached", "summary": "text", "feedback_asked": True},
    "case.suspended": {"case": _CASE, "reason": "text"},
    "case.resumed": {"case": _CASE},
    "closing.begun": {"case": _CASE},
    "contact.tried": {"case": _CASE, "channel": "phone", "phone": "+7 709 000 00 01", "agreed_hours": True},
    "fact.stated": {"case": _CASE, "fact": "kinship_proved", "on": "2026-11-20", "proof": "text"},
    "fact.corrected": {"statement": _ID, "on": "2026-11"},
    "fact.withdrawn": {"statement": _ID, "ground": "text"},
    "fact.confirmed": {"case": _CASE, "fact": "supervisor_confirmed", "ground": "text"},
    "confirmation.withdrawn": {"statement": _ID, "ground": "text"},
    "step.cleared": {"case": _CASE, "step": "consulate_letter", "ground": "text"},
    "clearance.withdrawn": {"statement": _ID, "ground": "text"},
    "report.made": {"case": _CASE, "addressee": "text", "proof": "text", "told": "text"},
    "report.declined": {"case": _CASE, "ground": "text", "told": "text"},
    "case.reopened": {"case": _CASE, "reason": "text"},
    "case.blocked": {"case": _CASE, "staff": "Ерлан Мысал"},
    "case.unblocked": {"case": _CASE, "staff": "Ерлан Мысал"},
    "case.held": {"case": _CASE, "why": "text"},
    "case.released": {"case": _CASE},
    "person.blocked": {"person": _ID},
    "person.unblocked": {"person": _ID},
    "consent.given": {
        "case": _CASE,
        "partner": _ID,
        "purpose": "referral",
        "classes": ["identifying", "contact"],
        "language": "kk",
    },
    "consent.withdrawn": {"consent": _ID, "on": "2026-12-01"},
    "form.answered": {"case": _CASE, "form": "victim_screening", "answers": {"path": "text"}, "language": "kk"},
    "form.corrected": {"sheet": _ID, "answers": {"path": "text"}, "missing": {"other/path": "refused"}},
    "form.added": {"xform": "<h:html …>", "over_shipped": False},
    "form.withdrawn": {"form": "our_visit"},
    "form.text_checked": {"form": "rights_sheet", "language": "uz", "reader": "text"},
    "act.undone": {"of": _ID},
    "request.received": {"kind": "access", "case": _CASE, "on": "2026-11-20"},
    "request.answered": {"request": _ID, "outcome": "fulfilled"},
    "incident.opened": {"kind": "lost_laptop", "what": "text", "noticed": "2026-11-20", "classes": ["contact"]},
    "incident.told": {"incident": _ID, "whom": "authority", "on": "2026-11-21"},
    "incident.closed": {"incident": _ID, "done": "text"},
    "organisation.described": {"address": "text", "phone": "+7 709 000 00 03", "email": "office@example.org"},
    "partner.added": {"name": "text", "kind": "crisis_centre", "region": "KZ-75", "languages": ["kk", "ru"]},
    "referral.drafted": {"case": _CASE, "partner": _ID, "need": "social_legal", "reason": "text", "language": "ru"},
    "referral.sent": {"referral": _ID, "how": "in_person"},
    "referral.answered": {"referral": _ID, "outcome": "accepted", "text": "text"},
    "note.sealed": {"case": _CASE, "kind": "therapy", "readers": ["Айнұр Үлгі"], "text": "text"},
    "note.resealed": {"note": _ID, "readers": ["Айнұр Үлгі"]},
    "staff.roles_changed": {"staff": "Ерлан Мысал", "give": ["psychologist"], "take": ["helpline"]},
    "access.frozen": {"staff": "Ерлан Мысал"},
    "access.unfrozen": {"staff": "Ерлан Мысал"},
    "submission_key.made": {},
    "submission_key.shared": {},
    "undertaking.signed": {"staff": "Ерлан Мысал", "on": "2026-11-20"},
}
"""Kind of act → the fields beside `act`."""


def example_of(kind: str) -> dict[str, Any]:
    """A whole act as it stands in the list of a file."""
    return {"act": kind, **EXAMPLES[kind]}
