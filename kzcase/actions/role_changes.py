"""Roles change later: given and taken by an administrator, with the keys that go with them."""

from collections.abc import Collection

from sqlalchemy import select

from kzcase.actions.checks import unknown_code
from kzcase.actions.finding import find_colleague
from kzcase.actions.log_key import take_log_key
from kzcase.actions.staff import hand_on_in, must_be_known, must_leave_an_administrator
from kzcase.actions.wishes import Code, Done, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.organisation import StaffRole
from kzcase.domain.errors import NoRole, NothingToChange
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Role, may
from kzcase.domain.rows import StaffRow
from kzcase.domain.rulebook import Rulebook


class ChangeRoles(Wish, frozen=True, kw_only=True):
    """Give a colleague roles and take others. `knowingly`: what only they could open stays closed, and one knows."""

    staff: Ref
    give: tuple[Code, ...] = ()
    take: tuple[Code, ...] = ()
    knowingly: bool = False


def roles_anew(row: StaffRow, wanted: Collection[Code], *, knowingly: bool = False) -> ChangeRoles | None:
    """The wish after which a colleague has exactly these roles; none where they have them already."""
    give = tuple(one for one in wanted if one not in row.roles)
    take = tuple(one for one in row.roles if one not in wanted)
    return ChangeRoles(staff=row.id, give=give, take=take, knowingly=knowingly) if give or take else None


@action("staff.roles_changed", ChangeRoles)
def change_roles(book: Casebook, wish: ChangeRoles) -> Done:
    """From the next opening on they may what their roles say; the key of the read log comes or goes with them."""
    given, taken = _roles(book.rulebook, wish.give, "give"), _roles(book.rulebook, wish.take, "take")
    with book.write("staff.roles_changed") as act:
        colleague = find_colleague(act, wish.staff, "staff")
        held = _held(act, colleague.id)
        remaining = (held.keys() | given) - taken
        if not remaining:
            raise NoRole(place="take")
        if remaining == held.keys():
            raise NothingToChange(place="give")
        _must_go(act, colleague.id, held.keys() - remaining, remaining, wish.knowingly)
        for role in held.keys() - remaining:
            for row in held[role]:
                row.struck = True
        for role in sorted(remaining - held.keys()):
            act.add(StaffRole(staff_id=colleague.id, role=role.value))
        if not may(remaining, Permission.READ_LOG):
            take_log_key(act, colleague.id)
        elif not may(held, Permission.READ_LOG) and colleague.kem_key:
            hand_on_in(act, book, colleague.id, colleague.kem_key)
    return Done(act.id, act.changed, {"staff": colleague.id})


def _must_go(act: Act, staff: Id, taken: Collection[Role], remaining: Collection[Role], knowingly: bool) -> None:
    """Somebody who administers must stay, and somebody who can open what they could."""
    if Role.ADMINISTRATOR in taken:
        must_leave_an_administrator(act, staff, "take")
    if taken:
        must_be_known(act, staff, remaining, "take", knowingly)


def _held(act: Act, staff: Id) -> dict[Role, list[StaffRole]]:
    """Each role with its rows: laptops may each have given it."""
    found: dict[Role, list[StaffRole]] = {}
    rows = act.session.scalars(select(StaffRole).where(StaffRole.staff_id == staff, StaffRole.struck.is_not(True)))
    for row in rows:
        if row.role in set(Role):
            found.setdefault(Role(row.role), []).append(row)
    return found


def _roles(rulebook: Rulebook, codes: Collection[str], place: str) -> set[Role]:
    for at, code in enumerate(codes):
        if code not in set(Role):
            raise unknown_code(
                "role", code, f"{place}[{at}]", {each: rulebook.codes["role"].get(each) for each in Role}
            )
    return {Role(code) for code in codes}
