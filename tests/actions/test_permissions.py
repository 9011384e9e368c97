"""Who may do what: every role at every kind of act, in real casebooks, beside the one table that says so."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kzcase.db.casebook import Casebook
from kzcase.domain.errors import KzcaseError, NotAllowed
from kzcase.domain.permissions import MAY, Role
from kzcase.journal.kinds import KINDS
from kzcase.keys.identity import Identity
from tests.db.books import founded
from tests.db.drivers import DRIVERS, World
from tests.db.laptops import colleague, laptop

NEEDS_MORE = {"casebook.founded", "staff.removed", "summary.approved", "act.undone", "case.assigned", "batch.added"}
NEEDS_MORE |= {"staff.recovered", "shares.issued", "step.cleared", "clearance.withdrawn"}
"""Kinds whose stories take two people or two kinds of act; what they need is checked at the door below."""

BEGUN_BY_OTHERS = {"alert.seen", "caller.checked", "emergency.reviewed", "signal.reviewed", "case.requested"}
BEGUN_BY_OTHERS |= {"approval.given", "approval.self_given", "approval.sent_back"}
BEGUN_BY_OTHERS |= {"case.request_granted", "case.request_refused", "found.answered", "match.decided"}
"""Kinds that answer what somebody else did, who then sits at the laptop or whose case is closed to a stranger."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Casebook]]:
    """A laptop for each role, of a colleague who has that role alone, in an office where everything happened once."""
    folder = tmp_path_factory.mktemp("roles")
    office = founded(folder)
    world = World(office, Random(1))
    for kind in KINDS:
        if kind not in NEEDS_MORE:
            DRIVERS[kind](world)
    office = world.book  # opened anew where a story lets somebody else sit down
    people: dict[Role, Identity] = {role: colleague(office, role) for role in Role}
    found = {role: laptop(folder, identity, office) for role, identity in people.items()}
    yield found
    for book in (*found.values(), office):
        book.close()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("role", Role)
def test_a_role_may_begin_what_the_table_says(books: dict[Role, Casebook], role: Role, kind: str) -> None:
    book, may = books[role], role in MAY[KINDS[kind].permission] and kind != "casebook.founded"
    before = journal_of(book)
    refused: KzcaseError | None = None
    try:
        with book.write(kind):
            pass
    except KzcaseError as error:
        refused = error
    assert isinstance(refused, NotAllowed) is not may
    assert journal_of(book) == before


@pytest.mark.parametrize("kind", sorted(set(KINDS) - NEEDS_MORE - BEGUN_BY_OTHERS))
@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_not_do_is_not_done(books: dict[Role, Casebook], role: Role, kind: str) -> None:
    if role in MAY[KINDS[kind].permission]:
        return
    before, done = journal_of(books[role]), times_done(books[role], kind)
    world = World(books[role], Random(2))
    try:
        with pytest.raises(NotAllowed):
            DRIVERS[kind](world)
    finally:
        books[role] = world.book
    assert times_done(books[role], kind) == done
    if not kind.startswith(BEGUN_OTHERWISE):
        assert journal_of(books[role]) == before


BEGUN_OTHERWISE = ("referral.", "package.", "package_key.shared", "partner.key_", "note.resealed", "audit_key.shared")
BEGUN_OTHERWISE += ("caseload.handed_over", "transfer.", "notice.", "withdrawal.recorded")
BEGUN_OTHERWISE += ("consent.corrected", "consent.revoked", "without_case.")
"""Kinds whose stories begin with what the role may do: a draft, a note, a colleague, a partner, a call."""


WHOLE = (
    "SELECT id, header, signature FROM acts ORDER BY id",
    "SELECT act_id, scope, content FROM parts ORDER BY act_id, scope",
    "SELECT act_id, scope, subject, body FROM bodies ORDER BY act_id, scope, subject",
)
_READ: dict[object, tuple[int, int]] = {}
"""What a connection read last: how far others had written by then, and one number for every byte of the journal."""


def journal_of(book: Casebook) -> int:
    """One number for every byte of the journal; read again only after something was written to the file at all."""
    with book.read() as reader:
        connection = reader.session.connection()
        asked, reading = connection.exec_driver_sql, connection.connection.dbapi_connection
        written: int = asked("PRAGMA data_version").scalar_one()
        if _READ.get(reading, (None, 0))[0] != written:
            _READ[reading] = written, hash(tuple(tuple(asked(each).all()) for each in WHOLE))
        return _READ[reading][1]


def times_done(book: Casebook, kind: str) -> int:
    with book.read() as reader:
        return reader.number(f"SELECT count(*) FROM acts WHERE kind = '{kind}'")


def test_undoing_needs_what_the_act_needed(books: dict[Role, Casebook], tmp_path: Path) -> None:
    """A psychologist may undo, but not a referral, which they may not write."""
    from kzcase.actions.history import UndoAct, undo_act
    from tests.actions.steps import a_draft_act

    with founded(tmp_path) as office:
        draft = a_draft_act(office)
        psychologist = colleague(office, Role.PSYCHOLOGIST)
        with laptop(tmp_path, psychologist, office) as book, pytest.raises(NotAllowed):
            undo_act(book, UndoAct(of=draft.act.hex()))
        before = journal_of(office)
        undo_act(office, UndoAct(of=draft.act.hex()))
        after = journal_of(office)
        assert after != before, "the canary: one act more is seen in what the tests above compare"
        with office._write_lock, office._transaction("take_in"):
            office._sql.run("UPDATE bodies SET body = NULL WHERE rowid = 2")
            office._sql.run("INSERT INTO bodies VALUES (zeroblob(16), zeroblob(16), zeroblob(16), x'01')")
        assert journal_of(office) != after, "the canary: one body emptied is seen, however many there are"
