"""Whoever holds the store key and the device's keys changes the journal by hand: the next check or opening says so."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import cbor2
import pytest

from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.journal.acts import act_id_of, digest, sign
from tests.db.books import KEY, TickingClock, founded, template
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof

MUTATIONS, FEW = 1_000, 14
COLUMNS = {
    "acts": ("id", "author", "incarnation", "header", "signature"),
    "parts": ("act_id", "scope", "incarnation", "content"),
    "bodies": ("act_id", "scope", "subject", "body"),
}
Change = Callable[[Any, Random], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed casebook with a few acts in it."""
    with founded(tmp_path_factory.mktemp("sound")) as book:
        for number in range(3):
            case = {"act": "case.opened", "kind": "child", "person": {"names": [{"given": f"Generated {number}"}]}}
            done = perform(book, read_act(case, ""))
            perform(book, read_act({"act": "note.added", "case": done.number, "text": f"note {number}"}, ""))
        return book.folder.path


def _row(sql: Any, chance: Random, table: str) -> int:
    found: int = chance.choice(sql.execute(f"SELECT rowid FROM {table}").fetchall())[0]
    return found


def flip(sql: Any, chance: Random) -> None:
    table = chance.choice(list(COLUMNS))
    column, row = chance.choice(COLUMNS[table]), _row(sql, chance, table)
    value = bytearray(sql.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0])
    value[chance.randrange(len(value))] ^= 1 << chance.randrange(8)
    sql.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (bytes(value), row))


def drop(sql: Any, chance: Random) -> None:
    table = chance.choice(list(COLUMNS))
    sql.execute(f"DELETE FROM {table} WHERE rowid = ?", (_row(sql, chance, table),))


def swap(sql: Any, chance: Random) -> None:
    table, column = chance.choice((("acts", "header"), ("acts", "signature"), ("parts", "content"), ("bodies", "body")))
    while True:
        pair = [_row(sql, chance, table) for _each in range(2)]
        values = [sql.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0] for row in pair]
        if values[0] != values[1]:
            break
    for row, value in zip(pair, reversed(values), strict=True):
        sql.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))


def cut(sql: Any, chance: Random) -> None:
    """The end of the chain, with everything that hangs on it."""
    last = sql.execute("SELECT id FROM acts ORDER BY rowid DESC LIMIT ?", (chance.randint(1, 3),)).fetchall()
    for table, column in (("acts", "id"), ("parts", "act_id"), ("bodies", "act_id")):
        sql.executemany(f"DELETE FROM {table} WHERE {column} = ?", last)


def sign_anew(sql: Any, chance: Random) -> None:
    """Another header, rightly signed by the author and put in everywhere under its new id."""
    row = _row(sql, chance, "acts")
    old, header = sql.execute("SELECT id, header FROM acts WHERE rowid = ?", (row,)).fetchone()
    fields = cbor2.loads(header)
    fields[8] = f"another reason {chance.random()}"
    made = cbor2.dumps(fields)
    signature = sign(template().founder, made)
    new = act_id_of(digest(made, signature))
    sql.execute("UPDATE acts SET header = ?, signature = ?, id = ? WHERE rowid = ?", (made, signature, new, row))
    for table in ("parts", "bodies"):
        sql.execute(f"UPDATE {table} SET act_id = ? WHERE act_id = ?", (new, old))


CHANGES: tuple[Change, ...] = (flip, flip, drop, swap, cut, sign_anew)


def tamper(path: Path, change: Change, chance: Random) -> None:
    with closing(connect(path / "casebook.db", KEY)) as sql:
        kept = sql.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            sql.execute(f"DROP TRIGGER {name}")
        change(sql, chance)
        for _, statement in kept:
            sql.execute(statement)


def noticed(path: Path) -> bool:
    """By a check, or at the latest when the casebook is opened."""
    if check_files(path, KEY, deep=True).findings:
        return True
    with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book:
        return book.standing is not None


def all_noticed(proof: Proof, sound: Path, folder: Path) -> None:
    copy = folder / "tampered.kzcase"
    for number, chance in proof:
        change = CHANGES[number % len(CHANGES)]
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(sound, copy)
        tamper(copy, change, chance)
        assert noticed(copy), (proof.which(), change.__name__)
        proof.seen[change.__name__] += 1
    proof.end()


def test_what_was_changed_by_hand_is_noticed(sound: Path, tmp_path: Path, proving: Proving) -> None:
    all_noticed(proving("journal tampering, short", FEW), sound, tmp_path)


@pytest.mark.proof
def test_journal_tampering(sound: Path, tmp_path: Path, proving: Proving) -> None:
    all_noticed(proving("journal tampering", MUTATIONS), sound, tmp_path)


def test_an_untouched_journal_is_not_complained_of(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / "copy.kzcase")
    tamper(tmp_path / "copy.kzcase", lambda _sql, _chance: None, Random(1))
    assert not noticed(tmp_path / "copy.kzcase")
