"""Who asks after whom: when an enquirer is vetted, and what may be told once the found person has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kzcase.domain.papers import SheetHeader
from kzcase.domain.person_rows import AlikeRow

SEEN: Final = "seen"
SAFE: Final = "no"
VETTED_FACT: Final = "enquirer_vetted"
AGREED_FACT: Final = "found_agreed"
CHECKS: Final = ("identity", "kinship", "motive", "danger")


class Told(StrEnum):
    """What an enquirer may be told. Nothing, unless the found person has said otherwise."""

    NOTHING = "nothing"
    MESSAGE = "message"
    CONTACT = "contact"


def lacks(identity: str | None, kinship: str | None, motive: str | None, danger: str | None) -> tuple[str, ...]:
    """What is missing before an enquirer counts as vetted; nothing where they are."""
    held = (identity == SEEN, kinship == SEEN, bool((motive or "").strip()), danger == SAFE)
    return tuple(check for check, fine in zip(CHECKS, held, strict=True) if not fine)


def may_tell(vetted: bool, answers: Iterable[str | None]) -> Told:
    """What may be told. Where several answered, or laptops disagree, the most careful answer governs."""
    said = list(answers)
    if not vetted or not said or any(each not in ("yes", "message") for each in said):
        return Told.NOTHING
    return Told.MESSAGE if "message" in said else Told.CONTACT


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingRow:
    """One request as the asker may see it. What the found person answered shows only where something may be told."""

    id: str
    number: str
    case: str
    enquirer: str
    enquirer_name: str | None
    relation: str | None
    asked_on: date | None
    last_news: str | None
    last_place: str | None
    circumstances: str | None
    country: str | None
    identity: str | None
    kinship: str | None
    motive: str | None
    danger: str | None
    lacks: tuple[str, ...]
    vetted_by: str | None
    vetted_on: date | None
    told: Told
    message: str | None = None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SoughtRow:
    """Somebody who may be the person a request asks after, for whoever decides; `found`: it was said that they are."""

    tracing: str
    number: str
    sought: AlikeRow
    other: AlikeRow
    found: bool = False


@dataclass(frozen=True, slots=True)
class TracingReply:
    """What the letter to an enquirer is made from; where nothing may be told it holds nothing of anybody found."""

    header: SheetHeader
    number: str
    asked_on: date | None
    told: Told = Told.NOTHING
    message: str = ""
    worker: str = ""
