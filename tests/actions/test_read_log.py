"""The read log is opened by supervisors and auditors only; it says who looked at what, and what does not hold."""

from pathlib import Path

import pytest

from kzcase.actions import reading
from kzcase.actions.desk import FoundCasebook, found_casebook, open_desk
from kzcase.actions.read_log import read_log
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE, Place, ReadEntry, append
from kzcase.db.tables.organisation import AuditKeyCopy, Staff
from kzcase.domain.errors import NoLogKeyYet, NotAllowed, NotFound, NotSealedForYou
from kzcase.domain.looks import Look, escaped
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.keys.identity import Identity, seal_to
from kzcase.queries.looks import LooksWish
from tests.actions.steps import a_case, do
from tests.db.books import START, founded
from tests.db.laptops import colleague, laptop
from tests.keys.cheap import TINY

OWN = "керуен домбыра жусан бәйтерек"
SECOND = "облако калитка ястреб фонарь медь"
NASTY = "Ер\u202eлан\x1b[31m\nМысал"


def whats(book: Casebook, **wish: object) -> list[str]:
    """What the entries say, the oldest first, without the looks into the log itself."""
    rows = read_log(book, LooksWish(**wish)).looks  # type: ignore[arg-type]
    return [row.what for row in reversed(rows) if row.what != Look.LOG]


def put(book: Casebook, sealed: bytes) -> None:
    """An entry put into the chain past the program, as the chain wants it."""
    with book.local():
        append(book._sql, Place(book.facts.organisation, book.facts.incarnation), sealed)


def sealed_by(identity: Identity, book: Casebook, entry: ReadEntry) -> bytes:
    place = Place(book.facts.organisation, book.facts.incarnation)
    return seal_to(book.facts.audit_key, PURPOSE, entry.encoded(place, identity.sign))


# A4: who opens it


@pytest.mark.parametrize("role", Role)
def test_only_a_slot_of_a_supervisor_or_auditor_opens_entries(tmp_path: Path, role: Role) -> None:
    """With real key slots: what a colleague's passphrase opens is all they have."""
    path = tmp_path / "office.kzcase"
    found_casebook(path, FoundCasebook("Office", "Founder"), OWN, parameters=TINY, floor=TINY)[0].close()
    with open_desk(path, OWN, floor=TINY) as desk:
        add_colleague(desk, AddColleague("Colleague", (role,)), SECOND)
    with open_desk(path, SECOND, floor=TINY) as desk:
        with desk.book.local():
            sealed = [row[0] for row in desk.book._sql.rows("SELECT sealed FROM read_log")]
        assert sealed
        for each in sealed:
            with pytest.raises(NotSealedForYou):
                desk.keys.identity.open_sealed(PURPOSE, each)
        if role in MAY[Permission.READ_LOG]:
            assert "casebook.unlocked" in whats(desk.book)
            return
        with pytest.raises(NotAllowed):
            read_log(desk.book, LooksWish())
        with desk.book.read() as reader:  # nor is there any copy of the audit key that their own key opens
            copies = [row.sealed for row in reader.session.query(AuditKeyCopy)]
        for copy in copies:
            with pytest.raises(NotSealedForYou):
                desk.keys.identity.open_sealed(b"kzcase audit key 1" + desk.book.facts.organisation, copy or b"")


def test_a_copy_of_another_key_opens_nothing(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        auditor = colleague(office, Role.AUDITOR)
        with laptop(tmp_path, auditor, office) as book, pytest.raises(NoLogKeyYet):
            read_log(book, LooksWish())


# What it says


def test_it_is_filtered_by_case_and_colleague(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        one, other = a_case(book), a_case(book)
        number = reading.open_case(book, one).number
        reading.open_case(book, other)
        reading.search_cases(book, "Каримова")
        assert whats(book) == ["case.read", "case.read", "search.made"]
        assert whats(book, case=number) == whats(book, case=one) == ["case.read"]
        assert whats(book, who="Founder") == ["case.read", "case.read", "search.made"]
        stranger = colleague(book, Role.CASEWORKER)
        assert whats(book, who=stranger.staff_id.hex()) == []
        with pytest.raises(NotFound):
            read_log(book, LooksWish(who="Nobody"))
        (row,) = read_log(book, LooksWish(case=one)).looks
        assert (row.number, row.case, row.who, row.doubt) == (number, one, "Founder", "")


def test_it_is_read_page_by_page_and_every_reading_is_an_entry(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        for _look in range(7):
            reading.search_cases(book, "x")
        first = read_log(book, LooksWish(most=3))
        assert [row.index for row in first.looks] == [7, 6, 5]
        second = read_log(book, LooksWish(most=3, before=first.older))
        assert [row.index for row in second.looks] == [4, 3, 2]
        last = read_log(book, LooksWish(most=3, before=second.older))
        assert ([row.index for row in last.looks], last.older) == ([1, 0], None)
        few = read_log(book, LooksWish(case=a_case(book), among=4))
        assert (few.looks, few.older) == ((), last.chain.entries - 3)
        assert (last.chain.ok, last.chain.entries, last.chain.restarts) == (True, 10, 0)


def test_what_was_changed_or_forged_is_shown_as_such(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case = a_case(book)
        other = colleague(book, Role.CASEWORKER)
        for _look in range(3):
            reading.open_case(book, case)
        entry = ReadEntry("case.read", book.acting.staff_id, bytes.fromhex(case), START)
        put(book, sealed_by(other, book, entry))
        put(book, seal_to(book.facts.audit_key, PURPOSE, b"not an entry"))
        put(book, bytes(80))
        with book.local():
            book._sql.run("UPDATE read_log SET digest = zeroblob(32) WHERE index_in_chain = 1")
        page = read_log(book, LooksWish())
        doubts = {row.index: row.doubt for row in page.looks}
        assert doubts == {6: "", 5: "unreadable", 4: "unreadable", 3: "forged", 2: "chain", 1: "chain", 0: ""}
        assert (page.chain.ok, page.chain.broken) == (False, (1, 2))
        assert {row.index for row in read_log(book, LooksWish(case=case)).looks} >= {3, 4, 5}


def test_one_who_left_is_still_known(tmp_path: Path) -> None:
    """Entries stay checkable: the key that signed them is in the journal for good."""
    with founded(tmp_path) as office:
        leaving = colleague(office, Role.CASEWORKER)
        entry = ReadEntry("search.made", leaving.staff_id, office.facts.organisation, START)
        put(office, sealed_by(leaving, office, entry))
        with office.write("staff.removed") as act:
            act.session.get_one(Staff, leaving.staff_id).removed_on = act.today
        (row,) = read_log(office, LooksWish(who=leaving.staff_id.hex())).looks
        assert (row.doubt, row.who.startswith("Colleague")) == ("", True)


def test_of_a_case_one_is_kept_away_from_only_the_look_shows(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        case = a_case(office)
        number = reading.open_case(office, case).number
        colleague(office, Role.CASEWORKER)
        do(office, act="case.blocked", case=case, staff="Founder")
        (_own, row) = read_log(office, LooksWish()).looks
        assert (row.what, row.case, row.number, row.masked) == (
            "case.read",
            None,
            None,
            frozenset({"case", "number", "detail"}),
        )
        assert number not in repr(read_log(office, LooksWish()))
        with pytest.raises(NotFound):
            read_log(office, LooksWish(case=number))


# A6: signs that could steer a screen


def test_controls_and_turned_lines_are_spelled_out(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        identity = colleague(book, Role.CASEWORKER)
        with book.write("staff.added") as act:
            act.session.get_one(Staff, identity.staff_id).name = NASTY
        put(book, sealed_by(identity, book, ReadEntry("new.look", identity.staff_id, bytes(16), START)))
        (row,) = read_log(book, LooksWish(who=identity.staff_id.hex())).looks
        assert row.who == "Ер\\u202eлан\\u001b[31m\\u000aМысал"
        assert row.what == "new.look"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\n", "\x7f", "\x85", "\u200f", "\u202e", "\u2066", "\u2028"])
def test_every_odd_sign_is_spelled_out(sign: str) -> None:
    assert escaped(f"a{sign}б") == f"a\\u{ord(sign):04x}б"
    assert escaped("Әйгерім O'Қызы – 5") == "Әйгерім O'Қызы – 5"
