"""Which fields of the answers are left out on screen: ids and what only programs need."""

from collections.abc import Mapping
from typing import Final

from kzcase.cli.labels_of_teams import LEFT_OUT_OF_TEAMS

LEFT_OUT: Final[Mapping[str, frozenset[str]]] = {
    **LEFT_OUT_OF_TEAMS,
    "DueThing": frozenset({"rule", "case", "task"}),
    "RuleInForce": frozenset({"rule"}),
    "dict": frozenset({"warnings"}),
    "FormAnswered": frozenset({"relevant"}),
    "FormInfo": frozenset({"moment", "case_kinds", "phone", "version"}),
    "CaseRow": frozenset({"id"}),
    "StatedFact": frozenset({"fact"}),
    "AttachmentRow": frozenset({"printing"}),
    "SheetProposal": frozenset({"printing", "case"}),
    "SearchHit": frozenset({"case", "person", "score"}),
    "SameName": frozenset({"score"}),
    "HistoryAct": frozenset({"id", "kind"}),
    "MemberRow": frozenset({"id"}),
    "PersonCaseRow": frozenset({"id"}),
    "NameRow": frozenset({"id"}),
    "PhoneRow": frozenset({"id"}),
    "NoteRow": frozenset({"id"}),
    "SealedNoteRow": frozenset({"id"}),
    "KeptAwayRow": frozenset({"staff"}),
    "LookRow": frozenset({"staff", "case"}),
    "LookPage": frozenset({"older"}),
    "TaskRow": frozenset({"case", "case_number", "rule_id", "referral"}),
    "ConsentRow": frozenset({"partner_id"}),
    "ReferralRow": frozenset({"id", "partner_id"}),
    "ListedReferral": frozenset({"id", "case"}),
    "ReferralStepRow": frozenset({"id"}),
    "IncomingRow": frozenset({"id", "partner_id", "case"}),
    "PartnerRow": frozenset({"id"}),
    "SheetRow": frozenset({"form_version"}),
    "Colleague": frozenset({"id"}),
    "IncidentRow": frozenset({"id", "colleague_id", "act"}),
    "AffectedRow": frozenset({"case"}),
    "RuleVersion": frozenset({"term", "unit", "up_to", "source"}),
    "ImportedAnswers": frozenset({"case", "differs"}),
    "FormKey": frozenset({"id"}),
    "CallBackRow": frozenset({"call"}),
    "CallFound": frozenset({"call", "case"}),
    "CallsFound": frozenset({"total"}),
    "SignalRow": frozenset({"call", "rule"}),
    "UrgentCall": frozenset({"call"}),
    "CodeNamed": frozenset({"kk", "ru", "en"}),
}
"""What is told elsewhere, and ids nobody types where a number or a name says the same; `--json` has it all."""
