"""Looks: the kinds of reading that are entered in the read log, and how an entry is shown to those who check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kzcase.i18n import Words, _, verbatim


class Look(StrEnum):
    """What somebody looked at, or what the log says about itself."""

    UNLOCKED = "casebook.unlocked"
    TURNED_AWAY = "casebook.turned_away"
    NAMES = "names.shown"
    NUMBER = "number.shown"
    CALL = "call.read"
    CASE = "case.read"
    HISTORY = "history.read"
    SEARCH = "search.made"
    SEALED_NOTE = "sealed_note.read"
    ATTACHMENT = "attachment.opened"
    COPY = "attachment.copied"
    PAPER = "paper.made"
    EXPORT = "answers.exported"
    LIST = "list.exported"
    SUMMARY = "summary.prepared"
    REGISTER = "register.read"
    TAKEN = "register.taken"
    AFFECTED = "affected.listed"
    ERASURE = "erasure.planned"
    LOG = "log.read"
    CUT = "log.cut"
    LOST = "log.lost"


@dataclass(frozen=True, slots=True)
class LookKind:
    """What a look is called. An `urgent` one is never stopped by a full disk: its entry waits in the spool."""

    words: Words
    urgent: bool = True


LOOKS: Final[Mapping[Look, LookKind]] = {
    Look.UNLOCKED: LookKind(_("Casebook opened")),
    Look.TURNED_AWAY: LookKind(_("Wrong passphrase")),
    Look.NAMES: LookKind(_("Names shown")),
    Look.NUMBER: LookKind(_("Number to call back shown")),
    Look.CALL: LookKind(_("Call looked at")),
    Look.CASE: LookKind(_("Case looked at")),
    Look.HISTORY: LookKind(_("History of a case looked at")),
    Look.SEARCH: LookKind(_("Search")),
    Look.SEALED_NOTE: LookKind(_("Sealed note read")),
    Look.ATTACHMENT: LookKind(_("Attachment opened")),
    Look.COPY: LookKind(_("Copy of an attachment made"), urgent=False),
    Look.PAPER: LookKind(_("Paper made"), urgent=False),
    Look.EXPORT: LookKind(_("Answers saved as a file"), urgent=False),
    Look.LIST: LookKind(_("List of cases saved as a file"), urgent=False),
    Look.SUMMARY: LookKind(_("Summary prepared"), urgent=False),
    Look.REGISTER: LookKind(_("Register looked at")),
    Look.TAKEN: LookKind(_("Register taken along"), urgent=False),
    Look.AFFECTED: LookKind(_("List of people affected by an incident looked at")),
    Look.ERASURE: LookKind(_("Looked at what erasing a person would take")),
    Look.LOG: LookKind(_("This log looked at")),
    Look.CUT: LookKind(_("The casebook was restored, copied or put back; entries made elsewhere are not here")),
    Look.LOST: LookKind(_("Entries that waited while the disk was full are missing")),
}
"""Every look is declared once. What leaves the house waits until its entry is in the log."""

DOUBTS: Final[Mapping[str, Words]] = {
    "chain": _("changed, dropped or moved"),
    "unreadable": _("cannot be opened"),
    "forged": _("not signed by this colleague"),
}
"""What can be wrong with an entry."""

ODD_SIGNS: Final = frozenset(
    [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u200e\u200f\u061c\u2028\u2029\ufeff"]
) | frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
"""Controls, and signs that turn the reading direction of a line round."""


def escaped(text: str) -> str:
    """A text in which no sign can hide or turn another round: such signs are spelled out."""
    return "".join(f"\\u{ord(sign):04x}" if sign in ODD_SIGNS else sign for sign in text)


def words_of(what: str) -> Words:
    """What a look is called; one this version does not know is shown as it stands."""
    return LOOKS[Look(what)].words if what in set(Look) else verbatim(escaped(what))


@dataclass(frozen=True, slots=True)
class LookRow:
    """One entry as an auditor sees it. `doubt` says what does not hold: `chain`, `unreadable`, `forged`, or nothing."""

    index: int
    at: datetime | None
    who: str
    staff: str
    what: str
    case: str | None
    number: str | None
    detail: str
    reason: str
    doubt: str
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chain:
    """Whether the log is whole: how many entries it has, and which of them do not hold.

    `restarts`: how often it went on in a copy of the casebook that was restored, copied or put back to an older state;
    an entry says so each time, and entries made elsewhere are not here.
    """

    ok: bool
    entries: int
    broken: tuple[int, ...]
    restarts: int


@dataclass(frozen=True, slots=True)
class LookPage:
    """Some entries, the latest first; `older` is where to go on, None at the beginning of the log."""

    looks: tuple[LookRow, ...]
    older: int | None
    chain: Chain
