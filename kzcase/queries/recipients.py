"""Who has received what is known of somebody: from letters, packages, files and emergencies, each recipient once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, select, text

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.attachments import Copying
from kzcase.db.tables.cases import Case, Consent, Referral
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.db.tables.office import Exporting, Printing
from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id
from kzcase.i18n import KAZAKHSTAN
from kzcase.journal.hlc import moment
from kzcase.queries.consents import classes_of

LETTER = "referral_letter"
"""The paper that a referral goes out on."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who holds something: a partner, somebody named, or whoever was given a file.

    `numbers` are of letters and emergencies, by which they can find it; `classes` what they can hold at most, where
    that is known.
    """

    partner: Id | None
    name: str
    numbers: tuple[str, ...]
    last_on: date | None
    classes: frozenset[FieldClass] = frozenset(FieldClass)


def past_recipients(reader: Reader, case: Case) -> tuple[Recipient, ...]:
    """Every past recipient of a case, the latest first; whoever was written to twice is there once."""
    found: dict[tuple[Id | None, str], Recipient] = {}
    for each in (*_letters(reader, case), *_emergencies(reader, case), *_files(reader, case)):
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
