"""The few kinds of error: what the person can put right, and what stands in the laptop's way."""

from collections.abc import Sequence
from typing import ClassVar, Self

from kzcase.i18n import Words, _


class KzcaseError(Exception):
    """Something kzcase can explain. `place` says where (`[1].person.birth`, `sheet survey, row 4`)."""

    words: ClassVar[Words]

    def __init__(self, place: str = "", **facts: object) -> None:
        super().__init__(place)
        self.place = place
        self.facts = facts

    def __copy__(self) -> Self:
        """The same error once more, whatever its class wants to be made with."""
        made = type(self).__new__(type(self), *self.args)
        made.__dict__.update(self.__dict__)
        return made

    def sentence(self) -> Words:
        """What to say to the person in front of the screen."""
        said = self.words.with_arguments(**self.facts)
        return _("{place}: {sentence}", place=self.place, sentence=said) if self.place else said

    def __str__(self) -> str:
        return type(self).__name__ + (f" at {self.place}" if self.place else "")


class RuleBroken(KzcaseError):
    """The person can put it right."""


class Trouble(KzcaseError):
    """The laptop is in the way."""


class BadInput(RuleBroken):
    """A value, a file or an answer that cannot be taken as it is."""

    words = _("This cannot be taken as it is. Please check it and try again.")


class BadInputs(BadInput):
    """Several bad inputs, each with its place; nothing was taken."""

    words = _("Some values need correcting.")

    def __init__(self, problems: Sequence[RuleBroken]) -> None:
        super().__init__()
        self.problems = tuple(problems)

    def sentence(self) -> Words:
        """The first problem, and how many more there are."""
        first = self.problems[0].sentence()
        more = len(self.problems) - 1
        return _("{first} (and {more} more)", first=first, more=more) if more else first


class NotFound(RuleBroken):
    """Nothing here goes by that name or number."""

    words = _("Nothing was found under “{what}”. Please check the number or name.")


class NotAllowed(RuleBroken):
    """The acting person's roles do not allow this."""

    words = _("Your role does not allow this. Please ask your supervisor.")


class NotPossibleNow(RuleBroken):
    """The state of the case, call or referral does not allow this now."""

    words = _("This is not possible in the present state. Please reload and look again.")
