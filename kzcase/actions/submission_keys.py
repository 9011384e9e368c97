"""Submission keys: made in the casebook, closed to each colleague who works on cases, never written anywhere else."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from kzcase.actions.opening_copies import opened_from
from kzcase.actions.wishes import Done, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.organisation import Staff, SubmissionKey, SubmissionKeyCopy
from kzcase.domain.errors import NothingToChange
from kzcase.domain.ids import Id, from_hex
from kzcase.journal.kinds import KINDS
from kzcase.keys.secret import Secret
from kzcase.keys.submission_keys import fresh_private_key, key_id_of, opened_copy, public_half, sealed_copy
from kzcase.queries.submission_keys import holders_of, own_copies, submission_keys, who_may_hold


class MakeSubmissionKey(Wish, frozen=True, kw_only=True):
    """Make a new key pair to which forms on phones close their answers from now on."""


class ShareSubmissionKeys(Wish, frozen=True, kw_only=True):
    """Close the keys one holds to colleagues who came since."""


@action("submission_key.made", MakeSubmissionKey)
def make_submission_key(book: Casebook, _wish: MakeSubmissionKey) -> Done:
    """A new pair. What was closed to older ones still opens."""
    return made_key(book, fresh_private_key)


def made_key(book: Casebook, draw: Callable[[], bytes]) -> Done:
    """The pair is drawn before the writing begins: it takes its time."""
    with book.read() as reader:
        reader.must_be_allowed(KINDS["submission_key.made"].permission)
    private = Secret(draw())
    try:
        public = public_half(private.reveal())
        with book.write("submission_key.made") as act:
            key = act.add(SubmissionKey(id=key_id_of(public), public=public, made_on=act.today))
            for colleague in sorted(who_may_hold(act)):
                _close_to(act, key.id, private, colleague)
    finally:
        private.wipe()
    return Done(act.id, act.changed, {"key": key.id})


@action("submission_key.shared", ShareSubmissionKeys)
def share_submission_keys(book: Casebook, _wish: ShareSubmissionKeys) -> Done:
    """Every key one holds, closed to whoever should have it. `NothingToChange` where nobody lacks one."""
    with book.write("submission_key.shared") as act:
        given = 0
        for row in submission_keys(act):
            key = from_hex(row.id) or b""
            lacking = who_may_hold(act) - holders_of(act).get(key, frozenset())
            if row.mine and lacking:
                with private_half(book, act, key) as private:
                    for colleague in sorted(lacking):
                        _close_to(act, key, private, colleague)
                given += len(lacking)
        if not given:
            raise NothingToChange(place="submission_key.shared")
    return Done(act.id, act.changed)


def private_half(book: Casebook, reader: Reader, key: Id) -> AbstractContextManager[Secret]:
    """The private half of a key while it is needed; `NotSealedForYou` for whoever has no copy of it."""
    mine = reader.acting.staff_id
    copies = own_copies(reader).get(key, ())
    return opened_from(copies, lambda sealed: opened_copy(key, sealed, mine, book.open_sealed))


def _close_to(act: Act, key: Id, private: Secret, staff_id: Id) -> None:
    colleague = act.session.get_one(Staff, staff_id)
    if colleague.kem_key:
        sealed = sealed_copy(key, private.reveal(), staff_id, colleague.kem_key)
        act.add(SubmissionKeyCopy(key_id=key, staff_id=staff_id, kem_key=colleague.kem_key, sealed=sealed))
