"""What an act is taken with, and that somebody should still look at: texts that paper could not show."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from kzcase.actions.case_facts import PUBLISHED, READ_BY_ALL, StateFact
from kzcase.actions.saved_searches import READ_BY_TEAM, SaveSearch
from kzcase.actions.wishes import Wish
from kzcase.domain.iin import check_iin
from kzcase.domain.json_text import below
from kzcase.domain.warned import Warned
from kzcase.i18n import _

NOT_PRINTABLE: Final = "not_printable"
IIN: Final = _("this was taken, but the IIN looks unusual. Please compare it with the document, digit by digit.")
_PRINTABLE: Final = re.compile(r"[\t\n\r -~\u00a0-\u017f\u0400-\u045f\u0490-\u04ff]*")
"""Letters the paper's font surely has: most texts need no closer look, and the font is not even loaded."""


def warnings_of(wish: Wish, place: str = "") -> tuple[Warned, ...]:
    """Every text of a wish with letters that paper would lose, and an IIN that looks wrong. They are kept as they are:
    so they stand in papers."""
    said = msgspec.to_builtins(wish)
    return (*_unprintable(place, said), *_odd_iin(place, said), *_read_by_others(place, wish))


def _read_by_others(place: str, wish: Wish) -> Iterator[Warned]:
    """What more people read than whoever writes it may think of."""
    match wish:
        case SaveSearch(shared=True):
            yield Warned(below(place, "name"), "read_by_team", READ_BY_TEAM)
        case StateFact(fact=fact) if fact == PUBLISHED:
            yield Warned(below(place, "fact"), "read_by_all", READ_BY_ALL)


def _odd_iin(place: str, value: Any) -> Iterator[Warned]:
    for name, each in value.items() if isinstance(value, Mapping) else ():
        if name == "iin" and each:
            yield from (Warned(below(place, name), f"iin_{why}", IIN) for why in check_iin(each).warnings[:1])
        else:
            yield from _odd_iin(below(place, name), each)


def _unprintable(place: str, value: Any) -> Iterator[Warned]:
    if isinstance(value, str):
        if not _PRINTABLE.fullmatch(value):
            yield from _looked_at(place, value)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _unprintable(below(place, str(name)), each)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _unprintable(f"{place}[{index}]", each)


def _looked_at(place: str, text: str) -> Iterator[Warned]:
    from kzcase.paper.fonts import codes, composed, missing, script_of

    lost = missing(composed(text))
    if lost:
        words = _(
            "this was taken, but paper cannot show {script} ({letters}). Please add the same in Cyrillic or Latin "
            "letters too, a name as a further name of the person.",
            script=script_of(lost),
            letters=codes(lost),
        )
        yield Warned(place, NOT_PRINTABLE, words)
