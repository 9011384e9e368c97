"""What paper is wanted, and what is asked before one is made: its languages, and whether it is safe to take."""

from dataclasses import dataclass

from kzcase.domain.client_papers import WALLET, is_taken_away
from kzcase.domain.errors import (
    NotForClients,
    NotForRecipients,
    NotSafeToTake,
    PaperNotInLanguage,
    RecipientUnasked,
    SafeToTakeUnasked,
)
from kzcase.domain.outside_papers import OFFICE, is_for_outside
from kzcase.domain.printings import SafeToTake
from kzcase.forms.definition import Form
from kzcase.i18n import LANGUAGES, _


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper by its name, code or form id. `number` picks one referral or consent; otherwise the latest is meant."""

    paper: str
    language: str
    case: str = ""
    number: str = ""
    reason: str = ""
    """Why, where the case is beyond one's reach and not open already: a code of the list `look_reason`."""
    second: str = ""
    """Another language beside the first; forms alone are printed so."""
    blank: bool = False
    """An empty sheet of a case, whose scan finds the case again."""
    discreet: bool = False
    """A client's paper that tells nobody who finds it where it is from."""
    safe_to_take: str = ""
    """Before a paper of a case that its client takes away: `yes`, `no`, or `office` where the paper stays there."""
    wallet: bool = False
    """The safety card at the size of a bank card, several on a page, to be cut out."""
    to: str = ""
    """For whom a filled form is: a partner by id or name, or `office` where the paper stays there."""


def languages_of(form: Form | None) -> tuple[str, ...]:
    """The languages a form, or where there is none a paper of the program's own, is written in."""
    return (*LANGUAGES, *(form.further_languages if form else ()))


def for_client(name: str, form: Form | None) -> bool:
    """Whether a client takes this paper away."""
    return is_taken_away(name, declared=form is not None and form.client_paper)


def check_kind(wish: WantedPaper, name: str, form: Form | None) -> None:
    """Refuse what this paper does not have: a language, a discreet version, the size of a card.

    Raises PaperNotInLanguage, NotForClients.
    """
    _check_languages(wish, form)
    if wish.discreet and not for_client(name, form):
        raise NotForClients("discreet")
    if wish.wallet and name not in WALLET:
        raise NotForClients("wallet", why=_("Only the safety card is printed at the size of a bank card."))
    if wish.wallet and wish.second:
        raise PaperNotInLanguage("second", why=_("A card has room for one language. Print one in each language."))


def check_safe(wish: WantedPaper, name: str, form: Form | None) -> None:
    """A paper that is found at home can harm: somebody has asked the client first.

    Raises SafeToTakeUnasked, NotSafeToTake.
    """
    if not for_client(name, form):
        return
    if wish.safe_to_take == "no":
        raise NotSafeToTake("safe_to_take")
    if wish.safe_to_take not in {*SafeToTake}:
        raise SafeToTakeUnasked("safe_to_take")


def check_recipient(wish: WantedPaper, name: str, form: Form | None) -> None:
    """A filled form that goes to somebody outside holds what was agreed for them: it has to be said for whom.

    Raises RecipientUnasked, NotForRecipients.
    """
    filled = form is not None and bool(wish.case) and not wish.blank
    if wish.to and not filled:
        raise NotForRecipients("to")
    if filled and not wish.to and is_for_outside(name):
        raise RecipientUnasked("to")


def goes_out(wish: WantedPaper) -> bool:
    """Whether a paper is for a partner, and not for the office."""
    return wish.to not in ("", OFFICE)


def _check_languages(wish: WantedPaper, form: Form | None) -> None:
    known = languages_of(form)
    if wish.language not in known:
        raise PaperNotInLanguage("language", language=wish.language, known=known)
    if not wish.second:
        return
    if form is None:
        raise PaperNotInLanguage("second", why=_("Only forms are printed in two languages side by side."))
    if wish.second not in known:
        raise PaperNotInLanguage("second", language=wish.second, known=known)
    if wish.second == wish.language:
        raise PaperNotInLanguage("second", why=_("This is the first language already. Choose another, or none."))
