"""Everything the trade's rules need, as of one version: lists, holidays, terms, amounts and pathways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from kzcase.domain import ages, stay
from kzcase.domain.codes import Code, CodeList
from kzcase.domain.consent_ages import ConsentRules
from kzcase.domain.deadlines import Deadline, DeadlineRules
from kzcase.domain.errors import NotFound
from kzcase.domain.mci import MciTable
from kzcase.domain.pathways import Pathway, StageResult, stage_of
from kzcase.domain.pathways_reading import Common
from kzcase.domain.purposes import Purpose
from kzcase.domain.retention import RetentionRules
from kzcase.domain.rule_changes import RuleChange
from kzcase.domain.sheets import InformationSheet
from kzcase.domain.stay import StayAnswer, StayOverride
from kzcase.domain.workdays import WorkCalendar
from kzcase.i18n import Language

STAYS: Final = frozenset({"visa_free_stay", "ninety_180"})
"""Rules whose last day is the last of a stay."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """One version of all rules and lists; `hash` names it, and stands beside whatever was computed from it."""

    codes: Mapping[str, CodeList]
    calendar: WorkCalendar
    deadlines: DeadlineRules
    mci: MciTable
    pathways: Mapping[str, Pathway]
    hash: str
    purposes: tuple[Purpose, ...] = ()
    retention: RetentionRules = field(default_factory=RetentionRules)
    sheets: tuple[InformationSheet, ...] = ()
    scripts: tuple[InformationSheet, ...] = ()
    """What an operator says, by situation."""
    consent_ages: ConsentRules = field(default_factory=ConsentRules)
    prepared: Mapping[str, Pathway] = field(default_factory=dict)
    """Pathways that are complete but not offered yet."""
    common: Common = field(default_factory=Common)
    changes: tuple[RuleChange, ...] = ()
    """What the organisation changed, in the order it did; what cannot be used is among them and changes nothing."""
    overrides: tuple[StayOverride, ...] = ()

    def list(self, list_id: str) -> CodeList:
        """A code list. `NotFound` when there is none of that name."""
        found = self.codes.get(list_id)
        if found is None:
            raise NotFound(what=_showable(list_id))
        return found

    def name(self, list_id: str, code: str, language: Language) -> str:
        """The name of a code in one language; retired codes too. `UnknownCode` otherwise."""
        return self.list(list_id).name(code, language)

    @property
    def countries(self) -> CodeList:
        """Countries and the special codes of citizenship."""
        return self.list("country")

    def deadline(self, rule_id: str, start: date) -> Deadline:
        """The deadline that an event of `start` sets off, by the version then in force; a stay goes on in a time of
        leave to stay."""
        return self.with_leave(self.deadlines.deadline(rule_id, start, self.calendar))

    def with_leave(self, found: Deadline) -> Deadline:
        """A deadline that ends a stay, moved by the leave that was given to everybody."""
        if found.rule.id not in STAYS or not self.overrides:
            return found
        due, by = stay.extended(found.due, self.overrides)
        return found if by is None else replace(found, due=due, extended_by=by.source)

    def stay(self, untrusted: object) -> StayAnswer:
        """The answer to the JSON question of `kzcase stay`."""
        question = stay.read_question(untrusted, self.countries)
        return stay.count_stay(replace(question, overrides=self.overrides))

    def age_band(self, set_name: str, birth: str, on: date, sex: str = "unknown") -> Code:
        """The age band of a set on the day of an event."""
        return ages.age_band(self.list("age_band"), set_name, birth, on, sex)

    def stage(self, kind: str, facts: Mapping[str, bool]) -> StageResult:
        """Where a case of a kind stands. `NotFound` for a kind without a pathway."""
        pathway = self.pathways.get(kind)
        if pathway is None:
            raise NotFound(what=_showable(kind))
        return stage_of(pathway, facts)


def _showable(name: str) -> str:
    """The name if it looks like one; typed text is never repeated in an error."""
    return name if _NAME.fullmatch(name) else "?"
