"""Partners: the organisations people are referred to, what is known of them, and when that was last checked."""

import csv
from datetime import date
from typing import Final

import msgspec

from kzcase import paths
from kzcase.actions.checks import code, codes, day, optional_code, past_day
from kzcase.actions.finding import find_partner
from kzcase.actions.guards import must_stay_careful
from kzcase.actions.wishes import Code, Done, IsoDate, Line, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.office import Partner
from kzcase.domain.errors import AgreementTurned, NothingToChange
from kzcase.i18n import Language
from kzcase.queries.partners import partner_list

_TEXTS: Final = ("name", "address", "phone", "contact", "hours", "eligibility", "referral_contact")
_DAYS: Final = ("agreement_from", "agreement_to")
_LISTS: Final = {"languages": "language", "services": "need", "regions": "region"}


class AddPartner(Wish, frozen=True, kw_only=True):
    """A new partner organisation."""

    name: RequiredLine
    kind: Code
    region: Code | None = None
    address: Line | None = None
    phone: Line | None = None
    contact: Line | None = None
    languages: list[Code] = msgspec.field(default_factory=list)
    services: list[Code] = msgspec.field(default_factory=list)
    regions: list[Code] = msgspec.field(default_factory=list)
    hours: Line | None = None
    eligibility: Line | None = None
    agreement_from: IsoDate | None = None
    agreement_to: IsoDate | None = None
    referral_contact: Line | None = None


class ChangePartner(Wish, frozen=True, kw_only=True):
    """What changed at a partner; what is left out stays as it is, an empty text takes the old one away.

    `verified`: somebody asked the partner today, or on the day `verified_on`, and everything holds.
    """

    partner: Ref
    name: RequiredLine | None = None
    kind: Code | None = None
    region: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    contact: Line | None = None
    languages: list[Code] | None = None
    services: list[Code] | None = None
    regions: list[Code] | None = None
    hours: Line | None = None
    eligibility: Line | None = None
    agreement_from: Line | None = None
    agreement_to: Line | None = None
    referral_contact: Line | None = None
    verified: bool = False
    verified_on: IsoDate | None = None


@action("partner.added", AddPartner)
def add_partner(book: Casebook, wish: AddPartner) -> Done:
    """Add a partner to the directory."""
    with book.write("partner.added") as act:
        partner = Partner(
            name=wish.name.strip(),
            kind=code(act.rulebook, "organisation", wish.kind, "kind"),
            region=optional_code(act.rulebook, "region", wish.region, "region"),
        )
        for name in _TEXTS[1:]:
            setattr(partner, name, getattr(wish, name))
        for name, listed in _LISTS.items():
            setattr(partner, name, _codes(act, name, listed, getattr(wish, name)))
        for name in _DAYS:
            setattr(partner, name, day(getattr(wish, name), name))
        _must_not_be_turned(partner.agreement_from, partner.agreement_to)
        act.add(partner)
    return Done(act.id, act.changed, {"partner": partner.id})


@action("partner.changed", ChangePartner)
def change_partner(book: Casebook, wish: ChangePartner) -> Done:
    """Change what is known of a partner, or say that it was checked."""
    with book.write("partner.changed") as act:
        partner = find_partner(act, wish.partner)
        if wish.kind is not None:
            kind = code(act.rulebook, "organisation", wish.kind, "kind")
            must_stay_careful(act, partner, kind)
            partner.kind = kind
        if wish.region is not None:
            partner.region = optional_code(act.rulebook, "region", wish.region or None, "region")
        for name in _TEXTS:
            if (said := getattr(wish, name)) is not None:
                setattr(partner, name, said.strip() or None)
        for name, listed in _LISTS.items():
            if (given := getattr(wish, name)) is not None:
                setattr(partner, name, _codes(act, name, listed, given))
        for name in _DAYS:
            if (typed := getattr(wish, name)) is not None:
                setattr(partner, name, day(typed or None, name))
        _must_not_be_turned(partner.agreement_from, partner.agreement_to)
        if wish.verified or wish.verified_on is not None:
            partner.verified_on = past_day(wish.verified_on, act.today, "verified_on")
            partner.verified_by = act.acting.staff_id
    return Done(act.id, act.changed, {"partner": partner.id})


def add_starters(book: Casebook, language: Language) -> int:
    """Add the known organisations that are not listed yet, without telephone numbers: these are to be asked for.

    Says how many; `NothingToChange` where all of them are there.
    """
    with book.read() as reader:
        there = {row.name for row in partner_list(reader)}
    rows = [row for row in starters() if not there & {row["kk"], row["ru"], row["en"]}]
    if not rows:
        raise NothingToChange(place="partner.added")
    with book.batch():
        for row in rows:
            add_partner(book, AddPartner(name=row[language], kind=row["kind"], services=row["services"].split()))
    return len(rows)


def starters() -> list[dict[str, str]]:
    """The organisations that national reviews name; nothing is known of them here but their name and kind."""
    with paths.resources("partners", "starter.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _codes(act: Act, name: str, listed: str, given: list[str]) -> str | None:
    return " ".join(codes(act.rulebook, listed, given, name)) or None


def _must_not_be_turned(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise AgreementTurned(place="agreement_to")
