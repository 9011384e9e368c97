"""Every schema that ever left the house opens, brought up to the present one, with everything in it."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kzcase.db import migrations
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.keys.identity import Identity, OpeningKey, SigningKey
from kzcase.keys.secret import Secret
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_list
from tests.db.books import KEY, TickingClock
from tests.laptops import another_laptop
from tests.old_casebooks.keep import COUNTED, counts, folder, migration_hashes

SCHEMAS = range(1, migrations.SCHEMA_NUMBER + 1)


def expected(number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(number) / "expected.json").read_text(encoding="utf-8"))
    return found


def founder(number: int) -> Identity:
    told = {name: bytes.fromhex(value) for name, value in expected(number)["founder"].items()}
    return Identity(told["staff"], "Founder", SigningKey(Secret(told["signing"])), OpeningKey(Secret(told["opening"])))


@pytest.fixture(params=SCHEMAS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, Path]:
    """A copy of a kept casebook."""
    path = tmp_path / "old.kzcase"
    shutil.copytree(folder(request.param), path)
    (path / "expected.json").unlink()
    (path / "attachments").mkdir(exist_ok=True)
    return request.param, path


def test_it_opens_with_everything_in_it(old: tuple[int, Path]) -> None:
    number, path = old
    told = expected(number)
    with another_laptop():
        with Casebook.open(path, Opening(KEY, founder(number), TickingClock())) as book:
            held = counts(book)
            with book.read() as reader:
                pages = [case_page(reader, row.id) for row in case_list(reader, limit=1_000)]
        findings = check_files(path, KEY, deep=True).findings
    came_later = dict.fromkeys(COUNTED, 0)
    assert held == {name: told[name] for name in held} | {"rows": came_later | told["rows"]}
    assert len(pages) > 2
    assert findings == ()


def test_it_is_checked_as_it_is(old: tuple[int, Path]) -> None:
    """Also to the bottom, before it was ever opened by this program; and what is wrong in it is found."""
    _number, path = old
    assert check_files(path, KEY, deep=True).findings == ()
    with closing(connect(path / "casebook.db", KEY)) as connection:
        connection.execute("UPDATE notes SET text = 'Changed' WHERE id = (SELECT min(id) FROM notes)")
    assert {found.check for found in check_files(path, KEY, deep=True).findings} == {"tables"}


def test_it_holds_nearly_every_kind_of_act_and_row() -> None:
    told = expected(SCHEMAS[-1])
    assert len(told["acts"]) > 90
    assert [name for name in COUNTED if not told["rows"][name]] == []


def test_what_left_the_house_never_changes() -> None:
    """A migration is changed by another one after it."""
    for number in SCHEMAS:
        for name, digest in expected(number)["migrations"].items():
            assert migration_hashes().get(name) == digest, f"{name} has left the house; write a migration after it"


def test_a_casebook_that_lost_something_is_noticed(tmp_path: Path) -> None:
    """The canary: a row fewer, and the comparison says so."""
    number = SCHEMAS[-1]
    told = expected(number)
    assert {**told["rows"], "notes": told["rows"]["notes"] - 1} != told["rows"]
    shutil.copytree(folder(number), path := tmp_path / "old.kzcase")
    with another_laptop(), Casebook.open(path, Opening(KEY, founder(number), TickingClock())) as book:
        with book.local() as session:
            session.connection().exec_driver_sql("UPDATE notes SET struck = 1")
        assert counts(book)["rows"] != told["rows"]
