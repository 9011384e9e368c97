"""Who answers for what a colleague began: they themselves while they are here, then whoever took over from them."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import Staff
from kzcase.domain.ids import Id


def who_answers(reader: Reader, staff: Id | None) -> Id | None:
    """Whoever answers now for what this colleague promised or was charged with; None where they left and nobody took
    over: then it is everybody's. Successors who left as well are followed to theirs."""
    seen: set[Id] = set()
    while staff is not None and staff not in seen:
        seen.add(staff)
        row = reader.session.get(Staff, staff)
        if row is None or row.removed_on is None:
            return staff
        staff = row.successor_id
    return None


def those_answered_for(reader: Reader) -> frozenset[Id]:
    """The asker, and the colleagues who left and whose work the asker took over."""
    left = reader.session.scalars(select(Staff.id).where(Staff.removed_on.is_not(None)))
    me = reader.acting.staff_id
    return frozenset({me, *(one for one in left if who_answers(reader, one) == me)})
