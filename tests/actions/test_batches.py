"""Batches: whoever may write may write many at once, and in a batch nobody may do what they may not do alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.perform import perform_all, read_acts
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotAllowed
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.journal.kinds import KINDS
from tests.actions.steps import CALL, CASE
from tests.db.books import founded
from tests.db.dump import differences
from tests.db.laptops import colleague, ids, laptop

PARTNER = {"act": "partner.added", "name": "Generated", "kind": "ngo"}
WISHES: dict[str, dict[str, Any]] = {"partner.added": PARTNER, "case.opened": CASE, "call.logged": CALL}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with founded(tmp_path_factory.mktemp("batches")) as book:
        yield book


@pytest.fixture(params=Role)
def somebody(office: Casebook, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Role, Casebook]]:
    """Somebody with one role and no other, at a laptop of their own."""
    identity = colleague(office, request.param)
    with laptop(tmp_path, identity, office) as book:
        yield request.param, book


def in_a_batch(book: Casebook, *acts: dict[str, Any]) -> None:
    perform_all(book, read_acts(json.dumps(acts).encode()))


@pytest.mark.parametrize("kind", WISHES)
def test_many_at_once_is_allowed_to_whoever_may_do_one(somebody: tuple[Role, Casebook], kind: str) -> None:
    role, book = somebody
    before = book.everything()[0]
    if role in MAY[KINDS[kind].permission]:
        in_a_batch(book, WISHES[kind], WISHES[kind] | {"name": "Another"} if kind == "partner.added" else WISHES[kind])
        assert len(ids(book, "batches")) == 1
        return
    with pytest.raises(NotAllowed):
        in_a_batch(book, WISHES[kind])
    assert book.everything()[0] == before


def test_one_act_that_is_not_allowed_takes_all_others_back(office: Casebook, tmp_path: Path) -> None:
    with laptop(tmp_path, colleague(office, Role.ADMINISTRATOR), office) as book:
        before = book.everything()[0]
        with pytest.raises(NotAllowed) as refused:
            in_a_batch(book, PARTNER, CASE)
        assert refused.value.place.startswith("[1]")
        assert book.everything()[0] == before
        assert not ids(book, "batches")


def test_an_administrators_batch_counts_on_every_laptop(office: Casebook, tmp_path: Path) -> None:
    administrator = colleague(office, Role.ADMINISTRATOR)
    with laptop(tmp_path, administrator, office) as book:
        in_a_batch(book, PARTNER, PARTNER | {"name": "Another"})
        parents = {row[0] for row in book._sql.rows("SELECT parent FROM acts WHERE parent IS NOT NULL")}
        (batch,) = {row[0] for row in book._sql.rows("SELECT id FROM acts WHERE kind = 'batch.added'")}
        assert parents == {batch}
        with laptop(tmp_path, administrator, book) as other:
            assert not differences(book, other)
            assert len(ids(other, "partners")) == 2


def test_only_an_auditor_may_not_write_many() -> None:
    assert set(Role) - MAY[Permission.WRITE_MANY] == {Role.AUDITOR}
    may_write = {role for kind in KINDS.values() if kind.name != "batch.added" for role in MAY[kind.permission]}
    assert MAY[Permission.WRITE_MANY] == may_write - {Role.AUDITOR}
