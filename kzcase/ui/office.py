"""What every page knows about the office it works in: who works here, what they may do, and what codes are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kzcase.domain.permissions import Permission, Role, may
from kzcase.domain.rows import PhoneRow
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import verbatim
from kzcase.ui import language
from kzcase.ui.language import Label
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import Choice, choices_of


@dataclass(slots=True, eq=False)
class Office:
    """Facts about an open casebook, taken once when it was opened; `rulebook` alone follows when the rules change."""

    rulebook: Rulebook
    colleague: str
    held_roles: frozenset[Role]
    organisation: str
    demonstration: bool

    def may(self, permission: Permission) -> bool:
        """Whether the person at the laptop may do this."""
        return may(self.held_roles, permission)

    def choices(self, list_id: str) -> tuple[Choice, ...]:
        """The codes of a list one may choose from."""
        return choices_of(self.rulebook.list(list_id).choices())

    def said(self, list_id: str, code: str | None) -> Label:
        """What a code is called; one the list does not have is shown as it stands, none as nothing."""
        return (self.rulebook.list(list_id).get(code) if code else None) or verbatim(code or "")

    def kinds(self) -> tuple[Choice, ...]:
        """The kinds of case this version knows the road of."""
        return tuple(each for each in self.choices("case_kind") if each.code in self.rulebook.pathways)

    def stage(self, kind: str | None, stage: str | None) -> Label:
        """What a stage of a case is called."""
        pathway = self.rulebook.pathways.get(kind or "")
        return (pathway.stage(stage) if pathway and stage else None) or verbatim(stage or "")


def office_of(book: Any) -> Office:
    """The facts of an open casebook; called where it is opened."""
    facts, acting = book.facts, book.acting
    return Office(book.rulebook, acting.name, frozenset(acting.grants), facts.organisation_name, facts.demonstration)


def stage_tone(stage: str | None) -> Tone:
    """How a stage is tinted: closed is grey, everything else is work."""
    return "neutral" if stage == "closed" else "info"


def joined(labels: Iterable[Label]) -> str:
    """Several names in one line, in the language of the window."""
    return ", ".join(filter(None, (language.text(each) for each in labels)))


def phone_with_rule(row: PhoneRow, office: Office) -> str:
    """A phone in one line: the rule first, then the number; none that somebody else holds."""
    if row.controlled:
        return f"{language.text(office.said('phone_control', 'controlled'))}: {MASK}"
    rule = "" if "number" in row.masked else language.text(office.said("safe_contact", row.safe or "unknown"))
    said = "; ".join(part for part in (rule, row.hours) if part)
    return ": ".join(part for part in (said, row.number or MASK) if part)
