"""What is printed: the frozen rows of letters, slips and sheets, and the neutral codes they carry."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Self

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import BadInput
from kzcase.i18n import Words, _

Text = Words | str
_CODE_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: read aloud and typed by hand
_SLIP: Final = re.compile(r"KZC1:([A-Z0-9-]{1,12}):([A-Z0-9.-]{1,16}):([A-Z0-9-]{0,24}):([0-9]{1,3})")

CLASS_WORDS: Final[Mapping[FieldClass, Words]] = {
    FieldClass.IDENTIFYING: _("Who I am: name, date of birth, documents"),
    FieldClass.CONTACT: _("How to reach me: phone, address"),
    FieldClass.SENSITIVE: _("What happened to me"),
    FieldClass.HEALTH: _("My health"),
    FieldClass.OPERATIONAL: _("What help I need and receive"),
    FieldClass.STATISTICAL: _("Figures in which nobody can be recognised"),
}
"""What the classes are called on papers that a client signs."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who prints: the name on the letterhead (it need not tell what the office does) and how to answer."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SheetHeader:
    """What every page carries. `code` and `number` are neutral: neither shows the kind of case.

    `version` is what people call the version; `identity`, where there is more than one of that name, is the
    fingerprint that a machine reads in the QR code.
    """

    organisation: Organisation
    code: str
    version: str
    printed_on: date
    number: str = ""
    demonstration: bool = False
    alone: bool = False  # one person works there: nobody could sign a second time
    discreet: bool = False  # a paper a client takes away: no organisation on it
    identity: str = ""
    printing: str = ""  # the number of this printing, by which a scan of the paper finds its case
    unchecked: bool = False  # its language was not yet checked by a native reader
    stays: bool = False  # a filled form as the office keeps it: nobody outside gets this paper
    leaves: bool = False  # a filled form as one recipient gets it: only what was agreed is on it
    mark: Words | None = None  # what stands above every page: that it is a draft, or may be given to nobody


@dataclass(frozen=True, slots=True)
class PrintedField:
    """One labelled value and its class; the class decides whether it may stand on this paper."""

    label: Words
    value: Text
    field_class: FieldClass


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer with its tick box."""

    label: Words
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A small table of a case sheet: a title, column heads and rows of cells."""

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Text, ...], ...]
    field_class: FieldClass = FieldClass.OPERATIONAL
    widths: tuple[float, ...] = ()  # shares of the width, one a column


class Standing(Enum):
    """What a letter rests on, on the day it is printed."""

    AGREED = "agreed"
    EMERGENCY = "emergency"
    WITHDRAWN = "withdrawn"
    NOTHING = "nothing"

    @property
    def may_leave(self) -> bool:
        """Whether the letter may be given to its partner at all."""
        return self in (Standing.AGREED, Standing.EMERGENCY)


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """One referral to one partner. `allowed` are the classes that the consent covers for this partner."""

    header: SheetHeader
    partner: str
    partner_address: str
    client: tuple[PrintedField, ...]
    allowed: frozenset[FieldClass]
    need: Text
    reason: str
    worker: str
    contact: str
    replies: tuple[Words, ...]
    reply_by: date | None = None
    urgency: Words | None = None
    enclosures: tuple[str, ...] = ()
    blank: bool = False  # to be written by hand
    standing: Standing = Standing.AGREED


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """What a client agrees to, for one purpose and one recipient, or an empty sheet to fill in by hand."""

    header: SheetHeader
    recipient: str
    purpose: Text
    classes: tuple[Choice, ...]
    client: str = ""
    given_on: date | None = None
    valid_until: date | None = None
    language: Text = ""
    explained_by: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class CallSheet:
    """One helpline call, or an empty sheet for a shift without electricity. The caller stays nameless."""

    header: SheetHeader
    started_at: str
    channels: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    callers: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    fields: tuple[PrintedField, ...]
    allowed: frozenset[FieldClass]
    danger: bool | None = None
    note: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields on a case sheet."""

    title: Words
    fields: tuple[PrintedField, ...]


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One case at a glance: what is known, what is due, what was done."""

    header: SheetHeader
    sections: tuple[Section, ...]
    tables: tuple[PrintedTable, ...]
    allowed: frozenset[FieldClass]
    worker: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryShare:
    """One of three recovery shares; any two open the casebook again, one alone opens nothing."""

    header: SheetHeader
    number: int
    text: str
    holder: str = ""

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3):
            raise BadInput("share.number")


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A register on paper: columns and rows already in words, naming no client."""

    header: SheetHeader
    title: Words
    explained: Words
    empty: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentNotice:
    """What is told of an incident to the people affected, the authority or the donor: no more than each must know.

    `affected` and the header's number are for the authority alone; nothing here says what cases the office keeps.
    """

    header: SheetHeader
    kind: Text
    noticed_on: date | None = None
    happened: tuple[date, date] | None = None
    affected: int | None = None
    classes: tuple[Words, ...] = ()
    authority_told_on: date | None = None
    people_told_on: date | None = None


def class_choices(agreed: Collection[FieldClass] = ()) -> tuple[Choice, ...]:
    """The classes as tick boxes of a consent sheet, those agreed to ticked."""
    return tuple(Choice(words, each in agreed) for each, words in CLASS_WORDS.items())


def may_print(fields: Collection[PrintedField], allowed: frozenset[FieldClass]) -> tuple[PrintedField, ...]:
    """The fields whose class may stand on a paper; the others are not there at all, not even as blanks."""
    return tuple(field for field in fields if field.field_class in allowed)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """What a QR code on paper says: which paper, which version, which printing, which page. Never a name.

    `number` is that of the printing; on papers that are not of a case it is the paper's own, or empty.
    """

    form: str
    version: str
    number: str
    page: int

    def text(self) -> str:
        """The text inside the QR code; capitals and digits only, so that the code stays small."""
        said = f"KZC1:{self.form}:{self.version}:{self.number}:{self.page}".upper()
        if not _SLIP.fullmatch(said):
            raise BadInput("slip")
        return said

    @classmethod
    def read(cls, untrusted_text: str) -> Self:
        """The code found on a scan; raises BadInput if it is not one of ours."""
        found = _SLIP.fullmatch(untrusted_text.strip())
        if not found:
            raise BadInput("slip")
        form, version, number, page = found.groups()
        return cls(form, version, number, int(page))


def neutral_code(form_id: str) -> str:
    """A form's code on paper, `F-7K3Q2`: its id could tell the kind of case to whoever sees the sheet."""
    return "F-" + spelled(hashlib.sha256(form_id.encode()).digest(), 5)


def spelled(digest: bytes, count: int) -> str:
    """So many signs that stand for a digest, none of which is taken for another when read aloud."""
    rest = int.from_bytes(digest[:8], "big")
    signs = []
    for _position in range(count):
        rest, index = divmod(rest, len(_CODE_SIGNS))
        signs.append(_CODE_SIGNS[index])
    return "".join(signs)


def discreet_file_name(header: SheetHeader) -> str:
    """A file name that tells nothing but numbers: `2026-A7-00012-5_P12.pdf`."""
    kept = f"{header.number or header.printed_on.isoformat()}_{header.code}"
    return re.sub(r"[^A-Za-z0-9_-]", "-", kept) + ".pdf"
