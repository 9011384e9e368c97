"""What each register holds, row by row: facts of the office, counts, and signs in place of cases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.backup_memory import load_past
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.organisation import ShareTrial, Staff, StaffRole
from kzcase.db.tables.registers import SubjectRequest, Undertaking
from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id
from kzcase.domain.registers import RegisterRow, pseudonym
from kzcase.domain.sources import source_said
from kzcase.i18n import KAZAKHSTAN, Language, render
from kzcase.queries.erasures import destroyed
from kzcase.queries.incidents import incident_list, rule_is_doubtful
from kzcase.queries.rules import kind_kept

YES, NO = "yes", "no"
DESTRUCTIONS: Final[tuple[Callable[[Reader], Iterable[RegisterRow]], ...]] = (destroyed,)
"""What fills the acts of destruction: each gives rows of (date, number, reason, asked on, colleague)."""


def purposes(reader: Reader, language: Language) -> Iterator[RegisterRow]:
    """The purposes in force today."""
    for one in reader.rulebook.purposes:
        if one.in_force_on(reader.today):
            classes = tuple(each.value for each in FieldClass if each in one.classes)
            said = (one.name[language], one.ground[language], classes, one.term[language])
            yield RegisterRow((*said, one.source[language], one.checked_on, YES if one.doubtful else NO))


def retention(reader: Reader, language: Language) -> Iterator[RegisterRow]:
    """The terms of every kind, what the organisation changed first; what a change stands in place of is not there."""
    rules = reader.rulebook
    kinds = dict.fromkeys(rule.kind for rule in (*rules.retention.versions, *rules.retention.changes))
    for kind in kinds:
        name = render(kind_kept(rules, kind), language)
        for rule in rules.retention.holding(kind):
            years = (rule.years, rule.least or None, YES if rule.ours else NO, YES if rule.doubtful else NO)
            source = render(source_said(rule.source), language)
            yield RegisterRow((name, *years, rule.valid_from, rule.valid_to, source, rule.checked_on))


def access(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """Everybody who has or had a role; roles are given once, on the day somebody is added."""
    roles: dict[Id, set[str]] = defaultdict(set)
    gone = set(reader.session.scalars(select(Staff.id).where(Staff.removed_on.is_not(None))))
    for held in reader.session.scalars(select(StaffRole)):
        if held.staff_id is not None and (not held.struck or held.staff_id in gone):
            roles[held.staff_id].add(held.role or "")
    signed = _signed(reader)
    for row in reader.session.scalars(select(Staff).order_by(Staff.name, Staff.id)):
        given = tuple(sorted(roles[row.id]))
        cells = (row.name or "", given, row.added_on, signed.get(row.id), row.removed_on)
        yield RegisterRow(cells, row.id.hex(), row.removed_on is None)


def _signed(reader: Reader) -> dict[Id, date]:
    """The latest day on which each signed."""
    found: dict[Id, date] = {}
    for row in reader.session.scalars(select(Undertaking).where(Undertaking.struck.is_not(True))):
        if row.staff_id is not None and row.signed_on is not None:
            found[row.staff_id] = max(row.signed_on, found.get(row.staff_id, row.signed_on))
    return found


def requests(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """The latest first."""
    query = select(SubjectRequest).where(SubjectRequest.struck.is_not(True)).order_by(SubjectRequest.number.desc())
    for row in reader.session.scalars(query):
        doubtful = rule_is_doubtful(reader, row.rule_id, row.received_on)
        days = (row.received_on, row.due_on, row.answered_on)
        sign = _sign(reader, row.case_id)
        cells = (row.number or "", row.kind, sign, *days, row.outcome, YES if doubtful else NO)
        yield RegisterRow(cells, row.id.hex(), row.answered_on is None)


def incidents(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """Those still open first; what people wrote about them is not here."""
    for row in incident_list(reader):
        told = (row.authority_told_on, row.people_told_on, row.closed_on)
        cells = (row.number, row.kind, row.noticed_on, row.affected, row.due_on, *told)
        yield RegisterRow(cells, row.id, row.closed_on is None)


def copies(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """All this laptop remembers of its backups and of trying them, and every trial of the recovery shares."""
    past = reversed(load_past(Sql.of(reader.session.connection())))
    found: list[tuple[Any, ...]] = [
        (_day(one.at), one.kind, one.number, YES if one.well else NO, one.cases or None) for one in past
    ]
    for trial in reader.session.scalars(select(ShareTrial).where(ShareTrial.struck.is_not(True))):
        found.append((trial.tried_on, "share_trial", trial.numbers, YES, None))
    yield from (RegisterRow(cells) for cells in sorted(found, key=lambda cells: str(cells[0]), reverse=True))


def destructions(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """What was destroyed, by each of the lists that know of it."""
    for fill in DESTRUCTIONS:
        yield from fill(reader)


def _sign(reader: Reader, case: Id | None) -> str:
    return pseudonym(reader.organisation, case)


def _day(at: Any) -> date:
    found: date = at.astimezone(KAZAKHSTAN).date()
    return found
