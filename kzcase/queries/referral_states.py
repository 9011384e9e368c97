"""How a referral stands: read off its own dates and off the states and chases that laptops added to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.referrals import ReferralChase, ReferralStep
from kzcase.domain.codes import CodeList
from kzcase.domain.ids import Id
from kzcase.domain.referrals import DRAFT, SENT, Standing, Step, came_of_it, standing
from kzcase.queries.veil import Veil

STATES: Final = "referral_state"
_REMINDED: Final = """
SELECT r.case_id, r.number, (SELECT s.state FROM referral_steps s WHERE s.referral_id = r.id AND s.struck IS NOT 1
  ORDER BY s.happened_on DESC, s.recorded_at DESC, s.id DESC LIMIT 1)
FROM referrals r WHERE r.case_id IN ({}) AND r.struck IS NOT 1"""
Reminded = Mapping[tuple[Id, str], str]
"""The state of each sent referral, by its case and its number."""
_AT_ONCE: Final = 200
"""How many ids one question names."""


def states(reader: Reader) -> CodeList:
    """The states a referral can have."""
    return reader.rulebook.codes[STATES]


def standing_of(reader: Reader, row: Referral) -> Standing:
    """How one referral stands."""
    return standings(reader, (row,))[row.id]


def standings(reader: Reader, rows: Collection[Referral]) -> Mapping[Id, Standing]:
    """How these referrals stand, by id."""
    steps = _steps(reader, [row.id for row in rows])
    known = states(reader)
    return {row.id: standing(_first(reader, row), steps[row.id], known, row.reply_by) for row in rows}


def what_came_of(reader: Reader, rows: Collection[Referral]) -> Mapping[Id, str]:
    """What came of these referrals at the partner, by id: those taken back after help was given count as that."""
    steps, known = _steps(reader, [row.id for row in rows]), states(reader)
    return {row.id: came_of_it(_first(reader, row), steps[row.id], known, row.reply_by) for row in rows}


def reminded_states(reader: Reader, cases: Iterable[Id]) -> Reminded:
    """By case and number in which state each sent referral of these cases is; nothing for who is not shown states."""
    if Veil(reader, "referral_steps").hides("state"):
        return {}
    found = Sql.of(reader.session.connection()).rows_with(_REMINDED, dict.fromkeys(cases))
    return {(case, number): state for case, number, state in found if state}


def _first(reader: Reader, row: Referral) -> Step:
    """What the referral's own row says; before there were steps a reply stood there alone."""
    if row.answered_on is not None and row.outcome:
        outcomes = reader.rulebook.codes["referral_outcome"]
        said = outcomes[row.outcome].attribute("state") if row.outcome in outcomes else ""
        return Step(said or "received", row.answered_on, "")
    if row.sent_on is not None:
        return Step(SENT, row.sent_on, "", row.reply_by)
    return Step(DRAFT, row.drafted_on or date.min, "")


def _steps(reader: Reader, referrals: Collection[Id]) -> Mapping[Id, list[Step]]:
    found: defaultdict[Id, list[Step]] = defaultdict(list)
    wanted = list(referrals)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        steps = select(ReferralStep).where(ReferralStep.referral_id.in_(some), ReferralStep.struck.is_not(True))
        for row in reader.session.scalars(steps):
            found[row.referral_id or b""].append(_step(row, row.state or ""))
        chases = select(ReferralChase).where(ReferralChase.referral_id.in_(some), ReferralChase.struck.is_not(True))
        for asked in reader.session.scalars(chases):
            found[asked.referral_id or b""].append(_step(asked, ""))
    return found


def _step(row: ReferralStep | ReferralChase, state: str) -> Step:
    at = row.recorded_at.isoformat() if row.recorded_at else ""
    return Step(state, row.happened_on or date.min, at, row.next_on, row.id.hex())
