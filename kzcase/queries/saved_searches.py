"""The saved searches the asker may use: their own, and those somebody gave to the team."""

from sqlalchemy import or_, select

from kzcase.db.reader import Reader
from kzcase.db.tables.lists import SavedSearch
from kzcase.domain.case_filter import SavedRow, read_filter
from kzcase.domain.permissions import Permission
from kzcase.queries.case_page import name_of


def saved_searches(reader: Reader) -> list[SavedRow]:
    """By name, one's own first."""
    reader.must_be_allowed(Permission.READ_CASES)
    me = reader.acting.staff_id
    usable = or_(SavedSearch.staff_id == me, SavedSearch.shared.is_(True))
    rows = reader.session.scalars(select(SavedSearch).where(SavedSearch.struck.is_not(True), usable))
    found = [_row(reader, row) for row in rows]
    return sorted(found, key=lambda row: (not row.mine, row.name.casefold(), row.id))


def _row(reader: Reader, row: SavedSearch) -> SavedRow:
    mine = row.staff_id == reader.acting.staff_id
    chosen, by = read_filter(row.filters or ""), name_of(reader, row.staff_id) or ""
    return SavedRow(row.id.hex(), row.name or "", chosen, by, mine, bool(row.shared))
