"""Steps a story is made of: each performs one act with the least it needs, and gives the ids it made."""

from typing import Any

from kzcase.actions.perform import perform, read_act
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook

PERSON = {"names": [{"family": "Каримова", "given": "Дильноза"}], "sex": "female", "birth": "1994-05"}
CASE = {"act": "case.opened", "kind": "trafficking", "region": "KZ-75", "person": PERSON}
CALL = {"act": "call.logged", "channel": "phone", "language": "kk", "topics": ["wages"], "outcome": "out_answered"}
PARTNER = {"act": "partner.added", "name": "Generated", "kind": "crisis_centre"}


def do(book: Casebook, **act: Any) -> Done:
    """Perform one act as a file of acts would."""
    return perform(book, read_act(act, "[0]"), "[0]")


def a_case(book: Casebook, **more: Any) -> str:
    return do(book, **(CASE | more)).ids["case"].hex()


def a_call(book: Casebook) -> str:
    return do(book, **CALL).ids["call"].hex()


def a_partner(book: Casebook, name: str = "Generated") -> str:
    return do(book, **(PARTNER | {"name": name})).ids["partner"].hex()


def a_consent(book: Casebook, case: str, partner: str, **more: Any) -> str:
    agreed = {"purpose": "referral", "classes": ["identifying"], "language": "kk"} | more
    return do(book, act="consent.given", case=case, partner=partner, **agreed).ids["consent"].hex()


def a_draft(book: Casebook, case: str, partner: str) -> str:
    letter = {"need": "social_legal", "reason": "Generated.", "language": "ru"}
    return do(book, act="referral.drafted", case=case, partner=partner, **letter).ids["referral"].hex()


def a_draft_act(book: Casebook) -> Done:
    """The act of writing a referral in a new case."""
    letter = {"need": "food", "reason": "Generated.", "language": "kk"}
    return do(book, act="referral.drafted", case=a_case(book), partner=a_partner(book), **letter)


def a_sent_referral(book: Casebook) -> tuple[str, str]:
    """(case, referral)"""
    case, partner = a_case(book), a_partner(book)
    a_consent(book, case, partner)
    referral = a_draft(book, case, partner)
    do(book, act="referral.sent", referral=referral, how="in_person")
    return case, referral
