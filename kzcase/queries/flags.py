"""Flags on a case, as far as the asker may see them."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.teamwork import Flag
from kzcase.domain.permissions import Permission
from kzcase.domain.teamwork import FlagRow
from kzcase.queries.case_page import name_of
from kzcase.queries.veil import Veil


def may_see_flag(reader: Reader, row: Flag, case: Case) -> bool:
    """Whoever put it up, whoever leads the team, and as it says: the one responsible, or everybody who opens the case.

    A word of a newer version shows it to no more people than the strictest one.
    """
    me = reader.acting.staff_id
    if row.raised_by == me or reader.may(Permission.LEAD_TEAM):
        return True
    return row.seen_by == "everyone" or (row.seen_by == "responsible" and case.worker_id == me)


def flags_of(reader: Reader, case: Case) -> tuple[FlagRow, ...]:
    """Those that are up first, then the others, the latest first."""
    query = (
        select(Flag).where(Flag.case_id == case.id, Flag.struck.is_not(True)).order_by(Flag.raised_on.desc(), Flag.id)
    )
    seen = [row for row in reader.session.scalars(query) if may_see_flag(reader, row, case)]
    return tuple(_row(reader, row) for row in sorted(seen, key=lambda row: row.taken_down_on is not None))


def _row(reader: Reader, row: Flag) -> FlagRow:
    said = {"reason": row.reason, "taken_down_why": row.taken_down_why}
    seen, hidden = Veil(reader, "flags").over(said)
    return FlagRow(
        id=row.id.hex(),
        kind=row.kind or "other",
        seen_by=row.seen_by or "supervisors",
        raised_on=row.raised_on,
        raised_by=name_of(reader, row.raised_by),
        taken_down_on=row.taken_down_on,
        taken_down_by=name_of(reader, row.taken_down_by),
        masked=hidden,
        **seen,
    )
