"""The records kept of a person besides names and phones: what each holds, and how its fields are read and said.

One declaration a record: the act that adds it, the page, the paper and the command line are all read off it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kzcase.domain.codes import CodeList
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import BadInput
from kzcase.i18n import Language, Words, _, render

_HERE: Final = "KZ"

TIES: Final = ("relation", "tie")
"""The lists a relation is a code of: kinship, and everything else between two people."""


class Holds(StrEnum):
    """What a field holds."""

    CODE = "code"
    LINE = "line"
    DAY = "day"
    APPROXIMATE = "approximate"
    COUNT = "count"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field: its words, what it holds, and of a code the list."""

    name: str
    words: Words
    holds: Holds = Holds.LINE
    codes: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: the table its rows stand in, what it is called, and its fields in their order."""

    name: str
    table: str
    words: Words
    add: Words
    fields: tuple[RecordField, ...]
    order: str = "since"
    in_title: int = 2
    """So many of the first fields that say something are enough to know it by."""

    def field(self, name: str) -> RecordField:
        """A field by its name."""
        return next(each for each in self.fields if each.name == name)


def _code(name: str, words: Words, codes: str = "", *, needed: bool = False) -> RecordField:
    return RecordField(name, words, Holds.CODE, codes or name, needed)


def _line(name: str, words: Words, *, needed: bool = False) -> RecordField:
    return RecordField(name, words, Holds.LINE, needed=needed)


def _day(name: str, words: Words, *, needed: bool = False) -> RecordField:
    return RecordField(name, words, Holds.DAY, needed=needed)


def _about(name: str, words: Words) -> RecordField:
    return RecordField(name, words, Holds.APPROXIMATE)


def _count(name: str, words: Words, *, needed: bool = False) -> RecordField:
    return RecordField(name, words, Holds.COUNT, needed=needed)


def _record(name: str, words: Words, table: str, *, needed: bool = False) -> RecordField:
    return RecordField(name, words, Holds.RECORD, table, needed)


SAID_BY: Final = _code("said_by", _("Where this is from"))
SINCE, UNTIL = _about("since", _("Since")), _about("until", _("Until"))

RECORDS: Final[Mapping[str, RecordKind]] = {
    kind.name: kind
    for kind in (
        RecordKind(
            "document",
            "documents",
            _("Documents"),
            _("Add a document"),
            (
                _code("kind", _("Document"), "document_type", needed=True),
                _line("number", _("Series and number")),
                _line("issuer", _("Issued by")),
                _code("country", _("Country")),
                _about("since", _("Date of issue")),
                _day("until", _("Valid until")),
                _day("renew_by", _("Renew by")),
                _code("form", _("What we have seen"), "document_form"),
                _code("holder", _("Who has the original"), "document_holder"),
                SAID_BY,
            ),
        ),
        RecordKind(
            "stay",
            "stays",
            _("Stays in Kazakhstan"),
            _("Add a stay"),
            (
                _about("since", _("Entry")),
                _code("border_point", _("Border crossing point")),
                _day("registered_on", _("Registered on")),
                _code("basis", _("On what basis"), "stay_status"),
                _code("purpose", _("Purpose of the stay"), "purpose_of_stay"),
                _day("until", _("May stay until")),
                _day("left_on", _("Left on")),
                SAID_BY,
            ),
        ),
        RecordKind(
            "age_estimate",
            "age_estimates",
            _("Estimates of age"),
            _("Add an estimate of age"),
            (
                _day("since", _("Estimated on"), needed=True),
                _count("youngest", _("At least so many years"), needed=True),
                _count("oldest", _("At most so many years")),
                _code("way", _("How it was estimated"), "age_way"),
                SAID_BY,
            ),
            in_title=3,
        ),
        RecordKind(
            "address",
            "addresses",
            _("Addresses"),
            _("Add an address"),
            (
                _code("kind", _("What kind of address"), "address_kind", needed=True),
                _line("text", _("Address"), needed=True),
                _code("safe", _("Is it safe to write or come there?"), "yes_no"),
                _code("region", _("Region")),
                SINCE,
                UNTIL,
                SAID_BY,
            ),
        ),
        RecordKind(
            "leg",
            "legs",
            _("The way they came"),
            _("Add a leg of the way"),
            (
                _line("place", _("Place")),
                _code("country", _("Country")),
                _code("way", _("How they travelled"), "travel_way"),
                _code("border_point", _("Border crossing point")),
                SINCE,
                UNTIL,
                _line("with_whom", _("With whom")),
                _code("papers_with", _("Who had the documents"), "document_holder"),
                SAID_BY,
            ),
            "position",
        ),
        RecordKind(
            "job",
            "jobs",
            _("Work"),
            _("Add work"),
            (
                _line("employer", _("Employer")),
                _code("sector", _("Kind of work")),
                _code("country", _("Country")),
                _code("region", _("Region")),
                _code("contract", _("Was there a contract?"), "yes_no"),
                _count("hours", _("Hours a day")),
                _code("lives_there", _("Lives at the workplace?"), "yes_no"),
                _code("papers_with", _("Who has the documents"), "document_holder"),
                SINCE,
                UNTIL,
                SAID_BY,
            ),
        ),
        RecordKind(
            "wage",
            "wages",
            _("Wages"),
            _("Add a wage"),
            (
                _record("job_id", _("Work"), "jobs", needed=True),
                _about("period", _("For which time")),
                _count("agreed", _("Agreed"), needed=True),
                _count("paid", _("Paid"), needed=True),
                _code("currency", _("Currency"), needed=True),
            ),
            "period",
            1,
        ),
        RecordKind(
            "step",
            "steps",
            _("Steps to papers and school"),
            _("Add a step"),
            (
                _code("kind", _("Step"), "path_step", needed=True),
                _code("state", _("How far it is"), "step_state", needed=True),
                _day("happened_on", _("On")),
                _record("evidence_id", _("Which document proves it"), "documents"),
            ),
            "kind",
        ),
        RecordKind(
            "proceeding",
            "proceedings",
            _("Administrative and criminal cases"),
            _("Add a proceeding"),
            (
                _code("kind", _("What kind of case"), "proceeding_kind", needed=True),
                _code("role", _("The person’s role in it"), "proceeding_role", needed=True),
                _line("body", _("Court or authority")),
                _line("number", _("Its number there")),
                _line("article", _("Article")),
                _about("since", _("Since")),
                _code("expulsion", _("Is expulsion possible?"), "yes_no"),
                SAID_BY,
            ),
            in_title=1,
        ),
    )
}
"""Kind of record by name."""

HOUSEHOLD_EVIDENCE: Final = "evidence_id"
"""The one field that may name a record of somebody else of the household: one paper serves every member's path."""


BESIDE: Final[Mapping[str, tuple[RecordField, ...]]] = {
    "wage": (_count("owed", _("Owed")),),
    "proceeding": (
        _code("safeguard", _("Protection of a victim")),
        _day("safeguard_on", _("Settled on")),
        _code("outcome", _("How it ended"), "proceeding_outcome"),
        _day("ban_until", _("Ban on entry until")),
        _day("closed_on", _("Ended on")),
    ),
}
"""What a record shows besides what is asked: worked out, or said by acts of its own."""


def owed(agreed: int | None, paid: int | None) -> int | None:
    """What is still owed of a wage; nothing where either is not known."""
    return None if agreed is None or paid is None else max(agreed - paid, 0)


def told(
    record: str, values: Mapping[str, str], codes: Mapping[str, CodeList], language: Language
) -> Iterator[tuple[RecordField, str]]:
    """The fields of a record that say something, in one language; those that name another record are left out."""
    for field in (*RECORDS[record].fields, *BESIDE.get(record, ())):
        value = values.get(field.name)
        if value and field.holds is not Holds.RECORD:
            yield field, _said(field, value, codes, language)


def _said(field: RecordField, value: str, codes: Mapping[str, CodeList], language: Language) -> str:
    match field.holds:
        case Holds.CODE:
            found = codes[field.codes].get(value)
            return found.name(language) if found else value
        case Holds.DAY | Holds.APPROXIMATE:
            return _date(value, language)
        case _:
            return value


def _date(value: str, language: Language) -> str:
    try:
        return render(parse_edtf(value).words(), language)
    except BadInput:
        return value


def tie_name(kind: str, codes: Mapping[str, CodeList], language: Language) -> str:
    """What a relation is called; one of neither list is shown as it stands."""
    for listed in TIES:
        if (found := codes[listed].get(kind)) is not None:
            return found.name(language)
    return kind


def direction(countries: Sequence[str]) -> str | None:
    """Which way somebody went, by the countries of their legs in order: a code of the list `direction`.

    Whoever set out from here went out, also when they are back. Nothing where the legs do not say it.
    """
    here = [country == _HERE for country in countries if country]
    if len(here) < 2 or not any(here):
        return None
    if all(here):
        return "inside"
    if here[0]:
        return "out_of"
    return "into" if here[-1] else "through"
