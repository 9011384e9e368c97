"""What can go wrong with papers that a client takes away, and with scans of papers that come back."""

from collections.abc import Sequence
from typing import Final

from kzcase.domain.errors.kinds import BadInput, NotFound, NotPossibleNow
from kzcase.i18n import Words, _

_NO_CODE: Final = _(
    "No code of a kzcase paper was found on this picture. Photograph the whole sheet from above in good light, "
    "or type the number from its foot."
)
_NOT_TAKEN: Final = _("Only papers that a client takes away have a discreet version.")
_OTHERS: Final = _("This paper is not written in the language “{language}”. It is written in: {known}.")
_BLANK: Final = _("This sheet was printed blank, for no case. Add the picture to its case as an attachment.")


class SafeToTakeUnasked(BadInput):
    """A paper for a client is wanted, and nobody said whether it is safe to take."""

    words = _("Ask first whether this paper is safe to take: it can be found at home. Say yes, no or office.")


class NotSafeToTake(NotPossibleNow):
    """A paper for a client who cannot take it safely."""

    words = _(
        "The paper was not printed: it is not safe to take. Read it aloud, or print it for the office and keep it here."
    )


class NotForClients(BadInput):
    """A version for clients of a paper that has none: the discreet one, or that of a bank card's size."""

    words = _("{why}")

    def __init__(self, place: str = "", *, why: Words = _NOT_TAKEN) -> None:
        super().__init__(place, why=why)


class RecipientUnasked(BadInput):
    """A filled form that goes to somebody outside is wanted, and nobody said for whom it is."""

    words = _("Say for whom this paper is: a partner of the directory, or “office” if it stays here.")


class NotForRecipients(BadInput):
    """A recipient was named for a paper that is no filled form of a case."""

    words = _("Only a filled form of a case is printed for one recipient. Leave the recipient out here.")


class PaperNotInLanguage(BadInput):
    """A paper in a language it was not written in, or in two languages that do not go together."""

    words = _("{why}")

    def __init__(
        self, place: str = "", *, language: str = "", known: Sequence[str] = (), why: Words | None = None
    ) -> None:
        super().__init__(place, why=why or _OTHERS.with_arguments(language=language, known=", ".join(known)))


class WrongPrintingNumber(BadInput):
    """A number of a printing with a sign missing or wrong."""

    words = _("This is not the number of a paper. Please compare it with the foot of the sheet: twelve signs.")


class NoSheetFound(NotFound):
    """A scan that leads to no case: no code of ours is seen on it, or that of a sheet printed blank for nobody."""

    words = _("{why}")

    def __init__(self, place: str = "", *, blank: bool = False) -> None:
        super().__init__(place, why=_BLANK if blank else _NO_CODE)
        self.blank = blank


class SeveralSheets(BadInput):
    """A scan that shows more than one paper."""

    words = _("This file shows {count} different papers. Scan each of them by itself.")


class AnotherSheet(BadInput):
    """A number typed by hand beside a code that says another one."""

    words = _("The code on this picture belongs to paper {number}. Please check the number you typed.")


class UnknownSheet(NotFound):
    """The number of a printing that this casebook does not have."""

    words = _("This casebook does not know the paper “{what}”: it was printed elsewhere, or for nobody.")


class ScanThere(NotPossibleNow):
    """A scan that joined its case before, byte for byte."""

    words = _("This very scan is with the case already, since {day}. Nothing was added.")
