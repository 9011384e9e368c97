"""Acts written down as JSON that cannot be performed, because they are not whole."""

from kzcase.domain.errors.files import NotJson
from kzcase.domain.errors.kinds import BadInput, BadInputs
from kzcase.i18n import Words, _


class NotActs(NotJson):
    """JSON that is no list of acts."""

    words = _("This is JSON, but no list of acts. A list stands in square brackets.")


class NotAnAct(BadInput):
    """An act nobody knows."""

    words = _(
        "“{kind}” is not an act this version knows. Did you mean [{near}]? `kzcase act --schema {word}` lists those "
        "that begin with {word}."
    )
    with_none_near = _("“{kind}” is not an act this version knows. `kzcase act --list` lists every act in words.")

    def sentence(self) -> Words:
        """What is near, where anything is."""
        if self.facts.get("near"):
            return super().sentence()
        said = self.with_none_near.with_arguments(**self.facts)
        return _("{place}: {sentence}", place=self.place, sentence=said) if self.place else said


class NoAct(BadInput):
    """Something in a list of acts that does not say what to do."""

    words = _(
        "“act” is missing here: an object in braces is expected whose “act” is an act such as [{near}]. "
        "The acts begin with [{first}]; `kzcase act --schema case` lists those that begin with case."
    )


class WrongShape(BadInput):
    """A field that is unknown, missing or of the wrong type."""

    words = _("This field does not fit: {detail}. `kzcase act --schema KIND` shows what the act takes.")


class ActsWrong(BadInputs):
    """Several fields of written acts that cannot be taken; each is said with its place, so that nobody asks twice."""


class MissingPerson(BadInput):
    """A case without a person."""

    words = _("Please say who the person is, with at least one name: as in a document, as heard, or “unknown”.")


class NoName(BadInput):
    """A name without a letter in it."""

    words = _("There is no name here. Please write at least one: as in a document, as heard, or “unknown”.")


class NothingToChange(BadInput):
    """A correction that corrects nothing."""

    words = _("Nothing was changed. Please fill in what should be corrected.")
