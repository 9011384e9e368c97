"""Generated partner organisations by kind and region; their names say what they are, their phones ring nowhere."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kzcase import paths
from kzcase.demo.acts import Act
from kzcase.demo.shares import REGION
from kzcase.i18n import Language


@dataclass(frozen=True, slots=True)
class GeneratedPartner:
    """One partner; `ref` is how acts name it."""

    ref: str
    kind: str
    region: str
    act: Act


@cache
def _kinds() -> tuple[dict[str, str], ...]:
    with paths.resources("partners", "generated.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def generate_partners(language: Language) -> tuple[GeneratedPartner, ...]:
    """Every generated partner, named in `language`; the same each time."""
    found: list[GeneratedPartner] = []
    for row in _kinds():
        regions = tuple(REGION) if row["regions"] == "all" else tuple(row["regions"].split())
        before = len(found)
        found += [_partner(row, place, number, before + number, language) for number, place in enumerate(regions, 1)]
    return tuple(found)


def _partner(row: dict[str, str], region: str, number: int, place: int, language: Language) -> GeneratedPartner:
    ref = f"partner-{place}"
    act: Act = {
        "act": "partner.added",
        "ref": ref,
        "name": row[language].format(number=number),
        "kind": row["kind"],
        "region": region,
        "phone": f"+7 709 000 {place // 100:02d} {place % 100:02d}",
        "languages": row["languages"].split(),
    }
    return GeneratedPartner(ref, row["kind"], region, act)


class Directory:
    """The generated partners, found by kind and region."""

    def __init__(self, partners: Sequence[GeneratedPartner]) -> None:
        self.partners = tuple(partners)
        self._by_place = {(partner.kind, partner.region): partner for partner in self.partners}
        self._first: dict[str, GeneratedPartner] = {}
        for partner in self.partners:
            self._first.setdefault(partner.kind, partner)

    def near(self, kind: str, region: str) -> GeneratedPartner:
        """The partner of this kind in the region, else the first of its kind."""
        return self._by_place.get((kind, region), self._first[kind])

    def acts(self) -> Iterator[Act]:
        """The acts that add them all."""
        return (partner.act for partner in self.partners)
