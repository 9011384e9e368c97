"""Flags: something that whoever opens a case must know; put up with a reason, taken down with a reason."""

from kzcase.actions.checks import code
from kzcase.actions.finding import find_case, find_of_case
from kzcase.actions.wishes import Code, Done, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.teamwork import Flag
from kzcase.domain.errors import FlagDown, NotFound
from kzcase.queries.flags import may_see_flag


class RaiseFlag(Wish, frozen=True, kw_only=True):
    """Put a flag on a case. `seen_by`: everybody who opens it, those responsible, or supervisors only."""

    case: Ref
    kind: Code
    reason: RequiredLine
    seen_by: Code = "everyone"
    look_reason: LookReason | None = None


class TakeDownFlag(Wish, frozen=True, kw_only=True):
    """Take a flag off, and say why it no longer holds."""

    flag: Ref
    reason: RequiredLine
    look_reason: LookReason | None = None


@action("flag.raised", RaiseFlag)
def raise_flag(book: Casebook, wish: RaiseFlag) -> Done:
    """Put a flag up, on a closed case too."""
    with book.write("flag.raised") as act:
        case = find_case(act, wish.case)
        row = act.add(
            Flag(
                case_id=case.id,
                kind=code(act.rulebook, "flag_kind", wish.kind, "kind"),
                reason=wish.reason.strip(),
                seen_by=code(act.rulebook, "flag_sight", wish.seen_by, "seen_by"),
                raised_on=act.today,
                raised_by=act.acting.staff_id,
            )
        )
    return Done(act.id, act.changed, {"flag": row.id, "case": case.id}, case.number or "")


@action("flag.taken_down", TakeDownFlag)
def take_down_flag(book: Casebook, wish: TakeDownFlag) -> Done:
    """Take it down; it stays in the history. Whoever does not see it does not find it."""
    with book.write("flag.taken_down") as act:
        row = _seen(act, wish.flag)
        if row.taken_down_on is not None:
            raise FlagDown(place="flag")
        row.taken_down_on, row.taken_down_by = act.today, act.acting.staff_id
        row.taken_down_why = wish.reason.strip()
    return Done(act.id, act.changed, {"flag": row.id})


def _seen(act: Act, reference: str) -> Flag:
    row = find_of_case(act, Flag, reference, "flag")
    case = act.session.get_one(Case, row.case_id)
    if not may_see_flag(act, row, case):
        raise NotFound(place="flag", what=reference[:64])
    return row
