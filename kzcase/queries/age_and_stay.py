"""How old somebody is today and how long they may stay, from what is written down of them."""

from datetime import date

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.tables.lives import Stay
from kzcase.db.tables.people import Citizenship, Person
from kzcase.domain.age_and_stay import AgeAndStay, AgeRow, StayRow, StaySheet
from kzcase.domain.case_state import exact_day
from kzcase.domain.eighteenth import ages_on, eighteenth, minor_on
from kzcase.domain.errors import RegimeUnknown, RuleBroken
from kzcase.domain.ids import Id
from kzcase.domain.pathways_explained import called
from kzcase.domain.permissions import Sight
from kzcase.domain.stays_of_person import HERE, StayLine, counting, last_lawful_day
from kzcase.i18n import _
from kzcase.queries.case_page import name_of
from kzcase.queries.case_states import case_of, estimates_of
from kzcase.queries.letters import header
from kzcase.queries.merged import same_people
from kzcase.queries.people_around import must_see


def age_and_stay(reader: Reader, person: Id) -> AgeAndStay:
    """Both, as the asker may see them."""
    must_see(reader, person)
    sees_birth = reader.sight(shape("people").classes["birth"]) is Sight.SHOW
    sees_stays = reader.sight(shape("stays").classes["since"]) is Sight.SHOW
    return AgeAndStay(
        today=reader.today,
        age=_age(reader, person) if sees_birth else None,
        stay=_stay(reader, person) if sees_stays else None,
    )


def _age(reader: Reader, person: Id) -> AgeRow:
    known = reader.session.get(Person, person)
    birth = (known.birth if known else None) or ""
    estimates = estimates_of(reader, person)
    span = eighteenth(birth, estimates)
    return AgeRow(
        ages=ages_on(birth, estimates, reader.today),
        minor=minor_on(birth, estimates, reader.today),
        first=span[0] if span else None,
        sure=span[1] if span else None,
        estimated=not birth and bool(estimates),
    )


def _stay(reader: Reader, person: Id) -> StayRow:
    group = same_people(reader, person)
    rows = select(Stay).where(Stay.person_id.in_(group), Stay.struck.is_not(True)).order_by(Stay.since, Stay.id)
    lines = [
        StayLine(row.id, exact_day(row.since), row.basis or "", row.until, row.left_on)
        for row in reader.session.scalars(rows)
    ]
    known = select(Citizenship.country).where(Citizenship.person_id.in_(group), Citizenship.struck.is_not(True))
    lands = sorted({land for land in reader.session.scalars(known) if land})
    if HERE in lands:
        return StayRow(unknown=_("A citizen of Kazakhstan needs no leave to stay."))
    if not lines:
        return StayRow(unknown=_("No stay is written down yet."))
    return _counted(reader, lines, lands)


def _counted(reader: Reader, lines: list[StayLine], lands: list[str]) -> StayRow:
    told = last_lawful_day(lines, lands, reader.rulebook)
    if told is not None and not told.rule:
        return StayRow(told=told.day, told_extended_by=told.extended_by)
    try:
        found = counting(lines, lands, reader.rulebook, reader.today, _entry(lines, reader.today))
    except RegimeUnknown:
        return StayRow(unknown=_("The rule for this citizenship is not known: please check it before you tell a day."))
    except RuleBroken as refused:
        return StayRow(unknown=refused.sentence())
    rules, cut = reader.rulebook, found.answer.cut_by
    regime = rules.list("stay_regime").get(found.question.regime)
    return StayRow(
        answer=found.answer,
        cut=called(rules.list("stay_cut")[cut]) if cut else None,
        regime=called(regime) if regime else None,
        lines=tuple((stay.start, stay.end, stay.kind == "permit") for stay in found.question.stays),
    )


def _entry(lines: list[StayLine], today: date) -> date:
    """Under which rule somebody stays is that of the day they entered."""
    entered = [line.since for line in lines if line.since and line.left_on is None]
    return max(entered, default=today)


def stay_sheet_row(reader: Reader, reference: str) -> StaySheet:
    """The calculation of the client of a case, to be printed: neither the person nor the kind of case is named."""
    case = case_of(reader, reference)
    row = age_and_stay(reader, case.client_id).stay if case.client_id else None
    return StaySheet(header(reader, "P43", case.number or ""), reader.today, row, name_of(reader, case.worker_id) or "")
