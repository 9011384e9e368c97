"""Incidents: reported at once, those affected worked out, others told in time, and closed with what was done."""

from datetime import date

from kzcase.actions.affected import Looked, looked_into
from kzcase.actions.checks import code, day, past_day
from kzcase.actions.consents import classes_given
from kzcase.actions.finding import (
    find_anybody,
    find_case,
    find_colleague,
    find_device,
    find_incident,
    find_partner,
)
from kzcase.actions.freezing import freeze_lost_laptops, frozen_by_incident
from kzcase.actions.numbers import next_number
from kzcase.actions.subject_requests import due_by
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Required, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.registers import Incident, Telling
from kzcase.domain.errors import EndsBeforeItBegins, IncidentClosed
from kzcase.domain.ids import new_id
from kzcase.domain.incidents import CLOSED, NOTICE_DAYS, NOTICE_RULE, OPEN, STOLEN_PASSPHRASE
from kzcase.queries.affected import affected
from kzcase.queries.incidents import concerned_by


class OpenIncident(Wish, frozen=True, kw_only=True):
    """Report that data may have come into the wrong hands: what happened, and whom or what it concerns."""

    kind: Code
    what: Required
    noticed: IsoDate | None = None
    first: IsoDate | None = None
    last: IsoDate | None = None
    classes: tuple[Code, ...] = ()
    staff: Ref | None = None
    device: Ref | None = None
    partner: Ref | None = None
    case: Ref | None = None
    responsible: Ref | None = None
    look_reason: LookReason | None = None


class TellIncident(Wish, frozen=True, kw_only=True):
    """Somebody was told of an incident: the people affected, the authority or the donor."""

    incident: Ref
    whom: Code
    on: IsoDate | None = None


class CloseIncident(Wish, frozen=True, kw_only=True):
    """Close an incident with what was done."""

    incident: Ref
    done: Required
    on: IsoDate | None = None


@action("incident.opened", OpenIncident)
def open_incident(book: Casebook, wish: OpenIncident) -> Done:
    """Report an incident: nothing goes to the partner it names, the colleague whose passphrase was stolen is frozen,
    what a lost laptop writes counts no more. Until the authority knows it is a task."""
    looked, incident_id = _looked(book, wish), new_id()
    if wish.kind == STOLEN_PASSPHRASE and wish.staff is not None:  # before it is reported: a kill between closes more
        frozen_by_incident(book, wish.staff, incident_id)
    with book.write("incident.opened") as act:
        row = _incident(act, wish)
        row.id = incident_id
        row.affected = len(affected(act, concerned_by(row, act.today), looked).rows)
        row.number = next_number(act, book.facts.code, "I")
        row.due_on = due_by(act, NOTICE_RULE, row.noticed_on or act.today, NOTICE_DAYS)
        incident = act.add(row)
    freeze_lost_laptops(book)
    return Done(act.id, act.changed, {"incident": incident.id}, incident.number or "")


def _looked(book: Casebook, wish: OpenIncident) -> Looked:
    """The cases the colleague it concerns looked at, asked before anything is written."""
    if wish.staff is None:
        return frozenset()
    with book.read() as reader:
        row = Incident(**_days(wish, reader.today), staff_id=find_anybody(reader, wish.staff).id)
        concerned = concerned_by(row, reader.today)
    return looked_into(book, concerned)


def _incident(act: Act, wish: OpenIncident) -> Incident:
    who = find_colleague(act, wish.responsible, "responsible").id if wish.responsible else act.acting.staff_id
    return Incident(
        kind=code(act.rulebook, "incident_kind", wish.kind, "kind"),
        what=wish.what.strip(),
        classes=" ".join(classes_given(act.rulebook, wish.classes)),
        staff_id=find_anybody(act, wish.staff).id if wish.staff else None,
        device_id=find_device(act, wish.device).id if wish.device else None,
        partner_id=find_partner(act, wish.partner).id if wish.partner else None,
        case_id=find_case(act, wish.case).id if wish.case else None,
        opened_by=act.acting.staff_id,
        opened_on=act.today,
        responsible_id=who,
        rule_id=NOTICE_RULE,
        state=OPEN,
        **_days(wish, act.today),
    )


def _days(wish: OpenIncident, today: date) -> dict[str, date]:
    """When it was noticed and when it happened; nothing lies in the future, and no time ends before it begins."""
    noticed = past_day(wish.noticed, today, "noticed")
    last = past_day(wish.last, today, "last") if wish.last else noticed
    first = day(wish.first, "first", min(last, noticed)) or last
    if first > last:
        raise EndsBeforeItBegins(place="last")
    return {"noticed_on": noticed, "happened_from": first, "happened_to": last}


@action("incident.told", TellIncident)
def tell_incident(book: Casebook, wish: TellIncident) -> Done:
    """Enter who was told and when. Once the authority knows, nobody is reminded of that any more."""
    with book.write("incident.told") as act:
        incident = _open_one(act, wish.incident)
        whom, on = code(act.rulebook, "incident_told", wish.whom, "whom"), past_day(wish.on, act.today)
        act.add(Telling(incident_id=incident.id, whom=whom, told_on=on, told_by=act.acting.staff_id))
    return Done(act.id, act.changed, {"incident": incident.id}, incident.number or "")


@action("incident.closed", CloseIncident)
def close_incident(book: Casebook, wish: CloseIncident) -> Done:
    """Close an incident; what it stopped may go on. This stays."""
    with book.write("incident.closed") as act:
        incident = _open_one(act, wish.incident)
        incident.state, incident.done = CLOSED, wish.done.strip()
        incident.closed_on = past_day(wish.on, act.today)
    return Done(act.id, act.changed, {"incident": incident.id}, incident.number or "")


def _open_one(act: Act, reference: str) -> Incident:
    incident = find_incident(act, reference)
    if incident.state == CLOSED:
        raise IncidentClosed(place="incident")
    return incident
