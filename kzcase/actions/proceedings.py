"""Administrative and criminal cases with a person in them: nothing goes on before the protection of victims is settled.

A victim or witness of trafficking may not be fined or expelled for what was done to them; somebody has to claim that.
"""

from typing import Final

from kzcase.actions.checks import code, day, past_day
from kzcase.actions.finding import find_record
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.lives import Proceeding
from kzcase.domain.errors import SafeguardOpen
from kzcase.queries.proceedings import is_settled

CLAIMED: Final = "claimed"


class DecideSafeguard(Wish, frozen=True, kw_only=True):
    """Say that the protection of victims was claimed in a proceeding, or declined by somebody who was told of it."""

    proceeding: Ref
    safeguard: Code
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class CloseProceeding(Wish, frozen=True, kw_only=True):
    """Write down how an administrative or criminal case ended."""

    proceeding: Ref
    outcome: Code
    ban_until: IsoDate | None = None
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("safeguard.decided", DecideSafeguard)
def decide_safeguard(book: Casebook, wish: DecideSafeguard) -> Done:
    """Claimed, or declined and informed; both with their day."""
    with book.write("safeguard.decided") as act:
        found = _proceeding(act, wish.proceeding)
        found.safeguard = code(act.rulebook, "safeguard", wish.safeguard, "safeguard")
        found.safeguard_on = past_day(wish.on, act.today)
    return Done(act.id, act.changed, {"record": found.id})


@action("proceeding.closed", CloseProceeding)
def close_proceeding(book: Casebook, wish: CloseProceeding) -> Done:
    """Close a proceeding; refused while nobody has asked about the protection of victims."""
    with book.write("proceeding.closed") as act:
        found = _proceeding(act, wish.proceeding)
        if not is_settled(act, found):
            raise SafeguardOpen("proceeding")
        found.outcome = code(act.rulebook, "proceeding_outcome", wish.outcome, "outcome")
        found.ban_until = day(wish.ban_until, "ban_until")
        found.closed_on = past_day(wish.on, act.today)
    return Done(act.id, act.changed, {"record": found.id})


def _proceeding(act: Act, reference: str) -> Proceeding:
    found = find_record(act, reference, "proceeding", Proceeding.__tablename__)
    assert isinstance(found, Proceeding)
    return found
