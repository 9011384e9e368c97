"""Undo: an act that sets everything back, as long as nothing was changed since."""

from collections.abc import Iterator

from kzcase.actions.finding import must_find
from kzcase.actions.guards import must_stay_careful
from kzcase.actions.replies_sent import must_not_have_left
from kzcase.actions.wishes import Done, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.shape import typed
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.office import Partner
from kzcase.db.undoing import Undoing
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.journal.kinds import KINDS
from kzcase.queries.belonging import is_kept_away


class UndoAct(Wish, frozen=True, kw_only=True):
    """Undo one act by its id. The field is `of`: in a file of acts `act` is the kind."""

    of: Ref
    look_reason: LookReason | None = None


@action("act.undone", UndoAct)
def undo_act(book: Casebook, wish: UndoAct) -> Done:
    """Undo one act; the history keeps both. Whoever may not see what it was done on learns nothing of it, not even that
    it cannot be undone: the refusal is the one for an id that nobody knows."""
    with book.write("act.undone") as act:
        found = _found(book, act, wish.of)
        found.must_be_possible()
        act.must_be_allowed(KINDS[found.kind].permission)
        for entity, row_id in found.touched:
            must_find(act, _row(act, entity, row_id, wish.of), wish.of, "of")
        inverse = found.inverse()
        must_not_have_left(act, found.kind, inverse)
        for (entity, row_id), values in inverse.items():
            row = _row(act, entity, row_id, wish.of)
            if isinstance(row, Partner) and "kind" in values:
                must_stay_careful(act, row, str(values["kind"] or ""))
            for name, value in values.items():
                setattr(row, name, typed(entity, name, value))
    return Done(act.id, act.changed)


def _found(book: Casebook, act: Act, reference: str) -> Undoing:
    """`NotFound` for an act nobody knows, and alike for one on a case the acting person is kept away from."""
    act_id = from_hex(reference)
    found = book.undoing(act_id) if act_id is not None else None
    if found is None or any(is_kept_away(act, row) for row in _rows(act, found)):
        raise NotFound(place="of", what=reference[:64])
    return found


def _rows(act: Act, found: Undoing) -> Iterator[Journaled]:
    for entity, row_id in found.touched:
        row = act.session.get(ENTITIES[entity], row_id) if entity in ENTITIES else None
        if row is not None:
            yield row


def _row(act: Act, entity: str, row_id: Id, reference: str) -> Journaled:
    row = act.session.get(ENTITIES[entity], row_id)
    if row is None:  # it went with whoever was erased
        raise NotFound(place="of", what=reference[:64])
    return row
