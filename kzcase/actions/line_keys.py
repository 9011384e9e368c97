"""The line's key: made by a supervisor, closed to everybody who takes calls, handed on to those who come later."""

from contextlib import AbstractContextManager

from kzcase.actions.opening_copies import opened_from
from kzcase.actions.wishes import Done, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.helpline import LineKey, LineKeyCopy
from kzcase.db.tables.organisation import Staff
from kzcase.domain.errors import NoLineKey, NothingToChange
from kzcase.domain.ids import Id
from kzcase.keys.identity import OpeningKey
from kzcase.keys.line_keys import fresh_line_key, line_key_copy, opened_line_key
from kzcase.queries.line_keys import entitled, holders, line_key, own_copies


class MakeLineKey(Wish, frozen=True, kw_only=True):
    """Make a new key: call sheets written while the casebook is locked are closed to it from now on."""


class ShareLineKey(Wish, frozen=True, kw_only=True):
    """Close the key to colleagues who came since."""


@action("line_key.made", MakeLineKey)
def make_line_key(book: Casebook, _wish: MakeLineKey) -> Done:
    """A new pair. Its private half is nowhere but in the copies."""
    key = fresh_line_key()
    try:
        with book.write("line_key.made") as act:
            row = act.add(LineKey(public=key.public_kem, made_on=act.today))
            for colleague in sorted(entitled(act)):
                _close_to(act, row.id, key, colleague)
    finally:
        key.wipe()
    return Done(act.id, act.changed, {"key": row.id})


@action("line_key.shared", ShareLineKey)
def share_line_key(book: Casebook, _wish: ShareLineKey) -> Done:
    """Whoever takes calls can open what waits. `NothingToChange` where nobody lacks a copy."""
    with book.write("line_key.shared") as act:
        state = line_key(act)
        if not state.key:
            raise NoLineKey(place="line_key.shared")
        lacking = entitled(act) - holders(act, state.key)
        if not lacking:
            raise NothingToChange(place="line_key.shared")
        with private_line_key(book, act, state.key, state.public) as key:
            for colleague in sorted(lacking):
                _close_to(act, state.key, key, colleague)
    return Done(act.id, act.changed, {"key": state.key})


def private_line_key(book: Casebook, reader: Reader, key: Id, public: bytes) -> AbstractContextManager[OpeningKey]:
    """The pair while it is needed; `NotSealedForYou` for whoever has no copy of it."""
    mine = reader.acting.staff_id
    return opened_from(own_copies(reader, key), lambda sealed: opened_line_key(public, sealed, mine, book.open_sealed))


def _close_to(act: Act, row: Id, key: OpeningKey, staff_id: Id) -> None:
    colleague = act.session.get_one(Staff, staff_id)
    if colleague.kem_key:
        sealed = line_key_copy(key.public_kem, key.secret.reveal(), staff_id, colleague.kem_key)
        act.add(LineKeyCopy(key_id=row, staff_id=staff_id, kem_key=colleague.kem_key, sealed=sealed))
