"""Casebooks for tests: real encrypted files, opened by raw key, copied from one migrated template."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kzcase.actions.desk import add_staff_rows
from kzcase.actions.log_key import add_audit_copy
from kzcase.db.casebook import FOUNDING, Casebook, Opening
from kzcase.db.facts import Local
from kzcase.db.keyrings import ScopeKeys
from kzcase.db.tables.organisation import Device, Organisation
from kzcase.domain.permissions import Role
from kzcase.journal.acts import founding_tag
from kzcase.keys.identity import Identity, OpeningKey, SigningKey
from kzcase.keys.secret import Secret
from tests.laptops import another_laptop

START = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
KEY = bytes(range(48))
ROOT_KEY = SigningKey(Secret.fresh())
ROOT = ROOT_KEY.public_sign
AUDIT = OpeningKey(Secret.fresh())
OFFICE = bytes([7]) * 16
FOUNDER_ROLES = (Role.ADMINISTRATOR, Role.CASEWORKER, Role.HELPLINE, Role.SUPERVISOR)


class TickingClock:
    """A clock that moves one second each time it is read: no test waits, and no two acts share a moment."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class Template:
    """A founded casebook and an empty one of the same organisation, with the founder's keys."""

    folder: Path
    founder: Identity
    organisation: bytes
    parts: list[bytes]
    keys: list[ScopeKeys]

    @property
    def founded(self) -> Path:
        return self.folder / "founded.kzcase"

    @property
    def empty(self) -> Path:
        return self.folder / "empty.kzcase"


@cache
@another_laptop()
def template() -> Template:
    """Made once a session; every test works on copies."""
    folder, founder = Path(mkdtemp(prefix="kzcase-tests-")), Identity.fresh(os.urandom(16), "Founder")
    tag = founding_tag(founder.public_sign, ROOT)
    Casebook.create(folder / "empty.kzcase", Opening(KEY, founder, TickingClock()), tag).close()
    with Casebook.create(folder / "founded.kzcase", Opening(KEY, founder, TickingClock()), tag) as book:
        with book.write(FOUNDING) as act:
            act.add(
                Organisation(
                    id=tag,
                    name="Generated office",
                    root_key=ROOT,
                    audit_key=AUDIT.public_kem,
                    office_id=OFFICE,
                    demonstration=True,
                )
            )
            add_staff_rows(act, founder, FOUNDER_ROLES)
            add_audit_copy(act, founder.staff_id, founder.public_kem, bytes(AUDIT.secret.reveal()))
            act.add(Device(id=book.facts.incarnation, code=book.facts.code, certified_on=act.today))
        parts, keys = book.everything()
    return Template(folder, founder, tag, parts, keys)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("ballast"))


def founded(folder: Path, identity: Identity | None = None, clock: TickingClock | None = None) -> Casebook:
    """A founded casebook of the test's own."""
    path = folder / f"{os.urandom(4).hex()}.kzcase"
    _copy(template().founded, path)
    Local(path / "casebook.db", KEY).begin(template().organisation)  # no two copies are one device
    return Casebook.open(path, Opening(KEY, identity or template().founder, clock or TickingClock()))


def again(source: Path, folder: Path, identity: Identity, clock: TickingClock) -> Casebook:
    """A copy of a casebook that was prepared and closed, on a laptop of its own."""
    path = folder / f"{os.urandom(4).hex()}.kzcase"
    _copy(source, path)
    Local(path / "casebook.db", KEY).begin(template().organisation)
    return Casebook.open(path, Opening(KEY, identity, clock))


def empty(folder: Path, identity: Identity | None = None, clock: TickingClock | None = None) -> Casebook:
    """A casebook of the same organisation that holds no act yet, on a laptop of its own."""
    path = folder / f"{os.urandom(4).hex()}.kzcase"
    _copy(template().empty, path)
    Local(path / "casebook.db", KEY).begin(template().organisation)
    return Casebook.open(path, Opening(KEY, identity or template().founder, clock or TickingClock()))


def replica(folder: Path, identity: Identity, clock: TickingClock | None = None) -> Casebook:
    """A second laptop that has met the first once, right after the founding."""
    book = empty(folder, identity, clock)
    book.take_in(template().parts, template().keys)
    return book
