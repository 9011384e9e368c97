"""Sealed packages: exactly the previewed bytes, never past a consent, and a reply that closes one referral only."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from kzcase.actions.cases import OpenCase
from kzcase.actions.erasing import ErasePerson, erase_person
from kzcase.actions.incoming_referrals import DecideIncoming as Decide
from kzcase.actions.incoming_referrals import (
    accept_as_case,
    decide_incoming,
    open_package,
    receive_package,
    sealed_reply,
)
from kzcase.actions.package_keys import ensured_package_key
from kzcase.actions.packages import MadePackage, make_package, prepare_package, take_reply
from kzcase.actions.partner_keys import ConfirmPartnerKey, EnterPartnerKey, confirm_partner_key, enter_partner_key
from kzcase.actions.people import PersonFacts
from kzcase.db.casebook import Casebook
from kzcase.db.tables.referrals import PartnerKey
from kzcase.domain import errors
from kzcase.domain.packages import Reply, digest
from kzcase.domain.permissions import Role
from kzcase.domain.six_words import six_words
from kzcase.keys.derivation import FLOOR
from kzcase.keys.packages import closed_reply, fresh_opening_key, key_card, lock_of
from kzcase.keys.passphrase import word_list
from kzcase.queries.case_page import case_page
from kzcase.queries.incoming_openings import case_from_others
from kzcase.queries.incoming_referrals import incoming_list, incoming_page
from kzcase.queries.partners import trusted_key
from tests.actions.steps import CASE, PERSON, a_draft, a_partner, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet
from tests.leaving import CLASSES

MARK = "Құпиябелгі"
"""Stands in every field of the person that must not leave."""


@pytest.fixture(scope="module")
def lock():
    return lock_of("generated generated words", FLOOR)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Casebook]:
    """The casebook of another organisation."""
    (tmp_path / "theirs").mkdir()
    with founded(tmp_path / "theirs") as found:
        yield found


def agreed(book: Casebook, case: str, partner: str, *classes: str) -> str:
    wish = {"purpose": "referral", "classes": list(classes), "language": "kk"}
    return do(book, act="consent.given", case=case, partner=partner, **wish).ids["consent"].hex()


def a_story(book: Casebook, *classes: str) -> tuple[str, str, str]:
    """(case, partner, draft): the name is marked, and what happened is too."""
    person = PERSON | {"names": [{"family": MARK, "given": "Generated"}], "birth": "1994-05-17"}
    case = do(book, **(CASE | {"person": person})).ids["case"].hex()
    partner = a_partner(book)
    if classes:
        agreed(book, case, partner, *classes)
    return case, partner, a_draft(book, case, partner)


def trusted(book: Casebook, partner: str, other: Casebook) -> None:
    """The other casebook's key, confirmed."""
    public = ensured_package_key(other)
    enter_partner_key(book, EnterPartnerKey(partner=partner, card=key_card(public).lower()))
    words = six_words(public, word_list("ru")).replace(" ", ", ").upper()
    confirm_partner_key(book, ConfirmPartnerKey(partner=partner, words=words))


def sent(book: Casebook, theirs: Casebook, *classes: str) -> tuple[str, str, MadePackage]:
    case, partner, draft = a_story(book, *classes)
    trusted(book, partner, theirs)
    return case, draft, make_package(book, prepare_package(book, draft))


def acts_of(book: Casebook, kind: str) -> list[bytes]:
    with book.read() as reader:
        found = reader.session.execute(text("SELECT id FROM acts WHERE kind = :kind ORDER BY hlc"), {"kind": kind})
        return [bytes(each) for each in found.scalars()]


def state(book: Casebook, case: str) -> str:
    with book.read() as reader:
        return case_page(reader, case).referrals[-1].state


def test_the_package_is_the_previewed_bytes_and_sends_the_referral(book: Casebook, theirs: Casebook) -> None:
    case, partner, draft = a_story(book, "identifying", "contact", "operational")
    trusted(book, partner, theirs)
    prepared = prepare_package(book, draft)
    made = make_package(book, prepared)
    assert open_package(theirs, made.content).plain() == prepared.preview.plain
    assert MARK.encode() not in made.content
    assert state(book, case) == "sent"
    goes = [leaf.value for leaf in prepared.preview.fields if leaf.goes]
    assert any(MARK in value for value in goes)
    assert sorted(goes) == sorted(each.value for each in prepared.preview.package.fields)
    with pytest.raises(errors.ClosedToOthers):
        open_package(book, made.content)


@pytest.mark.parametrize("classes", [("contact",), ("operational", "statistical"), ("sensitive",)])
def test_no_withheld_field_is_in_the_package_or_among_what_leaves(book: Casebook, lock, classes) -> None:
    _case, _partner, draft = a_story(book, *classes)
    prepared = prepare_package(book, draft)
    assert MARK.encode() not in prepared.preview.plain
    assert {each.of.value for each in prepared.preview.package.fields} <= set(classes)
    stays = [leaf for leaf in prepared.preview.fields if not leaf.goes]
    assert stays
    assert not any(leaf.value for leaf in stays)
    assert make_package(book, prepared, lock=lock).content


def test_consent_withdrawn_between_preview_and_sending_stops_it(book: Casebook, lock) -> None:
    case, partner, draft = a_story(book)
    consent = agreed(book, case, partner, "identifying")
    prepared = prepare_package(book, draft)
    do(book, act="consent.withdrawn", consent=consent)
    before = book.everything()[0]
    with pytest.raises((errors.NoConsent, errors.ReferralEnded, errors.PreviewOutdated)):
        make_package(book, prepared, lock=lock)
    assert book.everything()[0] == before


def test_without_any_consent_there_is_no_package(book: Casebook, lock) -> None:
    case, _partner, draft = a_story(book)
    prepared = prepare_package(book, draft)
    assert prepared.preview.package.fields == ()
    with pytest.raises(errors.NoConsent):
        make_package(book, prepared, lock=lock)
    assert state(book, case) == "draft"


def test_a_narrower_consent_or_a_changed_fact_wants_a_new_preview(book: Casebook, lock) -> None:
    case, partner, draft = a_story(book, "identifying", "contact")
    prepared = prepare_package(book, draft)
    agreed(book, case, partner, "contact")
    with pytest.raises(errors.PreviewOutdated):
        make_package(book, prepared, lock=lock)
    assert state(book, case) == "draft"
    assert make_package(book, prepare_package(book, draft), lock=lock).content


def test_without_a_confirmed_key_nothing_is_closed_to_it(book: Casebook, theirs: Casebook) -> None:
    case, partner, draft = a_story(book, "identifying")
    with pytest.raises(errors.NoTrustedKey):
        make_package(book, prepare_package(book, draft))
    enter_partner_key(book, EnterPartnerKey(partner=partner, card=key_card(ensured_package_key(theirs))))
    with pytest.raises(errors.NoTrustedKey):
        make_package(book, prepare_package(book, draft))
    with pytest.raises(errors.SixWordsDiffer):
        confirm_partner_key(book, ConfirmPartnerKey(partner=partner, words="one two three four five six"))
    assert state(book, case) == "draft"


def test_a_key_in_place_of_another_is_confirmed_by_somebody_else(tmp_path: Path, book: Casebook) -> None:
    partner = a_partner(book)
    _private, first = fresh_opening_key()
    _private, second = fresh_opening_key()

    def confirm(by: Casebook, key: bytes) -> None:
        confirm_partner_key(by, ConfirmPartnerKey(partner=partner, words=six_words(key, word_list("kk"))))

    enter_partner_key(book, EnterPartnerKey(partner=partner, card=key_card(first)))
    confirm(book, first)
    enter_partner_key(book, EnterPartnerKey(partner=partner, card=key_card(second)))
    with pytest.raises(errors.SecondPersonNeeded):
        confirm(book, second)
    with laptop(tmp_path, colleague(book, Role.SUPERVISOR), book) as other:
        confirm(other, second)
        meet(book, other)
    with book.read() as reader:
        assert trusted_key(reader, bytes.fromhex(partner)).public == second


FORGED = b"2" * 32


@pytest.mark.parametrize("kind", ["partner.key_entered", "partner.key_confirmed"])
@pytest.mark.parametrize("when", [-60, 60], ids=["before", "after"])
def test_a_key_that_one_person_changed_alone_is_not_used_whatever_their_laptop_wrote(
    tmp_path: Path, book: Casebook, kind: str, when: int
) -> None:
    """Somebody writes a colleague's name into a row, at any time, with acts of their own: the signatures tell."""
    partner, (_private, first) = a_partner(book), fresh_opening_key()
    enter_partner_key(book, EnterPartnerKey(partner=partner, card=key_card(first)))
    with laptop(tmp_path, colleague(book, Role.SUPERVISOR), book) as other:
        confirm_partner_key(other, ConfirmPartnerKey(partner=partner, words=six_words(first, word_list("en"))))
        with other.write(kind) as act:
            row = PartnerKey(partner_id=bytes.fromhex(partner), public=FORGED, state="confirmed")
            row.entered_by, row.confirmed_by = book.acting.staff_id, act.acting.staff_id
            row.entered_at = row.confirmed_at = act.now + timedelta(minutes=when)
            act.add(row)
        with other.write("partner.key_confirmed") as act:
            act.session.get_one(PartnerKey, row.id).confirmed_at = act.now + timedelta(days=1)
        meet(book, other)
        for each in (book, other):
            with each.read() as reader:
                assert trusted_key(reader, bytes.fromhex(partner)).public == first


def test_of_two_first_keys_that_one_person_each_confirmed_alone_none_is_used(tmp_path: Path, book: Casebook) -> None:
    """Nobody can tell which came first: clocks can be set. A key of two people settles it."""
    partner, keys = a_partner(book), [fresh_opening_key()[1] for _ in range(3)]

    def enter(by: Casebook, key: bytes) -> None:
        enter_partner_key(by, EnterPartnerKey(partner=partner, card=key_card(key)))

    def confirm(by: Casebook, key: bytes) -> None:
        confirm_partner_key(by, ConfirmPartnerKey(partner=partner, words=six_words(key, word_list("kk"))))

    with laptop(tmp_path, colleague(book, Role.SUPERVISOR), book) as other:
        for each, key in ((book, keys[0]), (other, keys[1])):
            enter(each, key)
            confirm(each, key)
        meet(book, other)
        with book.read() as reader:
            assert trusted_key(reader, bytes.fromhex(partner)) is None
        enter(book, keys[2])
        with pytest.raises(errors.SecondPersonNeeded):
            confirm(book, keys[2])
        meet(book, other)
        confirm(other, keys[2])
        meet(book, other)
    with book.read() as reader:
        assert trusted_key(reader, bytes.fromhex(partner)).public == keys[2]


def test_a_package_opens_there_and_its_reply_closes_the_referral_here(book: Casebook, theirs: Casebook) -> None:
    case, _draft, made = sent(book, theirs, "identifying", "contact", "sensitive", "operational")
    done = receive_package(theirs, made.content)
    with theirs.read() as reader:
        (row,) = incoming_list(reader)
        assert (row.state, row.packaged, row.need) == ("received", True, "social_legal")
        assert {each.field for each in incoming_page(reader, row.id).fields} & {"name", "reason"}
    incoming = done.ids["incoming"].hex()
    with pytest.raises(errors.IncomingDecided):
        sealed_reply(theirs, incoming)
    decide_incoming(theirs, Decide(incoming=incoming, state="appointment", appointment_on="2026-12-04", text="Иә."))
    take_reply(book, sealed_reply(theirs, incoming))
    assert state(book, case) == "appointment"
    decide_incoming(theirs, Decide(incoming=incoming, state="served"))
    take_reply(book, sealed_reply(theirs, incoming))
    assert state(book, case) == "served"
    with pytest.raises(errors.PackageThere):
        receive_package(theirs, made.content)


def test_a_package_about_somebody_erased_since_is_not_taken_in_again(book: Casebook, theirs: Casebook) -> None:
    _case, _draft, made = sent(book, theirs, "identifying")
    incoming = receive_package(theirs, made.content).ids["incoming"].hex()
    undone = do(theirs, act="referral.decided", incoming=incoming, state="refused", reason="no_room")
    do(theirs, act="act.undone", of=undone.act.hex())
    erase_person(theirs, ErasePerson(incoming, "request"))
    with pytest.raises(errors.PackageErased):
        receive_package(theirs, made.content)
    _case, _draft, another = sent(book, theirs, "identifying")
    assert receive_package(theirs, another.content).ids["incoming"], "canary: another package about somebody is"


def test_an_answer_whose_sealed_reply_left_is_not_undone(book: Casebook, theirs: Casebook) -> None:
    case, _draft, made = sent(book, theirs, "identifying")
    incoming = receive_package(theirs, made.content).ids["incoming"].hex()
    mistaken = do(theirs, act="referral.decided", incoming=incoming, state="refused", reason="no_room")
    do(theirs, act="act.undone", of=mistaken.act.hex())
    with theirs.read() as reader:
        assert incoming_page(reader, incoming).row.state == "received"
    refused = do(theirs, act="referral.decided", incoming=incoming, state="refused", reason="no_room")
    take_reply(book, sealed_reply(theirs, incoming))
    for act in (refused.act, *acts_of(theirs, "referral.decided")[-1:]):
        with pytest.raises(errors.ReplyLeft):
            do(theirs, act="act.undone", of=act.hex())
    with theirs.read() as reader:
        assert [each.state for each in incoming_page(reader, incoming).steps] == ["refused"]
    after = do(theirs, act="referral.decided", incoming=incoming, state="accepted")
    take_reply(book, sealed_reply(theirs, incoming))
    assert state(book, case) == "accepted"
    with pytest.raises(errors.ReplyLeft):
        do(theirs, act="act.undone", of=after.act.hex())


def test_what_came_stands_in_the_fields_of_a_new_case_and_nothing_is_lost(book: Casebook, theirs: Casebook) -> None:
    _case, _draft, made = sent(book, theirs, *CLASSES)
    incoming = receive_package(theirs, made.content).ids["incoming"].hex()
    with theirs.read() as reader:
        assert case_from_others(reader, incoming).hidden
    theirs.show_names()
    with theirs.read() as reader:
        came, page = case_from_others(reader, incoming), incoming_page(reader, incoming)
    assert not came.hidden
    told = {"family": MARK, "given": "Generated", "birth": "1994-05-17", "sex": "female"}
    assert {name: came.given.get(name) for name in told} == told
    said = "\n".join(came.given.values())
    unsaid = [each.label for each in page.fields if each.field not in ("sex", "birth") and each.value not in said]
    assert unsaid == ["Имя"], "written in parts"
    person = {"names": [{"family": MARK, "given": "Generated"}]}
    wish = OpenCase(kind="trafficking", note=came.given["note"], person=msgspec.convert(person, PersonFacts))
    opened = accept_as_case(theirs, incoming, wish).ids["case"].hex()
    with theirs.read() as reader:
        row = incoming_page(reader, incoming).row
    assert (row.state, row.case) == ("accepted", opened)
    with pytest.raises(errors.IncomingDecided):
        accept_as_case(theirs, incoming, wish)


def test_what_was_accepted_joins_a_case_later(theirs: Casebook) -> None:
    paper = do(
        theirs, act="referral.received", sender="Generated", who=f"{MARK} Generated", contact="8 709 000 01 02; кешке"
    )
    incoming = paper.ids["incoming"].hex()
    theirs.show_names()
    with theirs.read() as reader:
        came = case_from_others(reader, incoming)
    assert (came.given["phone"], came.given["hours"]) == ("8 709 000 01 02", "кешке")
    do(theirs, act="referral.decided", incoming=incoming, state="accepted")
    case = do(theirs, **CASE).ids["case"].hex()
    do(theirs, act="referral.decided", incoming=incoming, state="accepted", case=case)
    with theirs.read() as reader:
        page = incoming_page(reader, incoming)
    assert (page.row.case, len(page.steps)) == (case, 1)
    with pytest.raises(errors.IncomingDecided):
        do(theirs, act="referral.decided", incoming=incoming, state="accepted", case=case)


def test_tampered_replayed_and_foreign_replies_close_nothing(book: Casebook, theirs: Casebook) -> None:
    case, _draft, made = sent(book, theirs, "identifying")
    other_case, _partner, other_draft = a_story(book, "identifying")
    other = make_package(book, prepare_package(book, other_draft), lock=lock_of("x y z generated", FLOOR))
    package, stranger = open_package(theirs, made.content), open_package(book, other.content, "x y z generated")

    def reply(sha256: str, state: str = "accepted") -> bytes:
        return Reply(id="ab" * 16, package=sha256, state=state, on=date(2026, 11, 22)).plain()

    before = book.everything()[0]
    wrong = {
        "of another package": closed_reply(package.reply_to, stranger.reply_seed, reply(digest(made.content))),
        "for no package": closed_reply(package.reply_to, package.reply_seed, reply("0" * 64)),
        "by a stranger": closed_reply(package.reply_to, b"s" * 32, reply(digest(made.content))),
        "for the other referral": closed_reply(package.reply_to, package.reply_seed, reply(digest(other.content))),
    }
    for name, content in wrong.items():
        with pytest.raises(errors.ForeignReply):
            take_reply(book, content)
        assert book.everything()[0] == before, name
    good = closed_reply(package.reply_to, package.reply_seed, reply(digest(made.content)))
    for place in (30, len(good) // 2, len(good) - 1):
        with pytest.raises((errors.ClosedToOthers, errors.BadPackage)):
            take_reply(book, good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
    with pytest.raises(errors.BadPackage):
        take_reply(book, closed_reply(package.reply_to, package.reply_seed, reply(digest(made.content), "revoked")))
    assert book.everything()[0] == before
    take_reply(book, good)
    assert (state(book, case), state(book, other_case)) == ("accepted", "sent")
    again = closed_reply(package.reply_to, package.reply_seed, reply(digest(made.content)))
    for content in (good, again):
        with pytest.raises(errors.ReplyThere):
            take_reply(book, content)


def test_a_passphrase_is_generated_and_another_opens_nothing(book: Casebook, theirs: Casebook) -> None:
    _case, _partner, draft = a_story(book, "identifying")
    made = make_package(book, prepare_package(book, draft), "kk")
    assert len(made.passphrase.split()) == 6
    assert open_package(theirs, made.content, f"  {made.passphrase} ").recipient == "Generated"
    with pytest.raises(errors.WrongPackagePassphrase):
        open_package(theirs, made.content, "generated generated")


def test_refusals_for_files_that_are_no_packages(book: Casebook) -> None:
    for content in (b"", b"KZP1", b"PK\x03\x04" + bytes(100), b"KZP1\x09" + bytes(100), b"KZP1\x01" + bytes(100)):
        with pytest.raises((errors.BadPackage, errors.ClosedToOthers)):
            open_package(book, content)
    with pytest.raises(errors.BadPackage):  # asks for more memory than a laptop has
        open_package(book, b"KZP1\x02" + b"\xff" * 6 + bytes(200), "x")
    with pytest.raises(errors.BadKeyCard):
        enter_partner_key(book, EnterPartnerKey(partner=a_partner(book), card="KZK1-AAAA"))


def test_what_was_revoked_sends_no_package(book: Casebook, lock) -> None:
    _case, _partner, draft = a_story(book, "identifying")
    prepared = prepare_package(book, draft)
    do(book, act="referral.followed", referral=draft, state="revoked")
    with pytest.raises(errors.ReferralEnded):
        make_package(book, prepared, lock=lock)
