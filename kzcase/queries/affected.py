"""Whom an incident may endanger: the cases it touches, the most endangered first, each with why it stands there."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.domain.ids import Id
from kzcase.domain.incidents import WHOLE_CASEBOOK, Affected, AffectedRow, Concerned
from kzcase.domain.permissions import Permission
from kzcase.i18n import KAZAKHSTAN
from kzcase.journal.hlc import tick
from kzcase.queries.endangered import Endangered
from kzcase.queries.reach import but_not, kept_away
from kzcase.queries.veil import Veil

FIELDS: Final[Mapping[str, str]] = {
    "warned": "caller_checks.result",
    "danger": "calls.danger",
    "signalled": "crime_signals.danger",
    "flagged": "flags.reason",
    "sought": "tracings.danger",
    "in_other_hands": "phone_controls.state",
    "risky_contact": "flags.reason",
    "not_safe_now": "answers.value",
    "immediate": "cases.urgency",
    "urgent": "cases.urgency",
    "protected": "sealed_notes.kind",
    "do_not_call": "phones.safe",
    "unsafe_phone": "phones.safe",
    "trafficking_open": "cases.kind",
    "minor": "people.birth",
    "named": "incidents.case_id",
    "sent_there": "referrals.sent_on",
    "looked_at": "notes.author_id",
    "worked_on": "notes.author_id",
    "responsible": "cases.worker_id",
    "in_casebook": "incidents.device_id",
}
"""Reason → the field it is read off: by its class the reason is shown or hidden. Every code of the list is here."""

_CASES: Final = """
SELECT c.id, c.number, c.client_id, c.worker_id, s.name, c.kind, c.urgency, c.closed_on, p.birth
FROM cases c LEFT JOIN people p ON p.id = c.client_id
LEFT JOIN staff s ON s.id = c.worker_id WHERE c.struck IS NOT 1"""
_WRITTEN: Final = """
SELECT DISTINCT p.scope FROM acts a JOIN parts p ON p.act_id = a.id
WHERE (a.author = :staff OR a.incarnation = :device) AND a.hlc >= :first AND a.hlc < :last"""
_SENT: Final = """
SELECT case_id FROM referrals
WHERE partner_id = :partner AND sent_on >= :first AND sent_on <= :last AND struck IS NOT 1
UNION SELECT case_id FROM referral_packages
WHERE partner_id = :partner AND made_on >= :first AND made_on <= :last AND struck IS NOT 1
UNION SELECT case_id FROM emergency_releases
WHERE partner_id = :partner AND released_on >= :first AND released_on <= :last AND struck IS NOT 1"""


def affected(reader: Reader, concerned: Concerned, looked: frozenset[Id] | None) -> Affected:
    """Everybody an incident may endanger; `looked`: the cases the colleague looked at, None where nobody could ask."""
    reader.must_be_allowed(Permission.KEEP_REGISTERS)
    touched = _Touched(reader, concerned, looked or frozenset())
    endangered = Endangered(reader)
    order = {code.code: code.order for code in reader.rulebook.list("affected_reason")}
    hidden = _hidden(reader)
    found = []
    for case in reader.session.execute(text(_CASES + but_not(kept_away(reader)))).all():
        links = tuple(touched.why(case))
        if links:
            reasons = sorted((*endangered.why(case), *links), key=order.__getitem__)
            found.append((tuple(order[one] for one in reasons), _row(case, reasons, hidden)))
    found.sort(key=lambda each: ((*each[0], _AFTER_ALL), each[1].number))
    return Affected(tuple(row for _place, row in found), looked is not None)


_AFTER_ALL: Final = 1_000_000
"""Of two with the same gravest reasons, the one with a further reason comes first."""


def _row(case: Any, reasons: list[str], hidden: frozenset[str]) -> AffectedRow:
    shown = tuple(one for one in reasons if one not in hidden)
    return AffectedRow(case.id.hex(), case.number or "", case.name, shown, len(reasons) - len(shown))


def _hidden(reader: Reader) -> frozenset[str]:
    """The reasons whose field the asker does not see now."""
    veils = {entity: Veil(reader, entity) for entity in {field.split(".")[0] for field in FIELDS.values()}}
    named = {reason: field.split(".") for reason, field in FIELDS.items()}
    return frozenset(reason for reason, (entity, column) in named.items() if veils[entity].hides(column))


class _Touched:
    """Why an incident touches a case at all."""

    def __init__(self, reader: Reader, concerned: Concerned, looked: frozenset[Id]) -> None:
        self._concerned, self._looked = concerned, looked
        self._written = _written(reader, concerned) if concerned.staff or concerned.device else frozenset()
        self._sent = _sent(reader, concerned) if concerned.partner else frozenset()
        self._whole = concerned.kind in WHOLE_CASEBOOK

    def why(self, case: Any) -> Iterator[str]:
        if case.id == self._concerned.case:
            yield "named"
        if case.id in self._sent:
            yield "sent_there"
        if case.id in self._looked:
            yield "looked_at"
        if case.id in self._written or case.client_id in self._written:
            yield "worked_on"
        if case.worker_id is not None and case.worker_id == self._concerned.staff:
            yield "responsible"
        if self._whole:
            yield "in_casebook"


def _written(reader: Reader, concerned: Concerned) -> frozenset[Id]:
    first, last = days_as_moments(concerned.first, concerned.last)
    given = {"staff": concerned.staff, "device": concerned.device, "first": tick(0, first), "last": tick(0, last)}
    return frozenset(bytes(scope) for scope in reader.session.execute(text(_WRITTEN), given).scalars())


def _sent(reader: Reader, concerned: Concerned) -> frozenset[Id]:
    given = {"partner": concerned.partner, "first": concerned.first.isoformat(), "last": concerned.last.isoformat()}
    return frozenset(bytes(case) for case in reader.session.execute(text(_SENT), given).scalars() if case)


_NO_ACT_BEFORE: Final = date(2000, 1, 1)


def days_as_moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of one day to the end of another, as the wall clock in Kazakhstan counts them."""
    start = datetime.combine(max(first, _NO_ACT_BEFORE), time(), KAZAKHSTAN).astimezone(UTC)
    return start, datetime.combine(max(last, _NO_ACT_BEFORE), time(), KAZAKHSTAN).astimezone(UTC) + timedelta(days=1)
