"""Kinds: what each may do, and that what has left the casebook or made a role is never undone."""

from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.journal.authority import GUARDED, may_touch
from kzcase.journal.kinds import KINDS, Undo

LEFT_THE_CASEBOOK = {"referral.sent", "paper.printed", "summary.released", "summary.approved", "period.closed"}
ABOUT_STAFF = {"casebook.founded", "staff.added", "staff.removed", "device.certified"}


def test_what_left_or_was_meant_to_last_is_never_undone() -> None:
    never = {name for name, kind in KINDS.items() if kind.undo is Undo.NEVER}
    assert never >= LEFT_THE_CASEBOOK | ABOUT_STAFF | {"consent.withdrawn", "act.undone"}


def test_names_are_their_own() -> None:
    assert all(name == kind.name for name, kind in KINDS.items())


def test_only_staff_acts_touch_staff() -> None:
    by_administrators = ABOUT_STAFF | {"share.given", "shares.tried", "work.handed_over"}
    by_administrators |= {"staff.roles_changed", "device.frozen"}
    by_root = {"staff.recovered", "shares.issued"}
    for entity in ("revocations", "organisations", "devices", "staff", "staff_roles"):
        allowed = by_administrators | (by_root if entity.startswith("staff") else set())
        described = {"organisation.described"} if entity == "organisations" else set()
        assert {kind for kind in KINDS if may_touch(kind, entity)} == allowed | described
        assert not may_touch("unknown.kind", entity)


def test_only_summaries_touch_the_ledger() -> None:
    for entity in ("protected_periods", "call_periods", "releases"):
        assert {kind for kind in KINDS if may_touch(kind, entity)} == {
            *("period.closed", "call_period.closed", "summary.released", "summary.approved")
        }


def test_other_entities_are_open_also_to_newer_versions() -> None:
    assert may_touch("note.added", "notes")
    assert may_touch("unknown.kind", "unknown_entity")
    assert "notes" not in GUARDED


def test_the_auditor_and_the_administrator_write_nothing_into_cases() -> None:
    on_cases = (Permission.WORK_ON_CASES, Permission.REFER, Permission.ASSIGN_CASES, Permission.LOG_CALLS)
    for permission in on_cases:
        assert not MAY[permission] & {Role.AUDITOR, Role.ADMINISTRATOR}
    outside_cases = {"paper.printed", "audit_key.shared"}
    assert all(Role.AUDITOR not in MAY[kind.permission] for kind in KINDS.values() if kind.name not in outside_cases)
