"""Our keys for packages: made in the casebook, closed to each colleague who refers, on a card for partners."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from kzcase.actions.opening_copies import opened_from
from kzcase.actions.wishes import Done, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.organisation import Staff
from kzcase.db.tables.referrals import PackageKey, PackageKeyCopy
from kzcase.domain.errors import ClosedToOthers, NothingToChange, NotSealedForYou
from kzcase.domain.ids import Id
from kzcase.keys.identity import OpeningKey
from kzcase.keys.packages import fresh_opening_key, key_id_of, opened_copy, sealed_copy
from kzcase.queries.package_keys import copies_of, holders_of, own_package_key, package_keys, who_may_open


class MakePackageKey(Wish, frozen=True, kw_only=True):
    """Make a new key to which partners close packages for us from now on."""


class SharePackageKeys(Wish, frozen=True, kw_only=True):
    """Close the keys one holds to colleagues who came since."""


@action("package_key.made", MakePackageKey)
def make_package_key(book: Casebook, _wish: MakePackageKey) -> Done:
    """A new pair; what was closed to older ones still opens."""
    private, public = fresh_opening_key()
    try:
        with book.write("package_key.made") as act:
            key = act.add(PackageKey(id=key_id_of(public), public=public, made_on=act.today))
            for colleague in sorted(who_may_open(act)):
                _close_to(act, key.id, private.reveal(), colleague)
    finally:
        private.wipe()
    return Done(act.id, act.changed, {"key": key.id})


@action("package_key.shared", SharePackageKeys)
def share_package_keys(book: Casebook, _wish: SharePackageKeys) -> Done:
    """Every key one holds, closed to whoever should have it. `NothingToChange` where nobody lacks one."""
    with book.write("package_key.shared") as act:
        given, held = 0, holders_of(act)
        for row in package_keys(act):
            lacking = who_may_open(act) - held.get(row.id, frozenset())
            if not lacking or row.id not in copies_of(act, act.acting.staff_id):
                continue
            with opening_key(book, act, row.id) as key:
                for colleague in sorted(lacking):
                    _close_to(act, row.id, key.secret.reveal(), colleague)
            given += len(lacking)
        if not given:
            raise NothingToChange(place="package_key.shared")
    return Done(act.id, act.changed)


def ensured_package_key(book: Casebook) -> bytes:
    """Our public key, made first where there is none yet."""
    with book.read() as reader:
        public = own_package_key(reader)
    if not public:
        make_package_key(book, MakePackageKey())
        with book.read() as reader:
            public = own_package_key(reader)
    return public


def opening_key(book: Casebook, reader: Reader, key_id: Id) -> AbstractContextManager[OpeningKey]:
    """One of our keys while it is needed; `NotSealedForYou` for whoever has no copy of it."""
    mine = reader.acting.staff_id
    copies = copies_of(reader, mine).get(key_id, ())
    return opened_from(copies, lambda sealed: opened_copy(key_id, sealed, mine, book.open_sealed))


@contextmanager
def key_for_file(book: Casebook, key_id: Id) -> Iterator[OpeningKey]:
    """The same for what somebody sent as a file. `ClosedToOthers` where it does not open: then the file is wrong, not
    the laptop."""
    try:
        with book.read() as reader, opening_key(book, reader, key_id) as key:
            yield key
    except NotSealedForYou as error:
        raise ClosedToOthers("file") from error


def _close_to(act: Act, key: Id, private: bytes | bytearray, staff_id: Id) -> None:
    colleague = act.session.get_one(Staff, staff_id)
    if colleague.kem_key:
        sealed = sealed_copy(key, private, staff_id, colleague.kem_key)
        act.add(PackageKeyCopy(key_id=key, staff_id=staff_id, kem_key=colleague.kem_key, sealed=sealed))
