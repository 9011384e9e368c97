"""Conflicts of interest: who is kept away from a case, and who is left that can open it."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import CaseBlock
from kzcase.db.tables.organisation import Staff, StaffRole
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission
from kzcase.domain.rows import KeptAwayRow


def kept_away_from(reader: Reader, case: Id) -> frozenset[Id]:
    """The colleagues who are kept away from a case."""
    query = select(CaseBlock.staff_id).where(CaseBlock.case_id == case, CaseBlock.state.is_distinct_from("let_back"))
    return frozenset(one for one in reader.session.scalars(query) if one)


def kept_away_rows(reader: Reader, case: Id) -> tuple[KeptAwayRow, ...]:
    """The same with names, for whoever decides about it; nothing for others."""
    if not reader.may(Permission.KEEP_AWAY):
        return ()
    away = (CaseBlock.case_id == case, CaseBlock.state.is_distinct_from("let_back"))
    query = select(CaseBlock.staff_id, CaseBlock.since, Staff.name).join(Staff, Staff.id == CaseBlock.staff_id)
    rows = reader.session.execute(query.where(*away).order_by(Staff.name, CaseBlock.id))
    return tuple({staff: KeptAwayRow(staff.hex(), name or "", since) for staff, since, name in rows if staff}.values())


def who_may_open(reader: Reader, case: Id) -> frozenset[Id]:
    """The colleagues who are here, whose roles open cases, and who are not kept away from this one."""
    roles = [role.value for role in MAY[Permission.READ_CASES]]
    here = (StaffRole.role.in_(roles), StaffRole.struck.is_not(True), Staff.removed_on.is_(None))
    query = select(Staff.id).join(StaffRole, StaffRole.staff_id == Staff.id).where(*here)
    return frozenset(reader.session.scalars(query)) - kept_away_from(reader, case)
