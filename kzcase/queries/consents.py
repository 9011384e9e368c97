"""What was said about passing on what is known of somebody: loaded whole, and asked of for one recipient."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Consent
from kzcase.db.tables.consents import EmergencyRelease, Withdrawal
from kzcase.db.tables.people import Person
from kzcase.domain.classes import FieldClass
from kzcase.domain.consent_ages import Yeses, lacking
from kzcase.domain.consents import REFERRAL, Agreed, Consents, Emergency, MayLeave, TakenBack, may_leave
from kzcase.domain.ids import Id, from_hex

_DISPUTED: Final = text("SELECT id, disputed FROM heads WHERE entity = 'consents' AND disputed IS NOT NULL")
"""Few rows of all, whatever the number of consents."""
_YESES: Final = ("given_by", "assent", "guardian", "guardianship_told_on", "best_interests_on", "capacity")


def leaving(
    reader: Reader, case: Case, recipient: Id | None, purpose: str = REFERRAL, on: date | None = None
) -> MayLeave:
    """What may leave this case to a recipient on a day, today unless said otherwise, and why the rest may not.

    Every letter, slip, package, export and screen of a referral asks this and nothing else.
    """
    return may_leave(consents_said(reader, case), recipient, on or reader.today, purpose)


def consents_said(reader: Reader, case: Case) -> Consents:
    """Every consent, withdrawal and emergency of a case; a withdrawal holds in all cases of the same person."""
    rows = _live(reader, Consent, Consent.case_id == case.id)
    of_person = Withdrawal.case_id == case.id
    if case.client_id is not None:
        of_person |= Withdrawal.person_id == case.client_id
    person = reader.session.get(Person, case.client_id or b"")
    birth = person.birth if person else None
    return Consents(
        agreed=tuple(_agreed(reader, rows, dict.fromkeys((row.person_id for row in rows), birth))),
        taken_back=tuple(taken_back(row) for row in _live(reader, Withdrawal, of_person)),
        emergencies=tuple(_emergencies(_live(reader, EmergencyRelease, EmergencyRelease.case_id == case.id))),
    )


def everything_agreed(reader: Reader) -> Iterator[Consents]:
    """The consents and withdrawals of every case, one case after another, by few statements: for registers."""
    births: dict[Id | None, str | None] = dict(iter(reader.session.execute(select(Person.id, Person.birth))))
    by_case: dict[Id | None, list[Agreed]] = defaultdict(list)
    rows = _live(reader, Consent, Consent.id.is_not(None))
    for row, agreed in zip(rows, _agreed(reader, rows, births), strict=True):
        by_case[row.case_id].append(agreed)
    clients = {row.case_id: row.person_id for row in rows}
    of_case: dict[Id | None, list[TakenBack]] = defaultdict(list)
    of_person: dict[Id | None, list[TakenBack]] = defaultdict(list)
    for back in _live(reader, Withdrawal, Withdrawal.id.is_not(None)):
        (of_person[back.person_id] if back.person_id else of_case[back.case_id]).append(taken_back(back))
    for case, all_agreed in by_case.items():
        taken = (*of_case[case], *(of_person[clients[case]] if clients[case] else ()))
        yield Consents(agreed=tuple(all_agreed), taken_back=taken)


def _live(reader: Reader, table: Any, where: Any) -> list[Any]:
    return list(reader.session.scalars(select(table).where(where, table.struck.is_not(True)).order_by(table.id)))


def _agreed(reader: Reader, rows: Collection[Consent], births: Mapping[Id | None, str | None]) -> Iterator[Agreed]:
    disputed = disputes(reader, [row.id for row in rows])
    for row in rows:
        yield Agreed(
            id=row.id,
            recipient=row.partner_id,
            purpose=row.purpose or "",
            classes=classes_of(row.classes),
            state=row.state or "",
            given_on=row.given_on,
            valid_until=row.valid_until,
            after=None if row.after is None else ids_of(row.after),
            lacks=lacks(reader, row, births.get(row.person_id)),
            disputed=disputed.get(row.id, frozenset()),
            ours=bool(row.ours),
        )


def lacks(reader: Reader, row: Consent, birth: str | None) -> tuple[str, ...]:
    """What the rule for the person's age on the day of the consent wants and the record does not have."""
    yeses = Yeses(**{name: getattr(row, name) for name in _YESES})
    return lacking(reader.rulebook.consent_ages, birth, row.given_on or reader.today, yeses)


def disputes(reader: Reader, consents: Collection[Id]) -> dict[Id, frozenset[str]]:
    """The fields of these consents about which laptops disagree."""
    found = reader.session.execute(_DISPUTED) if consents else ()
    wanted = set(consents)
    return {bytes(row): frozenset(fields.split()) for row, fields in found if bytes(row) in wanted}


def taken_back(row: Withdrawal) -> TakenBack:
    """A withdrawal as the rule reads it."""
    return TakenBack(
        id=row.id,
        on=row.withdrawn_on,
        consent=row.consent_id,
        recipient=row.partner_id,
        purposes=frozenset((row.purposes or "").split()),
        classes=classes_of(row.classes),
        ours=bool(row.ours),
    )


def _emergencies(rows: Collection[EmergencyRelease]) -> Iterator[Emergency]:
    for row in rows:
        if row.released_on and row.due_on and row.review != "not_justified":
            classes = classes_of(row.classes)
            yield Emergency(
                id=row.id, recipient=row.partner_id, classes=classes, since=row.released_on, until=row.due_on
            )


def classes_of(said: str | None) -> frozenset[FieldClass]:
    """The classes of a consent as stored; a word this version does not know covers nothing."""
    known = {each.value: each for each in FieldClass}
    return frozenset(known[word] for word in (said or "").split() if word in known)


def ids_of(said: str) -> frozenset[Id]:
    """The ids a consent follows, as stored."""
    return frozenset(found for word in said.split() if (found := from_hex(word)))
