"""A task as screens show it; tasks of the program say what is to be done in the language of whoever reads."""

from dataclasses import dataclass
from datetime import date

from kzcase.domain.consent_rows import CONSENT_TASKS
from kzcase.domain.tasks import REPLY, reminder
from kzcase.i18n import Words, _, verbatim


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task; `overdue` is as of today, `referral` the state of the one it reminds of."""

    id: str
    case: str
    case_number: str
    title: str | None
    due: date | None
    assignee: str | None
    done_on: date | None
    rule_id: str | None
    overdue: bool
    masked: frozenset[str] = frozenset()
    referral: str = ""

    @property
    def said(self) -> Words:
        """What is to be done; tasks of the program say it in the language of whoever reads."""
        if self.rule_id == REPLY:
            return reminder(self.referral, done=self.done_on is not None).with_arguments(number=self.title or "")
        if self.rule_id == "breach_notice":
            return _("Tell the authority about incident {number}", number=self.title or "")
        if (self.rule_id or "").startswith("request_"):
            return _("Answer request {number} about personal data", number=self.title or "")
        if self.rule_id == "crime_signal":
            return _("Pass on signal {number}", number=self.title or "")
        if (self.rule_id or "").startswith("signal_result"):
            return _("Ask what came of signal {number}", number=self.title or "")
        if self.rule_id == "signal_review":
            return _("Review the identity passed on with signal {number}", number=self.title or "")
        if self.rule_id == "line_alert":
            return _("A caller said the word of warning: look at “Shift” now")
        if self.rule_id == "call_back":
            return _("Call back, as promised in call {number}", number=self.title or "")
        if said := CONSENT_TASKS.get(self.rule_id or ""):
            return said.with_arguments(number=self.title or "")
        return verbatim(self.title or "")
