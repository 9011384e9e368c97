"""What a summary counts, people or calls: its periods, its tables, its words, and how it is worked out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kzcase.domain.release_rows import ReleaseRow
from kzcase.i18n import Words, _
from kzcase.queries.periods import supervisors
from kzcase.queries.releases import release_list
from kzcase.summaries import calls, casebook, checking, indicators
from kzcase.summaries.casebook import Ready
from kzcase.summaries.checking import PeriodChoice
from kzcase.summaries.indicators import Indicators


@dataclass(frozen=True, slots=True)
class Subject:
    """People or calls. `folder` begins the name of the folder its files are written to."""

    code: str
    name: Words
    how: Words
    folder: str
    indicators: Callable[[], Indicators]
    periods: Callable[[Any], Sequence[PeriodChoice]]
    prepare: Callable[..., Ready | None]


PEOPLE: Final = Subject(
    "people",
    _("People and cases"),
    _("A person is counted once, in the period of the first case."),
    "",
    indicators.standard,
    checking.period_choices,
    casebook.prepare,
)
CALLS: Final = Subject(
    "calls",
    _("Calls to the helpline"),
    _("Calls are counted by quarters. Of one known caller only a few calls count, so that nobody can be seen."),
    "calls-",
    calls.call_indicators,
    calls.call_period_choices,
    calls.prepare_calls,
)
SUBJECTS: Final[dict[str, Subject]] = {each.code: each for each in (PEOPLE, CALLS)}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the page shows at first: the periods of each subject, the ledger, and who may sign."""

    periods: Mapping[str, Sequence[PeriodChoice]]
    releases: Sequence[ReleaseRow]
    supervisors: Sequence[str]


def look_at(reader: Any) -> Looked:
    """Look at periods and ledger."""
    periods = {code: subject.periods(reader) for code, subject in SUBJECTS.items()}
    return Looked(periods, release_list(reader), supervisors(reader))
