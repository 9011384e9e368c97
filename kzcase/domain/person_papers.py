"""What is printed about a person and those around them: the family for the worker, a receipt for an original."""

from dataclasses import dataclass
from datetime import date

from kzcase.domain.papers import PrintedTable, SheetHeader


@dataclass(frozen=True, slots=True)
class FamilyNode:
    """One box of the drawn family: at most three lines, where it stands, and whether it is a suspicion."""

    lines: tuple[str, ...]
    row: int
    column: int
    centre: bool = False
    suspected: bool = False


@dataclass(frozen=True, slots=True)
class FamilySheet:
    """Who is around one person: drawn, and below in tables."""

    header: SheetHeader
    nodes: tuple[FamilyNode, ...]
    rows: int
    columns: int
    tables: tuple[PrintedTable, ...]
    worker: str = ""


@dataclass(frozen=True, slots=True)
class CustodyReceipt:
    """That the office keeps an original for somebody: what, since when, and that it is given back on request."""

    header: SheetHeader
    receipt: str
    person: str
    document: tuple[tuple[str, str], ...]
    taken_on: date | None
    taken_by: str
    returned_on: date | None = None
