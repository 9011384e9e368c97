"""Who has received what is known of somebody: letters, papers, packages, files, signals and emergencies, each once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, or_, select, text

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.attachments import Copying
from kzcase.db.tables.cases import Case, Consent, Referral
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.db.tables.helpline import CallCase, CrimeSignal, Readdressing
from kzcase.db.tables.office import Call, Exporting, Partner, Printing
from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id
from kzcase.domain.printings import in_groups
from kzcase.i18n import KAZAKHSTAN
from kzcase.journal.hlc import moment
from kzcase.queries.consents import classes_of
from kzcase.queries.signed_by import signed_by

LETTER = "referral_letter"
"""The paper that a referral goes out on."""
_TOLD: Final = frozenset({FieldClass.SENSITIVE, FieldClass.OPERATIONAL})
"""What a signal of a crime tells at most: the facts."""
_TOLD_WITH_NAME: Final = _TOLD | {FieldClass.IDENTIFYING, FieldClass.CONTACT}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who holds something: a partner, somebody named, or whoever was given a file.

    `numbers` are of letters, papers, signals and emergencies, by which they can find it; `classes` what they can hold
    at most, where that is known.
    """

    partner: Id | None
    name: str
    numbers: tuple[str, ...]
    last_on: date | None
    classes: frozenset[FieldClass] = frozenset(FieldClass)


def past_recipients(reader: Reader, case: Case) -> tuple[Recipient, ...]:
    """Every past recipient of a case, the latest first; whoever was written to twice is there once."""
    found: dict[tuple[Id | None, str], Recipient] = {}
    sources = (_letters, _papers, _emergencies, _signals, _files)
    for each in (one for source in sources for one in source(reader, case)):
        before = found.get((each.partner, each.name))
        found[each.partner, each.name] = each if before is None else _together(before, each)
    return tuple(sorted(found.values(), key=lambda each: (each.last_on or date.min, each.name), reverse=True))


def _together(one: Recipient, other: Recipient) -> Recipient:
    days = [each.last_on for each in (one, other) if each.last_on]
    numbers = tuple(dict.fromkeys((*one.numbers, *other.numbers)))
    return replace(one, numbers=numbers, last_on=max(days, default=None), classes=one.classes | other.classes)


def _letters(reader: Reader, case: Case) -> Iterator[Recipient]:
    sent = (Referral.case_id == case.id, Referral.sent_on.is_not(None), Referral.struck.is_not(True))
    for row in reader.session.scalars(select(Referral).where(*sent).order_by(Referral.sent_on, Referral.id)):
        consent = reader.session.get(Consent, row.consent_id) if row.consent_id else None
        classes = classes_of(consent.classes) if consent else frozenset(FieldClass)
        yield Recipient(row.partner_id, "", (row.number or "",), row.sent_on, classes)


def _emergencies(reader: Reader, case: Case) -> Iterator[Recipient]:
    there = (EmergencyRelease.case_id == case.id, EmergencyRelease.struck.is_not(True))
    for row in reader.session.scalars(select(EmergencyRelease).where(*there).order_by(EmergencyRelease.id)):
        name = "" if row.partner_id else row.recipient or ""
        yield Recipient(row.partner_id, name, (row.number or "",), row.released_on, classes_of(row.classes))


def _papers(reader: Reader, case: Case) -> Iterator[Recipient]:
    """Filled forms that were printed for a partner: whatever was printed counts as handed over."""
    there = (Printing.case_id == case.id, Printing.answers_id.is_not(None), Printing.struck.is_not(True))
    rows = select(Printing, Partner.id).join(Partner, Partner.id == Printing.of_id).where(*there)
    for row, partner in reader.session.execute(rows.order_by(Printing.printed_on, Printing.id)):
        yield Recipient(partner, "", (in_groups(row.number or ""),), row.printed_on)


def _signals(reader: Reader, case: Case) -> Iterator[Recipient]:
    """Signals of a crime that were passed on from a call of this case, also those that got another address since.

    Without a ground they named nobody. A unit to which nothing was sent is none.
    """
    linked = select(CallCase.call_id).where(CallCase.case_id == case.id, CallCase.struck.is_not(True))
    calls = select(Call.id).where(or_(Call.case_id == case.id, Call.id == case.call_id, Call.id.in_(linked)))
    there = (CrimeSignal.call_id.in_(calls), CrimeSignal.struck.is_not(True))
    rows = list(reader.session.scalars(select(CrimeSignal).where(*there).order_by(CrimeSignal.id)))
    written = signed_by(reader, "crime_signals", [row.id for row in rows], "sent_at", ever=True)
    for row in rows:
        told = _TOLD_WITH_NAME if row.ground not in (None, "none") else _TOLD
        numbers = tuple(each for each in (row.number, row.their_number) if each)
        for each in written[row.id]:
            if each.kind == "signal.sent":
                at = moment(each.hlc)
                yield Recipient(None, _unit_at(reader, row, at), numbers, at.astimezone(KAZAKHSTAN).date(), told)


def _unit_at(reader: Reader, row: CrimeSignal, at: datetime) -> str:
    """The unit a signal was addressed to at a moment."""
    later = (Readdressing.signal_id == row.id, Readdressing.struck.is_not(True))
    moves = reader.session.scalars(select(Readdressing).where(*later).order_by(Readdressing.at, Readdressing.id))
    return next((each.from_unit or "" for each in moves if each.at and each.at > at), row.unit or "")


def _files(reader: Reader, case: Case) -> Iterator[Recipient]:
    """Files that somebody saved: whom they were given to the program does not know, whoever saved them does."""
    for entity, table in (("exportings", Exporting), ("copyings", Copying)):
        there = (table.case_id == case.id, table.struck.is_not(True))
        rows = list(reader.session.scalars(select(table.id).where(*there).order_by(table.id)))
        days = _made_on(reader, entity, rows)
        if rows:
            yield Recipient(None, "", (), max(days, default=None))


def _made_on(reader: Reader, entity: str, rows: list[Id]) -> list[date]:
    """The days of the acts that made these rows, which have no day of their own."""
    heads = heads_of_rows(Sql.of(reader.session.connection()), ((entity, row) for row in rows))
    acts = {act for found in heads.values() for act, _seq in found.of("case_id").dots}
    query = text("SELECT hlc FROM acts WHERE id IN :acts").bindparams(bindparam("acts", expanding=True))
    stamps = reader.session.execute(query, {"acts": list(acts)}).scalars()
    return [moment(stamp).astimezone(KAZAKHSTAN).date() for stamp in stamps]


def printed_unsent(reader: Reader, case: Case) -> frozenset[Id]:
    """The referrals of a case whose letter was printed although they were not sent, as far as is known."""
    query = select(Printing.referral_id).where(Printing.case_id == case.id, Printing.paper == LETTER)
    printed = set(reader.session.scalars(query)) - {None}
    unsent = select(Referral.id).where(Referral.case_id == case.id, Referral.sent_on.is_(None))
    return frozenset(set(reader.session.scalars(unsent)) & printed)
