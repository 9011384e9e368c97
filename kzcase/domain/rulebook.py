"""Everything the trade's rules need, as of one version: lists, holidays, terms, amounts and pathways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kzcase.domain import ages, deadlines, stay
from kzcase.domain.codes import Code, CodeList
from kzcase.domain.deadlines import Deadline, DeadlineRules
from kzcase.domain.errors import NotFound
from kzcase.domain.mci import MciTable
from kzcase.domain.pathways import Pathway, StageResult, stage_of
from kzcase.domain.purposes import Purpose
from kzcase.domain.retention import RetentionRules
from kzcase.domain.stay import StayAnswer
from kzcase.domain.workdays import WorkCalendar
from kzcase.i18n import Language

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
    prepared: Mapping[str, Pathway] = field(default_factory=dict)
    """Pathways that are complete but not offered yet."""

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
        """The deadline that an event of `start` sets off, by the version then in force."""
        return deadlines.deadline(self.deadlines.on(rule_id, start), start, self.calendar)

    def stay(self, untrusted: object) -> StayAnswer:
        """The answer to the JSON question of `kzcase stay`."""
        return stay.count_stay(stay.read_question(untrusted, self.countries))

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
