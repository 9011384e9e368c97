"""Whom to ask: by need, region, language and distance, each said in words; and what speaks against."""

import itertools
import math
from datetime import date

from kzcase.db.rulebook import baseline
from kzcase.domain.rows import PartnerRow
from kzcase.domain.suggestions import Wanted, between, kilometres, offers, suggested
from kzcase.i18n import LANGUAGES, render

CODES = baseline().codes
NEEDS, CENTRES = CODES["need"], CODES["region_centre"]


def partner(name: str, region: str = "KZ-75", **more: object) -> PartnerRow:
    plain: dict[str, object] = {"kind": "ngo", "address": None, "phone": None, "contact": None, "languages": ()}
    return PartnerRow(id=name, name=name, region=region, **(plain | more))  # type: ignore[arg-type]


def order(partners: list[PartnerRow], **wanted: object) -> list[str]:
    return [one.partner.name for one in suggested(partners, Wanted(**wanted), NEEDS, CENTRES)]  # type: ignore[arg-type]


def by_cosines(first: str, second: str) -> float:
    """The same distance by another formula."""
    (lat1, lon1), (lat2, lon2) = (
        [math.radians(float(CENTRES[each].attribute(name))) for name in ("lat", "lon")] for each in (first, second)
    )
    inner = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
    return 6371 * math.acos(min(1.0, inner))


def test_distances_are_those_on_the_map() -> None:
    regions = [code.code for code in CENTRES]
    for first, second in itertools.combinations(regions, 2):
        found = between(first, second, CENTRES)
        assert found is not None
        assert abs(found - by_cosines(first, second)) < 1
        assert between(second, first, CENTRES) == found
    assert abs((between("KZ-71", "KZ-75", CENTRES) or 0) - 972) < 10, "Astana to Almaty"
    assert between("KZ-75", "outside", CENTRES) is None


def test_a_quarter_of_the_earth() -> None:
    assert round(kilometres((0, 0), (0, 90))) == 10008


def test_every_region_has_a_centre_in_the_country() -> None:
    regions = {code.code for code in CODES["region"].choices() if code.attribute("macro")}
    assert {code.code for code in CENTRES} == regions
    for code in CENTRES:
        assert 40.5 < float(code.attribute("lat")) < 55.5
        assert 46 < float(code.attribute("lon")) < 88


def test_the_need_weighs_more_than_the_way_and_the_nearer_comes_first() -> None:
    rows = [
        partner("near", "KZ-19"),
        partner("far with shelter", "KZ-47", services=("shelter",)),
        partner("nearer with shelter", "KZ-33", services=("shelter",)),
        partner("agreed", "KZ-47", services=("social_household",)),
    ]
    found = order(rows, need="shelter", region="KZ-75", agreed=("agreed",))
    assert found == ["agreed", "nearer with shelter", "far with shelter", "near"]
    assert order(rows, region="KZ-19")[0] == "near"
    assert order([partner("b", languages=("uz",)), partner("a")], language="uz") == ["b", "a"]


def test_a_service_stands_for_its_kind_and_a_kind_for_its_services() -> None:
    assert offers(partner("x", services=("shelter",)), "shelter", NEEDS)
    assert offers(partner("x", services=("social_household",)), "shelter", NEEDS)
    assert offers(partner("x", services=("shelter",)), "social_household", NEEDS)
    assert not offers(partner("x", services=("social_legal",)), "shelter", NEEDS)
    assert not offers(partner("x", services=("social_legal",)), "food", NEEDS)


def test_what_speaks_against_is_said_and_counts() -> None:
    today = date(2026, 11, 22)
    old = partner("old", agreement_to=date(2026, 1, 1), verified_on=date(2025, 1, 1))
    fresh = partner("z fresh", verified_on=date(2026, 6, 1))
    found = suggested([old, fresh], Wanted(today=today), NEEDS, CENTRES)
    assert [one.partner.name for one in found] == ["z fresh", "old"]
    assert len(found[1].but) == 2
    for language in LANGUAGES:
        assert all(render(words, language) for one in found for words in (*one.why, *one.but))
