"""Whose a row is: every way in which it hangs on a case. Whoever is kept away from that case finds no such row, by
whatever act they come: an act that undoes another names no case at all."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.base import Journaled
from kzcase.domain.ids import Id
from kzcase.queries.call_reach import cases_of_calls
from kzcase.queries.people_around import cases_around
from kzcase.queries.reach import kept_away

Cases = list[frozenset[Id]]
"""Sets of cases. To be kept away from one whole set is to be kept away from the row: a call is closed by each of its
cases, a person by all of theirs together."""
Way = Callable[[Reader, Id], Cases]


def _of_case(_reader: Reader, case: Id) -> Cases:
    return [frozenset({case})]


def _of_call(reader: Reader, call: Id) -> Cases:
    return [frozenset({case}) for case in cases_of_calls(reader, (call,)).get(call, ())]


def _of_person(reader: Reader, person: Id) -> Cases:
    return [cases_around(reader, person)]


def _of_row(table: str) -> Way:
    def way(reader: Reader, row_id: Id) -> Cases:
        row = reader.session.get(ENTITIES[table], row_id)
        return [] if row is None else _cases_of(reader, row)

    return way


def _of_held(reader: Reader, held: Id) -> Cases:
    """A hold lies on a case, or on a call or a referral from others that may have become one since."""
    return [*_of_case(reader, held), *_of_call(reader, held), *_of_row("incoming_referrals")(reader, held)]


_PEOPLE: Final = ("person_id", "first_id", "second_id", "other_id", "same_as")
WAYS: Final[Mapping[str, Way]] = {
    **{"case_id": _of_case, "call_id": _of_call, "incoming_id": _of_row("incoming_referrals")},
    **{"incident_id": _of_row("incidents"), "tracing_id": _of_row("tracings")},
    **dict.fromkeys(_PEOPLE, _of_person),
}
"""What a column that names something else says of the cases."""
_OWN_WAY: Final[Mapping[str, Mapping[str, Way]]] = {
    **{"cases": {"id": _of_case}, "people": {"id": _of_person}, "calls": {"id": _of_call}},
    "case_holds": {"case_id": _of_held},
}
OF_THE_ORGANISATION: Final = frozenset(
    {
        *("absences", "audit_key_copies", "batches", "call_periods", "checked_texts", "devices", "erased_bodies"),
        *("erased_subjects", "erasures", "form_versions", "freezes", "line_key_copies", "line_keys", "office_forms"),
        *("organisations", "outreach", "package_key_copies", "package_keys", "partner_keys", "partners", "phone_forms"),
        *("phone_switches", "protected_periods", "recovery_shares", "releases", "revocations", "rule_changes"),
        *("saved_searches", "share_issues", "share_trials", "shifts", "staff", "staff_roles", "submission_key_copies"),
        *("submission_keys", "undertakings"),
    }
)
"""The tables whose rows belong to nobody's case, each named: a new one has to say so, or say its way."""


def ways(entity: str) -> Mapping[str, Way]:
    """The columns by which rows of a table lead to a case."""
    if entity in OF_THE_ORGANISATION:
        return {}
    columns = shape(entity).columns
    return _OWN_WAY.get(entity) or {name: way for name, way in WAYS.items() if name in columns}


def _cases_of(reader: Reader, row: Any) -> Cases:
    found: Cases = []
    for name, way in ways(row.__tablename__).items():
        named = getattr(row, name)
        if named and not (name in _PEOPLE and getattr(row, "case_id", None)):  # a case of its own says more
            found += way(reader, named)
    return found


def is_kept_away(reader: Reader, row: Journaled) -> bool:
    """Whether the asker is kept away from what a row belongs to."""
    away = kept_away(reader)
    return bool(away) and any(cases and cases <= away for cases in _cases_of(reader, row))
