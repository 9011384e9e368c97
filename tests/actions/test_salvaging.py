"""Of a damaged casebook everything that can be read comes over; with a backup nothing that was in it is lost."""

import shutil
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.backups import back_up
from kzcase.actions.salvaging import Rescued, rescue
from kzcase.db import salvage as db_salvage
from kzcase.db.files import Folder
from kzcase.db.salvage import salvage
from kzcase.domain.errors import AlreadyThere, CasebookInUse, TooLittleLeft, WrongPassphrase
from kzcase.domain.standing import Why
from tests.actions.offices import office, opened
from tests.actions.steps import CASE, a_case, do
from tests.actions.test_backups import SOUND
from tests.db.books import TickingClock
from tests.db.dump import differences
from tests.keys.cheap import OTHER, PASSPHRASE, THIRD, TINY

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = office(tmp_path)
    with opened(made) as desk:
        for number in range(12):
            do(desk.book, act="note.added", case=a_case(desk.book), text=f"Generated {number} " + "x" * 700)
        add_attachment(desk.book, AddAttachment(a_case(desk.book), "Generated", SOUND))
    return made


def rescued(path: Path, new: Path, backup: Path | None = None) -> Rescued:
    return rescue(path, new, PASSPHRASE, backup=backup, clock=TickingClock(), floor=TINY)


def zeroed(path: Path, page: int) -> None:
    file = path / "casebook.db"
    content = bytearray(file.read_bytes())
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    file.write_bytes(content)


def acts_in(path: Path) -> set[bytes]:
    with opened(path) as desk:
        return {act_id for (act_id,) in desk.book._sql.rows("SELECT id FROM acts")}


def test_a_whole_casebook_comes_over_whole(path: Path, tmp_path: Path) -> None:
    made = rescued(path, tmp_path / "new.kzcase")
    assert (made.holes, made.missing, made.findings, made.from_backup) == (0, 0, 0, False)
    with opened(path) as old, opened(tmp_path / "new.kzcase") as new:
        assert new.book.facts.incarnation != old.book.facts.incarnation
        assert new.book.standing is not None
        assert new.book.standing.why is Why.SALVAGED
        old.book.take_in(*new.book.everything())  # the new device's own entry
        assert differences(old.book, new.book) == []
        assert do(new.book, **CASE).number
    with opened(tmp_path / "new.kzcase", OTHER):  # everybody keeps their passphrase
        pass


@pytest.mark.parametrize("seed", range(4))
def test_around_a_zeroed_page_everything_else_comes_over(path: Path, tmp_path: Path, seed: int) -> None:
    before = acts_in(path)
    pages = (path / "casebook.db").stat().st_size // PAGE
    zeroed(path, Random(seed).randrange(1, pages))
    try:
        made = rescued(path, tmp_path / "new.kzcase")
    except TooLittleLeft:  # the page that says who founded it, or what the tables are: a backup is needed
        assert not (tmp_path / "new.kzcase").exists()
        return
    after = acts_in(tmp_path / "new.kzcase")
    assert len(before - after) <= 25  # a page holds no more
    assert len(after) > len(before) // 2
    assert made.acts == len(after)


@pytest.mark.parametrize("seed", range(4))
def test_with_a_backup_nothing_that_was_in_it_is_lost(path: Path, tmp_path: Path, seed: int) -> None:
    with opened(path) as desk:
        back_up(desk, tmp_path / "stick")
    saved = acts_in(path)
    with opened(path) as desk:
        do(desk.book, **CASE)
    chance = Random(seed)
    pages = (path / "casebook.db").stat().st_size // PAGE
    for _ in range(3):
        zeroed(path, chance.randrange(1, pages))
    made = rescued(path, tmp_path / "new.kzcase", tmp_path / "stick")
    assert saved <= acts_in(tmp_path / "new.kzcase")
    assert (made.from_backup, made.missing) == (True, 0)
    with opened(path.with_name("new.kzcase")) as desk, desk.book.read() as reader:
        assert reader.number("SELECT count(*) FROM attachments") == 1


def test_acts_after_the_backup_come_over_too(path: Path, tmp_path: Path) -> None:
    with opened(path) as desk:
        back_up(desk, tmp_path / "stick")
        late = do(desk.book, **CASE).act
    rescued(path, tmp_path / "new.kzcase", tmp_path / "stick")
    assert late in acts_in(tmp_path / "new.kzcase")


def test_the_damaged_one_stays_as_it_is(path: Path, tmp_path: Path) -> None:
    zeroed(path, 40)
    before = (path / "casebook.db").read_bytes()
    rescued(path, tmp_path / "new.kzcase")
    assert (path / "casebook.db").read_bytes() == before
    with pytest.raises(AlreadyThere):
        rescued(path, tmp_path / "new.kzcase")


def test_without_its_first_page_there_is_nothing_to_read(path: Path, tmp_path: Path) -> None:
    zeroed(path, 0)
    with pytest.raises(TooLittleLeft):
        rescued(path, tmp_path / "new.kzcase")
    assert not [each for each in tmp_path.iterdir() if "new" in each.name]


def test_it_takes_a_passphrase_and_the_lock(path: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        rescue(path, tmp_path / "new.kzcase", THIRD, floor=TINY)
    with opened(path), pytest.raises(CasebookInUse):
        rescued(path, tmp_path / "new.kzcase")


def test_what_was_forged_in_the_hole_does_not_count(path: Path, tmp_path: Path) -> None:
    """Every act is judged by its signature again: a row put in by somebody with the key changes nothing."""
    from kzcase.db.engine import connect

    with opened(path) as desk:
        key = bytes(desk.keys.store_key.reveal())
        number = len(acts_in_open(desk.book))
    connection = connect(path / "casebook.db", key)
    columns = "kind, author, incarnation, 999, hlc, parent, header, signature"
    connection.execute(f"INSERT INTO acts SELECT randomblob(16), {columns} FROM acts WHERE kind = 'note.added' LIMIT 1")
    connection.close()
    made = rescued(path, tmp_path / "new.kzcase")
    assert made.acts == number + 1  # the new device's own entry


def acts_in_open(book: object) -> list[object]:
    return list(book._sql.rows("SELECT id FROM acts"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("bad", [{3}, {0}, {9}, {2, 3, 4}, {0, 5, 9}, set(range(10)), set()])
def test_rows_are_read_around_the_bad_ones(bad: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk itself, on a table whose bad rows are known."""
    around = db_salvage._Around(Path("x"), b"")
    rowids = [number * 3 + 1 for number in range(10)]

    def some(_table: str, _columns: str, after: int, many: int) -> list[tuple[object, ...]] | None:
        found = [at for at in range(10) if rowids[at] > after][:many]
        return None if bad & set(found) else [(rowids[at], at) for at in found]

    monkeypatch.setattr(around, "_some", some)
    assert [row[0] for row in around.rows("t", "c")] == [at for at in range(10) if at not in bad]


def test_a_store_is_read_whole(path: Path, tmp_path: Path) -> None:
    with opened(path) as desk:
        parts, keys = desk.book.everything()
        key = bytes(desk.keys.store_key.reveal())
    read = salvage(Folder(path).database, key)
    assert sorted(read.parts) == sorted(parts)
    assert {(one.scope, one.key) for one in read.keys} == {(one.scope, one.key) for one in keys}
    assert read.holes == 0
    shutil.rmtree(tmp_path / "stick", ignore_errors=True)
