"""Undo: an act that sets everything back, as long as nothing was changed since."""

from kzcase.actions.finding import must_find
from kzcase.actions.replies_sent import must_not_have_left
from kzcase.actions.wishes import Done, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.shape import typed
from kzcase.db.tables import ENTITIES
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import from_hex
from kzcase.journal.kinds import KINDS


class UndoAct(Wish, frozen=True, kw_only=True):
    """Undo one act by its id. The field is `of`: in a file of acts `act` is the kind."""

    of: Ref
    look_reason: LookReason | None = None


@action("act.undone", UndoAct)
def undo_act(book: Casebook, wish: UndoAct) -> Done:
    """Undo an act; the history keeps both."""
    act_id = from_hex(wish.of)
    if act_id is None:
        raise NotFound(place="of", what=wish.of[:64])
    with book.write("act.undone") as act:
        kind, inverse = book.inverse(act_id)
        act.must_be_allowed(KINDS[kind].permission)
        must_not_have_left(act, kind, inverse)
        for (entity, row_id), values in inverse.items():
            row = act.session.get_one(ENTITIES[entity], row_id)
            must_find(act, row, wish.of, "of")
            for name, value in values.items():
                setattr(row, name, typed(entity, name, value))
    return Done(act.id, act.changed)
