"""A value, a date or a code that cannot be taken as it was given."""

from collections.abc import Collection, Mapping
from typing import ClassVar, Final

from kzcase.domain.errors.kinds import BadInput, NotFound
from kzcase.i18n import Words, _

__all__ = [
    "Ambiguous",
    "BadPeriod",
    "CannotPrint",
    "DayTooFar",
    "FieldMissing",
    "InTheFuture",
    "NoSuchDate",
    "NoSuchList",
    "NoSuchRule",
    "NotACountry",
    "NotADate",
    "NotEdtf",
    "NotInForce",
    "NotInRange",
    "NotIsoDate",
    "OtherRuleHolds",
    "RegimeUnknown",
    "StayBackwards",
    "TooLarge",
    "TwoOpenStays",
    "UnknownCode",
]

FEW: Final = 12
"""So many codes of a list can be said in one line."""


class UnknownCode(NotFound):
    """A code that its list does not have."""

    words = _("The list “{list}” has no code “{code}”. `kzcase codes {list}` shows what it has.")
    with_choices = _("The list “{list}” has no code “{code}”. It has: {choices}.")
    with_near = _(
        "The list “{list}” has no code “{code}”. Near to it: {near}. `kzcase codes {list}` shows what it has."
    )
    elsewhere: ClassVar[Mapping[object, Words]] = {
        "fact": _("There is no fact “{code}”. `kzcase case stands` shows what may be stated in a case."),
        "step": _("There is no step “{code}” here. `kzcase case stands` shows the steps of a case."),
    }
    """By what is no list of codes: how to find what there is."""

    def __init__(self, place: str = "", **facts: object) -> None:
        super().__init__(place, **facts)
        choices, named = self.facts.pop("choices", ()), self.facts.pop("named", None)
        if self.facts.get("near") is None:
            self.facts.pop("near", None)
        if isinstance(choices, Collection) and 0 < len(choices) <= FEW:
            self.facts["choices"] = named or ", ".join(map(str, choices))
            self.facts.pop("near", None)

    def sentence(self) -> Words:
        """A short list is said whole, of a long one what is near."""
        if "near" in self.facts:
            return self._placed(self.with_near)
        if "choices" not in self.facts:
            words = self.elsewhere.get(self.facts.get("list"))
            return super().sentence() if words is None else self._placed(words)
        return self._placed(self.with_choices)

    def _placed(self, words: Words) -> Words:
        said = words.with_arguments(**self.facts)
        return _("{place}: {sentence}", place=self.place, sentence=said) if self.place else said


class Ambiguous(BadInput):
    """A name or number that fits several."""

    words = _("“{what}” fits more than one. Please use the id or the full number.")


class NotADate(BadInput):
    """What was typed cannot be read as a date."""

    words = _("This is not a date. Please write it like 22.11.2026, 11.2026, 2026 or 1990~.")


class NotIsoDate(NotADate):
    """A date in a file or a command that is not written the one way computers agree on."""

    words = _("This is not a date as files and commands write it. Please write it like 2026-11-22.")


class NotEdtf(NotADate):
    """A date in a file that is neither exact nor one of the approximate kinds."""

    words = _("This is not a date as files write it. Please write it like 1994-05-17, 1994-05, 1994, 199X or 1990~.")


class NoSuchDate(BadInput):
    """A date that the calendar does not have."""

    words = _("The calendar has no such date. Please check the day, the month and the year.")


class DayTooFar(BadInput):
    """A day that the calendar has and no case of ours can mean."""

    words = _("Only days from {first} to {last} can be counted here. Please check the year.")


class InTheFuture(BadInput):
    """Something that has happened cannot have happened on a day still to come."""

    words = _("This day has not come yet. Please write the day on which it happened.")


class NotInForce(BadInput):
    """A dated rule asked about a day on which it does not hold."""

    words = _("“{what}” is not in force on {day}. Please choose another rule or date, or ask your administrator.")


class OtherRuleHolds(NotInForce):
    """A dated rule asked about a day on which another one on the same subject holds."""

    words = _("“{what}” is not in force on {day}. On that day this one is: {instead}.")


class NoSuchRule(NotFound):
    """A rule nobody knows."""

    words = _("There is no rule “{what}”. `kzcase deadline --list` lists them all.")


class NoSuchList(NotFound):
    """A code list nobody knows."""

    words = _("There is no such list of codes. `kzcase codes` lists them all.")


class NotACountry(BadInput):
    """A citizenship that is no code of a country."""

    words = _("This is no code of a country. Please write two capital letters, such as UZ: `kzcase codes country`.")


class NotInRange(BadInput):
    """A number smaller or greater than it can be."""

    words = _("“{key}” is a whole number from {low} to {high}.")


class RegimeUnknown(BadInput):
    """Nobody wrote down under which rule these citizens stay, so no date is computed."""

    words = _("It is not known under which rule this person stays. Please check it and choose the rule yourself.")


class TwoOpenStays(BadInput):
    """Two stays of one kind that have not ended."""

    words = _("Two stays have no end. Please write the day on which the earlier one ended.")


class StayBackwards(BadInput):
    """A stay that ends before it begins."""

    words = _("This stay ends on {end}, before it begins on {start}. Please check both days.")


class FieldMissing(BadInput):
    """A question that lacks something."""

    words = _("This is needed and missing.")


class BadPeriod(BadInput):
    """Not a reporting period."""

    words = _("“{period}” is not a period. Please write 2026, 2026-H1, 2026-Q3 or 2026-07.")


class CannotPrint(BadInput):
    """Letters that the paper's font does not have: they would be missing on paper without anybody noticing."""

    words = _("Paper cannot show {script} ({letters}). Please write them in Cyrillic or Latin letters and print again.")
    in_field = _(
        "“{field}”: paper cannot show {script} ({letters}). Please write this in Cyrillic or Latin letters and "
        "print again."
    )

    def sentence(self) -> Words:
        """Names the field where it is known, so that nobody has to look for the letter."""
        return self.in_field.with_arguments(**self.facts) if self.facts.get("field") else super().sentence()


class TooLarge(BadInput):
    """More than the program is willing to read."""

    words = _("This is larger than kzcase reads ({limit}). Please make it smaller.")
