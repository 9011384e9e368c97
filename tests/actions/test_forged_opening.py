"""A frozen access is opened by two roles or not at all: whoever holds the keys of one laptop cannot write it open."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzcase.actions.freezing import FreezeAccess, UnfreezeAccess, freeze_access, unfreeze_access
from kzcase.db.casebook import Casebook
from kzcase.db.tables.organisation import Freeze
from kzcase.domain.errors import OwnAccess
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Role
from kzcase.queries import freezes
from kzcase.queries.freezes import OPEN, frozen_staff
from tests.db.books import founded
from tests.db.laptops import colleague, forge, give, laptop, meet, row

EVERY_WAY = ("state", "agreed", "another's", "struck", "a second row", "another's right")


@dataclass
class Office:
    """The founder's laptop (administrator and supervisor), a supervisor's, and a caseworker whose access is frozen."""

    founder: Casebook
    supervisor: Casebook
    frozen: Id
    other: Id

    @property
    def books(self) -> tuple[Casebook, Casebook]:
        return self.founder, self.supervisor

    def are_frozen(self) -> list[frozenset[Id]]:
        """Whose access each laptop keeps closed."""
        said = []
        for book in self.books:
            with book.read() as reader:
                said.append(frozen_staff(reader))
        return said


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    with founded(tmp_path / "founder") as founder:
        signs, frozen = colleague(founder, Role.SUPERVISOR), colleague(founder, Role.CASEWORKER)
        other = colleague(founder, Role.CASEWORKER)
        freeze_access(founder, FreezeAccess(staff=frozen.staff_id.hex()))
        with laptop(tmp_path / "supervisor", signs, founder) as theirs:
            yield Office(founder, theirs, frozen.staff_id, other.staff_id)


def forged(place: Office, way: str) -> None:
    """The supervisor writes it open alone, past every check of their own laptop, and hands it on."""
    book, admin = place.supervisor, place.founder.acting
    with book.read() as reader:
        (freeze,) = freezes.freezes_of(reader)
        name = freeze.id
    if way in ("a second row", "another's right"):
        grant = admin.grants[Role.ADMINISTRATOR] if way == "another's right" else None
        again = row("freezes", name, place.frozen, staff_id=place.other, state=OPEN, agreed_by=admin.staff_id)
        forge(book, "access.unfrozen", [(book.facts.organisation, again)], grant)
    else:
        with book.write("access.unfrozen") as act:
            made = act.session.get_one(Freeze, name)
            made.state, made.opened_by = OPEN, book.acting.staff_id
            made.agreed_by = admin.staff_id if way == "agreed" else None
            made.staff_id = place.other if way == "another's" else made.staff_id
            made.struck = True if way == "struck" else None
    give(book, place.founder)


@pytest.mark.parametrize("way", EVERY_WAY)
def test_one_alone_cannot_write_it_open_on_any_laptop(place: Office, way: str) -> None:
    forged(place, way)
    assert all(place.frozen in said for said in place.are_frozen())


@pytest.mark.parametrize("way", EVERY_WAY[:2])
def test_two_who_really_agree_open_it_on_every_laptop(place: Office, way: str) -> None:
    forged(place, way)
    opened = unfreeze_access(place.founder, UnfreezeAccess(staff=place.frozen.hex()))
    assert "opened" in opened.ids
    meet(*place.books)
    assert place.are_frozen() == [frozenset(), frozenset()]


def test_first_one_then_the_other(place: Office) -> None:
    wish = UnfreezeAccess(staff=place.frozen.hex())
    assert "opened" not in unfreeze_access(place.supervisor, wish).ids
    meet(*place.books)
    assert all(place.frozen in said for said in place.are_frozen())
    assert "opened" in unfreeze_access(place.founder, wish).ids
    meet(*place.books)
    assert place.are_frozen() == [frozenset(), frozenset()]


def test_ones_own_word_does_not_count(place: Office) -> None:
    signs = place.supervisor.acting.staff_id
    freeze_access(place.founder, FreezeAccess(staff=signs.hex()))
    meet(*place.books)
    with pytest.raises(OwnAccess):
        unfreeze_access(place.supervisor, UnfreezeAccess(staff=signs.hex()))
    with place.supervisor.write("access.unfrozen") as act:
        for made in act.session.query(Freeze).filter(Freeze.staff_id == signs):
            made.state, made.opened_by = OPEN, signs
    meet(*place.books)
    assert all(signs in said for said in place.are_frozen())


def test_believing_the_row_would_be_noticed(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freezes, "NEEDED", ())
    forged(place, "state")
    assert all(place.frozen not in said for said in place.are_frozen())
