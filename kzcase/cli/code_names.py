"""Which fields of the answers hold codes, and how these are said on screen: by a list, or by words that stand here."""

from collections.abc import Mapping
from typing import Final

from kzcase.cli.kinds_of_row import KINDS_OF_ROW
from kzcase.domain.consent_ages import LACKS_WORDS
from kzcase.domain.consents import STAYS_WORDS
from kzcase.domain.day_rows import DAY_WORDS
from kzcase.domain.due import KIND_WORDS
from kzcase.domain.erasures import COUNTED_CLASSES
from kzcase.domain.looks import DOUBTS, LOOKS
from kzcase.domain.papers import CLASS_WORDS
from kzcase.domain.pathways_facts import FACTS
from kzcase.domain.retention import OTHER_KINDS
from kzcase.domain.rule_changes import WHAT_WORDS
from kzcase.domain.summary import ALONE, COMPARISON_ONLY, NOT_APPROVED, WAITED
from kzcase.domain.tasks import WHEN_WORDS
from kzcase.domain.teamwork import APPROVAL_WORDS, TRANSFER_WORDS
from kzcase.domain.timelines import Expectation
from kzcase.forms.languages import UNNAMED
from kzcase.i18n import Words, _

DAYS: Final = frozenset({("StatedFact", "day")})
"""Texts that are days, or only a month or a year."""

TITLES: Final = frozenset(
    {("SheetRow", "form_id"), ("SheetProposal", "paper"), ("AttachmentRow", "paper"), ("Printed", "paper")}
    | {("RegisterWritten", "register"), ("LookRow", "detail"), ("SheetTaken", "sheet")}
)
"""Ids of forms, papers and information sheets: said by their titles, which the casebook knows."""

BESIDE_THE_CODE: Final[Mapping[tuple[str, str], Mapping[str, Words]]] = {("CaseStands", "can_be_stated"): FACTS}
"""Codes that somebody types afterwards: shown as they are, with the words behind them."""

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
    ("PersonPage", "direction"): "direction",
    ("RelationRow", "kind"): "relation tie",
    ("RelationRow", "said_by"): "said_by",
    ("MemberRow", "nationality_status"): "nationality_status",
    ("MemberRow", "interpreter"): "interpreter",
    ("EvidenceRow", "kind"): "document_type",
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
    ("ConsentRow", "given_by"): "consent_giver",
    ("ConsentRow", "assent"): "consent_assent",
    ("ConsentRow", "guardian"): "consent_guardian",
    ("ConsentRow", "capacity"): "capacity",
    ("ConsentRow", "read_way"): "read_way",
    ("ConsentRow", "signed_how"): "signed_how",
    ("ConsentRow", "sheet_copy"): "sheet_copy",
    ("ReferralRow", "need"): "need",
    ("ReferralRow", "urgency"): "urgency",
    ("ReferralRow", "language"): "language",
    ("ReferralRow", "outcome"): "referral_outcome",
    ("ReferralRow", "state"): "referral_state",
    ("ListedReferral", "delay"): "delay_reason",
    ("ReferralStepRow", "state"): "referral_state",
    ("ReferralStepRow", "reason"): "refusal_reason",
    ("ReferralStepRow", "delay"): "delay_reason",
    ("ReferralStepRow", "how"): "referral_how channel",
    ("IncomingRow", "how"): "referral_how",
    ("IncomingRow", "need"): "need",
    ("IncomingRow", "urgency"): "urgency",
    ("IncomingRow", "state"): "referral_state",
    ("PartnerRow", "kind"): "organisation",
    ("PartnerRow", "region"): "region",
    ("PartnerRow", "languages"): "language",
    ("PartnerRow", "services"): "need",
    ("PartnerRow", "regions"): "region",
    ("SheetRow", "language"): "language",
    ("ImportedAnswers", "opens"): "case_kind",
    ("Colleague", "roles"): "role",
    ("StaffAdded", "roles"): "role",
    ("RolesChanged", "roles"): "role",
    ("SearchHit", "why"): "match_reason",
    ("SameName", "why"): "match_reason",
    ("Iin", "warnings"): "iin_warning",
    ("SkippedDay", "why"): "day_off",
    ("StayCounted", "cut_by"): "stay_cut",
    ("CallBackRow", "language"): "language",
    ("CallFound", "channel"): "channel",
    ("CallFound", "language"): "language",
    ("CallFound", "caller"): "caller",
    ("CallFound", "topics"): "call_topic",
    ("CallFound", "outcome"): "call_outcome",
    ("CallFound", "region"): "region",
    ("CallFound", "danger"): "yes_no",
    ("SheetTaken", "language"): "language",
    ("ServiceCalled", "service"): "emergency_number",
    ("SignalRow", "danger"): "signal_danger",
    ("SignalRow", "ground"): "signal_ground",
    ("SignalRow", "children"): "yes_no",
    ("SignalRow", "result"): "signal_result",
    ("UrgentCall", "topics"): "call_topic",
    ("UrgentCall", "services"): "emergency_number",
    ("SheetFound", "topics"): "call_topic",
    ("DayLine", "priority"): "task_priority",
    ("StaleRow", "kind"): "case_kind",
    ("StaleRow", "urgency"): "urgency",
    ("FlagRow", "kind"): "flag_kind",
    ("ApprovalRow", "what"): "approval_subject",
    ("ConferenceRow", "kind"): "conference_kind",
    ("SealedNoteRow", "kind"): "sealed_kind",
    ("LookRow", "reason"): "look_reason",
    ("IncidentRow", "kind"): "incident_kind",
    ("IncidentRow", "classes"): "field_class",
    ("ExportedAnswers", "withheld"): "field_class",
    ("AffectedRow", "reasons"): "affected_reason",
    ("NoticeWritten", "whom"): "incident_told",
    ("Erased", "reason"): "erasure_reason",
    ("RetentionRow", "kind"): "case_kind",
}
"""(kind of row, field) → the list its codes stand in."""

WORDS: Final[Mapping[tuple[str, str], Mapping[str, Words]]] = {
    ("LookRow", "what"): {look.value: kind.words for look, kind in LOOKS.items()},
    ("LookRow", "doubt"): DOUBTS,
    ("MentionRow", "entity"): KINDS_OF_ROW,
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
    ("ConsentRow", "remaining"): {each.value: words for each, words in CLASS_WORDS.items()},
    ("ConsentRow", "why"): {each.value: words for each, words in STAYS_WORDS.items()},
    ("ConsentRow", "lacks"): LACKS_WORDS,
    ("FormChecked", "languages"): {UNNAMED: _("none is named")},
    ("FormInfo", "languages"): {UNNAMED: _("none is named")},
    ("ImportedAnswers", "what"): {
        "matched": _("its case is known"),
        "new": _("no case is named"),
        "there": _("here already"),
        "differs": _("came before with other answers"),
        "bad": _("cannot be taken in"),
    },
    ("DayLine", "sort"): {kind.value: words for kind, words in DAY_WORDS.items()},
    ("DayLine", "group"): {group.value: words for group, words in WHEN_WORDS.items()},
    ("TransferRow", "state"): TRANSFER_WORDS,
    ("RequestRow", "state"): TRANSFER_WORDS,
    ("ApprovalRow", "outcome"): APPROVAL_WORDS,
    ("ExpectedThing", "state"): {
        Expectation.LATE.value: _("late"),
        Expectation.RUNNING.value: _("the time is running"),
        Expectation.DONE.value: _("done"),
        Expectation.DONE_LATE.value: _("done, but late"),
        Expectation.COMING.value: _("not yet set off"),
    },
    ("DueThing", "kind"): {kind.value: words for kind, words in KIND_WORDS.items()},
    ("RuleInForce", "what"): {what.value: words for what, words in WHAT_WORDS.items()},
    ("RuleInForce", "state"): {
        "ours": _("changed by the office"),
        "replaced": _("the office has its own"),
        "updated": _("an update changed it too: look again"),
        "disputed": _("two laptops disagree: the earlier day counts"),
        "refused": _("cannot be used"),
    },
    ("IncidentRow", "state"): {"open": _("open"), "closed": _("closed")},
    ("RetentionRow", "kind"): OTHER_KINDS,
    ("ErasurePlan", "values"): COUNTED_CLASSES,
    ("Erased", "values"): COUNTED_CLASSES,
}
"""Codes that stand in no list."""
