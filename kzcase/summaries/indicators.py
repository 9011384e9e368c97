"""The standard indicators: the release codebook, its six frozen tables, and what each code counts as."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kzcase import paths
from kzcase.disclosure.codebook import Codebook, Variable, joined, never, within
from kzcase.disclosure.tables import Table, ordered_table
from kzcase.domain.codes import CodeList
from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.pathways_reading import MAX_TEXT
from kzcase.forms.code_choices import code_list
from kzcase.i18n import Language, _

INCIDENT: Final = "incident"
"""A fact may name the event or family it belongs to; it is never published."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """A codebook with its tables, its names in three languages, and what each code counts as."""

    codebook: Codebook
    tables: tuple[Table, ...]
    labels: Mapping[str, Mapping[Language, str]]
    """Names of variables (`sex`) and of categories (`sex=female`)."""
    counts_as: Mapping[str, Mapping[str, str]]
    otherwise: Mapping[str, str]
    macro_of: Mapping[str, str]

    def label(self, variable: str, category: str | None, language: Language) -> str:
        """A variable's name, or a category's."""
        return self.labels[variable if category is None else f"{variable}={category}"][language]

    def person(self, fact: Mapping[str, str]) -> dict[str, str]:
        """The categories of one person; unknown codes count as the codebook says, and nothing contradicts it."""
        person = {}
        for variable in self.codebook.variables:
            said = fact.get(variable.name, "")
            known = self.counts_as[variable.name].get(said, said)
            person[variable.name] = known if known in variable.categories else self.otherwise[variable.name]
        person["macro"] = self.macro_of[person["region"]]
        if person["type"] != "trafficking":
            person["exploitation"] = "none"
        elif person["exploitation"] == "none":
            person["exploitation"] = "other"
        if person["type"] == "child" and person["age"] != "0-17":
            person["age"] = "unknown"
        return person


@cache
def standard() -> Indicators:
    """The indicators that ship with the program."""
    return read_indicators(paths.resources("indicators", "standard.toml").read_text(encoding="utf-8"))


def read_indicators(text: str) -> Indicators:
    """Indicators from TOML text. `BrokenDefinition` when they cannot be used."""
    if len(text) > MAX_TEXT:
        raise BrokenDefinition("indicators", why=_("it is larger than {count} characters", count=MAX_TEXT))
    try:
        return parse_indicators(tomllib.loads(text))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenDefinition("indicators", why=_("it cannot be read")) from error


def parse_indicators(said: Mapping[str, Any]) -> Indicators:
    """Indicators from their file."""
    variables = tuple(Variable(one["name"], tuple(one["categories"])) for one in said["variables"])
    by_name = {variable.name: variable for variable in variables}
    macro_of = _macro_of(by_name["region"], by_name["macro"])
    links = [within("region", "macro", macro_of)]
    for one in said["never"]:
        (first, some), (second, others) = one.items()
        links.append(never(by_name[first], some, by_name[second], others))
    codebook = Codebook(variables, joined(links), said["version"])
    return Indicators(
        codebook,
        tuple(ordered_table(table, codebook) for table in said["tables"]),
        {key: label for one in said["variables"] for key, label in _labels(one)},
        {one["name"]: one.get("also", {}) for one in said["variables"]},
        {one["name"]: one["otherwise"] for one in said["variables"]},
        macro_of,
    )


def _codes(name: str) -> CodeList:
    found = code_list(name)
    if found is None:
        raise KeyError(name)
    return found


def _macro_of(region: Variable, macro: Variable) -> dict[str, str]:
    codes = _codes("region")
    found = {code: codes[code].attribute("macro") for code in region.categories}
    return {code: name if name in macro.categories else "unknown" for code, name in found.items()}


def _labels(one: Mapping[str, Any]) -> list[tuple[str, dict[Language, str]]]:
    own = {entry["code"]: entry for entry in one.get("own", ())}
    found: list[tuple[str, dict[Language, str]]] = [(one["name"], dict(one["label"]))]
    for category in one["categories"]:
        key = f"{one['name']}={category}"
        if category in own:
            entry = own[category]
            found.append((key, {"kk": entry["kk"], "ru": entry["ru"], "en": entry["en"]}))
        else:
            code = _codes(one["list"])[one.get("prefix", "") + category]
            found.append((key, {"kk": code.kk, "ru": code.ru, "en": code.en}))
    return found
