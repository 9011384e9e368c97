"""Forms whose filled paper goes to somebody outside: which parts of it leave, and which never leave the office."""

from collections.abc import Mapping
from typing import Final

OFFICE: Final = "office"
"""For whom a paper is that stays here."""

LEAVES: Final[Mapping[str, frozenset[str]]] = {
    "referral": frozenset({"to_whom", "asked", "reception", "enclosed", "unhcr", "slip"}),
    "consulate_letter": frozenset({"letter"}),
    "archive_request": frozenset({"request"}),
    "tracing_request": frozenset({"enquirer", "tie", "sought", "news", "tried"}),
    "crime_signal": frozenset({"danger_first", "facts", "people", "identity"}),
    "child_handover": frozenset({"child_part", "receiver", "conclusion_part", "act"}),
    "motion_not_to_expel": frozenset({"addressee_part", "person", "grounds", "facts", "asked"}),
    "exemption_request": frozenset({"person", "charge_part", "victim", "link", "asked"}),
    "wage_claim": frozenset({"work", "employer", "agreed", "count_group", "deductions_group", "sums"}),
    "witness_statement": frozenset({"witness_part", "about_person", "birth_part", "residence_part", "words"}),
}
"""By the id of the form its outermost groups that a recipient may read; before each of these it is asked for whom."""


def is_for_outside(form_id: str) -> bool:
    """Whether a filled paper of this form is for somebody outside, so that it has to be said for whom."""
    return form_id in LEAVES


def parts_that_stay(form_id: str, groups: tuple[str, ...]) -> frozenset[str]:
    """Of a form's outermost groups those that no recipient gets; of a form that is not listed all may go."""
    leaves = LEAVES.get(form_id)
    return frozenset() if leaves is None else frozenset(groups) - leaves
