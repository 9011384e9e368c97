"""Referrals of the whole office: which are open, which are overdue, whose turn it is, and the history of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case, Referral
from kzcase.db.tables.referrals import ReferralChase, ReferralStep
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.referrals import DRAFT, SENT, ListedReferral, ReferralChoice, ReferralHistory, ReferralStepRow
from kzcase.journal.hlc import moment
from kzcase.queries.case_page import name_of, referral_row
from kzcase.queries.reach import but_not, kept_away, must_be_open, within_reach
from kzcase.queries.referral_states import standing_of, standings, states
from kzcase.queries.veil import Veil

MOST: Final = 2_000
"""More than anybody looks through; the open ones come first."""
_LAST_STATE: Final = """
 (SELECT s.state FROM referral_steps s WHERE s.referral_id = r.id AND s.struck IS NOT 1
  ORDER BY s.happened_on DESC, s.recorded_at DESC, s.id DESC LIMIT 1)"""
_EVERYTHING: Final = ReferralChoice()


def referral_list(reader: Reader, choice: ReferralChoice = _EVERYTHING, limit: int = MOST) -> list[ListedReferral]:
    """Referrals, those overdue first, then the other open ones by their day, then those that ended, the latest first.

    Of cases beyond the asker's reach, what was asked for and what was said is hidden.
    """
    reader.must_be_allowed(Permission.READ_CASES)
    found = listed_referrals(reader, _candidates(reader, choice, limit))
    return sorted((one for one in found if _fits(reader, one, choice)), key=_order)


def referral_history(reader: Reader, reference: str) -> ReferralHistory:
    """One referral by number or id, with its states and chases. Looking into a case beyond reach takes a reason."""
    row = referral_named(reader, reference)
    must_be_open(reader, row.case_id, reference, "referral")
    (listed,) = listed_referrals(reader, [row])
    return ReferralHistory(listed, tuple(_steps(reader, row)))


def referral_named(reader: Reader, reference: str) -> Referral:
    """The referral of a number or id. `NotFound` where there is none, or more than one goes by the number."""
    reader.must_be_allowed(Permission.READ_CASES)
    by_id = from_hex(reference)
    found = reader.session.get(Referral, by_id) if by_id else None
    if found is None:
        named = select(Referral).where(Referral.number == reference.strip(), Referral.struck.is_not(True)).limit(2)
        several = reader.session.scalars(named).all()
        found = several[0] if len(several) == 1 else None
    if found is None or found.struck or found.case_id in kept_away(reader):
        raise NotFound(place="referral", what=reference[:64])
    return found


def _candidates(reader: Reader, choice: ReferralChoice, limit: int) -> Sequence[Referral]:
    ended = ", ".join(f"'{code.code}'" for code in states(reader) if code.attribute("ends"))
    conditions = ["r.struck IS NOT 1", "r.case_id IS NOT NULL"]
    if choice.open or choice.overdue:
        conditions.append(f"coalesce({_LAST_STATE}, '') NOT IN ({ended})")
    if choice.mine:
        conditions.append("EXISTS (SELECT 1 FROM cases c WHERE c.id = r.case_id AND c.worker_id = :me)")
    if choice.partner:
        conditions.append("r.partner_id = :partner")
    sql = f"SELECT r.id FROM referrals r WHERE {' AND '.join(conditions)}{but_not(kept_away(reader), 'r.case_id')}"
    sql += " ORDER BY coalesce(r.sent_on, r.drafted_on) DESC, r.id LIMIT :limit"
    given = {"me": reader.acting.staff_id, "partner": from_hex(choice.partner) or b"", "limit": limit}
    ids = [bytes(found) for found in reader.session.execute(text(sql), given).scalars()]
    rows: list[Referral] = []
    for start in range(0, len(ids), 500):
        rows += reader.session.scalars(select(Referral).where(Referral.id.in_(ids[start : start + 500])))
    return rows


def listed_referrals(reader: Reader, rows: Sequence[Referral]) -> list[ListedReferral]:
    """These referrals as the list shows them."""
    near = within_reach(reader, {row.case_id for row in rows if row.case_id})
    stands, chases = standings(reader, rows), _last_chases(reader, rows)
    found = []
    for row in rows:
        case = reader.session.get(Case, row.case_id or b"")
        if case is None or case.struck:
            continue
        shown = referral_row(reader, row, near=row.case_id in near, stands=stands[row.id])
        asked = chases.get(row.id)
        late = (reader.today - shown.due).days if shown.overdue and shown.due else 0
        found.append(
            ListedReferral(
                id=row.id.hex(),
                case=case.id.hex(),
                case_number=case.number or "",
                worker=name_of(reader, case.worker_id),
                late=late,
                chased=shown.chased,
                chased_on=asked.happened_on if asked else None,
                delay=asked.delay if asked else None,
                row=shown,
            )
        )
    return found


def _last_chases(reader: Reader, rows: Iterable[Referral]) -> Mapping[Id, ReferralChase]:
    wanted = [row.id for row in rows]
    found: dict[Id, ReferralChase] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = select(ReferralChase).where(ReferralChase.referral_id.in_(some), ReferralChase.struck.is_not(True))
        for row in reader.session.scalars(query.order_by(ReferralChase.happened_on, ReferralChase.recorded_at)):
            found[row.referral_id or b""] = row
    return found


def _fits(reader: Reader, one: ListedReferral, choice: ReferralChoice) -> bool:
    row = one.row
    if (choice.open or choice.overdue) and row.ended:
        return False
    return (not choice.overdue or row.overdue) and choice.state in ("", row.state)


def _order(one: ListedReferral) -> tuple[bool, int, date, str]:
    row = one.row
    last = row.answered_on or row.sent_on or row.drafted_on or date.min
    return row.ended, -one.late, row.due or (date.max if not row.ended else date.fromordinal(1)), _latest_first(last)


def _latest_first(day: date) -> str:
    return f"{date.max.toordinal() - day.toordinal():08d}"


def _steps(reader: Reader, referral: Referral) -> list[ReferralStepRow]:
    veil = Veil(reader, "referral_steps")
    rows = [*_own_steps(reader, referral)]
    query = select(ReferralStep).where(ReferralStep.referral_id == referral.id, ReferralStep.struck.is_not(True))
    for row in reader.session.scalars(query):
        seen, hidden = veil.over({name: getattr(row, name) for name in ("state", "reason", "text")})
        same = ("how", "appointment_on", "appointment_time", "next_on", "recorded_at")
        rows.append(
            ReferralStepRow(
                id=row.id.hex(),
                on=row.happened_on,
                delay=None,
                author=name_of(reader, row.author_id),
                masked=hidden,
                **{name: getattr(row, name) for name in same},
                **(seen | {"state": seen["state"] or ""}),
            )
        )
    rows += _chases(reader, referral)
    if not any(row and row.state not in ("", DRAFT, SENT) for row in rows) and referral.answered_on:
        rows.append(_own(referral, standing_of(reader, referral).state, referral.answered_on))
    there = [row for row in rows if row is not None]
    return sorted(there, key=lambda row: (row.on or date.min, str(row.recorded_at or ""), row.id))


def _own_steps(reader: Reader, referral: Referral) -> Iterator[ReferralStepRow | None]:
    """That it was written and that it was sent, each with who wrote it down and when: read off the acts."""
    sql = Sql.of(reader.session.connection())
    heads = heads_of_rows(sql, [("referrals", referral.id)]).get(("referrals", referral.id))
    for state, field, on in ((DRAFT, "number", referral.drafted_on), (SENT, "sent_on", referral.sent_on)):
        acts = [act for act, _seq in heads.of(field).dots] if heads else []
        written = sql.rows_with("SELECT author, hlc FROM acts WHERE id IN ({})", acts)
        author, stamp = max(written, key=itemgetter(1), default=(None, None))
        step = _own(referral, state, on)
        at = moment(stamp) if stamp is not None else None
        yield step and replace(step, author=name_of(reader, author), recorded_at=at)


def _own(referral: Referral, state: str, on: date | None) -> ReferralStepRow | None:
    """A line that the referral's own row says."""
    if on is None:
        return None
    next_on = referral.reply_by if state == SENT else None
    how = referral.how if state == SENT else None
    return ReferralStepRow(f"{state}", state, on, None, None, None, how, None, None, next_on, None, None)


def _chases(reader: Reader, referral: Referral) -> list[ReferralStepRow]:
    veil = Veil(reader, "referral_chases")
    query = select(ReferralChase).where(ReferralChase.referral_id == referral.id, ReferralChase.struck.is_not(True))
    rows = []
    for row in reader.session.scalars(query):
        seen, hidden = veil.over({"text": row.text, "delay": row.delay})
        rows.append(
            ReferralStepRow(
                id=row.id.hex(),
                state="",
                on=row.happened_on,
                reason=None,
                delay=seen["delay"],
                text=seen["text"],
                how=row.how,
                appointment_on=None,
                appointment_time=None,
                next_on=row.next_on,
                author=name_of(reader, row.author_id),
                recorded_at=row.recorded_at,
                masked=hidden,
            )
        )
    return rows
