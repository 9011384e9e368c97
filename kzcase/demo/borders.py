"""Where somebody of a given citizenship will have crossed into Kazakhstan on the way to a given region."""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final

from kzcase.demo.chance import Weighted

_SOUTH: Final = {"zhibek_zholy": 0.5, "b_konysbayev": 0.22, "kaplanbek": 0.14, "syrdariya": 0.07, "tselinny": 0.07}
_KYRGYZ: Final = {"kordai": 0.6, "aisha_bibi": 0.16, "syptay_batyr": 0.13, "aukatty": 0.08, "karasu": 0.03}
_WEST_BY_AIR: Final = {"KZ-47": "air_aktau", "KZ-23": "air_atyrau", "KZ-15": "air_aktobe"}
_AIRPORT: Final = {
    "KZ-75": "air_almaty",
    "KZ-19": "air_almaty",
    "KZ-71": "air_astana",
    "KZ-11": "air_astana",
    "KZ-79": "air_shymkent",
    "KZ-61": "air_turkistan",
    "KZ-35": "air_karaganda",
    "KZ-62": "air_karaganda",
    "KZ-39": "air_kostanay",
    "KZ-43": "air_kyzylorda",
    "KZ-27": "air_oral",
    "KZ-63": "air_oskemen",
    "KZ-10": "air_semey",
    "KZ-55": "air_pavlodar",
    "KZ-59": "air_petropavl",
    "KZ-31": "air_taraz",
    "KZ-33": "air_almaty",
    **_WEST_BY_AIR,
}
_RUSSIAN: Final[Mapping[str, Mapping[str, float]]] = {
    "KZ-23": {"kurmangazy": 1.0},
    "KZ-27": {"taskala": 0.3, "syrym": 0.5, "aksai": 0.2},
    "KZ-15": {"alimbet": 0.5, "zhaisan": 0.5},
    "KZ-39": {"kairak": 0.7, "akbalshyk": 0.3},
    "KZ-59": {"zhana_zhol": 0.3, "karakoga": 0.3, "kyzyl_zhar": 0.4},
    "KZ-55": {"urlutobe": 0.3, "kosak": 0.2, "sharbakty": 0.5},
    "KZ-10": {"auyl": 0.6, "zhezkent": 0.4},
    "KZ-63": {"ube": 1.0},
    "KZ-47": {"kurmangazy": 1.0},
    "KZ-43": {"zhaisan": 1.0},
}
_RUSSIAN_ELSEWHERE: Final = {"kairak": 0.35, "kyzyl_zhar": 0.25, "karakoga": 0.15, "sharbakty": 0.15, "syrym": 0.1}
_CHINESE: Final[Mapping[str, Mapping[str, float]]] = {
    "KZ-10": {"bakhty": 1.0},
    "KZ-63": {"maikapchagai": 1.0},
    "KZ-19": {"khorgos_nur_zholy": 0.7, "kalzhat": 0.3},
}
_CHINESE_ELSEWHERE: Final = {"khorgos_nur_zholy": 0.75, "dostyk": 0.25}
_BY_AIR: Final = 0.12
_ONLY_BY_AIR: Final = frozenset({"AF", "MN"})
_WITHOUT_PAPERS: Final = Weighted({"": 0.86, "unknown": 0.08, "outside_checkpoint": 0.06})
_NOT_KNOWN: Final = 0.06


def border_point(rng: Random, citizenship: str, region: str) -> str:
    """The code of the crossing point, or nothing for those who did not cross a border."""
    if citizenship == "KZ":
        return ""
    if citizenship in ("XXA", "UND", "SUN"):
        return _WITHOUT_PAPERS.draw(rng)
    if rng.random() < _NOT_KNOWN:
        return "unknown"
    if citizenship in _ONLY_BY_AIR or rng.random() < _BY_AIR:
        return _AIRPORT[region]
    return _points(citizenship, region).draw(rng)


@cache
def _points(citizenship: str, region: str) -> Weighted[str]:
    return Weighted(_by_land(citizenship, region))


def _by_land(citizenship: str, region: str) -> Mapping[str, float]:
    match citizenship:
        case "UZ" | "TJ":
            return {"tazhen": 0.8, "zhibek_zholy": 0.2} if region == "KZ-47" else _SOUTH
        case "KG":
            return {**_KYRGYZ, "kegen": 0.2} if region == "KZ-19" else _KYRGYZ
        case "TM":
            return {"temir_baba": 0.7, "zhibek_zholy": 0.3}
        case "CN":
            return _CHINESE.get(region, _CHINESE_ELSEWHERE)
        case _:
            return _RUSSIAN.get(region, _RUSSIAN_ELSEWHERE)
