"""Generated names and the ways offices, keyboards and ears spell them: what a search for people has to find again.

Nothing here imports, or was written by looking at, the folding, likeness or search that it measures.
"""

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final, Literal

PUBLISHED: Final = Path(__file__).with_name("names-2026.csv")
Half = Literal["published", "held-out"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a person, as it is written in one document."""

    family: str
    given: str
    patronymic: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.family, self.given, self.patronymic)))


@dataclass(frozen=True, slots=True)
class Variant:
    """One row: whose name it is, in which half, how it departs from the names on record, what is typed."""

    person: str
    language: str
    half: Half
    kind: str
    typed: str
    on_record: str
    """The person's names, ` ; ` between them, ` | ` between family name, given name and patronymic."""

    @property
    def names(self) -> tuple[Name, ...]:
        """The names on record taken apart."""
        return tuple(Name(*name.split(" | ")) for name in self.on_record.split(" ; "))


def recorded(names: tuple[Name, ...]) -> str:
    """The names of a person in one cell."""
    return " ; ".join(" | ".join(astuple(name)) for name in names)


def write(rows: list[Variant], path: Path = PUBLISHED) -> None:
    """All rows as a file anybody can open."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Variant)])
        table.writerows(astuple(row) for row in rows)


def read(path: Path = PUBLISHED) -> list[Variant]:
    """The rows of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Variant(**row) for row in csv.DictReader(file)]  # type: ignore[arg-type]
