"""How good a new passphrase is, in words, while it is typed."""

from collections.abc import Iterable

from kzcase.domain.errors import WeakPassphrase
from kzcase.i18n import Words, _
from kzcase.keys.passphrase import check_new

ADVICE = _("Six ordinary words are easy to remember and hard to guess.")
GOOD = _("Hard to guess. Make sure you can remember it: nobody can tell it to you again.")


def verdict(passphrase: str, names: Iterable[str]) -> tuple[bool, Words]:
    """Whether it may be used, and what to say about it."""
    if not passphrase:
        return False, ADVICE
    try:
        check_new(passphrase, names)
    except WeakPassphrase as error:
        why = error.facts["why"]
        assert isinstance(why, Words)
        return False, why
    return True, GOOD
