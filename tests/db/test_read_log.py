"""The read log's chain shows every change, drop, insertion and move; its entries are closed to colleagues."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kzcase.db.casebook import Casebook
from kzcase.db.check import check_files
from kzcase.db.read_log import PURPOSE, Head, Place, ReadEntry, append, broken_links, head, opened, reaches
from kzcase.db.sql import Sql
from kzcase.domain.errors import NotSealedForYou
from kzcase.keys.identity import Identity, seal_to, signed_by
from tests.db.books import AUDIT, KEY, START, founded

ROUNDS = 1_000
CODES = ("case.read", "search.made", "names.shown")


def sealed_entry(book: Casebook, number: int, what: str = "case.read") -> bytes:
    place = Place(book.facts.organisation, book.facts.incarnation)
    entry = ReadEntry(what, book.acting.staff_id, bytes([number]) * 16, START, detail=f"n{number}")
    return seal_to(AUDIT.public_kem, PURPOSE, entry.encoded(place, book._identity.sign))


def place_of(book: Casebook) -> Place:
    return Place(book.facts.organisation, book.facts.incarnation)


def fill(book: Casebook, entries: int) -> Head:
    with book.local():
        for number in range(entries):
            append(book._sql, place_of(book), sealed_entry(book, number))
        return head(book._sql)


def test_an_untouched_chain_holds_and_only_the_audit_key_opens_it(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        fill(book, 5)
        with book.local():
            assert broken_links(book._sql) == []
            sealed = book._sql.value("SELECT sealed FROM read_log WHERE index_in_chain = 2")
        entry = opened(AUDIT.open_sealed(PURPOSE, sealed), place_of(book))
        assert (entry.entry.what, entry.entry.detail) == ("case.read", "n2")
        assert signed_by(book._identity.public_sign, entry.signature, entry.message)  # type: ignore[attr-defined]
    colleague = Identity.fresh(bytes(16), "Colleague")
    with pytest.raises(NotSealedForYou):
        colleague.open_sealed(PURPOSE, sealed)


# A thousand ways to tamper


def flip(sql: Sql, chance: Random, last: int, _book: Casebook) -> None:
    """Edit: one bit of the body, of the link or of the digest."""
    column, index = chance.choice(("sealed", "previous", "digest", "incarnation")), chance.randint(1, last)
    query = f"SELECT {column} FROM read_log WHERE index_in_chain = ?"
    value = bytearray(sql.value(query, (index,)))
    value[chance.randrange(len(value))] ^= 1 << chance.randrange(8)
    sql.run(f"UPDATE read_log SET {column} = ? WHERE index_in_chain = ?", (bytes(value), index))


def drop(sql: Sql, chance: Random, last: int, _book: Casebook) -> None:
    sql.run("DELETE FROM read_log WHERE index_in_chain = ?", (chance.randint(0, last - 1),))


def drop_and_close_up(sql: Sql, chance: Random, last: int, _book: Casebook) -> None:
    index = chance.randint(0, last - 1)
    sql.run("DELETE FROM read_log WHERE index_in_chain = ?", (index,))
    for later in range(index + 1, last + 1):
        sql.run("UPDATE read_log SET index_in_chain = ? WHERE index_in_chain = ?", (later - 1, later))


def swap(sql: Sql, chance: Random, last: int, _book: Casebook) -> None:
    one, other = chance.sample(range(last + 1), 2)
    move = "UPDATE read_log SET index_in_chain = ? WHERE index_in_chain = ?"
    for target, source in ((1_000, one), (one, other), (other, 1_000)):
        sql.run(move, (target, source))


def insert_between(sql: Sql, chance: Random, last: int, book: Casebook) -> None:
    index = chance.randint(0, last - 1)
    for later in range(last, index, -1):
        sql.run("UPDATE read_log SET index_in_chain = ? WHERE index_in_chain = ?", (later + 1, later))
    before = sql.value("SELECT digest FROM read_log WHERE index_in_chain = ?", (index,))
    put = "INSERT INTO read_log (index_in_chain, incarnation, previous, sealed, digest) VALUES (?, ?, ?, ?, ?)"
    made = (index + 1, book.facts.incarnation, before, sealed_entry(book, 99), chance.randbytes(32))
    sql.run(put, made)


def truncate(sql: Sql, chance: Random, last: int, _book: Casebook) -> None:
    sql.run("DELETE FROM read_log WHERE index_in_chain >= ?", (chance.randint(0, last),))


TAMPERING: tuple[Callable[[Sql, Random, int, Casebook], None], ...] = (
    flip,
    drop,
    drop_and_close_up,
    swap,
    insert_between,
    truncate,
)


def test_a_thousand_random_changes_are_all_found(tmp_path: Path) -> None:
    chance = Random(7)
    with founded(tmp_path) as book:
        whole = fill(book, 12)
        with book.local():
            for number in range(ROUNDS):
                tamper = TAMPERING[number % len(TAMPERING)]
                book._sql.run("SAVEPOINT attempt")
                tamper(book._sql, chance, whole.count - 1, book)
                assert broken_links(book._sql) or not reaches(book._sql, whole), tamper.__name__
                book._sql.run("ROLLBACK TO attempt")
                book._sql.run("RELEASE attempt")
            assert not broken_links(book._sql)
            assert reaches(book._sql, whole)


def test_a_chain_made_anew_from_the_middle_does_not_reach_what_was_witnessed(tmp_path: Path) -> None:
    """Somebody with the store key can compute every digest again; not what was noted elsewhere."""
    with founded(tmp_path) as book:
        whole = fill(book, 6)
        with book.local():
            kept = book._sql.rows("SELECT sealed FROM read_log WHERE index_in_chain > 3 ORDER BY index_in_chain")
            book._sql.run("DELETE FROM read_log WHERE index_in_chain >= 3")
            for (sealed,) in [(sealed_entry(book, 3),), *kept]:
                append(book._sql, place_of(book), sealed)
            assert broken_links(book._sql) == []
            assert head(book._sql).count == whole.count
            assert not reaches(book._sql, whole)


def test_an_entry_belongs_to_its_casebook_and_laptop(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        fill(book, 3)
        entry = AUDIT.open_sealed(PURPOSE, sealed_entry(book, 1))
        signer = book._identity.public_sign  # type: ignore[attr-defined]
        with book.local():
            for changed in ("organisation", "incarnation"):
                book._sql.run("SAVEPOINT attempt")
                if changed == "organisation":
                    book._sql.run("UPDATE local_facts SET value = zeroblob(16) WHERE name = 'organisation'")
                else:
                    book._sql.run("UPDATE read_log SET incarnation = zeroblob(16)")
                assert broken_links(book._sql) == [0, 1, 2]
                book._sql.run("ROLLBACK TO attempt")
                book._sql.run("RELEASE attempt")
        for other in (Place(bytes(16), book.facts.incarnation), Place(book.facts.organisation, bytes(16))):
            found = opened(entry, other)
            assert not signed_by(signer, found.signature, found.message)


def test_a_check_of_the_casebook_tells(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        fill(book, 4)
        path = book.folder.path
    assert "read_log" not in {finding.check for finding in check_files(path, KEY).findings}
    with founded(tmp_path) as book:
        fill(book, 4)
        path = book.folder.path
        with book.local():
            book._sql.run("DELETE FROM read_log WHERE index_in_chain = 1")
    assert "read_log" in {finding.check for finding in check_files(path, KEY).findings}


# Codes, never text


@pytest.mark.parametrize("typed", ["Каримова Дильноза", "two words", "a\nb", "\u202egnp", "x" * 65, "тел", "+7 700"])
@pytest.mark.parametrize("field", ["what", "reason", "detail"])
def test_typed_text_is_refused(typed: str, field: str) -> None:
    facts = {"what": "case.read", "reason": "", "detail": ""} | {field: typed}
    with pytest.raises(ValueError, match="codes"):
        ReadEntry(facts["what"], bytes(16), bytes(16), START, facts["reason"], facts["detail"])


@pytest.mark.parametrize("cut", range(0, 200, 13))
def test_bytes_that_are_no_entry_are_refused(tmp_path: Path, cut: int) -> None:
    with founded(tmp_path) as book:
        whole = AUDIT.open_sealed(PURPOSE, sealed_entry(book, 1))
        for untrusted in (whole[: cut % len(whole)], bytes(cut), whole + b"\0" * 2_000):
            with pytest.raises(ValueError, match=r"."):
                opened(untrusted, place_of(book))
