"""Saved searches: a choice of cases kept under a name, for oneself on every laptop, or for the whole team."""

from typing import Any, Final

import msgspec

from kzcase.actions.finding import find_saved_search
from kzcase.actions.wishes import Done, Line, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.lists import SavedSearch
from kzcase.domain.case_filter import CaseFilter, checked, written
from kzcase.domain.errors import NotAFilter, NotAllowed
from kzcase.domain.permissions import Permission
from kzcase.i18n import _

READ_BY_TEAM: Final = _(
    "Colleagues who may not open these cases read the name of a shared search too. Write no person's name in it."
)


class Chosen(Wish, frozen=True, kw_only=True):
    """Which cases: codes and days alone, never a typed name."""

    kind: list[Line] = msgspec.field(default_factory=list)
    stage: list[Line] = msgspec.field(default_factory=list)
    region: list[Line] = msgspec.field(default_factory=list)
    urgency: list[Line] = msgspec.field(default_factory=list)
    source: list[Line] = msgspec.field(default_factory=list)
    border_point: list[Line] = msgspec.field(default_factory=list)
    worker: list[Line] = msgspec.field(default_factory=list)
    age: list[Line] = msgspec.field(default_factory=list)
    flag: list[Line] = msgspec.field(default_factory=list)
    overdue: bool = False
    state: Line = ""
    opened_from: Line = ""
    opened_to: Line = ""


class SaveSearch(Wish, frozen=True, kw_only=True):
    """Keep a choice of cases under a name; `shared`: the team has it too, also who may not open the cases: no person's
    name belongs into the name of it."""

    name: RequiredLine
    filters: Chosen
    shared: bool = False
    look_reason: LookReason | None = None


class RemoveSearch(Wish, frozen=True, kw_only=True):
    """Take a saved search away: one's own, or, for whoever leads the team, one that is shared."""

    search: Ref
    look_reason: LookReason | None = None


def chosen_of(wish: Chosen, place: str = "filters") -> CaseFilter:
    """What a wish chooses, checked. Raises NotAFilter."""
    said = {name: getattr(wish, name) for name in wish.__struct_fields__}
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return checked(CaseFilter(**plain), place)


@action("search.saved", SaveSearch)
def save_search(book: Casebook, wish: SaveSearch) -> Done:
    """Keep a choice of cases."""
    with book.write("search.saved") as act:
        chosen = chosen_of(wish.filters)
        if not chosen:
            raise NotAFilter("filters")
        row = act.add(SavedSearch(name=wish.name.strip(), filters=written(chosen), shared=wish.shared))
        row.staff_id = act.acting.staff_id
    return Done(act.id, act.changed, {"search": row.id})


@action("search.removed", RemoveSearch)
def remove_search(book: Casebook, wish: RemoveSearch) -> Done:
    """Take a saved search away."""
    with book.write("search.removed") as act:
        row = find_saved_search(act, wish.search)
        if row.staff_id != act.acting.staff_id and not act.may(Permission.LEAD_TEAM):
            raise NotAllowed(place="search")
        row.struck = True
    return Done(act.id, act.changed, {"search": row.id})
