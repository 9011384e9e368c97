"""What may be said of a fact, in one place: who states it or what answers it, what it needs, how protected it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.pathways import CLEARED
from kzcase.domain.pathways_facts import FACTS, OWN_STEPS
from kzcase.domain.permissions import Permission

ATTEMPT: Final = "contact_attempt"
"""One attempt to reach the person: no fact of a pathway, three allowed ones together are."""
ENOUGH_ATTEMPTS: Final = 3
ATTEMPTS_WITHIN: Final = timedelta(days=90)
"""Contact is lost after three tries in ninety days, each on a day of its own."""
CLEARED_FACT: Final = CLEARED


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """One fact. Without `by` nobody states it: it is read off the casebook. A filled-in form of `forms` answers it.

    `taken`: stating it is a step of one's own, which guards hold back; with the further risky steps it means.
    """

    code: str
    by: Permission | None = None
    forms: tuple[str, ...] = ()
    field_class: FieldClass = FieldClass.SENSITIVE
    taken: bool = False
    steps: tuple[str, ...] = ()
    moment: bool = False
    step: bool = False
    country: bool = False
    proof: bool = False
    ground: bool = False
    future: bool = False

    @property
    def stated(self) -> bool:
        """Whether a person states it."""
        return self.by is not None


_DERIVED: Final = frozenset(
    {
        *("opened", "closed", "reopened", "suspended", "resumed", "closing_begun", "closing_summary", "closing_reason"),
        *("tasks_done", "retention_over", "legal_hold", "anonymised", "consented", "referred", "answered", "screened"),
        *("is_child", "is_foreigner", "born", "contact_tried", "feedback_impossible", "interviewer_chosen"),
        *("visibility_weighed", "best_interests", "return_assessed", "report_decided"),
    }
)
"""Read off the case, its tasks, consents, referrals and forms, the person, or acts of their own."""
_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "safe": ("first_contact", "child_first_contact", "safety_plan"),
    "screened": ("victim_screening",),
    "assessed": ("needs_assessment", "best_interests_assessment"),
    "planned": ("individual_plan",),
    "served": ("service_journal",),
    "closing_summary": ("closure",),
    "feedback_asked": ("client_feedback",),
    "interviewer_chosen": ("interviewer_preference",),
    "visibility_weighed": ("visibility_risk",),
    "best_interests": ("best_interests_assessment", "best_interests_determination"),
    "return_assessed": ("return_risk",),
    "stay_checked": ("stay_calculation",),
    "humanitarian_given": ("humanitarian_issues", "humanitarian_aid"),
    "wage_calculated": ("wage_claim",),
}
_BY: Final[Mapping[str, Permission]] = {
    CLEARED: Permission.CLEAR_STEPS,
    **dict.fromkeys(("supervisor_confirmed", "own_records_searched", "report_declined"), Permission.CONFIRM_FACTS),
}
_OPERATIONAL: Final = frozenset(
    {
        *("opened", "closed", "reopened", "suspended", "resumed", "closing_begun", "closing_summary", "closing_reason"),
        *("tasks_done", "retention_over", "legal_hold", "anonymised", "consented", "referred", "answered", "screened"),
        *("safe", "assessed", "planned", "served", "followed_up", "followed_up_3", "followed_up_6", "followed_up_12"),
        *("trained_interviewer", "past_interviews_read", "feedback_asked", "feedback_impossible", "contact_tried"),
        *("follow_up_consented", "safe_channel", "rights_explained", "interviewer_chosen", "primary_info_kept"),
        *("is_child", "is_foreigner", "born", "turned_18", "stay_checked", "humanitarian_given", "documents_asked"),
        *("evidence_gathered", "path_chosen", "legal_path_signed", "own_records_searched", "status_known"),
        *("leaving_care_planned", "child_heard", "best_interests", "home_checked", "second_person", "adult_apart"),
    }
)
_PROOF: Final = frozenset(
    {"kinship_proved", "home_checked", "placement_basis", "recognised_in_case", "legal_path_signed", "report_made"}
)
_MOMENT: Final = frozenset({"hearing_day_known", "detained", "danger_to_life", "crime_reported", "found_dead", "safe"})
_COUNTRY: Final = frozenset({"inquiry_sent", "tracing_begun", "returned", "return_prepared", "foreign_citizen"})
_FUTURE: Final = frozenset({"appeal_day_known", "hearing_day_known", "exit_planned"})


def _kind(code: str) -> FactKind:
    by = None if code in _DERIVED else _BY.get(code, Permission.WORK_ON_CASES)
    return FactKind(
        code=code,
        by=by,
        forms=_FORMS.get(code, ()),
        field_class=FieldClass.OPERATIONAL if code in _OPERATIONAL else FieldClass.SENSITIVE,
        taken=code in OWN_STEPS,
        steps=OWN_STEPS.get(code, ()),
        moment=code in _MOMENT,
        step=code == CLEARED,
        country=code in _COUNTRY,
        proof=code in _PROOF,
        ground=code == "report_declined",
        future=code in _FUTURE,
    )


FACT_KINDS: Final[Mapping[str, FactKind]] = {code: _kind(code) for code in FACTS}
ANSWERING_FORMS: Final = frozenset(form for forms in _FORMS.values() for form in forms)
_SAME_STEP: Final[Mapping[str, tuple[str, ...]]] = {
    "return_home": ("return.prepared", "return.returned", "returned"),
    "tracing_abroad": ("tracing",),
}
"""A step that also stands on the road: who clears the one clears the other."""
CLEARABLE: Final = (
    *("consulate_letter", "tracing_abroad", "inquiry_abroad", "transfer_abroad", "return_home"),
    *("filed", "executed"),
)
"""What a lawyer clears: risky steps, and stages by their own names."""
WITHOUT_FEEDBACK: Final = frozenset({"died", "lost_contact", "duplicate", "error", "imprisoned", "expelled"})
"""Reasons for closing after which the person cannot be asked what they think."""
WEIGHED: Final = "visibility_weighed"
FILINGS: Final = (
    *("filed", "asylum_sought", "documents_asked", "permit_claimed", "naturalisation_filed", "loss_reported"),
    *("crime_reported", "compensation_claimed", "inspectorate_told", "police_search"),
)
"""What is filed with an authority: from each somebody learns that the person, or a relative, is here."""
WEIGHED_IN: Final = frozenset({"stateless", "asylum", "child"})
"""Kinds of case in which each filing is weighed first: here it can end in detention or expulsion of the family."""
FILE_IT: Final = "file"
OWN_ACTS: Final = frozenset({"report_made", "report_declined", "enquirer_vetted", "found_agreed"})
"""Stated by acts of their own, which ask for more."""
NEVER_WITHOUT_US: Final = frozenset({"handed_over"})
"""A child is handed over by the organisation or not at all."""


def cleared_at(step: str) -> tuple[str, ...]:
    """The facts that say a lawyer cleared this step, as a guard asks them."""
    return tuple(f"{CLEARED}@{each}" for each in (step, *_SAME_STEP.get(step, ())))
