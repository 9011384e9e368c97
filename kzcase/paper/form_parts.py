"""How an empty form is cut: what a recipient gets, what comes back or stays has pages and signatures of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.domain.outside_papers import is_for_outside, parts_that_stay
from kzcase.forms.about import Signer
from kzcase.forms.definition import Form
from kzcase.i18n import Words, _

STAYS: Final = _("The parts from here on stay in the office.")
GOES: Final = _("The parts from here on may go to the recipient.")
BACK: Final = _("This part comes back to the office.")
COMES_BACK: Final[Mapping[str, frozenset[str]]] = {"referral": frozenset({"slip"})}
"""Parts that the recipient sends back: nothing else may be on that page."""
CONSENTS: Final[Mapping[str, str]] = {
    "referral": "consent_group",
    "consulate_letter": "agreement",
    "tracing_request": "consent_part",
    "witness_statement": "consent_part",
}
"""By the id of the form the part that stays in which people consent: they sign there, and the office can show it."""
OUR_LETTERS: Final = frozenset({"referral", "consulate_letter"})
"""What the office itself writes: the hand of a client is not for the recipient's files."""
_OURS: Final = frozenset({Signer.WORKER, Signer.SUPERVISOR})
_CONSENTING: Final = frozenset({Signer.CLIENT, Signer.CHILD, Signer.GUARDIAN, Signer.WITNESS, Signer.INTERPRETER})


@dataclass(frozen=True, slots=True)
class Cut:
    """Where another part begins: what is said there, who signs above it, and whether it has a page of its own."""

    said: Words
    signers: tuple[Signer, ...]
    overleaf: bool  # the first part stands under the title


class FormParts:
    """Follows a form's outermost groups from top to bottom."""

    def __init__(self, form: Form) -> None:
        self._form, self._at = form, -1
        stays = parts_that_stay(form.id, tuple(question.name for question in form.questions))
        back = COMES_BACK.get(form.id, frozenset())
        names = [question.name for question in form.questions] if is_for_outside(form.id) else []
        self._kinds = [STAYS if name in stays else BACK if name in back else GOES for name in names]
        self._names = names

    def begin(self, name: str) -> Cut | None:
        """Go on to the group of that name; the cut before it, if there is one."""
        if name not in self._names:
            return None
        before, self._at = self._at, self._names.index(name)
        if before >= 0 and self._kinds[before] is self._kinds[self._at]:
            return None
        return Cut(self._kinds[self._at], self._signing(before), before >= 0)

    def last_signers(self) -> tuple[Signer, ...]:
        """Who signs under the last part; everybody, where the form is not cut."""
        return self._signing(self._at) if self._names else self._form.signatures

    def _signing(self, at: int) -> tuple[Signer, ...]:
        """Who signs under the part of that place: the recipient what comes back, whoever consents their consent, we
        what stays to the end."""
        kind, signing = self._kinds[at] if at >= 0 else None, frozenset[Signer]()
        if kind is BACK:
            signing = frozenset({Signer.PARTNER})
        elif kind is GOES and GOES not in self._kinds[at + 1 :]:
            elsewhere = frozenset({Signer.PARTNER}) if BACK in self._kinds else frozenset()
            signing = frozenset(Signer) - elsewhere - (_CONSENTING if self._form.id in OUR_LETTERS else frozenset())
        elif kind is STAYS:
            signing = _CONSENTING if self._consented(at) else frozenset()
            signing |= _OURS if at == len(self._kinds) - 1 else frozenset()
        return tuple(signer for signer in self._form.signatures if signer in signing)

    def _consented(self, at: int) -> bool:
        """Whether people consent in the parts that stay up to that place."""
        first = at
        while first and self._kinds[first - 1] is STAYS:
            first -= 1
        return CONSENTS.get(self._form.id) in self._names[first : at + 1]


def signers_of(form: Form, *, leaves: bool) -> tuple[Signer, ...]:
    """Who signs a form in one piece; `leaves`: it is what one recipient gets."""
    elsewhere = _CONSENTING if leaves and form.id in OUR_LETTERS else frozenset()
    return tuple(signer for signer in form.signatures if signer not in elsewhere)
