"""Incidents and what the office has to do because of them: listed for those who keep or read the registers."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import func, select

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.organisation import Device, Freeze
from kzcase.db.tables.registers import Incident, SubjectRequest, Telling
from kzcase.domain.errors import NotFound, NotInForce, RecipientStopped
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.incidents import CLOSED, OPEN, TOLD, Concerned, DeviceRow, IncidentRow
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import TaskRow
from kzcase.queries.case_page import name_of, partner_name
from kzcase.queries.freezes import freezes_of, laptop_is_frozen
from kzcase.queries.reach import kept_away
from kzcase.queries.standing_in import who_answers
from kzcase.queries.veil import Veil

_SAID: Final = ("what", "done")


def incident_list(reader: Reader) -> list[IncidentRow]:
    """Incidents, those still open first, then the latest."""
    reader.must_be_allowed(Permission.READ_REGISTERS)
    query = select(Incident).where(Incident.struck.is_not(True))
    rows = sorted(reader.session.scalars(query), key=_reported, reverse=True)
    told = _tellings(reader)
    return [_row(reader, row, told) for row in sorted(rows, key=lambda row: row.state == CLOSED)]


def _reported(row: Incident) -> tuple[str, str]:
    return str(row.opened_on or ""), row.number or ""


def incident(reader: Reader, reference: str) -> IncidentRow:
    """One incident by number or id."""
    return _row(reader, incident_named(reader, reference), _tellings(reader))


def incident_named(reader: Reader, reference: str) -> Incident:
    """The incident of a number or id. `NotFound` otherwise."""
    reader.must_be_allowed(Permission.READ_REGISTERS)
    by_id = from_hex(reference)
    found = reader.session.get(Incident, by_id) if by_id else None
    if found is None:
        found = reader.session.scalars(select(Incident).where(Incident.number == reference.strip())).first()
    if found is None or found.struck:
        raise NotFound(place="incident", what=reference[:64])
    return found


def concerned_by(row: Incident, today: date) -> Concerned:
    """What an incident concerns; without days of its own: the day it was noticed."""
    noticed = row.noticed_on or today
    return Concerned(
        kind=row.kind or "",
        first=row.happened_from or noticed,
        last=row.happened_to or noticed,
        staff=row.staff_id,
        device=row.device_id,
        partner=row.partner_id,
        case=row.case_id,
    )


def _row(reader: Reader, row: Incident, tellings: Mapping[tuple[Id, str], date]) -> IncidentRow:
    said = {name: getattr(row, name) for name in _SAID}
    seen, hidden = Veil(reader, "incidents").over(said)
    if row.case_id in kept_away(reader):  # that it happened stays in the register; whom it is about does not show
        seen, hidden = dict.fromkeys(said), frozenset(said)
    device = reader.session.get(Device, row.device_id) if row.device_id else None
    state = CLOSED if row.state == CLOSED else OPEN
    told = {name: tellings.get((row.id, whom)) for whom, name in TOLD.items()}
    frozen, froze = bool(row.staff_id and freezes_of(reader, row.staff_id)), _froze_somebody(reader, row.id)
    late = state == OPEN and told["authority_told_on"] is None and row.due_on is not None and row.due_on < reader.today
    same = ("kind", "noticed_on", "happened_from", "happened_to", "affected", "opened_on", "due_on", "closed_on")
    return IncidentRow(
        id=row.id.hex(),
        number=row.number or "",
        classes=tuple((row.classes or "").split()),
        colleague=name_of(reader, row.staff_id),
        colleague_id=row.staff_id.hex() if row.staff_id else None,
        device=device.code if device else None,
        partner=partner_name(reader, row.partner_id) or None,
        stopped=_stopped_drafts(reader, row.partner_id) if row.partner_id and state == OPEN else 0,
        frozen=frozen,
        opened_again=froze and not frozen,
        laptop_frozen=bool(row.device_id and laptop_is_frozen(reader, row.device_id)),
        act=_reported_by_act(reader, row.id) if state == OPEN and not froze else "",
        opened_by=name_of(reader, row.opened_by),
        responsible=name_of(reader, who_answers(reader, row.responsible_id)),
        doubtful=rule_is_doubtful(reader, row.rule_id, row.noticed_on),
        overdue=late,
        state=state,
        masked=hidden,
        people_told_on=told["people_told_on"],
        authority_told_on=told["authority_told_on"],
        donor_told_on=told["donor_told_on"],
        **{name: getattr(row, name) for name in same},
        **seen,
    )


def _froze_somebody(reader: Reader, incident: Id) -> bool:
    """Whether somebody's access was closed because of it: such a report is not taken back."""
    return reader.session.scalar(select(Freeze.id).where(Freeze.incident_id == incident).limit(1)) is not None


def _reported_by_act(reader: Reader, incident: Id) -> str:
    """The act that made the row: the one its number came with."""
    heads = heads_of_rows(Sql.of(reader.session.connection()), [("incidents", incident)])
    return next((act.hex() for found in heads.values() for act, _seq in found.of("number").dots), "")


def device_list(reader: Reader) -> list[DeviceRow]:
    """The laptops of the organisation, the latest first."""
    reader.must_be_allowed(Permission.READ_REGISTERS)
    query = select(Device).where(Device.struck.is_not(True)).order_by(Device.certified_on.desc(), Device.code)
    return [DeviceRow(row.code or "", row.certified_on) for row in reader.session.scalars(query)]


def rule_is_doubtful(reader: Reader, rule_id: str | None, start: date | None) -> bool:
    """Whether the rule a term came from is not confirmed; where no rule was in force, the term is doubtful too."""
    try:
        return reader.rulebook.deadlines.on(rule_id or "?", start or reader.today).doubtful
    except (NotFound, NotInForce):
        return True


def _stopped_drafts(reader: Reader, partner: Id) -> int:
    """How many referrals to this partner are written and not sent."""
    drafts = (Referral.partner_id == partner, Referral.sent_on.is_(None), Referral.struck.is_not(True))
    return reader.session.scalar(select(func.count()).select_from(Referral).where(*drafts)) or 0


def must_not_be_stopped(reader: Reader, partner: Id | None, place: str) -> None:
    """`RecipientStopped` while an incident that names this partner is open, on whichever laptop."""
    if partner is None:
        return
    open_ones = (Incident.partner_id == partner, Incident.state.is_distinct_from(CLOSED), Incident.struck.is_not(True))
    if reader.session.scalars(select(Incident.id).where(*open_ones).limit(1)).first() is not None:
        raise RecipientStopped(place=place)


def office_tasks(reader: Reader) -> list[TaskRow]:
    """What the office has to do by a date, on no case: tell the authority of an incident, answer a request.

    Those who keep registers see all of it, others what is theirs to do.
    """
    waiting = (Incident.state.is_distinct_from(CLOSED), Incident.struck.is_not(True))
    told = {told for told, whom in _tellings(reader) if whom == "authority"}
    found = [row for row in reader.session.scalars(select(Incident).where(*waiting)) if row.id not in told]
    unanswered = (SubjectRequest.answered_on.is_(None), SubjectRequest.struck.is_not(True))
    rows: list[Incident | SubjectRequest] = [*found]
    rows += reader.session.scalars(select(SubjectRequest).where(*unanswered))
    every, me = reader.may(Permission.KEEP_REGISTERS), reader.acting.staff_id
    return [_task(reader, row) for row in rows if every or who_answers(reader, row.responsible_id) == me]


def _task(reader: Reader, row: Incident | SubjectRequest) -> TaskRow:
    return TaskRow(
        id=row.id.hex(),
        case="",
        case_number="",
        title=row.number,
        due=row.due_on,
        assignee=name_of(reader, who_answers(reader, row.responsible_id)),
        done_on=None,
        rule_id=row.rule_id,
        overdue=row.due_on is not None and row.due_on < reader.today,
    )


def _tellings(reader: Reader) -> dict[tuple[Id, str], date]:
    """(incident, who) → the first day they were told."""
    found: dict[tuple[Id, str], date] = {}
    query = select(Telling).where(Telling.struck.is_not(True), Telling.told_on.is_not(None))
    for row in reader.session.scalars(query.order_by(Telling.told_on.desc(), Telling.id)):
        if row.incident_id is not None and row.told_on is not None:
            found[row.incident_id, row.whom or ""] = row.told_on
    return found
