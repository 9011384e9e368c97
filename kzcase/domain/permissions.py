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
    RECOVER = "recover"
    FREEZE = "freeze"
    MANAGE_PARTNERS = "manage_partners"
    MANAGE_FORMS = "manage_forms"
    MANAGE_RULES = "manage_rules"
    WORK_ON_CASES = "work_on_cases"
    ASSIGN_CASES = "assign_cases"
    LOG_CALLS = "log_calls"
    SUPERVISE_LINE = "supervise_line"
    REFER = "refer"
    UNDO = "undo"
    WRITE_MANY = "write_many"
    MAKE_SUMMARIES = "make_summaries"
    APPROVE_SUMMARIES = "approve_summaries"
    READ_CASES = "read_cases"
    READ_HISTORY = "read_history"
    KEEP_AWAY = "keep_away"
    READ_LOG = "read_log"
    ERASE = "erase"
    HOLD = "hold"
    READ_REGISTERS = "read_registers"
    KEEP_REGISTERS = "keep_registers"
    TAKE_REQUESTS = "take_requests"
    CLEAR_STEPS = "clear_steps"
    CONFIRM_FACTS = "confirm_facts"
    MERGE_PEOPLE = "merge_people"
    EXPORT_LISTS = "export_lists"
    LEAD_TEAM = "lead_team"
    APPROVE = "approve"
    APPROVE_OWN = "approve_own"


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
    Permission.RECOVER: frozenset(),  # two recovery shares, no role
    Permission.FREEZE: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Permission.MANAGE_PARTNERS: frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.HELPLINE}),
    Permission.MANAGE_FORMS: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_RULES: frozenset({Role.ADMINISTRATOR}),
    Permission.WORK_ON_CASES: _CASE_ROLES | {Role.HELPLINE},
    Permission.ASSIGN_CASES: frozenset({Role.SUPERVISOR, Role.CASEWORKER}),
    Permission.LOG_CALLS: frozenset({Role.HELPLINE, Role.CASEWORKER, Role.SUPERVISOR}),
    Permission.SUPERVISE_LINE: frozenset({Role.SUPERVISOR}),
    Permission.REFER: frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.LAWYER}),
    Permission.UNDO: _ANYBODY - {Role.AUDITOR},
    Permission.WRITE_MANY: _ANYBODY - {Role.AUDITOR},  # each act of the many needs its own permission all the same
    Permission.MAKE_SUMMARIES: frozenset({Role.SUPERVISOR}),
    Permission.APPROVE_SUMMARIES: frozenset({Role.SUPERVISOR}),
    Permission.READ_CASES: _CASE_ROLES | {Role.HELPLINE},
    Permission.READ_HISTORY: _CASE_ROLES | {Role.HELPLINE, Role.AUDITOR},
    Permission.KEEP_AWAY: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Permission.READ_LOG: frozenset({Role.SUPERVISOR, Role.AUDITOR}),
    Permission.ERASE: frozenset({Role.SUPERVISOR}),  # who erases must be able to read what goes
    Permission.HOLD: frozenset({Role.SUPERVISOR}),
    Permission.READ_REGISTERS: frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}),
    Permission.KEEP_REGISTERS: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Permission.TAKE_REQUESTS: _CASE_ROLES | {Role.HELPLINE, Role.ADMINISTRATOR},
    Permission.CLEAR_STEPS: frozenset({Role.LAWYER}),
    Permission.CONFIRM_FACTS: frozenset({Role.SUPERVISOR}),
    Permission.MERGE_PEOPLE: frozenset({Role.SUPERVISOR}),
    Permission.EXPORT_LISTS: frozenset({Role.SUPERVISOR}),
    Permission.LEAD_TEAM: frozenset({Role.SUPERVISOR}),
    Permission.APPROVE: frozenset({Role.SUPERVISOR}),
    Permission.APPROVE_OWN: frozenset({Role.ADMINISTRATOR}),  # never without the right to approve; a word of its own
}


class Reach(StrEnum):
    """Whose cases somebody opens without being asked why; every other case takes a reason, and is never refused.

    `own`: those they work on, those that began with a call they took, and those in which a note is sealed to them.
    `team`: also those in which something is theirs to do, and those nobody works on. `every`: all.
    """

    OWN = "own"
    TEAM = "team"
    EVERY = "every"


REACH: Final[Mapping[Role, Reach]] = {
    Role.CASEWORKER: Reach.TEAM,
    Role.HELPLINE: Reach.OWN,
    Role.SUPERVISOR: Reach.EVERY,
    Role.PSYCHOLOGIST: Reach.TEAM,
    Role.LAWYER: Reach.TEAM,
    Role.SHELTER: Reach.TEAM,
}
"""Role × reach; a role that is not here opens no case at all."""

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
_WIDEST_FIRST: Final = (Reach.EVERY, Reach.TEAM, Reach.OWN)
_FROM_AFAR: Final = frozenset({FieldClass.OPERATIONAL, FieldClass.STATISTICAL})
"""What is seen of a case that is beyond one's reach and was not opened with a reason."""


def may(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether somebody with these roles may do this."""
    return not MAY[permission].isdisjoint(roles)


def reach(roles: Iterable[Role]) -> Reach | None:
    """The widest reach any of the roles gives; None for somebody who opens no case."""
    given = {REACH[role] for role in roles if role in REACH}
    return next((each for each in _WIDEST_FIRST if each in given), None)


def sight(roles: Iterable[Role], field_class: FieldClass, *, names_shown: bool = False, near: bool = True) -> Sight:
    """The widest sight any of the roles gives on this class of field; `near`: of a case within reach, or opened."""
    seen = {SIGHT[role][field_class] for role in roles}
    widest = next((s for s in _BEST_FIRST if s in seen), Sight.NONE)
    if not near and field_class not in _FROM_AFAR:
        return Sight.MASK if widest is Sight.SHOW else widest
    return Sight.SHOW if widest is Sight.MASK and names_shown else widest
