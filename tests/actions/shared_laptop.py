"""An office on one laptop with real key files at the least cost: its administrator, a colleague, and their shares."""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kzcase.actions.cases import AddTask, OpenCase, add_task, open_case
from kzcase.actions.desk import Desk, FoundCasebook, found_casebook, open_desk
from kzcase.actions.people import NameFacts, PersonFacts
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.domain.permissions import Role
from kzcase.keys.keyfile import Opened
from kzcase.keys.recovery import Shares
from kzcase.keys.shares import Share, parse_share, share_text
from tests.db.books import TickingClock
from tests.keys.cheap import OTHER, PASSPHRASE, TINY
from tests.keys.cheap import opened as opened_keys
from tests.laptops import another_laptop

AISHA, BOLAT, VERA = "Айша", "Болат", "Вера"
FOURTH = "qorgan tulpar shanyraq kerege"


@dataclass(frozen=True)
class Office:
    """Where the casebook is, and its recovery shares."""

    path: Path
    shares: Shares

    def desk(self, passphrase: str = PASSPHRASE) -> Desk:
        """Somebody sits down."""
        return open_desk(self.path, passphrase, clock=TickingClock(), floor=TINY)

    def keys(self, passphrase: str = PASSPHRASE) -> Opened:
        """What a passphrase opens, the database aside."""
        return opened_keys(self.path, passphrase)

    def pair(self, one: int = 1, two: int = 2) -> tuple[Share, Share]:
        """Two shares as they are typed from their papers."""
        first, second = (parse_share(share_text(self.shares[number - 1])) for number in (one, two))
        return first, second


def office(folder: Path, *, colleagues: bool = True) -> Office:
    """Aisha founded it; Bolat works on cases. A copy of the test's own."""
    made = _made(colleagues)
    path = folder / made.path.name
    shutil.copytree(made.path, path, ignore=shutil.ignore_patterns("ballast"))
    return Office(path, made.shares)


@cache
@another_laptop()
def _made(colleagues: bool) -> Office:
    path = Path(mkdtemp(prefix="kzcase-office-")) / "office.kzcase"
    wish = FoundCasebook("Generated office", AISHA, holders=("Одна", "Другая", BOLAT))
    book, created = found_casebook(path, wish, PASSPHRASE, clock=TickingClock(), parameters=TINY, floor=TINY)
    book.close()
    made = Office(path, created.shares)
    if colleagues:
        with made.desk() as desk:
            add_colleague(desk, AddColleague(BOLAT, (Role.CASEWORKER, Role.SUPERVISOR)), OTHER)
    return made


def some_work(desk: Desk, worker: str, cases: int = 2) -> list[str]:
    """Open cases of this worker, each with a task; the ids of the cases."""
    made = []
    for number in range(cases):
        person = PersonFacts(names=[NameFacts(family=f"Сыналған{number}", given="Адам")], sex="female")
        case = open_case(desk.book, OpenCase(kind="trafficking", region="KZ-75", person=person, worker=worker))
        add_task(desk.book, AddTask(case=case.number, title="Ask", due="2026-12-01", assignee=worker))
        made.append(case.ids["case"].hex())
    return made
