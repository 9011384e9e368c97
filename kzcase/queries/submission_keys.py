"""Submission keys: which there are, who holds the private half, and who should but does not yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.derived import HeadsRow
from kzcase.db.tables.organisation import Staff, StaffRole, SubmissionKey, SubmissionKeyCopy
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission
from kzcase.journal.heads import decode


@dataclass(frozen=True, slots=True)
class SubmissionKeyRow:
    """One key pair. `holders` can open what is closed to it, `lacking` should and cannot yet; `left` had it and went.

    `current`: forms that leave now are closed to it, because somebody here can open it and nobody who left can.
    """

    id: str
    made_on: date | None
    mine: bool
    holders: tuple[str, ...]
    lacking: tuple[str, ...]
    left: tuple[str, ...]
    current: bool
    public: bytes = field(repr=False)


def submission_keys(reader: Reader) -> tuple[SubmissionKeyRow, ...]:
    """Every key pair, the newest first."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    live = select(SubmissionKey).where(SubmissionKey.struck.is_not(True))
    keys, made = [key for key in reader.session.scalars(live) if key.public], _made(reader)
    keys.sort(key=lambda key: made.get(key.id, _NEVER), reverse=True)
    copies, entitled = holders_of(reader), who_may_hold(reader)
    people = {one.id: one for one in reader.session.scalars(select(Staff))}
    rows: list[SubmissionKeyRow] = []
    for key in keys:
        held = copies.get(key.id, frozenset())
        left, here = _names(people, held - entitled), held & entitled
        fresh = bool(here) and not left and not any(row.current for row in rows)
        rows.append(
            SubmissionKeyRow(
                id=key.id.hex(),
                made_on=key.made_on,
                mine=reader.acting.staff_id in held,
                holders=_names(people, here),
                lacking=_names(people, entitled - held),
                left=left,
                current=fresh,
                public=key.public or b"",
            )
        )
    return tuple(rows)


_NEVER: Final = (0, b"")


def _made(reader: Reader) -> dict[Id, tuple[int, bytes]]:
    """When each key was made, as the acts that made them follow each other: of two of one day the later is newer."""
    query = select(HeadsRow.id, HeadsRow.heads).where(HeadsRow.entity == SubmissionKey.__tablename__)
    found: dict[Id, tuple[int, bytes]] = {}
    for key, heads in reader.session.execute(query):
        if winner := decode(heads).of("public").winner:
            found[key] = (winner[2], winner[0])
    return found


def who_may_hold(reader: Reader) -> frozenset[Id]:
    """The colleagues who are here and whose roles take answers in."""
    roles = [role.value for role in MAY[Permission.WORK_ON_CASES]]
    here = (StaffRole.role.in_(roles), StaffRole.struck.is_not(True), Staff.removed_on.is_(None))
    query = select(Staff.id).join(StaffRole, StaffRole.staff_id == Staff.id).where(*here)
    return frozenset(reader.session.scalars(query))


def own_copies(reader: Reader) -> dict[Id, list[bytes]]:
    """The private halves closed to the asker, by the id of their key."""
    mine = (SubmissionKeyCopy.staff_id == reader.acting.staff_id, SubmissionKeyCopy.struck.is_not(True))
    found: dict[Id, list[bytes]] = {}
    for row in reader.session.scalars(select(SubmissionKeyCopy).where(*mine).order_by(SubmissionKeyCopy.id)):
        if row.key_id and row.sealed:
            found.setdefault(row.key_id, []).append(row.sealed)
    return found


def holders_of(reader: Reader) -> dict[Id, frozenset[Id]]:
    """Who can open a copy of which key, colleagues who left included; whoever got new keys of their own cannot."""
    theirs = (Staff.id == SubmissionKeyCopy.staff_id) & (Staff.kem_key == SubmissionKeyCopy.kem_key)
    live = select(SubmissionKeyCopy).join(Staff, theirs).where(SubmissionKeyCopy.struck.is_not(True))
    rows = reader.session.scalars(live)
    found: dict[Id, set[Id]] = {}
    for row in rows:
        if row.key_id and row.staff_id and row.sealed:
            found.setdefault(row.key_id, set()).add(row.staff_id)
    return {key: frozenset(held) for key, held in found.items()}


def _names(people: dict[Id, Staff], wanted: Iterable[Id]) -> tuple[str, ...]:
    return tuple(sorted((people[one].name or "") for one in wanted if one in people))
