"""What its author was not allowed changes nothing anywhere; what came too early waits, what came too late goes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from random import Random

import cbor2
import pytest

from kzcase.actions.cases import AddNote, add_note
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.db import store, take_in
from kzcase.db.casebook import Casebook
from kzcase.db.keyrings import ScopeKeys
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.journal import authority
from kzcase.journal.acts import sign
from kzcase.journal.parts import deserialised, make_part, serialised
from kzcase.journal.sealing import key_id, new_key
from kzcase.keys.identity import Identity
from tests.db.books import TickingClock, founded, replica, template
from tests.db.drivers import World, perform
from tests.db.dump import differences, dump
from tests.db.laptops import colleague, forge, give, ids, laptop, left_out, meet, parts_of, remove, row, value


@dataclass
class Office:
    """The founder's laptop, one of another administrator, a caseworker's, an auditor's; they have all met once."""

    folder: Path
    founder: Casebook
    admin: Casebook
    worker: Casebook
    auditor: Casebook
    case: bytes

    @property
    def books(self) -> tuple[Casebook, ...]:
        return (self.founder, self.admin, self.worker, self.auditor)

    @property
    def organisation(self) -> bytes:
        return self.founder.facts.organisation

    @property
    def office(self) -> bytes:
        return self.founder.facts.office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    founder = founded(tmp_path)
    roles = (Role.ADMINISTRATOR, Role.CASEWORKER), (Role.CASEWORKER,), (Role.AUDITOR,)
    colleagues = [colleague(founder, *some) for some in roles]
    perform(World(founder, Random(1)), "case.opened")
    (case,) = ids(founder, "cases")
    found = Office(tmp_path, founder, *(laptop(tmp_path, one, founder) for one in colleagues), case)
    yield found
    for book in found.books:
        book.close()


def without_journal(book: Casebook) -> dict[str, list[object]]:
    """What a casebook shows: everything but the journal's own tables."""
    own = {"acts", "parts", "bodies", "keyrings", "waiting", "quarantine"}
    return {name: rows for name, rows in dump(book).items() if name not in own}


def staff_role(office: Office, who: bytes, role: str) -> list[tuple[bytes, object]]:
    """A role for somebody, as an administrator would write it."""
    return [(office.organisation, row("staff_roles", new_id(), office.organisation, staff_id=who, role=role))]


def a_case() -> list[tuple[bytes, object]]:
    person, case = new_id(), new_id()
    return [
        (person, row("people", person, person, sex="female")),
        (case, row("cases", case, case, kind="trafficking", client_id=person, number="2026-XXX-00001")),
    ]


FORGERIES = {
    "a caseworker adds a role": (
        "worker",
        "staff.added",
        lambda o: staff_role(o, o.worker.acting.staff_id, "administrator"),
    ),
    "a caseworker hides a role in a note": (
        *("worker", "note.added"),
        lambda o: staff_role(o, o.worker.acting.staff_id, "administrator"),
    ),
    "a caseworker hides a role in an undo": (
        *("worker", "act.undone"),
        lambda o: staff_role(o, o.worker.acting.staff_id, "administrator"),
    ),
    "a role outside the organisation's scope": (
        *("worker", "note.added"),
        lambda o: [(o.case, c) for _, c in staff_role(o, o.worker.acting.staff_id, "administrator")],
    ),
    "a caseworker removes the founder": (
        *("worker", "note.added"),
        lambda o: [
            (
                o.organisation,
                row(
                    *("revocations", new_id(), o.organisation),
                    **{"staff_id": o.founder.acting.staff_id, "incarnation": b"", "last_index": -1},
                ),
            )
        ],
    ),
    "an auditor opens a case": ("auditor", "case.opened", lambda o: a_case()),
    "an auditor writes a note": (
        *("auditor", "note.added"),
        lambda o: [(o.case, row("notes", new_id(), o.case, case_id=o.case, text="x"))],
    ),
    "an auditor undoes": ("auditor", "act.undone", lambda o: a_case()),
    "a caseworker closes a period": (
        *("worker", "period.closed"),
        lambda o: [(o.office, row("protected_periods", new_id(), o.office, period="2026-Q1"))],
    ),
    "a caseworker hides a release in a call": (
        *("worker", "call.logged"),
        lambda o: [(o.office, row("releases", new_id(), o.office, number=1))],
    ),
    "a caseworker hides a note in the beginning of a batch": (
        *("worker", "batch.added"),
        lambda o: [(o.case, row("notes", new_id(), o.case, case_id=o.case, text="x"))],
    ),
    "a caseworker hides a role in the beginning of a batch": (
        *("worker", "batch.added"),
        lambda o: staff_role(o, o.worker.acting.staff_id, "administrator"),
    ),
    "an auditor begins a batch": (
        *("auditor", "batch.added"),
        lambda o: [(o.office, row("batches", new_id(), o.office, started_at="2026-11-22T06:00:00+00:00"))],
    ),
    "a caseworker begins a batch in a note": (
        *("worker", "note.added"),
        lambda o: [(o.office, row("batches", new_id(), o.office, started_at="2026-11-22T06:00:00+00:00"))],
    ),
    "a person's row in another scope": (
        *("worker", "case.opened"),
        lambda o: [(o.case, row("people", next(iter(ids(o.founder, "people"))), o.case, sex="male"))],
    ),
    "a note said to hang on another case": (
        *("worker", "note.added"),
        lambda o: [(new_scope := new_id(), row("notes", new_id(), new_scope, case_id=o.case))],
    ),
    "a second founding": (
        *("admin", "casebook.founded"),
        lambda o: [(o.organisation, row("organisations", new_id(), o.organisation, name="Ours now"))],
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_act_changes_nothing_anywhere(office: Office, forgery: str) -> None:
    who, kind, changes = FORGERIES[forgery]
    others = [book for book in (office.founder, office.admin) if book is not getattr(office, who)]
    before = [without_journal(book) for book in others]
    roles = [book.acting.roles for book in office.books]
    forged = forge(getattr(office, who), kind, changes(office))  # type: ignore[no-untyped-call, arg-type]
    for book, expected in zip(others, before, strict=True):
        book.take_in([*office.worker.everything()[0], *forged], office.worker.everything()[1])
        assert without_journal(book) == expected
    assert [book.acting.roles for book in office.books] == roles


def test_the_same_by_somebody_who_may_is_taken(office: Office) -> None:
    """The canary of the test above: forged by hand all the same, but by an administrator."""
    who = office.auditor.acting.staff_id
    forged = forge(office.admin, "staff.added", staff_role(office, who, "caseworker"))  # type: ignore[arg-type]
    office.founder.take_in(forged)
    office.auditor.take_in(forged)
    assert office.auditor.acting.roles == {Role.AUDITOR, Role.CASEWORKER}


@pytest.mark.parametrize("broken", ["may_touch", "_at_home"])
def test_a_check_left_out_is_noticed(office: Office, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canaries: without these checks a note makes an administrator."""
    monkeypatch.setattr(store, broken, lambda *_: True)
    monkeypatch.setattr(take_in, "may_touch", lambda *_: True)
    monkeypatch.setattr(store, "may_touch", lambda *_: True)
    scope = office.organisation if broken == "may_touch" else office.case
    changes = [(scope, c) for _, c in staff_role(office, office.worker.acting.staff_id, "administrator")]
    forged = forge(office.worker, "note.added", changes)  # type: ignore[arg-type]
    before = ids(office.founder, "staff_roles")
    office.founder.take_in(forged, office.worker.everything()[1])
    assert ids(office.founder, "staff_roles") != before


def test_a_borrowed_authority_is_refuted_and_kept(office: Office) -> None:
    grant = office.founder.acting.grants[Role.ADMINISTRATOR]
    changes = staff_role(office, office.worker.acting.staff_id, "administrator")
    forged = forge(office.worker, "staff.added", changes, authority=grant)  # type: ignore[arg-type]
    (act_id,) = {deserialised(part)[0].act_id for part in forged}
    office.founder.take_in(forged)
    assert left_out(office.founder, "quarantine") == {act_id: "authority_does_not_permit"}
    assert any(deserialised(part)[0].act_id == act_id for part in office.founder.everything()[0])
    assert office.founder.take_in(forged).new == 0


def test_somebody_elses_name_under_ones_own_signature_is_refuted(office: Office) -> None:
    grant, founder = office.founder.acting.grants[Role.ADMINISTRATOR], office.founder.acting.staff_id
    changes = staff_role(office, office.worker.acting.staff_id, "administrator")
    forged = forge(office.worker, "staff.added", changes, authority=grant, author=founder)  # type: ignore[arg-type]
    office.founder.take_in(forged)
    assert set(left_out(office.founder, "quarantine").values()) == {"signature"}
    office.worker._load()
    assert office.worker.acting.roles == {Role.CASEWORKER}


def test_names_that_are_shown_stay_shown_when_laptops_meet(office: Office) -> None:
    office.admin.show_names()
    give(office.founder, office.admin)
    assert office.admin.acting.names_shown
    assert not office.founder.acting.names_shown


# Early and late


def test_acts_wait_for_the_authority_they_name(office: Office) -> None:
    newcomer = colleague(office.founder, Role.CASEWORKER)
    with laptop(office.folder, newcomer, office.founder) as book:
        note = add_note(book, AddNote(case=office.case.hex(), text="Келісілді.", look_reason="contact"))
        parts = parts_of(book, note.act)
        office.admin.take_in(parts, book.everything()[1])
        assert left_out(office.admin, "waiting") == {note.act: "author_unknown"}
        assert note.ids["note"] not in ids(office.admin, "notes")
        give(office.founder, office.admin)
        assert not left_out(office.admin, "waiting")
        assert value(office.admin, "notes", note.ids["note"], "text") == "Келісілді."
        meet(book, *office.books)
        assert not differences(office.founder, office.admin)


def test_an_act_that_waits_blocks_nobody(office: Office) -> None:
    newcomer = colleague(office.founder, Role.CASEWORKER)
    with laptop(office.folder, newcomer, office.founder) as book:
        waiting = add_partner(book, AddPartner(name="Early", kind="ngo"))
        office.admin.take_in(parts_of(book, waiting.act))
    add_partner(office.admin, AddPartner(name="Now", kind="ngo"))
    assert len(ids(office.admin, "partners")) == 1


def removal_story(office: Office) -> tuple[list[bytes], list[bytes], list[bytes], bytes, bytes]:
    """What a worker did before and after they were removed, and the removal."""
    early = add_note(office.worker, AddNote(case=office.case.hex(), text="Before.", look_reason="contact"))
    give(office.worker, office.founder)
    known = {bytes(part) for part in office.founder.everything()[0]}
    remove(office.founder, office.worker._identity)  # type: ignore[arg-type]
    removal = [part for part in office.founder.everything()[0] if part not in known]
    late = add_note(office.worker, AddNote(case=office.case.hex(), text="After.", look_reason="contact"))
    return (
        *(parts_of(office.worker, early.act), removal, parts_of(office.worker, late.act)),
        *(early.ids["note"], late.ids["note"]),
    )


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_late_acts_of_somebody_removed_go_in_any_order(office: Office, order: tuple[int, ...]) -> None:
    *parts, early, late = removal_story(office)
    before = ids(office.admin, "notes")
    for which in order:
        office.admin.take_in(parts[which], office.worker.everything()[1])  # type: ignore[arg-type]
    assert ids(office.admin, "notes") == before | {early}
    assert value(office.admin, "notes", late, "text") is None
    assert set(left_out(office.admin, "quarantine").values()) == {"late"}
    office.founder.take_in(parts[2], office.worker.everything()[1])  # type: ignore[arg-type]
    meet(office.founder, office.admin, office.auditor)
    assert not differences(office.founder, office.admin)
    assert not differences(office.founder, office.auditor)


def test_half_of_a_late_act_goes_when_its_other_half_comes_with_the_removal(office: Office) -> None:
    """One part arrives and is shown; then the other part and the removal arrive together."""
    *_, removal, _, _, _ = removal_story(office)
    opened = World(office.worker, Random(3))
    before = ids(office.worker, "cases")
    perform(opened, "case.opened")
    (case,) = ids(office.worker, "cases") - before
    (act_id,) = {deserialised(p)[0].act_id for p in office.worker.everything()[0] if deserialised(p)[3].scope == case}
    parts, keys = parts_of(office.worker, act_id), office.worker.everything()[1]
    mine = [part for part in parts if deserialised(part)[3].scope == case]
    office.admin.take_in(mine, keys)
    assert case in ids(office.admin, "cases")
    office.admin.take_in([part for part in parts if part not in mine] + removal)
    assert case not in ids(office.admin, "cases")


def test_a_removed_colleague_is_stopped_by_their_own_laptop_once_it_knows(office: Office) -> None:
    from kzcase.domain.errors import NotAllowed

    remove(office.founder, office.worker._identity)  # type: ignore[arg-type]
    give(office.founder, office.worker)
    assert office.worker.acting.roles == frozenset()
    with pytest.raises(NotAllowed):
        add_note(office.worker, AddNote(case=office.case.hex(), text="After.", look_reason="contact"))


# What no colleague sent


def test_garbage_is_refused(office: Office) -> None:
    before = dump(office.founder)
    chance = Random(5)
    good = office.admin.everything()[0]
    garbage = [b"", b"\x80", b"\x81" * 100_000, cbor2.dumps([1, 2, 3, 4]), cbor2.dumps({"a": 1}), os.urandom(500)]
    garbage += [part[: chance.randrange(len(part))] for part in good[:20]]
    taken = office.founder.take_in(garbage)
    assert (taken.refused, taken.new, taken.rows) == (len(garbage), 0, set())
    assert dump(office.founder) == before


def test_parts_of_another_organisation_change_nothing(office: Office, tmp_path: Path) -> None:
    from kzcase.actions.desk import add_staff_rows
    from kzcase.db.casebook import FOUNDING, Opening
    from kzcase.db.tables.organisation import Organisation
    from kzcase.journal.acts import founding_tag
    from tests.db.books import KEY

    stranger = Identity.fresh(new_id(), "Stranger")
    tag = founding_tag(stranger.public_sign, bytes(32))
    with Casebook.create(tmp_path / "theirs.kzcase", Opening(KEY, stranger, TickingClock()), tag) as theirs:
        with theirs.write(FOUNDING) as act:
            act.add(Organisation(id=tag, name="Theirs", root_key=bytes(32), office_id=new_id()))
            add_staff_rows(act, stranger, (Role.ADMINISTRATOR, Role.CASEWORKER))
        perform(World(theirs, Random(1)), "case.opened")
        before = without_journal(office.founder)
        taken = give(theirs, office.founder)
    assert taken.refused == 0
    assert without_journal(office.founder) == before
    assert len(left_out(office.founder, "waiting")) + len(left_out(office.founder, "quarantine")) == 2


def forged_beside(book: Casebook, act_id: bytes) -> list[bytes]:
    """What somebody makes of a true act: its header with another signature, and others with other parts."""
    forged = []
    for genuine in parts_of(book, act_id):
        header, header_bytes, signature, part = deserialised(genuine)
        forged.append(serialised(header_bytes, bytes([signature[0] ^ 1]) + signature[1:], part))
        key, scope = new_key(), new_id()
        change, ring = row("people", scope, scope, sex="male"), {scope: {key_id(key): key}}
        other = make_part(header.author, scope, part.incarnation, 0, [change], ring)
        for named in ((*header.parts, (scope, other.digest)), ((scope, other.digest),)):
            changed = replace(header, parts=named).encoded()
            forged.append(serialised(changed, signature, other))
            forged.append(serialised(changed, sign(template().founder, changed), other))
    return forged


@pytest.mark.parametrize("first", ["forged", "genuine", "forged while the author is unknown"])
def test_nothing_forged_beside_a_true_act_counts_or_stands_in_its_way(office: Office, first: str) -> None:
    newcomer = colleague(office.founder, Role.CASEWORKER)
    with laptop(office.folder, newcomer, office.founder) as book:
        note = add_note(book, AddNote(case=office.case.hex(), text="True.", look_reason="contact"))
        genuine, keys = parts_of(book, note.act), book.everything()[1]
        forged = forged_beside(book, note.act)
    people = ids(office.admin, "people")
    if first != "forged while the author is unknown":
        give(office.founder, office.admin)
    rounds = [genuine, forged] if first == "genuine" else [forged, genuine]
    for parts in rounds:
        office.admin.take_in(parts, keys)
    give(office.founder, office.admin)
    assert value(office.admin, "notes", note.ids["note"], "text") == "True."
    assert ids(office.admin, "people") == people
    assert set(left_out(office.admin, "quarantine").values()) == {"signature"}
    assert not left_out(office.admin, "waiting")
    give(office.admin, office.founder)
    assert not differences(office.founder, office.admin)


def test_bodies_left_out_on_the_way_come_whole_another_time(office: Office) -> None:
    note = add_note(office.worker, AddNote(case=office.case.hex(), text="Whole.", look_reason="contact"))
    (genuine,), keys = parts_of(office.worker, note.act), office.worker.everything()[1]
    _, header_bytes, signature, part = deserialised(genuine)
    stripped = cbor2.dumps([header_bytes, signature, part.content, [[subject, None] for subject in part.bodies]])
    office.founder.take_in([stripped], keys)
    assert value(office.founder, "notes", note.ids["note"], "text") is None
    office.founder.take_in([genuine], keys)
    assert value(office.founder, "notes", note.ids["note"], "text") == "Whole."
    office.founder.take_in([stripped], keys)
    assert value(office.founder, "notes", note.ids["note"], "text") == "Whole."


def test_keys_that_come_after_their_parts_open_them(office: Office) -> None:
    perform(World(office.worker, Random(8)), "case.opened")
    parts, keys = office.worker.everything()
    office.founder.take_in(parts)
    office.founder.take_in([], keys)
    give(office.founder, office.worker)
    assert not differences(office.founder, office.worker)


def test_a_casebook_that_gets_its_keys_last_still_finds_its_founder(office: Office) -> None:
    with replica(office.folder, office.founder._identity) as fresh:  # type: ignore[arg-type]
        parts, keys = office.founder.everything()
        fresh.take_in(parts)
        fresh.take_in([], keys)
        assert not differences(office.founder, fresh)


def test_keys_that_do_not_open_are_left_aside(office: Office) -> None:
    before = dump(office.founder)
    wrong = [ScopeKeys(office.case, os.urandom(32), os.urandom(200)), ScopeKeys(office.case, b"short", b"")]
    office.founder.take_in([], wrong)
    assert dump(office.founder) == before


@pytest.mark.parametrize("stamp", [(1 << 62) - 1, 1 << 61])
def test_a_stamp_at_the_end_of_time_does_not_stop_the_clock(office: Office, stamp: int) -> None:
    genuine = parts_of(
        office.worker, add_note(office.worker, AddNote(case=office.case.hex(), text="a", look_reason="contact")).act
    )[0]
    header, _, _, part = deserialised(genuine)
    changed = replace(header, hlc=stamp)
    identity = office.worker._identity
    office.founder.take_in([serialised(changed.encoded(), sign(identity, changed.encoded()), part)])
    for _ in range(3):
        add_note(office.founder, AddNote(case=office.case.hex(), text="b", look_reason="contact"))
    meet(office.founder, office.admin)
    assert not differences(office.founder, office.admin)


@pytest.mark.parametrize("bad", [5, -(1 << 63), True, b"bytes", 1.5, ["list", ["of", 1]], "2026-02-30", None])
def test_a_value_of_the_wrong_type_shows_as_nothing(office: Office, bad: object) -> None:
    """Signed by somebody who may: a page must open all the same, and on every laptop alike."""
    from kzcase.queries.case_page import case_page

    names = ("number", "opened_on", "closed_on", "kind", "worker_id", "closing_summary", "struck")
    case, person = new_id(), next(iter(ids(office.founder, "people")))
    changes = [(case, row("cases", case, case, client_id=person, **dict.fromkeys(names, bad)))]  # type: ignore[arg-type]
    forged = forge(office.worker, "case.opened", changes)
    office.founder.take_in(forged, office.worker.everything()[1])
    office.admin.take_in(forged, office.worker.everything()[1])
    if bad is not True:
        with office.founder.read() as reader:
            assert case_page(reader, case.hex()).opened_on is None
    assert without_journal(office.founder) == without_journal(office.admin)


def test_the_ring_of_removals_is_worked_out_the_same_everywhere(office: Office) -> None:
    """Two administrators remove each other at the same time; both are suspended, whoever hears what first."""
    remove(office.founder, office.admin._identity)  # type: ignore[arg-type]
    remove(office.admin, office.founder._identity)  # type: ignore[arg-type]
    meet(office.founder, office.admin)
    meet(office.worker, office.founder)
    assert not differences(office.founder, office.admin)
    assert not differences(office.worker, office.admin)
    assert set(left_out(office.worker, "quarantine").values()) == {"late"}


def test_an_upgrade_brings_up_what_was_unknown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer laptop writes an entity this one does not know: kept, handed on, and shown after an upgrade."""
    from kzcase.db import projector, shape
    from kzcase.db.projector import project_scope

    task, case = new_id(), office.case
    changes = [(case, row("tasks", task, case, case_id=case, title="Later", due="2026-12-01"))]
    forged = forge(office.worker, "task.added", changes)
    keys = office.worker.everything()[1]
    entities = {name: table for name, table in projector.ENTITIES.items() if name != "tasks"}
    with monkeypatch.context() as older:
        for module in (projector, store, shape):
            older.setattr(module, "ENTITIES", entities)
        office.admin.take_in(forged, keys)
        assert task not in ids(office.admin, "tasks")
    give(office.admin, office.founder)  # relayed byte for byte
    assert value(office.founder, "tasks", task, "title") == "Later"
    with office.admin._write_lock, office.admin._transaction("take_in"):
        project_scope(office.admin._sql, office.admin._keyrings, case)
    assert value(office.admin, "tasks", task, "title") == "Later"
    assert authority.may_touch("task.added", "tasks")
