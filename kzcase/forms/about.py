"""What a form says about itself as a whole: for which case and moment it is, who signs, whether it may travel."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from kzcase.domain.errors import BadForm
from kzcase.forms.code_choices import code_list
from kzcase.forms.languages import FURTHER
from kzcase.i18n import Words, _


class Moment(StrEnum):
    """When in the work with a person a form is filled in; lists of forms stand in this order."""

    FIRST_CONTACT = "first_contact"
    SCREENING = "screening"
    INTAKE = "intake"
    CONSENT = "consent"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    SERVICE = "service"
    LEGAL = "legal"
    REFERRAL = "referral"
    CALL = "call"
    CLOSING = "closing"
    OFFICE = "office"


class Signer(StrEnum):
    """Who may have to sign a paper."""

    CLIENT = "client"
    CHILD = "child"
    GUARDIAN = "guardian"
    WORKER = "worker"
    INTERPRETER = "interpreter"
    WITNESS = "witness"
    PARTNER = "partner"
    SUPERVISOR = "supervisor"


LONGEST_STANDARDS: Final = 1_000
_SWITCH: Final = MappingProxyType({"": False, "no": False, "yes": True})


def _kinds_of_case() -> tuple[str, ...]:
    found = code_list("case_kind")
    return tuple(code.code for code in found) if found else ()


def _words_of(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Blank-separated codes, each known and given once. Raises BadForm."""
    words = tuple(text.split())
    for at, word in enumerate(words):
        if word not in known:
            raise BadForm(why=_("“{name}” is not known here.", name=word[:40]))
        if word in words[:at]:
            raise BadForm(why=_("“{name}” is given twice.", name=word[:40]))
    return words


def _switch(text: str) -> bool:
    if text not in _SWITCH:
        raise BadForm(why=_("Please write “yes” or “no” here."))
    return _SWITCH[text]


def _moment(text: str) -> Moment | None:
    found = _words_of(text, tuple(moment.value for moment in Moment))
    if len(found) > 1:
        raise BadForm(why=_("A form belongs to one moment only."))
    return Moment(found[0]) if found else None


def _signers(text: str) -> tuple[Signer, ...]:
    return tuple(map(Signer, _words_of(text, tuple(signer.value for signer in Signer))))


def _standards(text: str) -> str:
    if len(text) > LONGEST_STANDARDS:
        raise BadForm(why=_("This text is too long."))
    return " ".join(text.split())


_READERS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = MappingProxyType(
    {
        "case_kinds": ("case_kinds", lambda text: _words_of(text, _kinds_of_case())),
        "moment": ("moment", _moment),
        "phone": ("phone", _switch),
        "client_paper": ("client_paper", _switch),
        "signatures": ("signatures", _signers),
        "standards": ("standards", _standards),
        "languages": ("further_languages", lambda text: _words_of(text, FURTHER)),
    }
)
WHOLE_FORM: Final = tuple(_READERS)
"""What a form file may say about the form as a whole, besides its title and what it is about."""


def about_form(told: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Words]]:
    """What a form says about itself as fields of a Form, and what is wrong with which of it."""
    fields: dict[str, Any] = {}
    wrong: dict[str, Words] = {}
    for name, text in told.items():
        if name not in _READERS:
            continue
        field, read = _READERS[name]
        try:
            fields[field] = read(text.strip())
        except BadForm as error:
            wrong[name] = error.why
    return fields, wrong
