"""After somebody was erased: a new backup first, then the older ones go, wherever this laptop put them."""

from pathlib import Path
from random import Random

import pytest

from kzcase.actions import certificates, older_backups
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.registers import read_register
from kzcase.domain.errors import DiskTrouble
from kzcase.queries.erasures import erasures
from tests.actions.test_erasing import desk as desk  # a fixture
from tests.marked import erase, marked


@pytest.fixture
def erased(desk: Desk, tmp_path: Path) -> str:
    """Two sticks with backups of somebody who was erased then; the number of the certificate."""
    who = marked(desk.book, Random(30))
    for stick in ("one", "two", "one"):
        back_up(desk, tmp_path / stick)
    erase(desk.book, who)
    with desk.book.read() as reader:
        (row,) = erasures(reader)
    return row.number


def lying(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("*.kzbackup"))


def test_all_sticks_are_named_and_a_new_backup_takes_the_place_of_all(desk: Desk, erased: str, tmp_path: Path) -> None:
    before = [*lying(tmp_path / "one"), *lying(tmp_path / "two")]
    assert sorted(certificates.erasure_row(desk, erased).backups) == sorted(before)
    renewed = older_backups.renew(desk, erased)
    assert renewed is not None
    assert sorted(renewed.destroyed) == sorted(before)
    assert lying(tmp_path / "one") == [Path(renewed.made.path).name]
    assert lying(tmp_path / "two") == []
    assert certificates.erasure_row(desk, erased).backups == ()


def test_a_stick_that_is_not_here_stays_on_the_certificate(desk: Desk, erased: str, tmp_path: Path) -> None:
    away = lying(tmp_path / "two")
    (tmp_path / "two").rename(tmp_path / "drawer")
    assert older_backups.renew(desk, erased) is not None
    assert certificates.erasure_row(desk, erased).backups == tuple(away)
    (tmp_path / "drawer").rename(tmp_path / "two")
    renewed = older_backups.renew(desk, erased)
    assert renewed is not None
    assert list(renewed.destroyed) == away


def test_without_a_new_backup_none_is_destroyed(
    desk: Desk, erased: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [*lying(tmp_path / "one"), *lying(tmp_path / "two")]

    def fails(*_given: object) -> None:
        raise DiskTrouble("stick", reason="x")

    monkeypatch.setattr(older_backups, "back_up", fails)
    with pytest.raises(DiskTrouble):
        older_backups.renew(desk, erased)
    (tmp_path / "one").rename(tmp_path / "drawer")
    assert older_backups.renew(desk, erased) is None
    assert [*lying(tmp_path / "drawer"), *lying(tmp_path / "two")] == before


def test_the_register_knows_what_became_of_every_copy(desk: Desk, erased: str) -> None:
    older_backups.renew(desk, erased)
    kinds = [str(row.cells[1]) for row in read_register(desk.book, "backups", "en").rows]
    assert sorted(kinds) == ["backup"] * 4 + ["removed"] * 3
