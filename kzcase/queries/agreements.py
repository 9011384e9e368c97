"""Agreements with partners that end: as something that is due, and as a warning to whoever refers somebody there."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.office import Partner
from kzcase.domain.agreements import ENDED, agreement_words, has_ended
from kzcase.domain.due import DueKind, DueRow
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.warned import Warned
from kzcase.i18n import _

_ENDING: Final = """
SELECT id, name, agreement_to FROM partners
WHERE struck IS NOT 1 AND agreement_to >= ? AND agreement_to <= ? ORDER BY agreement_to, id"""


def agreements_due(
    reader: Reader, start: date, until: date, seen: Mapping[str, str] = MappingProxyType({})
) -> Iterator[DueRow]:
    """Last days of agreements, for whoever keeps the directory. `seen`: until when each is put aside."""
    if not reader.may(Permission.MANAGE_PARTNERS):
        return
    sql, today = Sql.of(reader.session.connection()), reader.today
    for partner, name, ends in sql.rows(_ENDING, (start.isoformat(), until.isoformat())):
        day, row = date.fromisoformat(ends), f"agreement/{partner.hex()}/{ends}"
        yield DueRow(
            id=row,
            kind=DueKind.AGREEMENT,
            case="",
            number="",
            what=_("The agreement with {partner} ends", partner=name or ""),
            reason=_("The last day of the agreement, as the directory of partners has it."),
            day=day,
            mine=True,
            overdue=day < today,
            seen=seen.get(row, "") > today.isoformat(),
        )


def agreement_ended(reader: Reader, partner: Id | None, place: str, since: date | None = None) -> tuple[Warned, ...]:
    """What to say to whoever refers somebody to a partner whose agreement is over; `since` a day, if they did not hear
    it then."""
    row = reader.session.get(Partner, partner or b"")
    until = row.agreement_to if row else None
    if not has_ended(until, reader.today) or (since is not None and has_ended(until, since)):
        return ()
    words = agreement_words(until, reader.today)
    return (Warned(place, ENDED, words),) if words else ()
