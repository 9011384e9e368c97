"""How one name is spelled on another page of a document: the Russian page and the Latin page, people by people.

Latin: ICAO Doc 9303 part 3 for Russian letters, with what passports of Kazakhstan do otherwise (initial Е is YE, С
between vowels is SS); Uzbek: the official Latin alphabet of 1995; Kyrgyz and Tajik: their passports' practice.
An *older* book is spelled in an older way. Written apart from the program's search keys, so that it can test them.
"""

import re
from collections.abc import Mapping
from typing import Final


def _table(pairs: str) -> dict[str, str]:
    return {pair[0]: pair[1:] for pair in pairs.split()}


_ICAO: Final = _table(
    "аA бB вV гG дD еE ёE жZH зZ иI йI кK лL мM нN оO пP рR сS тT уU фF хKH цTS чCH шSH щSHCH ъIE ыY ь эE юIU яIA"
)
_KAZAKH: Final = _ICAO | _table("әA ғG қK ңN өO ұU үU һH іI")
_KAZAKH_OLDER: Final = _KAZAKH | _table("юYU яYA йY щSCH өU")
_UZBEK: Final = _ICAO | _table("ёYO жJ йY хX ъʼ юYU яYA ўOʻ қQ ғGʻ ҳH")
_UZBEK_OLDER: Final = _UZBEK | _table("хKH ҳKH қK ғG ўU ъ")
_KYRGYZ: Final = _ICAO | _table("өO үU ңN")
_KYRGYZ_OLDER: Final = _KYRGYZ | _table("жJ йY юYU яYA")
_TAJIK: Final = _ICAO | _table("ёYO йY ъ юYU яYA ҷJ ҳH қQ ғGH ӣI ӯU")
_TAJIK_OLDER: Final = _TAJIK | _table("ҷDZH ҳKH қK ғG")

_RUSSIAN_PAGE: Final[Mapping[str, Mapping[str, str]]] = {
    "kk": _table("әа ғг қк ңн өо ұу үу һх іи"),
    "ru": {},
    "uz": _table("ўу қк ғг ҳх"),
    "ky": _table("өо үу ңн"),
    "tg": _table("ҳх қк ғг ӣи ӯу ҷдж"),
    "ug": _table("әа ғг қк ңн өо үу һх җдж"),
}
_RUSSIAN_WORDS: Final = {"ўғли": "угли", "қизи": "кизи", "ұлы": "улы", "қызы": "кызы"}
_VOWELS: Final = "аәеёиоөуұүыіэюя"
_TWO_CASES: Final = {
    people: str.maketrans({**table, **{letter.upper(): new.capitalize() for letter, new in table.items()}})
    for people, table in _RUSSIAN_PAGE.items()
}
_SINGLE_S: Final = re.compile(f"(?<=[{_VOWELS}])с(?=[{_VOWELS}])")
_FIRST_E: Final = re.compile(r"\bе")
_UZBEK_YE: Final = re.compile(rf"\bе|(?<=[{_VOWELS}ў])е")
_YO_OF_YU: Final = re.compile("Йў")


def on_russian_page(name: str, people: str) -> str:
    """`name`, written in the people's own Cyrillic, as the Russian page of a document has it."""
    if people == "uz":
        name = _YO_OF_YU.sub("Ю", name)
    for own, russian in _RUSSIAN_WORDS.items():
        name = name.replace(own, russian)
    return name.translate(_TWO_CASES[people])


def on_latin_page(name: str, people: str, *, older: bool = False) -> str:
    """`name`, written in the people's own Cyrillic, in capitals as on the Latin page of a passport."""
    lower = name.lower()
    match people:
        case "uz":
            spelled = _UZBEK_YE.sub("YE", lower) if not older else lower
            return _with(_UZBEK_OLDER if older else _UZBEK, spelled)
        case "ky":
            return _with(_KYRGYZ_OLDER if older else _KYRGYZ, lower)
        case "tg":
            return _with(_TAJIK_OLDER if older else _TAJIK, lower)
        case _:
            own = on_russian_page(lower, "ug") if people == "ug" else lower
            doubled = _FIRST_E.sub("YE", _SINGLE_S.sub("SS", own))
            return _with(_KAZAKH_OLDER if older else _KAZAKH, doubled)


def _with(table: Mapping[str, str], lower: str) -> str:
    return "".join(table.get(letter, letter) for letter in lower)
