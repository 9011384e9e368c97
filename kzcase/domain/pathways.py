"""The road of a case: an ordered list of stages, each reached when certain facts are true.

The stage is always derived from facts and the pathway's version, never written down.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kzcase.domain.errors import BrokenDefinition
from kzcase.i18n import Language, Words, _

# The closed set of facts a pathway may ask about, as a person would say them.
FACTS: Final[Mapping[str, Words]] = {
    "opened": _("the case is open"),
    "safe": _("the first safety check is done"),
    "screened": _("the screening is done"),
    "grounds_found": _("there are reasonable grounds"),
    "consented": _("the person has consented"),
    "status_known": _("it is known with whom the child is"),
    "identification_asked": _("the identification has begun"),
    "identified": _("the person is identified as a victim"),
    "not_identified": _("the person was not identified as a victim"),
    "assessed": _("the needs are assessed"),
    "evidence_gathered": _("the evidence is gathered"),
    "path_chosen": _("the legal path is chosen"),
    "filed": _("the application is filed"),
    "inquiry_sent": _("an inquiry was sent abroad"),
    "decided": _("the authority has decided"),
    "refused": _("the application was refused"),
    "documented": _("the person has documents"),
    "citizenship_obtained": _("citizenship is obtained"),
    "placed": _("the child is placed in a centre"),
    "planned": _("there is an individual plan"),
    "served": _("services are given"),
    "referred": _("a referral was sent"),
    "answered": _("a referral was answered"),
    "tracing_begun": _("the search for the family has begun"),
    "return_decided": _("it is decided whether to return"),
    "returned": _("the person has returned"),
    "reintegrating": _("work, school or housing is being arranged"),
    "followed_up": _("the follow-up has begun"),
    "closed": _("the case is closed"),
    "reopened": _("the case was reopened since"),
}
MAX_STAGES: Final = 40
MAX_TEXT: Final = 200_000
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_STAGE_KEYS: Final = frozenset(("id", "kk", "ru", "en", "when", "any", "unless", "optional"))


@dataclass(frozen=True, slots=True)
class Stage:
    """Reached when all of `when` and (if given) one of `any` are true and none of `unless`.

    `optional` stages run beside the road and are never named as the next one.
    """

    id: str
    kk: str
    ru: str
    en: str
    when: tuple[str, ...]
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    optional: bool = False

    def name(self, language: Language) -> str:
        """The stage's name in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def reached(self, facts: Mapping[str, bool]) -> bool:
        """Whether the facts put a case into this stage."""
        return not self.missing(facts) and not any(facts.get(fact) for fact in self.unless)

    def missing(self, facts: Mapping[str, bool]) -> tuple[str, ...]:
        """The facts still to come before this stage."""
        one_of = () if not self.any or any(facts.get(fact) for fact in self.any) else self.any
        return (*(fact for fact in self.when if not facts.get(fact)), *one_of)


@dataclass(frozen=True, slots=True)
class Pathway:
    """One version of the road for one kind of case; `version` is the hash of its content."""

    id: str
    kk: str
    ru: str
    en: str
    version: str
    stages: tuple[Stage, ...]

    def name(self, language: Language) -> str:
        """The pathway's name in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def stage(self, stage_id: str) -> Stage | None:
        """A stage by its id, or None when this version does not have it."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)


@dataclass(frozen=True, slots=True)
class StageResult:
    """Where a case stands, the facts that put it there, the next stage and the facts that one waits for (all ids)."""

    stage: str
    reasons: tuple[str, ...]
    next: str | None
    missing: tuple[str, ...]


def stage_of(pathway: Pathway, facts: Mapping[str, bool]) -> StageResult:
    """The furthest stage the facts reach (the first stage when they reach none), and what the next one waits for."""
    place = max((n for n, stage in enumerate(pathway.stages) if stage.reached(facts)), default=0)
    stage = pathway.stages[place]
    following = next((later for later in pathway.stages[place + 1 :] if not later.optional), None)
    reasons = tuple(fact for fact in (*stage.when, *stage.any) if facts.get(fact))
    if following is None:
        return StageResult(stage.id, reasons, None, ())
    return StageResult(stage.id, reasons, following.id, following.missing(facts))


def read_pathway(text: str, place: str) -> Pathway:
    """A pathway from TOML text. `BrokenDefinition` with the stage's place when it cannot be used."""
    if len(text) > MAX_TEXT:
        raise BrokenDefinition(place, why=_("it is larger than {count} characters", count=MAX_TEXT))
    try:
        untrusted = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise BrokenDefinition(place, why=_("it is not a TOML file")) from None
    _check_names(untrusted, place)
    if unknown := set(untrusted) - {"id", "kk", "ru", "en", "stage"}:
        raise BrokenDefinition(place, why=_("it does not know “{key}”", key=min(unknown)[:40]))
    entries = untrusted.get("stage")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MAX_STAGES:
        raise BrokenDefinition(place, why=_("it needs 1 to {count} stages", count=MAX_STAGES))
    stages = tuple(_stage(entry, f"{place}, stage {number}") for number, entry in enumerate(entries, 1))
    if len({stage.id for stage in stages}) < len(stages):
        raise BrokenDefinition(place, why=_("two stages have the same id"))
    version = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
    names = {key: untrusted[key] for key in ("id", "kk", "ru", "en")}
    return Pathway(version=version, stages=stages, **names)


def _stage(entry: object, place: str) -> Stage:
    if not isinstance(entry, dict):
        raise BrokenDefinition(place, why=_("a stage must be a [[stage]] of its own"))
    _check_names(entry, place)
    if unknown := set(entry) - _STAGE_KEYS:
        raise BrokenDefinition(place, why=_("it does not know “{key}”", key=min(unknown)[:40]))
    if type(entry.get("optional", False)) is not bool:
        raise BrokenDefinition(place, why=_("“{key}” must be true or false", key="optional"))
    when, one_of, unless = (_facts(entry, key, place) for key in ("when", "any", "unless"))
    if not when and not one_of:
        raise BrokenDefinition(place, why=_("a stage needs at least one fact in “when” or “any”"))
    names = {key: entry[key] for key in ("id", "kk", "ru", "en")}
    return Stage(when=when, any=one_of, unless=unless, optional=entry.get("optional", False), **names)


def _check_names(entry: Mapping[str, Any], place: str) -> None:
    for key in ("id", "kk", "ru", "en"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise BrokenDefinition(place, why=_("“{key}” is missing", key=key))
    if not _ID.fullmatch(entry["id"]):
        raise BrokenDefinition(place, why=_("an id has small Latin letters, digits and _ only"))


def _facts(entry: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    named = entry.get(key, [])
    if not isinstance(named, list):
        raise BrokenDefinition(place, why=_("“{key}” must be a list of facts", key=key))
    for fact in named:
        if not isinstance(fact, str) or fact not in FACTS:
            raise BrokenDefinition(place, why=_("“{fact}” is not a fact kzcase knows", fact=str(fact)[:40]))
    return tuple(named)
