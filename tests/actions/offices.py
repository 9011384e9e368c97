"""An office with a real key file at the least cost: an administrator, a caseworker, a few generated cases."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kzcase.actions.desk import Desk, FoundCasebook, found_casebook, open_desk
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.domain.permissions import Role
from kzcase.keys.recovery import Shares
from tests.actions.steps import a_call, a_case, a_sent_referral, do
from tests.db.books import TickingClock
from tests.keys.cheap import OTHER, PASSPHRASE, TINY
from tests.laptops import another_laptop

WISH = FoundCasebook(organisation="Generated office", administrator="Айша")
CASEWORKER = AddColleague("Болат", (Role.CASEWORKER,))


@cache
@another_laptop()
def template() -> tuple[Path, Shares]:
    """Made once a session; every test works on a copy."""
    path = Path(mkdtemp(prefix="kzcase-office-")) / "office.kzcase"
    book, created = found_casebook(path, WISH, PASSPHRASE, clock=TickingClock(), parameters=TINY, floor=TINY)
    book.close()
    with opened(path) as desk:
        add_colleague(desk, CASEWORKER, OTHER)
        for _ in range(3):
            do(desk.book, act="note.added", case=a_case(desk.book), text="Generated note")
        a_call(desk.book)
        a_sent_referral(desk.book)
    return path, created.shares


def office(folder: Path, name: str = "office.kzcase") -> Path:
    """An office of the test's own."""
    path = folder / name
    shutil.copytree(template()[0], path, ignore=shutil.ignore_patterns("ballast"))
    return path


def opened(path: Path, passphrase: str = PASSPHRASE, clock: TickingClock | None = None) -> Desk:
    """The office, opened by its administrator unless another passphrase is given."""
    return open_desk(path, passphrase, clock=clock or TickingClock(), floor=TINY)
