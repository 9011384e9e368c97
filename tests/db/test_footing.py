"""After the disk failed while it was waited for, nothing is told as saved before all of it has a new place."""

from pathlib import Path

import pytest

from kzcase.db.footing import Footing
from kzcase.domain.errors import DiskTrouble
from tests.actions.steps import CALL, PARTNER, do
from tests.db.books import founded
from tests.proofs.disk import FULL, IOERR_FSYNC, Disk, Passed, watched


def fails(disk: Disk, what: str, code: int) -> None:
    """The next of these fails, once."""

    def refuse(passing: Passed) -> int | None:
        if passing.what != what or not passing.path.endswith("-wal"):
            return None
        disk.refuse = lambda _passing: None
        return code

    disk.refuse = refuse


def test_after_a_failed_wait_the_log_begins_anew_before_the_next_act(tmp_path: Path) -> None:
    with watched() as disk, founded(tmp_path) as book:
        wal = book.folder.path / "casebook.db-wal"
        for number in range(6):
            do(book, **(PARTNER | {"name": f"Generated {number}"}))
        before = wal.stat().st_size
        fails(disk, "sync", IOERR_FSYNC)
        with pytest.raises(DiskTrouble):
            do(book, **CALL)
        do(book, **CALL)
        assert wal.stat().st_size < before, "what was in it stands in the database now"
        assert not (book.folder.path / "trial").exists()


def test_while_a_trial_fails_it_can_be_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_footing: Footing) -> None:
        raise DiskTrouble(reason="EIO")

    with watched() as disk, founded(tmp_path) as book:
        do(book, **PARTNER)
        fails(disk, "sync", IOERR_FSYNC)
        with pytest.raises(DiskTrouble):
            do(book, **CALL)
        with monkeypatch.context() as patch:
            patch.setattr(Footing, "_try", refuse)
            for _again in range(2):
                with pytest.raises(DiskTrouble):
                    do(book, **CALL)
            assert book._sql.value("SELECT count(*) FROM partners") == 1
        do(book, **CALL)
        assert book._sql.value("SELECT count(*) FROM calls") == 1


def test_a_disk_that_is_only_full_is_no_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Footing, "_try", lambda _footing: pytest.fail("nothing is in doubt"))
    with watched() as disk, founded(tmp_path) as book:
        fails(disk, "write", FULL)
        with pytest.raises(DiskTrouble):
            do(book, **CALL)
        do(book, **CALL)
