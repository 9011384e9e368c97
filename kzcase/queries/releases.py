"""What summaries are made from: the people of a period who were never counted before, and the ledger of releases."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import CallPeriod
from kzcase.db.tables.office import ProtectedPeriod, Release
from kzcase.domain.ids import Id
from kzcase.domain.periods import period_dates
from kzcase.domain.permissions import Permission
from kzcase.domain.release_rows import ReleaseRow
from kzcase.queries.case_page import name_of
from kzcase.queries.merged import stand_ins


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """The countable facts of one person at their first case: never shown to anybody, only counted."""

    person: Id
    opened_on: date
    kind: str
    region: str | None
    sex: str | None
    birth: str | None
    citizenship: str | None
    closure_reason: str | None
    referred: bool


# Whoever was erased is struck, so that no list shows them; what can be counted of them is counted still.
_FACTS = """
SELECT c.client_id, c.opened_on, c.kind, c.region, p.sex, p.birth,
  (SELECT country FROM citizenships z WHERE z.person_id = p.id AND z.struck IS NOT 1 ORDER BY position, id LIMIT 1),
  c.closure_reason,
  EXISTS (SELECT 1 FROM referrals r WHERE r.case_id = c.id AND r.sent_on IS NOT NULL AND r.struck IS NOT 1)
FROM cases c JOIN people p ON p.id = c.client_id
WHERE (c.struck IS NOT 1 OR c.erased_on IS NOT NULL) AND c.opened_on <= :end ORDER BY c.opened_on, c.id"""


_FIRST = "SELECT min(opened_on) FROM cases WHERE struck IS NOT 1 OR erased_on IS NOT NULL"


def people_to_count(reader: Reader, start: date, end: date) -> list[CountedPerson]:
    """People whose first case opened in the period and whom no closed period has counted.

    Somebody whose first case was registered late, with a date inside a closed period, counts in the first open one.
    Somebody whose first case opened before the period, where nothing is closed yet, waits for that time to be closed:
    a later case of theirs does not count them here. Records that were found to be one person count as one.
    """
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    one_for_all = stand_ins(reader)
    counted = {one_for_all.get(person, person) for person in already_counted(reader)}
    closed = [period_dates(name) for name in reader.session.scalars(select(ProtectedPeriod.period)) if name]
    found: list[CountedPerson] = []
    for row in reader.session.execute(text(_FACTS), {"end": end.isoformat()}):
        person, opened = bytes(row[0]), date.fromisoformat(row[1])
        if one_for_all.get(person, person) in counted:
            continue
        counted.add(one_for_all.get(person, person))  # by their first case, whether here, earlier or later
        if opened >= start or any(first <= opened <= last for first, last in closed):
            kind, region, sex, birth, citizenship, closure, referred = tuple(row)[2:]
            facts = (kind, region, sex, birth, citizenship, closure, bool(referred))
            found.append(CountedPerson(person, opened, *facts))
    return found


def already_counted(reader: Reader) -> set[Id]:
    """Everybody a closed period has counted: each person enters one protected file, ever."""
    blobs = reader.session.scalars(select(ProtectedPeriod.counted)).all()
    return {blob[at : at + 16] for blob in blobs if blob for at in range(0, len(blob), 16)}


def first_case(reader: Reader) -> date | None:
    """The day the oldest case was opened."""
    found = reader.session.execute(text(_FIRST)).scalar()
    return date.fromisoformat(found) if found else None


def release_list(reader: Reader) -> list[ReleaseRow]:
    """The ledger, the latest first. Whoever signs numbers signs them in every release that repeats them."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    query = (
        select(Release, ProtectedPeriod.period, CallPeriod.period)
        .outerjoin(ProtectedPeriod, ProtectedPeriod.id == Release.period_id)
        .outerjoin(CallPeriod, CallPeriod.id == Release.period_id)
    )
    found = reader.session.execute(query.order_by(Release.number.desc()))
    rows = [_ledger_row(reader, row, people or calls or "", calls=bool(calls)) for row, people, calls in found]
    signed = {numbers: row for row in rows if row.approved_on is not None and (numbers := _numbers_of(row))}
    return [_signed_elsewhere(row, signed.get(_numbers_of(row))) for row in rows]


def _ledger_row(reader: Reader, row: Release, period: str, *, calls: bool) -> ReleaseRow:
    return ReleaseRow(
        row.id.hex(),
        period,
        row.number or 0,
        name_of(reader, row.released_by) or "",
        row.released_on,
        name_of(reader, row.approved_by),
        row.approved_on,
        tuple((row.fingerprints or "").split()),
        calls=calls,
    )


def _numbers_of(row: ReleaseRow) -> tuple[str, ...]:
    return tuple(one for one in row.fingerprints if one.startswith("cells.csv:"))


def _signed_elsewhere(row: ReleaseRow, signed: ReleaseRow | None) -> ReleaseRow:
    if row.approved_on is not None or signed is None:
        return row
    return replace(row, approved_by=signed.approved_by, approved_on=signed.approved_on, signed_as=signed.number)
