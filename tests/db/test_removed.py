"""A removed colleague who kept laptop and keys changes nothing any more, and what they did before stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.cases import AddNote, add_note
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.keyrings import ScopeKeys
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Role
from kzcase.journal.acts import digest
from kzcase.journal.chains import Place
from kzcase.journal.operations import Change
from kzcase.journal.parts import deserialised
from kzcase.journal.removals import ANY_OTHER_DEVICE, Admitted, Removals
from kzcase.keys.identity import Identity
from tests.db.books import KEY, empty, founded
from tests.db.drivers import World, perform
from tests.db.dump import differences
from tests.db.laptops import (
    colleague,
    digests,
    forge,
    forge_at,
    give,
    ids,
    laptop,
    left_out,
    meet,
    parts_of,
    remove,
    row,
    value,
)


@dataclass
class Office:
    """The founder's laptop, another administrator's, and one that two caseworkers share; they have all met once."""

    folder: Path
    founder: Casebook
    admin: Casebook
    shared: Casebook
    leaver: Identity
    stayer: Identity
    case: Id

    @property
    def books(self) -> tuple[Casebook, ...]:
        return (self.founder, self.admin, self.shared)

    def sit_down(self, who: Identity) -> None:
        """Somebody else at the shared laptop."""
        path, clock = self.shared.folder.path, self.shared._clock
        self.shared.close()
        self.shared = Casebook.open(path, Opening(KEY, who, clock))

    def note(self, who: Identity, text: str) -> Id:
        """A note written at the shared laptop; its act."""
        self.sit_down(who)
        return add_note(self.shared, AddNote(case=self.case.hex(), text=text, look_reason="contact")).act

    def forged(self, index: int, previous: bytes, text: str = "Forged.") -> list[bytes]:
        """What the leaver signs at home, at any place of the shared laptop's chain."""
        self.sit_down(self.leaver)
        return forge_at(self.shared, "note.added", [(self.case, a_note(self.case, text))], index, previous)


def a_note(case: Id, text: str) -> Change:
    return row("notes", new_id(), case, case_id=case, text=text)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    founder = founded(tmp_path)
    perform(World(founder, Random(1)), "case.opened")
    (case,) = ids(founder, "cases")
    admin = colleague(founder, Role.ADMINISTRATOR, Role.CASEWORKER)
    leaver, stayer = (colleague(founder, Role.CASEWORKER) for _ in range(2))
    found = Office(
        *(tmp_path, founder, laptop(tmp_path, admin, founder)),
        *(laptop(tmp_path, leaver, founder), leaver, stayer, case),
    )
    yield found
    for book in found.books:
        book.close()


def texts(book: Casebook) -> set[str]:
    """What the notes say that a laptop shows."""
    return {str(value(book, "notes", note, "text")) for note in ids(book, "notes")}


HONEST = {"One.", "Two.", "Three.", "Four."}


@dataclass
class Story:
    """Four notes on the shared laptop, by the leaver and the stayer in turn, then the removal; and forgeries."""

    office: Office
    honest: list[Id]
    parts: list[bytes]
    """Each part once: the office before, the four notes, the removal."""
    forged: list[bytes]
    keys: list[ScopeKeys]

    def play(self, chance: Random, pieces: int, parts: list[bytes] | None = None) -> Casebook:
        """A fresh laptop that hears all of it in some order, in so many portions, some of it twice."""
        book = empty(self.office.folder, self.office.founder._identity)  # type: ignore[arg-type]
        told = [*(self.parts + self.forged if parts is None else parts)]
        told += chance.sample(told, len(told) // 4)
        chance.shuffle(told)
        size = max(1, len(told) // pieces)
        for at in range(0, len(told), size):
            book.take_in(told[at : at + size], self.keys)
        return book


def tell(office: Office) -> Story:
    """Forged: in the place of each act of the shared laptop, beside its chain, and after its end."""
    said = ((office.leaver, "One."), (office.stayer, "Two."), (office.leaver, "Three."), (office.leaver, "Four."))
    honest = [office.note(who, text) for who, text in said]
    give(office.shared, office.founder)
    remove(office.founder, office.leaver)
    parts, keys = office.founder.everything()
    chain = digests(office.shared)
    forged = []
    for index in range(len(chain) + 1):
        before = chain[index - 1] if index else b""
        for previous in (before, bytes(32)):
            forged += office.forged(index, previous, f"Forged at {index}.")
    forged += office.forged(1, digest_of(forged[0]), "Forged on a forged one.")
    return Story(office, honest, parts, forged, keys)


def digest_of(part: bytes) -> bytes:
    """What the next act would name."""
    _, header, signature, _ = deserialised(part)
    return digest(header, signature)


def test_what_is_signed_under_an_old_number_never_counts(office: Office) -> None:
    story = tell(office)
    before = texts(office.founder)
    office.founder.take_in(story.forged, story.keys)
    assert texts(office.founder) == before >= HONEST
    assert set(left_out(office.founder, "quarantine").values()) == {"late"}
    assert len(left_out(office.founder, "quarantine")) == len(story.forged)
    assert not left_out(office.founder, "waiting")


def by_number_alone(self: Removals, act: Admitted, removal: Id) -> Place:
    """A removal that names no digest: whatever carries a number it accepts is accepted."""
    devices = self._named[removal].get(act.header.author, {})
    tips = devices.get(act.header.incarnation, [(-1, b"")] if ANY_OTHER_DEVICE in devices else [])
    accepted = not devices or act.header.index <= max(index for index, _ in tips)
    return Place.BEHIND if accepted or act.safe else Place.ASIDE


def test_without_the_digest_it_would_count(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above."""
    story = tell(office)
    monkeypatch.setattr(Removals, "_seen", by_number_alone)
    office.founder.take_in(story.forged, story.keys)
    assert "Forged at 0." in texts(office.founder)


def test_any_order_with_losses_made_good_ends_the_same(office: Office) -> None:
    """Portions of every size, repetitions, the removal early or late, forgeries before and after what they imitate."""
    story, chance = tell(office), Random(11)
    office.founder.take_in(story.forged, story.keys)
    for pieces in (1, 2, 3, 5, 8, 13, 40, 40, 40, 40):
        with story.play(chance, pieces) as book:
            assert texts(book) == texts(office.founder)
            assert not differences(book, office.founder)


def test_losses_not_made_good_are_the_same_loss_everywhere(office: Office) -> None:
    story, chance = tell(office), Random(12)
    for _ in range(8):
        some = [part for part in story.parts + story.forged if chance.random() < 0.7]
        some += [part for part in story.parts if deserialised(part)[0].kind.startswith(("casebook", "staff"))]
        with story.play(chance, 1, some) as one, story.play(chance, 9, some) as other:
            assert not differences(one, other)
            assert not {text for text in texts(one) if text.startswith("Forged")}


def of_note(story: Story, number: int) -> list[bytes]:
    return [part for part in story.parts if deserialised(part)[0].act_id == story.honest[number]]


@pytest.mark.parametrize("missing", [0, 1, 2, 3])
def test_what_stands_before_a_gap_waits_and_then_counts(office: Office, missing: int) -> None:
    """The device is shared: the stayer's act in between is needed to know the leaver's acts before it."""
    story = tell(office)
    late_link = of_note(story, missing)
    with empty(office.folder, office.founder._identity) as book:  # type: ignore[arg-type]
        book.take_in([part for part in story.parts if part not in late_link] + story.forged, story.keys)
        gone = {("One.", "Two.", "Three.", "Four.")[missing]}
        hidden = {text for text, number in (("One.", 0), ("Three.", 2)) if number < missing}
        assert texts(book) & HONEST == HONEST - gone - hidden
        waiting = left_out(book, "waiting")
        assert set(waiting.values()) <= {"chain_missing"}
        assert {story.honest[0], story.honest[2]} & set(waiting) == {
            story.honest[number] for number in (0, 2) if number < missing
        }
        book.take_in(late_link)
        assert texts(book) & HONEST == HONEST
        assert not left_out(book, "waiting")
        office.founder.take_in(story.forged, story.keys)
        assert not differences(book, office.founder)


def test_the_stayer_at_the_same_laptop_goes_on_and_every_act_counts(office: Office) -> None:
    tell(office)
    later = office.note(office.stayer, "I go on.")
    give(office.shared, office.founder)
    assert "I go on." in texts(office.founder)
    assert later not in left_out(office.founder, "quarantine")


def test_two_removals_accept_what_both_accept(office: Office) -> None:
    """The founder had heard of two notes, the other administrator of three: two count, whoever is heard first."""
    office.note(office.leaver, "One.")
    give(office.shared, office.admin)
    give(office.shared, office.founder)
    office.note(office.leaver, "Two.")
    give(office.shared, office.admin)
    for book in (office.founder, office.admin):
        remove(book, office.leaver)
    meet(office.founder, office.admin)
    assert {"One.", "Two."} & texts(office.founder) == {"One."}
    assert not differences(office.founder, office.admin)


def test_removals_that_name_different_branches_accept_what_lies_behind_both(office: Office) -> None:
    """The leaver told two administrators different things under one number: what is not on both chains goes."""
    office.note(office.leaver, "One.")
    for book in (office.founder, office.admin):
        give(office.shared, book)
    chain = digests(office.shared)
    for book, text in ((office.founder, "To the founder."), (office.admin, "To the other.")):
        book.take_in(office.forged(len(chain), chain[-1], text), office.shared.everything()[1])
        assert text in texts(book)
        remove(book, office.leaver)
    meet(office.founder, office.admin)
    assert texts(office.founder) & {"One.", "To the founder.", "To the other."} == {"One."}
    assert not differences(office.founder, office.admin)


def test_one_removal_that_knows_both_branches_accepts_both(office: Office) -> None:
    """A copied casebook: the leaver's work in both copies was known when they were removed."""
    office.note(office.leaver, "One.")
    chain = digests(office.shared)
    for text in ("In one copy.", "In the other."):
        office.founder.take_in(office.forged(len(chain), chain[-1], text), office.shared.everything()[1])
    give(office.shared, office.founder)
    remove(office.founder, office.leaver)
    office.founder.take_in(office.forged(len(chain), chain[-1], "In a third."), office.shared.everything()[1])
    with laptop(office.folder, office.stayer, office.founder) as fresh:
        assert {"One.", "In one copy.", "In the other."} <= texts(fresh)
        assert "In a third." not in texts(fresh)
        assert not differences(fresh, office.founder)


def test_an_act_that_names_nothing_before_it_hides_no_honest_work(office: Office) -> None:
    """Before they go, the leaver signs an act far up that hangs on nothing: what they did honestly still counts."""
    office.note(office.leaver, "One.")
    give(office.shared, office.founder)
    office.founder.take_in(office.forged(1 << 40, bytes(32), "Far up."), office.shared.everything()[1])
    remove(office.founder, office.leaver)
    with laptop(office.folder, office.stayer, office.founder) as fresh:
        assert {"One.", "Far up."} <= texts(fresh)
        assert not left_out(fresh, "waiting")
        assert not differences(fresh, office.founder)


def test_a_check_names_the_numbers_that_were_forged(office: Office) -> None:
    story = tell(office)
    office.founder.take_in(story.forged, story.keys)
    path = office.founder.folder.path
    office.founder.close()
    report = check_files(path, KEY, deep=True)
    assert {finding.check for finding in report.findings} == {"forks"}
    office.founder = Casebook.open(path, Opening(KEY, office.founder._identity, office.founder._clock))


# An administrator who was removed and kept laptop and keys


def removed_administrator(office: Office) -> tuple[Identity, list[ScopeKeys]]:
    """The other administrator is removed; their laptop has not heard of it."""
    leaving: Identity = office.admin._identity  # type: ignore[assignment]
    give(office.admin, office.founder)
    remove(office.founder, leaving)
    return leaving, office.admin.everything()[1]


def rejected(office: Office, parts: list[bytes], keys: list[ScopeKeys]) -> None:
    """Everybody ends the same, whatever came first, and nobody's right to act is what the forger says."""
    roles = office.founder.acting.roles
    known, known_keys = office.founder.everything()
    office.founder.take_in(parts, keys)
    assert office.founder.acting.roles == roles
    for told in ([known, parts], [parts, known]):
        with empty(office.folder, office.founder._identity) as book:  # type: ignore[arg-type]
            for some in told:
                book.take_in(some, [*keys, *known_keys])
            assert not differences(book, office.founder)


def staff_rows(organisation: Id, who: Identity, *roles: str, staff_id: Id = b"") -> list[tuple[Id, Change]]:
    """A colleague as an administrator would write them down."""
    person = staff_id or who.staff_id
    keys = {"name": "New", "sign_key": who.public_sign, "kem_key": who.public_kem}
    changes = [row("staff", person, organisation, **keys)]
    changes += [row("staff_roles", new_id(), organisation, staff_id=person, role=role) for role in roles]
    return [(organisation, change) for change in changes]


def revoked(organisation: Id, whom: Id) -> list[tuple[Id, Change]]:
    """Everything somebody ever did is void."""
    fields = {"staff_id": whom, "incarnation": ANY_OTHER_DEVICE, "last_index": -1, "last_digest": b""}
    return [(organisation, row("revocations", new_id(), organisation, **fields))]


def test_whom_a_removed_administrator_adds_is_nobody(office: Office) -> None:
    _, keys = removed_administrator(office)
    organisation, puppet = office.founder.facts.organisation, Identity.fresh(new_id(), "Puppet")
    added = forge(office.admin, "staff.added", staff_rows(organisation, puppet, "administrator", "caseworker"))
    with laptop(office.folder, puppet, office.admin) as theirs:
        theirs._load()
        wish = AddNote(case=office.case.hex(), text="By a puppet.", look_reason="contact")
        note = parts_of(theirs, add_note(theirs, wish).act)
        removal = forge(theirs, "staff.removed", revoked(organisation, office.stayer.staff_id))
    stayed = office.note(office.stayer, "I stay.")
    give(office.shared, office.founder)
    rejected(office, added + note + removal, keys)
    assert "I stay." in texts(office.founder)
    assert stayed not in left_out(office.founder, "quarantine")
    assert "By a puppet." not in texts(office.founder)


def test_a_puppets_acts_go_when_the_removal_is_heard_of_last(office: Office) -> None:
    """First everything of the puppet counts; then the removal of who added them arrives alone."""
    known = set(office.founder.everything()[0])
    _, keys = removed_administrator(office)
    removal = [part for part in office.founder.everything()[0] if part not in known]
    organisation, puppet = office.founder.facts.organisation, Identity.fresh(new_id(), "Puppet")
    added = forge(office.admin, "staff.added", staff_rows(organisation, puppet, "caseworker"))
    with laptop(office.folder, puppet, office.admin) as theirs:
        add_note(theirs, AddNote(case=office.case.hex(), text="By a puppet.", look_reason="contact"))
        told, told_keys = theirs.everything()
    with laptop(office.folder, office.stayer, office.shared) as book:
        book.take_in(added + told, [*keys, *told_keys])
        assert "By a puppet." in texts(book)
        book.take_in(removal)
        assert "By a puppet." not in texts(book)
        office.founder.take_in(added + told, [*keys, *told_keys])
        give(office.founder, book)
        assert not differences(book, office.founder)


def test_no_key_is_put_in_the_place_of_somebodys_own(office: Office) -> None:
    """The forgery sorts before the act that added the colleague, and names another key for them."""
    _, keys = removed_administrator(office)
    organisation, thief = office.founder.facts.organisation, Identity.fresh(new_id(), "Thief")
    stayer = office.stayer.staff_id
    rows = staff_rows(organisation, thief, staff_id=stayer)
    forged = forge_at(office.admin, "staff.added", rows, 0, b"", device=bytes(15) + b"\1")
    office.note(office.stayer, "Mine.")
    give(office.shared, office.founder)
    rejected(office, forged, keys)
    assert "Mine." in texts(office.founder)


def test_nobody_saws_off_the_branch_they_sit_on(office: Office) -> None:
    """Removed, the administrator voids everything the founder ever did, their own right included."""
    _, keys = removed_administrator(office)
    organisation, founder = office.founder.facts.organisation, office.founder.acting.staff_id
    forged = forge(office.admin, "staff.removed", revoked(organisation, founder))
    rejected(office, forged, keys)
    office.note(office.stayer, "Still here.")
    give(office.shared, office.founder)
    assert "Still here." in texts(office.founder)


def test_a_third_administrator_decides_between_two_who_removed_each_other(office: Office) -> None:
    third = colleague(office.founder, Role.ADMINISTRATOR, Role.CASEWORKER)
    with laptop(office.folder, third, office.founder) as other:
        meet(office.founder, office.admin, office.shared, other)
        for book, whom in ((office.founder, office.admin), (office.admin, office.founder)):
            remove(book, whom._identity)  # type: ignore[arg-type]
        add_note(office.founder, AddNote(case=office.case.hex(), text="By the founder.", look_reason="contact"))
        meet(office.founder, office.admin)
        assert "By the founder." not in texts(office.admin)
        remove(other, office.admin._identity)  # type: ignore[arg-type]
        meet(office.founder, office.admin, other)
        assert "By the founder." in texts(other)
        assert not differences(other, office.founder)
        assert not differences(other, office.admin)
