"""Forms that cannot be used, and answers that do not fit them."""

from kzcase.domain.errors.kinds import BadInput, BadInputs, NotFound, NotPossibleNow
from kzcase.i18n import Words, _


class BadForm(BadInput):
    """The definition of a form cannot be used; `why` holds the Words that say what is wrong."""

    words = _("This form cannot be used: {why}")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)
        self.why = why


class WrongAnswer(BadInput):
    """One answer that does not fit its question."""

    words = _("{sentence}")


class AnswersWrong(BadInputs):
    """Answers of a form that do not fit their questions."""


class NoSuchQuestion(NotFound):
    """A path of an answer that the form does not have."""

    words = _("The form has no question “{what}” here. Please check the path of the answer.")


class NotAReason(BadInput):
    """A reason for a missing answer that nobody knows."""

    words = _("This is no reason for a missing answer. There are: {known}.")


class WorkedOut(NotPossibleNow):
    """An answer by hand to what the form calculates."""

    words = _("The form works this out by itself. Please leave it out.")


class WorkedOutTooLong(BadInput):
    """A rule of a form that makes a text without end."""

    words = _(
        "What the form works out here is longer than {limit} characters. Please change the rule of this question."
    )


class CountedRepeat(NotPossibleNow):
    """One more or less of what the form counts."""

    words = _("The form itself says how many of these there are.")


class NoSuchForm(NotFound):
    """Neither a form that ships nor a file."""

    words = _("There is no form and no file “{what}”. `kzcase form list` names the forms that ship.")


class NoFormOfId(NotFound):
    """No form of this id is offered here."""

    words = _("There is no form “{what}” here. `kzcase form list` names all that ship.")


class NearFormOfId(NoFormOfId):
    """No form of this id is offered here; some of nearly this id are."""

    words = _("There is no form “{what}” here. Did you mean: {near}? `kzcase form list` names all that ship.")


class NoSuchPaper(NotFound):
    """Nothing that could be printed."""

    words = _("There is no paper or form “{what}”. There are: {known}.")


class NoPaperOfName(NoSuchPaper):
    """Nothing of this name can be printed; something of nearly this name can."""

    words = _("There is no paper or form “{what}”. Did you mean: {near}?")


class NothingToPrint(NotFound):
    """A paper that should be filled from something the case does not have yet."""

    words = _("{why} Print the paper blank, or record it first.")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)


class ShippedForm(NotPossibleNow):
    """A form of the office's own would take the place of one that ships."""

    words = _(
        "A form “{what}” ships with kzcase. Please give yours another id, or say that it is to take the place of ours."
    )


class FormOffered(NotPossibleNow):
    """The very version that is offered already."""

    words = _("The form “{what}” is offered in this very version already.")


class NothingToCheck(NotPossibleNow):
    """A language in which the form has no text that a native reader has to look at."""

    words = _("This form has no text in the language “{what}” that a native reader would have to check.")


class TextChecked(NotPossibleNow):
    """The text was checked already."""

    words = _("The text in the language “{what}” was checked already.")
