"""A full disk or a damaged file is told in words; a mistake of ours is not dressed up as one."""

import os
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import OperationalError

from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.troubles import in_words, trouble_of
from kzcase.domain.errors import CasebookDamaged, CasebookInUse, DiskTrouble
from kzcase.journal.acts import BadAct
from kzcase.journal.sealing import SealBroken
from kzcase.queries.office import counts
from tests.db.books import KEY, TickingClock, founded, template

SAID = {
    "database disk image is malformed": CasebookDamaged,
    "file is not a database": CasebookDamaged,
    "database or disk is full": DiskTrouble,
    "disk I/O error": DiskTrouble,
    "attempt to write a readonly database": DiskTrouble,
    "unable to open database file": DiskTrouble,
    "database is locked": CasebookInUse,
}


@pytest.mark.parametrize("said", SAID)
def test_what_the_store_says_becomes_trouble(said: str) -> None:
    for error in (sqlcipher.OperationalError(said), OperationalError("", {}, sqlcipher.DatabaseError(said))):
        with pytest.raises(SAID[said]), in_words():
            raise error


@pytest.mark.parametrize("said", ["no such table: x", "interrupted", "UNIQUE constraint failed", "not authorized"])
def test_a_mistake_of_ours_stays_one(said: str) -> None:
    assert trouble_of(sqlcipher.OperationalError(said)) is None
    with pytest.raises(sqlcipher.OperationalError), in_words():
        raise sqlcipher.OperationalError(said)


@pytest.mark.parametrize("error", [BadAct("x"), SealBroken()])
def test_a_journal_that_does_not_open_is_damage(error: Exception) -> None:
    with pytest.raises(CasebookDamaged), in_words():
        raise error


def test_a_casebook_cut_off_is_told(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        person = {"names": [{"family": "Үлгі", "given": "Адам"}]}
        perform(book, read_act({"act": "case.opened", "kind": "child", "person": person}, ""))
        path = book.folder.path
    os.truncate(path / "casebook.db", 4096 * 6)
    with (
        pytest.raises(CasebookDamaged),
        Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as damaged,
        damaged.read() as reader,
    ):
        counts(reader)
