"""The desk: real key files at the least cost, opened by the right person with the right passphrase or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kzcase.actions.cases import AddNote, add_note
from kzcase.actions.desk import Desk, FoundCasebook, found_casebook, open_desk
from kzcase.actions.staff import AddColleague, RemoveColleague, add_colleague, remove_colleague
from kzcase.domain import errors
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Role
from kzcase.keys.copies import NAMES
from kzcase.queries.office import staff_list
from tests.actions.steps import CASE, do
from tests.db.books import TickingClock
from tests.keys.cheap import OTHER, PASSPHRASE, THIRD, TINY

WISH = FoundCasebook(organisation="Generated office", administrator="Айша", demonstration=True)
BOLAT = AddColleague("Болат", (Role.CASEWORKER,))


def founded(folder: Path) -> Path:
    """A casebook with its key file, closed again."""
    path = folder / "desk.kzcase"
    book, _ = found_casebook(path, WISH, PASSPHRASE, clock=TickingClock(), parameters=TINY, floor=TINY)
    book.close()
    return path


def opened(path: Path, passphrase: str = PASSPHRASE, as_name: str | None = None) -> Desk:
    return open_desk(path, passphrase, as_name=as_name, clock=TickingClock(), floor=TINY)


def key_files(path: Path) -> list[Path]:
    """Both copies of the key file."""
    return [file for name in NAMES if (file := path / name).is_file()]


def test_the_founder_holds_four_roles_and_works_at_once(tmp_path: Path) -> None:
    with opened(founded(tmp_path)) as desk:
        assert desk.book.acting.roles == {Role.ADMINISTRATOR, Role.CASEWORKER, Role.HELPLINE, Role.SUPERVISOR}
        assert (desk.book.acting.name, desk.book.facts.organisation_name) == ("Айша", "Generated office")
        assert desk.book.facts.demonstration
        assert do(desk.book, **CASE).number


def test_there_is_one_founding(tmp_path: Path) -> None:
    path = founded(tmp_path)
    with pytest.raises(errors.AlreadyThere):
        found_casebook(path, WISH, PASSPHRASE, parameters=TINY, floor=TINY)
    with opened(path) as desk, pytest.raises(errors.NotAllowed), desk.book.write("casebook.founded"):
        pass


def damage(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        for file in key_files(path):
            file.write_bytes(change(file.read_bytes()))

    return spoil


def without_database(path: Path) -> None:
    (path / "casebook.db").unlink()


NOT_OPENED: dict[str, tuple[Callable[[Path], None] | None, str, str | None, type[KzcaseError]]] = {
    "a wrong passphrase": (None, OTHER, None, errors.WrongPassphrase),
    "an empty passphrase": (None, "", None, errors.WrongPassphrase),
    "a passphrase of a million letters": (None, "ә" * 1_000_000, None, errors.WrongPassphrase),
    "somebody else's name": (None, PASSPHRASE, "Болат", errors.NotYourSlot),
    "no name": (None, PASSPHRASE, "", errors.NotYourSlot),
    "a cut key file": (damage(lambda content: content[:200]), PASSPHRASE, None, errors.CasebookDamaged),
    "an empty key file": (damage(lambda _: b""), PASSPHRASE, None, errors.CasebookDamaged),
    "a key file of zeros": (damage(lambda content: bytes(len(content))), PASSPHRASE, None, errors.CasebookDamaged),
    "no key file": (lambda p: [f.unlink() for f in key_files(p)][:0] or None, PASSPHRASE, None, errors.CasebookDamaged),
    "no database": (without_database, PASSPHRASE, None, errors.CasebookDamaged),
}


@pytest.mark.parametrize("name", NOT_OPENED)
def test_what_does_not_open_says_why_and_opens_later(tmp_path: Path, name: str) -> None:
    spoil, passphrase, as_name, error = NOT_OPENED[name]
    path = founded(tmp_path)
    if spoil:
        spoil(path)
    for _ in range(2):  # nothing stays locked or half open
        with pytest.raises(error):
            opened(path, passphrase, as_name)
    if not spoil:
        opened(path, as_name="Айша").close()


def test_one_damaged_copy_of_the_key_file_is_no_harm(tmp_path: Path) -> None:
    path = founded(tmp_path)
    first, second = key_files(path)
    first.write_bytes(b"spoilt")
    opened(path).close()
    assert second.exists()


def test_a_place_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(errors.NoCasebook):
        opened(tmp_path / "nowhere.kzcase")


def test_a_colleague_gets_a_slot_and_a_role(tmp_path: Path) -> None:
    path = founded(tmp_path)
    with opened(path) as desk:
        case = do(desk.book, **CASE).number
        add_colleague(desk, BOLAT, OTHER)
    with opened(path, OTHER, "Болат") as desk:
        assert desk.book.acting.roles == {Role.CASEWORKER}
        add_note(desk.book, AddNote(case=case, text="Менің алғашқы жазбам.", look_reason="contact"))
        with pytest.raises(errors.NotAllowed):
            add_colleague(desk, AddColleague("Гүлнар", (Role.CASEWORKER,)), THIRD)
    with pytest.raises(errors.WrongPassphrase):  # whoever was refused left no slot behind
        opened(path, THIRD)


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (AddColleague("Айша", (Role.CASEWORKER,)), errors.NameTaken),
        (AddColleague("  Айша ", (Role.CASEWORKER,)), errors.NameTaken),
        (AddColleague("Болат", ()), errors.NoRole),
    ],
)
def test_a_colleague_who_cannot_be_added_gets_no_slot(
    tmp_path: Path, wish: AddColleague, error: type[KzcaseError]
) -> None:
    path = founded(tmp_path)
    with opened(path) as desk, pytest.raises(error):
        add_colleague(desk, wish, OTHER)
    with pytest.raises(errors.WrongPassphrase):
        opened(path, OTHER)


def test_whoever_leaves_loses_slot_and_roles_and_what_they_did_stands(tmp_path: Path) -> None:
    path = founded(tmp_path)
    with opened(path) as desk:
        case = do(desk.book, **CASE).number
        add_colleague(desk, BOLAT, OTHER)
    with opened(path, OTHER) as desk:
        note = add_note(desk.book, AddNote(case=case, text="Before.", look_reason="contact"))
    with opened(path) as desk:
        remove_colleague(desk, RemoveColleague("Болат"))
        with desk.book.read() as reader:
            (gone,) = [row for row in staff_list(reader) if row.name == "Болат"]
        assert (gone.roles, gone.removed_on is not None) == ((), True)
        assert desk.book._sql.value("SELECT count(*) FROM notes WHERE id = ?", (note.ids["note"],)) == 1
        assert desk.book._sql.value("SELECT count(*) FROM quarantine") == 0
        with pytest.raises(errors.NotFound):
            remove_colleague(desk, RemoveColleague("Болат"))
        add_colleague(desk, BOLAT, THIRD)  # the name is free again
    with pytest.raises(errors.WrongPassphrase):
        opened(path, OTHER)


def test_the_keys_go_before_the_files_are_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing may wait for the disk, or fail at it; no key waits with it."""
    desk = opened(founded(tmp_path))
    real = desk.book.close

    def close() -> None:
        with pytest.raises(errors.NotPossibleNow):
            desk.keys.store_key.reveal()
        real()

    monkeypatch.setattr(desk.book, "close", close)
    desk.close()


@pytest.mark.parametrize("name", ["Айша", "Nobody", ""])
def test_who_cannot_be_removed(tmp_path: Path, name: str) -> None:
    path = founded(tmp_path)
    with opened(path) as desk:
        before = desk.book.everything()[0]
        with pytest.raises((errors.LastAdministrator, errors.NotFound)) as refused:
            remove_colleague(desk, RemoveColleague(name))
        assert refused.value.place == "name"
        assert desk.book.everything()[0] == before
    opened(path).close()


def test_the_last_administrator_may_leave_once_there_is_another(tmp_path: Path) -> None:
    path = founded(tmp_path)
    with opened(path) as desk:
        add_colleague(desk, AddColleague("Болат", (Role.ADMINISTRATOR,)), OTHER)
    with opened(path, OTHER) as desk:
        remove_colleague(desk, RemoveColleague("Айша", knowingly=True))
    with pytest.raises(errors.WrongPassphrase):
        opened(path)
