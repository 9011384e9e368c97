"""Which partner to ask for a need: why each is suggested, and how far its region's centre is from the person's."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.agreements import has_ended
from kzcase.domain.codes import CodeList
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import Words, _

EARTH_KM: Final = 6371.0
NEAR_KM: Final = 300
OLD_DAYS: Final = 365
"""After so many days without being checked, what stands in the directory is doubtful."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner, why it stands where it stands in the list, and what speaks against it."""

    partner: PartnerRow
    score: int
    why: tuple[Words, ...]
    but: tuple[Words, ...] = ()
    km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: a need, in a region, for somebody who speaks a language."""

    need: str = ""
    region: str = ""
    language: str = ""
    today: date = date.min
    agreed: Collection[str] = ()
    """Partners with a consent in force, by id."""


def kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """The great-circle distance between two places, each latitude and longitude in degrees (haversine)."""
    lat1, lon1, lat2, lon2 = (math.radians(each) for each in (*first, *second))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def between(one: str | None, other: str | None, centres: CodeList) -> int | None:
    """Kilometres between the centres of two regions; None where one is not known."""
    first, second = _place(one, centres), _place(other, centres)
    return None if first is None or second is None else round(kilometres(first, second))


def _place(region: str | None, centres: CodeList) -> tuple[float, float] | None:
    code = centres.get(region) if region else None
    return (float(code.attribute("lat")), float(code.attribute("lon"))) if code else None


def suggested(
    partners: Iterable[PartnerRow], wanted: Wanted, needs: CodeList, centres: CodeList
) -> Sequence[Suggestion]:
    """All partners, the best first; equally good ones the nearer first, then by name."""
    found = [_judged(each, wanted, needs, centres) for each in partners]
    return sorted(found, key=lambda one: (-one.score, one.km is None, one.km or 0, one.partner.name, one.partner.id))


def offers(partner: PartnerRow, need: str, needs: CodeList) -> bool:
    """Whether a partner gives the help that is needed: this very service, or all of its kind."""
    parent = needs[need].attribute("parent") if need in needs else ""
    below = {code.code for code in needs.children(need)}
    given = frozenset(partner.services)
    return need in given or (parent != "" and parent in given) or not below.isdisjoint(given)


def _judged(partner: PartnerRow, wanted: Wanted, needs: CodeList, centres: CodeList) -> Suggestion:
    points: list[tuple[int, Words]] = []
    if partner.id in wanted.agreed:
        points.append((8, _("consent in force")))
    if wanted.need and offers(partner, wanted.need, needs):
        points.append((6, _("gives this help")))
    km = between(partner.region, wanted.region, centres)
    if wanted.region and wanted.region in (partner.region, *partner.regions):
        points.append((4, _("in the same region")))
        km = 0 if wanted.region == partner.region else km
    elif km is not None:
        points.append((2 if km <= NEAR_KM else 0, _("{km} km away", km=km)))
    if wanted.language and wanted.language in partner.languages:
        points.append((2, _("speaks the person’s language")))
    score, why = sum(each for each, _why in points), tuple(said for _points, said in points)
    against = _against(partner, wanted.today)
    return Suggestion(partner, score - 3 * len(against), why, against, km)


def _against(partner: PartnerRow, today: date) -> tuple[Words, ...]:
    said: list[Words] = []
    if has_ended(partner.agreement_to, today):
        said.append(_("the agreement has ended"))
    if is_old(partner, today):
        said.append(_("not checked for a year"))
    return tuple(said)


def is_old(partner: PartnerRow, today: date) -> bool:
    """Whether what stands in the directory was checked once, and that was long ago."""
    return partner.verified_on is not None and (today - partner.verified_on).days > OLD_DAYS
