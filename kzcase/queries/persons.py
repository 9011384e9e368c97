"""Everything about one person that the asker may see: names, records, relations, household, steps, and their cases."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import or_, select, text

from kzcase.db.reader import Reader
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.cases import Case
from kzcase.db.tables.lives import Custody, Relation
from kzcase.db.tables.people import Person
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import PersonCaseRow, PersonPage, RecordRow, RelationRow
from kzcase.domain.records import RECORDS, RecordKind, direction, owed
from kzcase.queries.households import evidence, household, name_seen, steps_around
from kzcase.queries.merged import same_people
from kzcase.queries.people import person
from kzcase.queries.people_around import may_see, must_see
from kzcase.queries.proceedings import unsettled
from kzcase.queries.reach import but_not, kept_away, within_reach
from kzcase.queries.veil import Veil

SOON: Final = timedelta(days=30)
_IS_MINE: Final = "SELECT id FROM cases c WHERE c.worker_id = :me OR c.worker_id IS NULL"


def person_named(reader: Reader, reference: str) -> Id:
    """Somebody by their id, or by the number or id of a case of theirs that is there for the asker."""
    reader.must_be_allowed(Permission.READ_CASES)
    row_id = from_hex(reference)
    found = reader.session.get(Person, row_id) if row_id else None
    if found is None:
        given = {"id": row_id, "number": reference.strip()}
        sql = "SELECT client_id FROM cases c WHERE (c.id = :id OR c.number = :number) AND c.struck IS NOT 1"
        client = reader.session.execute(text(sql + but_not(kept_away(reader))), given).scalar()
        found = reader.session.get(Person, client) if client else None
    if found is None or found.struck:
        raise NotFound(place="person", what=reference[:64])
    return found.id


def person_page(reader: Reader, reference: str) -> PersonPage:
    """One person; `NeedsReason` where all cases they are known through are others'."""
    asked = person_named(reader, reference)
    must_see(reader, asked)
    group = same_people(reader, asked)
    cases, elsewhere = _cases(reader, group)
    records = tuple(row for kind in RECORDS.values() for row in _records(reader, kind, group))
    kept = _kept(reader, group)
    return PersonPage(
        person=person(reader, asked),
        merged=tuple(person(reader, one) for one in group[1:]),
        cases=cases,
        records=records,
        relations=tuple(_relations(reader, group)),
        household=tuple(household(reader, group)),
        steps=steps_around(reader, group),
        unsettled=tuple(one.hex() for one in unsettled(reader, asked)),
        evidence=tuple(evidence(reader, group)),
        kept_originals=tuple(sorted(kept)),
        kept_where={document: where for document, (where, told) in kept.items() if told},
        known_elsewhere=elsewhere,
        direction=direction([row.values.get("country", "") for row in records if row.record == "leg"]),
    )


def _cases(reader: Reader, group: tuple[Id, ...]) -> tuple[tuple[PersonCaseRow, ...], bool]:
    """The cases of one's own, of nobody, or opened; that there are others is told to whoever may merge people."""
    query = select(Case).where(Case.client_id.in_(group), Case.struck.is_not(True), Case.id.not_in(kept_away(reader)))
    all_cases = list(reader.session.scalars(query.order_by(Case.opened_on, Case.id)))
    near = within_reach(reader, {case.id for case in all_cases})
    may_decide = reader.may(Permission.MERGE_PEOPLE)
    own = {case.id for case in all_cases if case.worker_id in (None, reader.acting.staff_id)} | reader.acting.opened
    shown = near & own if may_decide else near
    return tuple(_case(reader, case) for case in all_cases if case.id in shown), may_decide and any(
        case.id not in shown for case in all_cases
    )


def _case(reader: Reader, row: Case) -> PersonCaseRow:
    seen, _hidden = Veil(reader, "cases").over({"kind": row.kind, "stage": row.stage})
    return PersonCaseRow(row.id.hex(), row.number or "", seen["kind"], seen["stage"], row.opened_on, row.closed_on)


# Records


def _records(reader: Reader, kind: RecordKind, group: tuple[Id, ...]) -> Iterator[RecordRow]:
    table: Any = ENTITIES[kind.table]
    veil = Veil(reader, kind.table)
    rows = list(reader.session.scalars(select(table).where(table.person_id.in_(group), table.struck.is_not(True))))
    for row in sorted(rows, key=lambda row: (_sorted_by(getattr(row, kind.order)), row.id)):
        seen, hidden = veil.over({each: getattr(row, each) for each in _shown(kind)})
        yield RecordRow(row.id.hex(), kind.name, _as_text(kind, seen), _ends(reader, row), hidden)


def _sorted_by(value: Any) -> tuple[bool, str]:
    """By text; positions stand in the order of their numbers."""
    return value is None, f"{value:020}" if isinstance(value, int) else str(value or "")


def _shown(kind: RecordKind) -> list[str]:
    more = ("safeguard", "safeguard_on", "outcome", "ban_until", "closed_on") if kind.name == "proceeding" else ()
    return [*(each.name for each in kind.fields), *more]


def _as_text(kind: RecordKind, seen: Mapping[str, Any]) -> dict[str, str]:
    said = {name: _plain(value) for name, value in seen.items() if value is not None}
    if kind.name == "wage" and (left := owed(seen.get("agreed"), seen.get("paid"))) is not None:
        said["owed"] = str(left)
    return said


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else str(value)


def _ends(reader: Reader, row: Any) -> date | None:
    """The day something has to be renewed or runs out, where that is near or past."""
    days = [day for name in ("renew_by", "until") if isinstance(day := getattr(row, name, None), date)]
    return min((day for day in days if day <= reader.today + SOON), default=None)


def _kept(reader: Reader, group: tuple[Id, ...]) -> dict[str, tuple[str | None, bool]]:
    """The documents whose originals the office keeps: where, as far as it may be known, and whether that was said."""
    there = (Custody.person_id.in_(group), Custody.returned_on.is_(None), Custody.struck.is_not(True))
    veil = Veil(reader, Custody.__tablename__)
    rows = [row for row in reader.session.scalars(select(Custody).where(*there)) if row.document_id]
    return {
        row.document_id.hex(): (veil.over({"kept_where": row.kept_where})[0]["kept_where"], row.kept_where is not None)
        for row in rows
        if row.document_id
    }


# Who belongs to them


def _relations(reader: Reader, group: tuple[Id, ...]) -> Iterator[RelationRow]:
    """Those that were written down about them, and those of others the asker may see as well. A suspicion past its
    term is shown to nobody: it waits among the data past their term to be taken away, or kept with a new reason."""
    touching = or_(Relation.person_id.in_(group), Relation.other_id.in_(group))
    holds = or_(Relation.keep_until.is_(None), Relation.keep_until >= reader.today)
    query = select(Relation).where(touching, Relation.struck.is_not(True), holds).order_by(Relation.since, Relation.id)
    veil = Veil(reader, "relations")
    for row in reader.session.scalars(query):
        theirs = row.person_id not in group
        other = (row.person_id if theirs else row.other_id) or b""
        if theirs and not may_see(reader, other):
            continue
        own = {name: getattr(row, name) for name in ("kind", "since", "until", "said_by", "keep_until")}
        seen, hidden = veil.over(own)
        name, covered = name_seen(reader, other)
        yield RelationRow(row.id.hex(), other=other.hex(), name=name, theirs=theirs, masked=hidden | covered, **seen)
