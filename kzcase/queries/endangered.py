"""What makes somebody more endangered than others: read off their cases, calls, phones, flags and searches."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.domain.ages import is_child
from kzcase.domain.errors import BadInput
from kzcase.domain.ids import Id
from kzcase.queries.phone_hands import controlled_phones

_OF_CASE: Final = """
SELECT id, case_id, danger FROM calls WHERE case_id IS NOT NULL AND struck IS NOT 1
UNION ALL SELECT k.id, c.id, k.danger FROM cases c JOIN calls k ON k.id = c.call_id WHERE k.struck IS NOT 1
UNION ALL SELECT k.id, l.case_id, k.danger FROM call_cases l JOIN calls k ON k.id = l.call_id
WHERE l.struck IS NOT 1 AND k.struck IS NOT 1"""
"""Every call about a case: that it came from, and those connected with it later."""
CASES: Final[Mapping[str, str]] = {
    "danger": f"SELECT case_id FROM ({_OF_CASE}) WHERE danger = 'yes'",
    "signalled": f"""
SELECT o.case_id FROM crime_signals s JOIN ({_OF_CASE}) o ON o.id = s.call_id
WHERE s.danger IN ('now', 'hours', 'later') AND s.struck IS NOT 1""",
    "not_safe_now": """
SELECT case_id FROM answers WHERE struck IS NOT 1
AND (path LIKE '%/safe_now' AND value = 'no' OR path LIKE '%/others_in_danger' AND value = 'yes')""",
    "flagged": """
SELECT case_id FROM flags WHERE kind = 'danger' AND taken_down_on IS NULL AND struck IS NOT 1""",
    "risky_contact": """
SELECT case_id FROM flags WHERE kind = 'contact_risk' AND taken_down_on IS NULL AND struck IS NOT 1""",
    "protected": """
SELECT case_id FROM sealed_notes
WHERE kind IN ('shelter_address', 'protected_witness') AND struck IS NOT 1""",
}
"""Reason → the cases for which it holds."""
PEOPLE: Final[Mapping[str, str]] = {
    "warned": "SELECT person_id FROM caller_checks WHERE result = 'duress' AND struck IS NOT 1",
    "sought": """
SELECT person_id FROM tracings WHERE danger = 'yes' AND struck IS NOT 1
UNION SELECT m.person_id FROM tracing_matches m JOIN tracings t ON t.id = m.tracing_id
WHERE t.danger = 'yes' AND m.found = 1 AND t.struck IS NOT 1 AND m.struck IS NOT 1""",
}
"""Reason → the people for whom it holds, whatever their case."""
_PHONES: Final = "SELECT id, person_id, safe FROM phones WHERE struck IS NOT 1"
_UNSAFE: Final = frozenset({"text_only", "code_word", "at_hours"})


class Endangered:
    """Everything that counts, asked once; then case by case."""

    def __init__(self, reader: Reader) -> None:
        self._today = reader.today
        self._cases = {reason: _ids(reader, sql) for reason, sql in CASES.items()}
        self._people = {reason: _ids(reader, sql) for reason, sql in PEOPLE.items()}
        self._phones: dict[Id, set[str]] = defaultdict(set)
        controlled, others = controlled_phones(reader), set[Id]()
        for phone, person, safe in reader.session.execute(text(_PHONES)):
            self._phones[bytes(person or b"")].add(safe or "")
            others |= {bytes(person or b"")} if bytes(phone) in controlled else set()
        self._people["in_other_hands"] = frozenset(others)

    def why(self, case: Any) -> Iterator[str]:
        """The reasons for one case, in no order."""
        yield from (reason for reason, found in self._cases.items() if case.id in found)
        yield from (reason for reason, found in self._people.items() if case.client_id in found)
        if case.urgency in ("immediate", "urgent"):
            yield case.urgency
        phones = self._phones.get(case.client_id, set())
        if "do_not_call" in phones:
            yield "do_not_call"
        elif phones & _UNSAFE:
            yield "unsafe_phone"
        if case.kind == "trafficking" and case.closed_on is None:
            yield "trafficking_open"
        if _child(case.birth, self._today):
            yield "minor"


def _ids(reader: Reader, sql: str) -> frozenset[Id]:
    return frozenset(bytes(one) for one in reader.session.execute(text(sql)).scalars() if one)


def _child(birth: str | None, today: date) -> bool:
    """Doubt counts for the child; a birth nobody can read counts for nothing."""
    try:
        return bool(is_child(birth or "", today))
    except BadInput:
        return False
