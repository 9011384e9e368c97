"""The published shares the generated people follow: kinds of case, regions, sex, age, citizenship, outcomes.

Shaped by the national voluntary reviews of the Global Compact for Migration, the US Trafficking in Persons reports of
2017 to 2023 and the survey of stranded migrants of February 2021; where those give no number it is an assumption. The
reviews' fourth kind, labour disputes (.30), is not a kind of case yet: the shares of the other three (.30, .20, .20)
are scaled up to one.
"""

from collections.abc import Mapping
from typing import Final

from kzcase.demo.chance import Weighted

KIND: Final = {"trafficking": 0.30, "stateless": 0.20, "child": 0.20}
PER_QUARTER: Final = 120.0
LONGEST: Final = 20
"""Quarters: a larger casebook gets more cases a quarter, not a longer past."""
EVENT_IN_QUARTER: Final = 0.25
EVENT_SIZE: Final = (5, 15)

REGION: Final = {
    "KZ-75": 22.0,
    "KZ-71": 14.0,
    "KZ-79": 14.0,
    "KZ-61": 9.0,
    "KZ-19": 6.0,
    "KZ-35": 5.0,
    "KZ-31": 4.0,
    "KZ-47": 4.0,
    "KZ-15": 3.0,
    "KZ-23": 3.0,
    "KZ-39": 2.5,
    "KZ-11": 2.0,
    "KZ-63": 2.0,
    "KZ-43": 2.0,
    "KZ-33": 1.5,
    "KZ-27": 1.5,
    "KZ-10": 1.0,
    "KZ-59": 1.0,
    "KZ-55": 1.0,
    "KZ-62": 0.5,
}
CHILD_PROGRAMME: Final = frozenset({"KZ-75", "KZ-71", "KZ-79", "KZ-61"})
CHILD_REGION: Final = {code: w if code in CHILD_PROGRAMME else w * 0.08 for code, w in REGION.items()}

EXPLOITATION: Final = {"labour": 0.68, "sexual": 0.22, "begging": 0.05, "criminal": 0.03, "domestic": 0.02}
FEMALE: Final = {"labour": 0.22, "sexual": 0.95, "begging": 0.45, "criminal": 0.45, "domestic": 0.45}
FEMALE_OF_KIND: Final = {"stateless": 0.5, "child": 0.5}

AGE_BANDS: Final = ((0, 17), (18, 24), (25, 44), (45, 72))
AGE: Final[Mapping[str, Mapping[int, float]]] = {
    "trafficking": {0: 0.05, 1: 0.22, 2: 0.60, 3: 0.13},
    "stateless": {0: 0.08, 1: 0.10, 2: 0.42, 3: 0.40},
    "child": {0: 1.0},
}
YOUNGEST: Final = {"labour": 12, "sexual": 13, "begging": 3, "criminal": 12, "domestic": 13}

STATELESS: Final = {"XXA": 0.55, "UND": 0.35, "SUN": 0.10}
"""How a person without citizenship is entered: stateless, undetermined, or with a Soviet passport only."""
OTHER: Final = {"CN": 0.3, "AF": 0.2, "MN": 0.15, "TM": 0.15, "UA": 0.15, "BY": 0.05}
CITIZENSHIP: Final[Mapping[str, Mapping[str, float]]] = {
    "trafficking": {
        "UZ": 0.62,
        "KZ": 0.25,
        "KG": 0.04,
        "TJ": 0.04,
        "RU": 0.02,
        "other": 0.02,
        "none": 0.01,
    },
    "sexual": {"KZ": 0.80, "UZ": 0.12, "KG": 0.03, "RU": 0.02, "TJ": 0.01, "none": 0.01, "other": 0.01},
    "stateless": {
        "none": 0.82,
        "KZ": 0.05,
        "UZ": 0.05,
        "RU": 0.04,
        "KG": 0.02,
        "TJ": 0.01,
        "other": 0.01,
    },
    "child": {
        "UZ": 0.52,
        "KG": 0.16,
        "TJ": 0.14,
        "none": 0.08,
        "RU": 0.05,
        "other": 0.03,
        "KZ": 0.02,
    },
}
PEOPLE: Final[Mapping[str, Mapping[str, float]]] = {
    "KZ": {"kk": 0.70, "ru": 0.19, "uz": 0.05, "ug": 0.04, "ky": 0.01, "tg": 0.01},
    "UZ": {"uz": 0.86, "kk": 0.06, "tg": 0.04, "ru": 0.03, "ky": 0.01},
    "KG": {"ky": 0.78, "uz": 0.13, "ru": 0.05, "ug": 0.03, "tg": 0.01},
    "TJ": {"tg": 0.84, "uz": 0.14, "ky": 0.02},
    "RU": {"ru": 0.66, "kk": 0.16, "tg": 0.07, "uz": 0.07, "ky": 0.04},
    "XXA": {"kk": 0.36, "uz": 0.29, "ru": 0.20, "ug": 0.06, "ky": 0.05, "tg": 0.04},
    "CN": {"kk": 0.65, "ug": 0.35},
    "MN": {"kk": 1.0},
    "AF": {"tg": 0.8, "uz": 0.2},
    "TM": {"uz": 0.7, "kk": 0.2, "ru": 0.1},
    "UA": {"ru": 1.0},
    "BY": {"ru": 1.0},
}
"""Who the citizens of a country are among the clients; `XXA` stands for every person without citizenship."""

SECTOR: Final[Mapping[str, Mapping[str, float]]] = {
    "labour": {
        "construction": 0.34,
        "agriculture": 0.14,
        "livestock": 0.18,
        "brick": 0.08,
        "manufacturing": 0.07,
        "market": 0.05,
        "catering": 0.05,
        "transport": 0.03,
        "car_wash": 0.03,
        "cotton": 0.02,
        "meat": 0.01,
    },
    "sexual": {"sauna_flat": 0.85, "online": 0.1, "street": 0.05},
    "begging": {"begging_place": 0.6, "street": 0.4},
    "criminal": {"street": 0.5, "online": 0.3, "other": 0.2},
    "domestic": {"household": 1.0},
}
SOURCE: Final[Mapping[str, Mapping[str, float]]] = {
    "trafficking": {
        "police": 0.28,
        "self": 0.22,
        "helpline_116_16": 0.14,
        "family_friend": 0.1,
        "ngo": 0.08,
        "embassy": 0.05,
        "international": 0.05,
        "outreach": 0.03,
        "migration_service": 0.03,
        "health": 0.02,
    },
    "stateless": {
        "self": 0.45,
        "family_friend": 0.15,
        "ngo": 0.12,
        "social_protection": 0.1,
        "migration_service": 0.1,
        "outreach": 0.05,
        "health": 0.03,
    },
    "child": {
        "police": 0.25,
        "education": 0.2,
        "social_protection": 0.15,
        "family_friend": 0.15,
        "self": 0.1,
        "ngo": 0.08,
        "border_service": 0.04,
        "health": 0.03,
    },
}
"""Who brought the person: an assumption, in the classes of the Trafficking in Persons reports."""
OUTCOME: Final = {"open": 0.45, "documents": 0.22, "returned": 0.16, "lost_contact": 0.09, "criminal_case": 0.08}
YOUNG_CASE: Final = 30
"""Days: a case opened later than that is still open, whatever the shares say."""

kind = Weighted(KIND)
region = Weighted(REGION)
child_region = Weighted(CHILD_REGION)
exploitation = Weighted(EXPLOITATION)
age = {name: Weighted(bands) for name, bands in AGE.items()}
stateless = Weighted(STATELESS)
other = Weighted(OTHER)
citizenship = {name: Weighted(found) for name, found in CITIZENSHIP.items()}
people = {name: Weighted(found) for name, found in PEOPLE.items()}
sector = {name: Weighted(found) for name, found in SECTOR.items()}
source = {name: Weighted(found) for name, found in SOURCE.items()}
outcome = Weighted(OUTCOME)
