"""Referrals from others: the list with what waits first, and one with everything that came and was replied."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.referrals import IncomingReferral, IncomingStep
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.incoming_rows import IncomingPage, IncomingRow
from kzcase.domain.packages import PackedField, PackedForm
from kzcase.domain.permissions import Permission, Sight
from kzcase.domain.referrals import RECEIVED, ReferralStepRow, Standing, Step, standing
from kzcase.queries.case_page import name_of
from kzcase.queries.reach import kept_away, within_reach
from kzcase.queries.referral_states import states
from kzcase.queries.veil import Veil, number_of

_SEEN: Final = ("who", "contact", "reason")
_PLAIN: Final = ("sender_number", "received_on", "how", "need", "urgency", "reply_by")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of an opened package: its fields and forms, and the names of its attachments."""

    fields: tuple[PackedField, ...] = ()
    forms: tuple[PackedForm, ...] = ()
    files: tuple[str, ...] = ()


def incoming_list(reader: Reader, *, ended: bool = False) -> list[IncomingRow]:
    """Referrals from others, those overdue first, then the latest; `ended`: also those that are over."""
    reader.must_be_allowed(Permission.REFER)
    query = select(IncomingReferral).where(IncomingReferral.struck.is_not(True), IncomingReferral.erased_on.is_(None))
    away = kept_away(reader)
    rows = [_row(reader, row) for row in reader.session.scalars(query) if row.case_id not in away]
    shown = [row for row in rows if ended or not row.ended]
    return sorted(shown, key=lambda row: (not row.overdue, row.ended, row.due or date.max, row.number))


def incoming_page(reader: Reader, reference: str) -> IncomingPage:
    """One referral from others, by number or id."""
    found = incoming_named(reader, reference)
    kept = _kept(found.content)
    near = _near(reader, found)
    sights = {each: reader.sight(each, near=near) is Sight.SHOW for each in FieldClass}
    return IncomingPage(
        row=_row(reader, found),
        fields=tuple(each for each in kept.fields if sights[each.of]),
        forms=tuple(
            msgspec.structs.replace(form, answers=tuple(each for each in form.answers if sights[each.of]))
            for form in (kept.forms if sights[FieldClass.SENSITIVE] else ())
        ),
        files=kept.files if sights[FieldClass.SENSITIVE] else (),
        steps=tuple(_steps(reader, found.id, near=near)),
    )


def incoming_named(reader: Reader, reference: str) -> IncomingReferral:
    """The row of a number or id. `NotFound` otherwise, and for whoever is kept away from its case."""
    reader.must_be_allowed(Permission.REFER)
    by_id = from_hex(reference)
    found = reader.session.get(IncomingReferral, by_id) if by_id else None
    if found is None:
        query = select(IncomingReferral).where(IncomingReferral.number == reference.strip())
        found = reader.session.scalars(query).first()
    if found is None or found.struck or found.erased_on or found.case_id in kept_away(reader):
        raise NotFound(place="referral", what=reference[:64])
    return found


def standing_of_incoming(reader: Reader, row: IncomingReferral) -> Standing:
    """How it stands after what was replied."""
    first = Step(RECEIVED, row.received_on or date.min, "", row.reply_by)
    query = select(IncomingStep).where(IncomingStep.incoming_id == row.id, IncomingStep.struck.is_not(True))
    steps = [
        Step(
            each.state or "",
            each.happened_on or date.min,
            each.recorded_at.isoformat() if each.recorded_at else "",
            each.next_on,
            each.id.hex(),
        )
        for each in reader.session.scalars(query)
    ]
    return standing(first, steps, states(reader), row.reply_by)


def _row(reader: Reader, row: IncomingReferral) -> IncomingRow:
    seen, hidden = Veil(reader, "incoming_referrals", near=_near(reader, row)).over(
        {name: getattr(row, name) for name in _SEEN}
    )
    stands, case = standing_of_incoming(reader, row), _case(reader, row.case_id)
    return IncomingRow(
        id=row.id.hex(),
        number=row.number or "",
        sender=row.sender or "",
        partner_id=(row.partner_id or b"").hex(),
        state=stands.state,
        due=stands.due,
        overdue=stands.overdue(reader.today),
        ended=stands.ended,
        packaged=row.reply_seed is not None,
        case=number_of(row.case_id),
        case_number=case.number if case else None,
        masked=hidden,
        **{name: getattr(row, name) for name in _PLAIN},
        **seen,
    )


def _near(reader: Reader, row: IncomingReferral) -> bool:
    """Until it is a case, it is anybody's who refers; afterwards as near as its case."""
    return row.case_id is None or bool(within_reach(reader, (row.case_id,)))


def _case(reader: Reader, case: Id | None) -> Case | None:
    return reader.session.get(Case, case) if case else None


def _kept(content: str | None) -> Kept:
    return msgspec.json.decode(content, type=Kept) if content else Kept()


def steps_of_incoming(reader: Reader, incoming: Id) -> list[IncomingStep]:
    """What was replied, in its order; a line without a state says that the sealed reply left."""
    query = select(IncomingStep).where(IncomingStep.incoming_id == incoming, IncomingStep.struck.is_not(True))
    return sorted(reader.session.scalars(query), key=lambda row: (str(row.happened_on), str(row.recorded_at), row.id))


def _steps(reader: Reader, incoming: Id, *, near: bool) -> Sequence[ReferralStepRow]:
    veil = Veil(reader, "incoming_steps", near=near)
    return [_step(reader, veil, row) for row in steps_of_incoming(reader, incoming) if row.state]


def _step(reader: Reader, veil: Veil, row: IncomingStep) -> ReferralStepRow:
    seen, hidden = veil.over({name: getattr(row, name) for name in ("reason", "text")})
    same: Mapping[str, Any] = {
        name: getattr(row, name) for name in ("appointment_on", "appointment_time", "next_on", "recorded_at")
    }
    return ReferralStepRow(
        id=row.id.hex(),
        state=row.state or "",
        on=row.happened_on,
        delay=None,
        how=None,
        author=name_of(reader, row.author_id),
        masked=hidden,
        **same,
        **seen,
    )
