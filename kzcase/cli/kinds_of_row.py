"""What the kinds of row a casebook holds are called, where a command says in which of them something stands."""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import Words, _

_TOGETHER: Final[tuple[tuple[Words, str], ...]] = (
    (_("Person"), "people age_estimates same_persons two_persons person_blocks"),
    (_("Name"), "person_names"),
    (_("Phone"), "phones"),
    (_("Address"), "addresses readdressings"),
    (_("Document"), "documents"),
    (_("Citizenship"), "citizenships"),
    (_("Stay"), "stays legs"),
    (_("Relation"), "relations"),
    (_("Household"), "household_members custodies"),
    (_("Case"), "cases case_blocks case_clearances case_confirmations case_holds transfers case_requests flags steps"),
    (_("Case"), "approvals approval_decisions shifts absences saved_searches"),
    (_("Facts"), "case_facts proceedings undertakings wages jobs outreach"),
    (_("Note"), "notes sealed_notes sealed_note_keys"),
    (_("Task"), "tasks"),
    (_("Conference"), "conferences conference_decisions conference_members"),
    (_("Answers"), "answers answer_sheets other_answers phone_forms submission_keys submission_key_copies"),
    (_("Form"), "form_versions"),
    (_("Attachment"), "attachments"),
    (_("Consent"), "consents consent_notices withdrawals"),
    (_("Emergency"), "emergency_releases"),
    (
        _("Referral"),
        "referrals referral_steps referral_chases referral_packages package_replies incoming_referrals incoming_steps",
    ),
    (
        _("Call"),
        "calls call_cases call_topics caller_checks emergencies sheets_given crime_signals duress_words "
        "phone_controls tellings line_keys line_key_copies",
    ),
    (_("Call-backs"), "call_backs call_back_tries"),
    (_("Tracing"), "tracings tracing_answers tracing_matches"),
    (_("Partner"), "partners"),
    (_("Incident"), "incidents"),
    (_("Paper"), "printings exportings copyings"),
    (_("Erasing"), "erasures erased_bodies erased_subjects"),
)
KINDS_OF_ROW: Final[Mapping[str, Words]] = {kind: words for words, kinds in _TOGETHER for kind in kinds.split()}
"""By the name of its table."""
