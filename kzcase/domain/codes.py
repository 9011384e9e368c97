"""Code lists: every choice kzcase offers, with its names in three languages and the time it holds.

A retired code is no longer offered but stays readable, because old cases carry it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from kzcase.domain import csv_text
from kzcase.domain.errors import BrokenDefinition, UnknownCode
from kzcase.i18n import Language, _

COLUMNS: Final = (
    "code",
    "kk",
    "ru",
    "en",
    "order",
    "valid_from",
    "valid_to",
    "doubtful",
    "source",
    "checked_on",
)
MAX_ROWS: Final = 20_000
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+-]{0,63}")


@dataclass(frozen=True, slots=True)
class Code:
    """One choice of a list. `doubtful`: a wording or fact nobody has confirmed yet, and shown as such."""

    code: str
    kk: str
    ru: str
    en: str
    order: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False
    source: str = ""
    checked_on: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)

    def name(self, language: Language) -> str:
        """The name in one language."""
        match language:
            case "kk":
                return self.kk
            case "ru":
                return self.ru
            case "en":
                return self.en

    def holds_on(self, day: date) -> bool:
        """Whether the code may be chosen for something that happened on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def attribute(self, name: str, day: date | None = None) -> str:
        """A list-specific column, `""` when it has none; with `day`, the part of a dated value that holds then."""
        value = self.attributes.get(name, "")
        return value if day is None else dated(value, day)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list in its own order."""

    id: str
    codes: tuple[Code, ...]
    _by_code: Mapping[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", MappingProxyType({code.code: code for code in self.codes}))

    def __getitem__(self, code: str) -> Code:
        """The code, retired or not; `UnknownCode` when the list does not have it."""
        found = self._by_code.get(code)
        if found is None:
            raise UnknownCode(list=self.id, code=_showable(code))
        return found

    def get(self, code: str) -> Code | None:
        """The code, retired or not, or None."""
        return self._by_code.get(code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def name(self, code: str, language: Language) -> str:
        """The name of a code in one language; retired codes too."""
        return self[code].name(language)

    def choices(self, day: date | None = None) -> tuple[Code, ...]:
        """What may be chosen on `day`; without a day, everything that was never retired."""
        if day is None:
            return tuple(code for code in self.codes if code.valid_to is None)
        return tuple(code for code in self.codes if code.holds_on(day))

    def children(self, parent: str) -> tuple[Code, ...]:
        """The codes below another code of a two-level list."""
        return tuple(code for code in self.codes if code.attributes.get("parent") == parent)


def dated(text: str, day: date) -> str:
    """The part of a dated value that holds on `day`: `"/2015-08-11=visa_free;2015-08-12/=eaeu"` → one word.

    A period without `=` means yes (`"yes"`); a text without any period holds always.
    """
    if "/" not in text:
        return text
    for part in text.split(";"):
        period, equals, value = part.partition("=")
        first, _slash, last = period.partition("/")
        if (first or "0000") <= day.isoformat() <= (last or "9999"):
            return value if equals else "yes"
    return ""


def read_code_list(list_id: str, text: str) -> CodeList:
    """A code list from CSV text. `BrokenDefinition` with the row when it cannot be used."""
    rows = csv_text.rows(text, COLUMNS, f"codes/{list_id}.csv")
    _place, extra = next(rows)
    codes: dict[str, Code] = {}
    for place, row in rows:
        code = _code(place, row, extra)
        if code.code in codes:
            raise BrokenDefinition(place, why=_("the code “{code}” stands there twice", code=code.code))
        codes[code.code] = code
        if len(codes) > MAX_ROWS:
            raise BrokenDefinition(place, why=_("a list has at most {count} rows", count=MAX_ROWS))
    return CodeList(list_id, tuple(sorted(codes.values(), key=lambda code: code.order)))


def _code(place: str, row: list[str], extra: list[str]) -> Code:
    code, kk, ru, en, order, valid_from, valid_to, doubtful, source, checked_on, *rest = row
    if not _CODE.fullmatch(code):
        raise BrokenDefinition(place, why=_("a code has Latin letters, digits and _ : . + - only"))
    if not (kk and ru and en):
        raise BrokenDefinition(place, why=_("a code needs its name in Kazakh, Russian and English"))
    try:
        position, since, until, checked = int(order), _day(valid_from), _day(valid_to), _day(checked_on)
    except ValueError:
        raise BrokenDefinition(place, why=_("a number or a date (2026-12-31) cannot be read")) from None
    attributes = {name: value for name, value in zip(extra, rest, strict=True) if value}
    return Code(code, kk, ru, en, position, since, until, doubtful == "1", source, checked, attributes)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _showable(code: str) -> str:
    """The code if it looks like one; typed text is never repeated in an error."""
    return code if _CODE.fullmatch(code) else "?"
