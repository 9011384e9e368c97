"""Registers for an inspection: rows that name no client, and the neutral signs that stand for cases in them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kzcase.domain.papers import spelled
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import Language, Words, on_the_wall

Cell = str | int | date | datetime | tuple[str, ...] | None
_PSEUDONYM: Final = b"kzcase register 1\0"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its stable name, what people read above it, and where its values and its class come from.

    `list`: the code list its codes stand in. `field`: the field of the model (`referrals.sent_on`) by whose class the
    column is shown or hidden; empty for what is worked out and about nobody.
    """

    name: str
    title: Words
    list: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line; `id` is what a screen opens it by, and is on no paper."""

    cells: tuple[Cell, ...]
    id: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """One register as the asker may see it. A hidden cell is None and its column is named in `masked`."""

    name: str
    title: Words
    explained: Words
    empty: Words
    headings: tuple[Heading, ...]
    rows: tuple[RegisterRow, ...]
    as_of: date
    notes: tuple[Words, ...] = ()
    masked: frozenset[str] = frozenset()


def pseudonym(organisation: bytes, case: bytes | None) -> str:
    """A sign that always stands for the same case and does not lead to it: case ids are random and never shown."""
    if case is None:
        return ""
    return "K-" + spelled(hashlib.sha256(_PSEUDONYM + organisation + case).digest(), 6)


def said(heading: Heading, cell: Cell, rulebook: Rulebook, language: Language, *, iso: bool = False) -> str:
    """A cell in words: codes by their names, days as people write them or, for other programs, as ISO text."""
    match cell:
        case None:
            return ""
        case tuple():
            return ", ".join(said(heading, one, rulebook, language, iso=iso) for one in cell)
        case datetime():
            return cell.isoformat() if iso else on_the_wall(cell)
        case date():
            return cell.isoformat() if iso else cell.strftime("%d.%m.%Y")
        case int():
            return str(cell)
        case _:
            return _named(heading.list, cell, rulebook, language)


def _named(list_id: str, code: str, rulebook: Rulebook, language: Language) -> str:
    known = rulebook.list(list_id).get(code) if list_id else None
    return known.name(language) if known else code
