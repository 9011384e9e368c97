"""Our replies that left in a sealed file: what another organisation holds is not undone here."""

from collections.abc import Mapping
from typing import Final

from kzcase.db.reader import Act
from kzcase.db.tables.referrals import IncomingStep
from kzcase.domain.errors import ReplyLeft
from kzcase.domain.ids import Id
from kzcase.queries.incoming_referrals import steps_of_incoming

DECIDED: Final = "referral.decided"


def must_not_have_left(act: Act, kind: str, rows: Mapping[tuple[str, Id], object]) -> None:
    """Refuse to undo an answer to another organisation whose sealed reply was saved since; ReplyLeft says what helps.

    The line that says so cannot be undone either, or the answer could be after it.
    """
    if kind != DECIDED:
        return
    for entity, row_id in rows:
        step = act.session.get(IncomingStep, row_id) if entity == "incoming_steps" else None
        if step is None:
            continue
        there = steps_of_incoming(act, step.incoming_id or b"")
        from_here = there[next((at for at, each in enumerate(there) if each.id == step.id), 0) :]
        if any(not each.state for each in from_here):
            raise ReplyLeft(place="of")
