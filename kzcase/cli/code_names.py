"""Which fields of the answers hold codes, and how these are said on screen: by a list, or by words that stand here."""

from collections.abc import Mapping
from typing import Final

from kzcase.domain.looks import DOUBTS, LOOKS
from kzcase.domain.papers import CLASS_WORDS
from kzcase.domain.summary import ALONE, COMPARISON_ONLY, NOT_APPROVED, WAITED
from kzcase.i18n import Words, _

CODES: Final[Mapping[tuple[str, str], str]] = {
    ("CaseRow", "kind"): "case_kind",
    ("CaseRow", "sex"): "sex",
    ("CaseRow", "region"): "region",
    ("CasePage", "kind"): "case_kind",
    ("CasePage", "region"): "region",
    ("CasePage", "border_point"): "border_point",
    ("CasePage", "source"): "case_source",
    ("CasePage", "urgency"): "urgency",
    ("CasePage", "closure_reason"): "closure_reason",
    ("PersonRow", "sex"): "sex",
    ("PersonRow", "language"): "language",
    ("PersonRow", "citizenships"): "country",
    ("PersonRow", "iin_state"): "iin_state",
    ("PersonRow", "iin_warnings"): "iin_warning",
    ("RelationRow", "kind"): "relation tie",
    ("RelationRow", "said_by"): "said_by",
    ("MemberRow", "nationality_status"): "nationality_status",
    ("StepRow", "step"): "path_step",
    ("StepRow", "state"): "step_state",
    ("PersonCaseRow", "kind"): "case_kind",
    ("AlikeRow", "why"): "match_reason",
    ("NameRow", "script"): "script",
    ("NameRow", "kind"): "name_kind",
    ("PhoneRow", "safe"): "safe_contact",
    ("ConsentRow", "purpose"): "consent_purpose",
    ("ConsentRow", "state"): "consent_state",
    ("ConsentRow", "language"): "language",
    ("ReferralRow", "need"): "need",
    ("ReferralRow", "urgency"): "urgency",
    ("ReferralRow", "language"): "language",
    ("ReferralRow", "outcome"): "referral_outcome",
    ("SheetRow", "language"): "language",
    ("Colleague", "roles"): "role",
    ("StaffAdded", "roles"): "role",
    ("RolesChanged", "roles"): "role",
    ("SearchHit", "why"): "match_reason",
    ("SameName", "why"): "match_reason",
    ("Iin", "warnings"): "iin_warning",
    ("SkippedDay", "why"): "day_off",
    ("StayCounted", "cut_by"): "stay_cut",
    ("SealedNoteRow", "kind"): "sealed_kind",
    ("LookRow", "reason"): "look_reason",
    ("IncidentRow", "kind"): "incident_kind",
    ("IncidentRow", "classes"): "field_class",
    ("AffectedRow", "reasons"): "affected_reason",
    ("NoticeWritten", "whom"): "incident_told",
    ("Erased", "reason"): "erasure_reason",
    ("RetentionRow", "kind"): "case_kind",
}
"""(kind of row, field) → the list its codes stand in."""

WORDS: Final[Mapping[tuple[str, str], Mapping[str, Words]]] = {
    ("ReferralRow", "state"): {
        "draft": _("Written, not sent"),
        "sent": _("Sent, waiting for a reply"),
        "overdue": _("Reply overdue"),
        "answered": _("Answered"),
    },
    ("LookRow", "what"): {look.value: kind.words for look, kind in LOOKS.items()},
    ("LookRow", "doubt"): DOUBTS,
    ("SearchHit", "why"): {
        "name": _("the name fits exactly"),
        "name_begins": _("the name begins so"),
        "number": _("the number fits exactly"),
        "number_begins": _("the number begins so"),
    },
    ("SummaryMade", "stamps"): {
        "not approved": NOT_APPROVED,
        "comparison only": COMPARISON_ONLY,
        "one person": ALONE,
        "delayed": WAITED,
    },
    ("ConsentRow", "classes"): {each.value: words for each, words in CLASS_WORDS.items()},
    ("ImportedAnswers", "what"): {
        "matched": _("its case is known"),
        "new": _("no case is named"),
        "there": _("here already"),
        "differs": _("came before with other answers"),
        "bad": _("cannot be taken in"),
    },
    ("ExportedAnswers", "withheld"): {each.value: words for each, words in CLASS_WORDS.items()},
    ("IncidentRow", "state"): {"open": _("open"), "closed": _("closed")},
}
"""Codes that stand in no list."""
