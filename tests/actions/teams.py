"""Several colleagues at one office in a test: each at a laptop of their own that has met the others."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.day_rows import DayKind, DayRow
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity
from kzcase.queries.my_day import my_day
from tests.actions.steps import a_case
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet


def lines(reader: Reader, *, colleagues: bool = False) -> list[DayRow]:
    """The day without what the clocks of the case make due."""
    return [row for row in my_day(reader, colleagues=colleagues) if row.kind is not DayKind.DUE]


@dataclass
class Team:
    """The founder, who leads the team, and colleagues by name; `case` is the founder's."""

    founder: Casebook
    books: dict[str, Casebook] = field(default_factory=dict)
    people: dict[str, Identity] = field(default_factory=dict)
    case: str = ""

    def id(self, name: str) -> str:
        """The id of a colleague."""
        return self.people[name].staff_id.hex()

    @property
    def me(self) -> str:
        """The id of the founder."""
        return self.founder.acting.staff_id.hex()

    def meet(self) -> None:
        """Everybody gets everything."""
        meet(self.founder, *self.books.values())

    def holder(self, book: Casebook, case: str = "") -> str:
        """The id of whoever holds the case, as one laptop shows it."""
        with book.read() as reader:
            found = reader.session.connection().exec_driver_sql(
                "SELECT worker_id FROM cases WHERE id = ?", (bytes.fromhex(case or self.case),)
            )
            return bytes(found.scalar_one()).hex()


@contextmanager
def team(folder: Path, *names: str, roles: dict[str, tuple[Role, ...]] | None = None) -> Iterator[Team]:
    """Colleagues are caseworkers unless `roles` says otherwise; all laptops have met once."""
    with ExitStack() as open_books:
        founder = open_books.enter_context(founded(folder))
        made = Team(founder)
        for name in names:
            made.people[name] = colleague(founder, *(roles or {}).get(name, (Role.CASEWORKER,)))
        made.case = a_case(founder)
        for name in names:
            made.books[name] = open_books.enter_context(laptop(folder, made.people[name], founder))
        yield made
