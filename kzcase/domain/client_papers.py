"""Papers that a client takes away: somebody who lives with the client may find them, so each is asked about first."""

from typing import Final

TAKEN_AWAY: Final = frozenset(
    {
        "consent",  # the sheet itself, of which a copy may be taken
        "assent_child",
        "client_feedback",
        "consent_data",
        "consent_sharing",
        "consent_withdrawal",
        "custody_receipt",
        "individual_plan",
        "information_child",
        "information_stay",
        "information_work",
        "own_data_extract",
        "partner_card",
        "referral",
        "rights_sheet",
        "safety_card",
        "safety_plan",
    }
)
"""By name or by the id of the form. An office's own forms say it of themselves."""

WALLET: Final = frozenset({"safety_card"})
"""Forms that are printed at the size of a bank card, too."""

NAMELESS: Final = frozenset({"client_feedback"})
"""Forms that promise that nobody will know who filled them in: nothing on them leads to a case, and none is kept with
one."""


def is_taken_away(paper: str, *, declared: bool = False) -> bool:
    """Whether a client takes this paper away; `declared` is what a form says of itself."""
    return declared or paper in TAKEN_AWAY
