"""Wishes: what somebody wants done, as plain frozen values that a dialog, a file or a script can fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Final, TypeVar

import msgspec

from kzcase.actions.reading import having_said_why
from kzcase.db.casebook import Casebook
from kzcase.domain.ids import Id
from kzcase.domain.limits import LONGEST_LINE, LONGEST_NUMBER, LONGEST_TEXT
from kzcase.domain.warned import Warned

_NO_CONTROLS: Final = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]*$"
"""No letter that paper cannot show or that turns the reading direction of a line round."""

_ANY: Final = "^" + _NO_CONTROLS
_SOMETHING: Final = r"^(?=[\s\S]*\S)" + _NO_CONTROLS

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT, pattern=_ANY)]
Required = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT, pattern=_SOMETHING)]
Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE, pattern=_ANY)]
RequiredLine = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_LINE, pattern=_SOMETHING)]
Number = Annotated[str, msgspec.Meta(max_length=LONGEST_NUMBER, pattern=_ANY)]
RequiredNumber = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NUMBER, pattern=_SOMETHING)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Ref = Annotated[str, msgspec.Meta(min_length=1, max_length=200, description="number or id")]
LookReason = Annotated[str, msgspec.Meta(min_length=1, max_length=64, description="a code of the list look_reason")]
"""Why somebody acts on a case beyond their reach; `look_reason` of a wish. Within reach nobody is asked."""
ISO_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
IsoDate = Annotated[str, msgspec.Meta(pattern=ISO_DAY)]


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every wish has in common: nothing unknown is taken, and a log or a report never shows what it holds."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: its id, the features whose screens should look again, and the ids and number it made.

    `warned` is what the casebook has to say of it; the texts of the wish itself are looked at by `warnings_of`.
    """

    act: Id
    changed: frozenset[str]
    ids: Mapping[str, Id] = field(default_factory=dict)
    number: str = ""
    warned: tuple[Warned, ...] = field(default=(), kw_only=True)

    def as_json(self, kind: str) -> dict[str, str]:
        """The same for the command line."""
        made = {name: value.hex() for name, value in self.ids.items()}
        return {"act": kind, "id": self.act.hex(), **made} | ({"number": self.number} if self.number else {})


@dataclass(frozen=True, slots=True)
class Action:
    """One act kind with the wish it takes and the function that performs it."""

    kind: str
    wish_type: type[Wish]
    perform: Callable[[Casebook, Any], Done]


ACTIONS: Final[dict[str, Action]] = {}
"""Every act that can be wished for, by kind. Filled by `action` as the modules of this room are imported."""

WishT = TypeVar("WishT", bound=Wish)


def action(
    kind: str, wish_type: type[WishT]
) -> Callable[[Callable[[Casebook, WishT], Done]], Callable[[Casebook, WishT], Done]]:
    """Declare the function that performs wishes of one kind."""

    def declare(perform: Callable[[Casebook, WishT], Done]) -> Callable[[Casebook, WishT], Done]:
        @wraps(perform)
        def performed(book: Casebook, wish: WishT) -> Done:
            return having_said_why(book, wish, lambda: perform(book, wish))

        ACTIONS[kind] = Action(kind, wish_type, performed)
        return performed

    return declare
