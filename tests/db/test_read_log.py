"""The read log's chain shows every change, drop, insertion and move; its entries are closed to colleagues."""

from pathlib import Path
from random import Random

import pytest

from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE, ReadEntry, append, broken_links
from kzcase.domain.errors import NotSealedForYou
from kzcase.keys.identity import Identity, OpeningKey, seal_to
from kzcase.keys.secret import Secret
from tests.db.books import START, founded

AUDIT = OpeningKey(Secret.fresh())


def filled(book: Casebook, entries: int) -> None:
    with book.local():
        for number in range(entries):
            look = ReadEntry("case.opened", bytes(16), bytes([number]) * 16, START)
            append(book._sql, look, lambda entry: seal_to(AUDIT.public_kem, PURPOSE, entry))


def test_an_untouched_chain_holds_and_only_the_audit_key_opens_it(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        filled(book, 5)
        with book.local():
            assert broken_links(book._sql) == []
            (sealed,) = book._sql.rows("SELECT sealed FROM read_log WHERE index_in_chain = 2")[0]
    assert b"case.opened" in AUDIT.open_sealed(PURPOSE, sealed)
    colleague = Identity.fresh(bytes(16), "Colleague")
    with pytest.raises(NotSealedForYou):
        colleague.open_sealed(PURPOSE, sealed)


def test_every_tampering_shows(tmp_path: Path) -> None:
    tampering = (
        "UPDATE read_log SET sealed = zeroblob(80) WHERE index_in_chain = {n}",
        "DELETE FROM read_log WHERE index_in_chain = {n}",
        "UPDATE read_log SET previous = zeroblob(32) WHERE index_in_chain = {n}",
        "UPDATE read_log SET index_in_chain = index_in_chain + 50 WHERE index_in_chain = {n}",
    )
    chance = Random(7)
    for statement in tampering:
        with founded(tmp_path) as book:
            filled(book, 6)
            with book.local():
                book._sql.run(statement.format(n=chance.randint(1, 4)))
                assert broken_links(book._sql)
