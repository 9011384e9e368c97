"""Roles, what each may do, and which classes of field each sees. The one place where roles are compared."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from kzcase.domain.classes import FieldClass


class Role(StrEnum):
    """What a person is in the organisation; one person holds a set of these."""

    CASEWORKER = "caseworker"
    HELPLINE = "helpline"
    SUPERVISOR = "supervisor"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    SHELTER = "shelter"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What an act or a question needs."""

    FOUND_CASEBOOK = "found_casebook"
    MANAGE_STAFF = "manage_staff"
    MANAGE_PARTNERS = "manage_partners"
    WORK_ON_CASES = "work_on_cases"
    ASSIGN_CASES = "assign_cases"
    LOG_CALLS = "log_calls"
    REFER = "refer"
    UNDO = "undo"
    MAKE_SUMMARIES = "make_summaries"
    APPROVE_SUMMARIES = "approve_summaries"
    READ_CASES = "read_cases"
    READ_HISTORY = "read_history"


class Sight(StrEnum):
    """How a field of one class is shown to one role."""

    SHOW = "show"
    MASK = "mask"
    NONE = "none"


_CASE_ROLES: Final = frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.PSYCHOLOGIST, Role.LAWYER, Role.SHELTER})
_ANYBODY: Final = frozenset(Role)

MAY: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.FOUND_CASEBOOK: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_STAFF: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_PARTNERS: frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.HELPLINE}),
    Permission.WORK_ON_CASES: _CASE_ROLES | {Role.HELPLINE},
    Permission.ASSIGN_CASES: frozenset({Role.SUPERVISOR, Role.CASEWORKER}),
    Permission.LOG_CALLS: frozenset({Role.HELPLINE, Role.CASEWORKER, Role.SUPERVISOR}),
    Permission.REFER: frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.LAWYER}),
    Permission.UNDO: _ANYBODY - {Role.AUDITOR},
    Permission.MAKE_SUMMARIES: frozenset({Role.SUPERVISOR}),
    Permission.APPROVE_SUMMARIES: frozenset({Role.SUPERVISOR}),
    Permission.READ_CASES: _CASE_ROLES | {Role.HELPLINE},
    Permission.READ_HISTORY: _CASE_ROLES | {Role.HELPLINE, Role.AUDITOR},
}

_WORKER: Final[Mapping[FieldClass, Sight]] = {
    FieldClass.IDENTIFYING: Sight.MASK,
    FieldClass.CONTACT: Sight.MASK,
    FieldClass.SENSITIVE: Sight.SHOW,
    FieldClass.HEALTH: Sight.SHOW,
    FieldClass.OPERATIONAL: Sight.SHOW,
    FieldClass.STATISTICAL: Sight.SHOW,
}
_OPERATIONAL_ONLY: Final[Mapping[FieldClass, Sight]] = {
    **dict.fromkeys(FieldClass, Sight.NONE),
    FieldClass.OPERATIONAL: Sight.SHOW,
}

SIGHT: Final[Mapping[Role, Mapping[FieldClass, Sight]]] = {
    Role.CASEWORKER: _WORKER,
    Role.SUPERVISOR: _WORKER,
    Role.PSYCHOLOGIST: _WORKER,
    Role.LAWYER: {**_WORKER, FieldClass.HEALTH: Sight.NONE},
    Role.SHELTER: {**_WORKER, FieldClass.SENSITIVE: Sight.NONE},
    Role.HELPLINE: {**_WORKER, FieldClass.HEALTH: Sight.NONE},
    Role.ADMINISTRATOR: _OPERATIONAL_ONLY,
    Role.AUDITOR: _OPERATIONAL_ONLY,
}
"""Role × class: `mask` becomes `show` after the audited “show names”."""

_BEST_FIRST: Final = (Sight.SHOW, Sight.MASK, Sight.NONE)


def may(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether somebody with these roles may do this."""
    return not MAY[permission].isdisjoint(roles)


def sight(roles: Iterable[Role], field_class: FieldClass, *, names_shown: bool = False) -> Sight:
    """The widest sight any of the roles gives on this class of field."""
    seen = {SIGHT[role][field_class] for role in roles}
    widest = next((s for s in _BEST_FIRST if s in seen), Sight.NONE)
    return Sight.SHOW if widest is Sight.MASK and names_shown else widest
