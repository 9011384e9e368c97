"""Erasing a person: what would go, what names them elsewhere, and what is said of it afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.i18n import Words, _

ATTACHMENTS: Final = "attachments"
TEXTS: Final = "texts"
"""Counted beside the classes: attachments, and texts about other people that named the person."""

COUNTED_CLASSES: Final[Mapping[str, Words]] = {
    FieldClass.IDENTIFYING.value: _("Names, dates of birth, documents"),
    FieldClass.CONTACT.value: _("Phones and addresses"),
    FieldClass.SENSITIVE.value: _("Notes and answers"),
    FieldClass.HEALTH.value: _("Facts about health"),
    FieldClass.OPERATIONAL.value: _("Facts about the work"),
    FieldClass.STATISTICAL.value: _("Facts that are counted"),
}
"""What the values of a class are, as the certificate and the plan say it."""

_BYTES_A_SECOND: Final = 25_000_000
"""A slow laptop writes anew; a good one thrice as much."""


def takes_seconds(size: int) -> int:
    """How long writing a file of this size anew usually takes at most."""
    return 1 + size // _BYTES_A_SECOND


def also_there(numbers: Sequence[str]) -> Words:
    """What is said where the same human is written down once more."""
    return _(
        "The same person is also written down in {numbers}. Erasing this record alone does not take that: "
        "please erase all of them together.",
        numbers=", ".join(numbers),
    )


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A text about somebody else that may name the person. `certain`: by a number, or by two words of their names.

    `text` is the piece around the first mention; `superseded`: it was corrected since, and stands in the history alone.
    """

    id: str
    case: str | None
    case_number: str | None
    entity: str
    text: str
    words: tuple[str, ...]
    certain: bool
    superseded: bool


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What erasing a person would take. `values` counts by class and never says which; nothing has been changed.

    `held` are numbers of cases under a legal hold: while there is one, nobody is erased. `also_in` are cases in
    which the same human is written down as a person of their own: they have to be erased there too. `records`: so
    many records of the same human this plan takes.
    """

    person: str
    cases: tuple[str, ...]
    calls: int
    values: Mapping[str, int]
    attachments: int
    drafts: int
    held: tuple[str, ...]
    blocked: bool
    mentions: tuple[MentionRow, ...]
    also_in: tuple[str, ...] = ()
    records: int = 1


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One erasing, as the certificate says it: counts only.

    `unconfirmed` are laptops that may not know of it yet, `backups` those made before it that are still on the disk,
    `pages` what became of the file's pages (`anew`, `waits` for a quiet moment, `large`), and
    `together` the numbers under which other records of the same human went in the same act.
    """

    number: str
    person: str
    reason: str
    asked_on: date | None
    erased_on: date | None
    by: str
    values: Mapping[str, int]
    texts: int
    attachments: int
    unconfirmed: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    pages: str = "anew"


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A closed case past its term: by which rule, since when, and what is wrong with that rule: not confirmed,
    or shorter than what the law makes one keep.

    A call or a referral from others that became no case has its kind and, in place of the day of closing, that on
    which it came. A case without a day of closing is there when its person was erased and it came from elsewhere
    afterwards.
    """

    case: str
    number: str
    kind: str
    closed_on: date | None
    due_on: date
    rule: str
    doubtful: bool
    below_law: bool = False


@dataclass(frozen=True, slots=True)
class SuspicionRow:
    """A suspicion past its term: of which kind, in which case, and since when nobody may see it any more."""

    record: str
    kind: str
    case: str
    number: str
    keep_until: date | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A case under a legal hold: why, and since when. `kind` only of a call or a referral that became no case."""

    case: str
    number: str
    why: str
    since: date | None
    kind: str = ""


def counts_written(values: Mapping[str, int]) -> str:
    """Counts as the act carries them: `contact:2 identifying:5`."""
    return " ".join(f"{name}:{count}" for name, count in sorted(values.items()) if count)


def counts_read(written: str | None) -> dict[str, int]:
    """The same again; what is no count is left out."""
    pairs = (each.partition(":") for each in (written or "").split())
    return {name: int(count) for name, _, count in pairs if count.isdecimal()}
