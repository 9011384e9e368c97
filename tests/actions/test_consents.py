"""Consents as a contract: the matrix, ages, settling, withdrawing in part, notices, recalls and emergencies."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kzcase.actions import consent_withdrawals
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.printing import PrintPaper, record_printing
from kzcase.db.casebook import Casebook
from kzcase.db.tables.cases import Case
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.domain.classes import FieldClass
from kzcase.domain.consent_rows import ConsentRow, ConsentsPage
from kzcase.domain.consents import MayLeave, Stays
from kzcase.domain.errors import (
    BeforeTheRelease,
    ConsentFromForm,
    ConsentWithdrawn,
    EmergencyReviewed,
    FieldMissing,
    NoConsent,
    NotFound,
    NothingToChange,
    NothingToWithdraw,
    NoticeAcknowledged,
    NoticeNotSent,
    NoticeNotWanted,
    OwnEmergency,
    PartnerMissing,
    RecipientMissing,
    RecipientUnknown,
    ReferralEnded,
    SheetNotConsent,
    UnknownCode,
)
from kzcase.domain.permissions import Role
from kzcase.forms.library import shipped_form
from kzcase.queries.case_page import case_page
from kzcase.queries.consent_disputes import reviews_of
from kzcase.queries.consent_page import consents_page
from kzcase.queries.consents import leaving
from tests.actions.steps import a_call, a_case, a_consent, a_draft, a_partner, do
from tests.db.books import START, founded
from tests.db.drivers import World, _attached
from tests.db.laptops import colleague, laptop, meet, value
from tests.forms_answers import plausible_answers
from tests.leaving import on_paper

TODAY = START.date()
NAMES, CALLS, STORY = FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.SENSITIVE


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with founded(tmp_path_factory.mktemp("consents")) as opened:
        yield opened


def page(book: Casebook, case: str) -> ConsentsPage:
    with book.read() as reader:
        return consents_page(reader, case)


def the(book: Casebook, case: str, consent: str) -> ConsentRow:
    return next(row for row in page(book, case).consents if row.id == consent)


def may(book: Casebook, case: str, partner: str, purpose: str = "referral") -> MayLeave:
    with book.read() as reader:
        row = reader.session.get_one(Case, bytes.fromhex(case))
        return leaving(reader, row, bytes.fromhex(partner), purpose)


def child(book: Casebook, age: int) -> str:
    born = {"birth": f"{TODAY.year - age}-01", "names": [{"family": "Generated"}]}
    return a_case(book, kind="child", person=born)


def tasks(book: Casebook, case: str, rule: str) -> list[Any]:
    with book.read() as reader:
        return [row for row in case_page(reader, case).tasks if row.rule_id == rule]


def test_everything_about_how_it_was_said_is_on_the_record(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "One")
    said = {
        "interpreter_name": "Generated Interpreter",
        "interpreter_from": "Generated Bureau",
        "read_way": "aloud",
        "signed_how": "thumb",
        "witness": "Generated Witness",
        "sheet_copy": "kept",
        "withheld": "Generated.",
        "valid_until": "2027-05-01",
    }
    row = the(book, case, a_consent(book, case, partner, **said))
    assert (row.interpreter, row.interpreter_from, row.read_way, row.signed_how) == (
        True,
        "Generated Bureau",
        "aloud",
        "thumb",
    )
    assert (row.sheet_copy, row.withheld, row.explained_by) == ("kept", "Generated.", "Founder")
    assert {"interpreter_name", "witness"} <= row.masked  # names of people are masked until names are shown
    assert may(book, case, partner).until == date(2027, 5, 1)


def test_a_consent_to_referral_names_somebody_and_one_about_our_office_nobody(book: Casebook) -> None:
    case = a_case(book)
    with pytest.raises(PartnerMissing):
        do(book, act="consent.given", case=case, purpose="referral", classes=["identifying"], language="kk")
    do(book, act="consent.given", case=case, purpose="photo", classes=["identifying"], language="kk")
    with pytest.raises(UnknownCode):
        a_consent(book, case, a_partner(book, "Nobody yet"), state="withdrawn")


def test_a_newer_consent_stands_in_place_of_the_one_before(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Two")
    first = a_consent(book, case, partner, classes=["identifying", "contact"])
    second = a_consent(book, case, partner, classes=["sensitive"])
    assert may(book, case, partner).classes == {STORY}
    assert (the(book, case, first).replaced, the(book, case, second).in_force) == (True, True)
    a_consent(book, case, partner, classes=[], state="refused")
    assert may(book, case, partner).why_not(STORY) is Stays.REFUSED


# Ages


@pytest.mark.parametrize(
    ("age", "yeses", "lacks"),
    [
        (3, {}, {"guardian"}),
        (3, {"guardian": "agrees"}, set()),
        (8, {"guardian": "agrees"}, {"assent"}),
        (8, {"guardian": "agrees", "assent": "spoken"}, set()),
        (13, {"guardian": "agrees", "assent": "spoken"}, {"assent"}),
        (13, {"guardian": "not_allowed", "assent": "written"}, {"guardian"}),
        (16, {"guardian": "not_allowed", "assent": "written"}, {"guardianship", "best_interests"}),
        (16, {"guardian": "refuses", "assent": "written"}, {"guardian"}),
        (9, {"guardian": "absent", "assent": "spoken"}, {"guardianship", "best_interests"}),
        (9, {"guardian": "absent", "assent": "refused"}, {"assent", "guardianship", "best_interests"}),
        (40, {}, set()),
        (40, {"capacity": "none"}, {"representative"}),
        (40, {"capacity": "none", "given_by": "representative", "state": "by_representative"}, set()),
    ],
)
def test_whose_yes_is_missing_is_said_and_nothing_leaves_before(
    book: Casebook, age: int, yeses: dict[str, str], lacks: set[str]
) -> None:
    case, partner = child(book, age), a_partner(book, f"Age {age} {sorted(yeses.items())}")
    row = the(book, case, a_consent(book, case, partner, **yeses))
    assert set(row.lacks) == lacks
    assert row.in_force is not lacks
    assert may(book, case, partner).anything is (not lacks)
    if lacks:
        assert may(book, case, partner).why_not(NAMES) is Stays.INCOMPLETE


def test_what_was_missing_can_be_added_where_nobody_is_there_for_the_child(book: Casebook) -> None:
    case, partner = child(book, 9), a_partner(book, "Alone")
    consent = a_consent(book, case, partner, guardian="absent", assent="spoken")
    assert not may(book, case, partner).anything
    added = {"guardianship_told_on": "2026-11-20", "best_interests_on": "2026-11-21"}
    do(book, act="consent.corrected", consent=consent, ground="Generated.", **added)
    assert may(book, case, partner).anything
    assert the(book, case, consent).age_rule == "from_6_to_11"


# Putting right and binding a scan


def test_a_consent_is_put_right_with_a_reason(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Three")
    consent = a_consent(book, case, partner, classes=["identifying", "contact"])
    do(book, act="consent.corrected", consent=consent, ground="Generated.", classes=["identifying"])
    assert may(book, case, partner).classes == {NAMES}
    with pytest.raises(NothingToChange):
        do(book, act="consent.corrected", consent=consent, ground="Generated.", classes=["identifying"])
    do(book, act="consent.withdrawn", consent=consent)
    with pytest.raises(ConsentWithdrawn):
        do(book, act="consent.corrected", consent=consent, ground="Generated.", classes=["contact"])


def test_a_signed_scan_binds_to_the_version_and_to_no_other_case(book: Casebook) -> None:
    world = World(book, Random(5))
    scan = _attached(world)
    case = scan.ids["case"].hex()
    consent = do(book, act="consent.given", case=case, purpose="photo", classes=["identifying"], language="kk")
    bound = {"consent": consent.ids["consent"].hex(), "attachment": scan.ids["attachment"].hex()}
    do(book, act="consent.signed", **bound)
    assert the(book, case, bound["consent"]).attachment == bound["attachment"]
    with pytest.raises(NothingToChange):
        do(book, act="consent.signed", **bound)
    other = do(book, act="consent.given", case=a_case(book), purpose="photo", classes=["identifying"], language="kk")
    with pytest.raises(NotFound):
        do(book, act="consent.signed", consent=other.ids["consent"].hex(), attachment=bound["attachment"])


# Taking back


def sent(book: Casebook, name: str, **more: Any) -> tuple[str, str, str]:
    """(case, partner, consent) under which a referral was sent"""
    case, partner = a_case(book), a_partner(book, name)
    consent = a_consent(book, case, partner, **({"classes": ["identifying", "contact"]} | more))
    do(book, act="referral.sent", referral=a_draft(book, case, partner), how="in_person")
    return case, partner, consent


def test_a_part_that_is_taken_back_stays_and_the_rest_still_leaves(book: Casebook) -> None:
    case, partner, consent = sent(book, "Part")
    do(book, act="consent.withdrawn", consent=consent, classes=["contact"])
    found = may(book, case, partner)
    assert (found.classes, found.why_not(CALLS)) == ({NAMES}, Stays.WITHDRAWN)
    row = the(book, case, consent)
    assert (row.in_force, row.remaining, row.why, row.state) == (True, ("identifying",), "withdrawn", "given")
    (back,) = page(book, case).withdrawals
    assert [notice.state for notice in back.notices] == ["due"]


def test_what_the_recipient_never_held_needs_no_notice(book: Casebook) -> None:
    case, _partner, consent = sent(book, "Never held")
    do(book, act="consent.withdrawn", consent=consent, classes=["health"])
    assert page(book, case).withdrawals[0].notices == ()


def test_everything_at_once_reaches_every_recipient_and_help_goes_on(book: Casebook) -> None:
    case, partner, _consent = sent(book, "Wide one")
    other = a_partner(book, "Wide two")
    a_consent(book, case, other)
    do(book, act="referral.sent", referral=a_draft(book, case, other), how="in_person")
    told = {"basis": "vital", "ground": "Generated.", "passed": "Generated.", "how": "phone"}
    do(book, act="emergency.released", case=case, recipient="Generated unit", classes=["health"], **told)
    done = do(book, act="consent.withdrawn", case=case, said_by="self", wishes=["delete", "tell"], language="ru")
    assert done.number
    assert not may(book, case, partner).anything
    assert not may(book, case, other).anything
    (back,) = page(book, case).withdrawals
    assert {notice.recipient for notice in back.notices} >= {"Wide one", "Wide two"}
    assert len(back.notices) == len(tasks(book, case, "consent_notice")) == 3
    with book.read() as reader:
        assert case_page(reader, case).closed_on is None
    do(book, act="note.added", case=case, text="Generated.")


def test_only_what_is_named_is_taken_back(book: Casebook) -> None:
    case, partner, _consent = sent(book, "Named one")
    other = a_partner(book, "Named two")
    a_consent(book, case, other)
    do(book, act="consent.withdrawn", case=case, partner=partner)
    assert (may(book, case, partner).anything, may(book, case, other).anything) == (False, True)
    with pytest.raises(NothingToWithdraw):
        do(book, act="consent.withdrawn", case=case, partner=partner)
    do(book, act="consent.withdrawn", case=case, purposes=["referral"])
    assert not may(book, case, other).anything


def test_who_agrees_again_has_agreed(book: Casebook) -> None:
    case, partner, _consent = sent(book, "Again")
    do(book, act="consent.withdrawn", case=case)
    a_consent(book, case, partner, classes=["sensitive"])
    assert may(book, case, partner).classes == {STORY}


def test_a_queued_referral_stops_and_a_printed_one_is_called_back(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Queued")
    consent = a_consent(book, case, partner)
    draft = a_draft(book, case, partner)
    print_paper(book, WantedPaper("referral_letter", "kk", case, safe_to_take="office"))
    do(book, act="consent.withdrawn", consent=consent)
    with book.read() as reader:
        (row,) = case_page(reader, case).referrals
    assert row.state == "withdrawn"
    assert [task.title for task in tasks(book, case, "recall_paper")] == [row.number]
    with pytest.raises((ReferralEnded, NoConsent)):
        do(book, act="referral.sent", referral=draft, how="in_person")


def test_a_letter_that_was_not_printed_needs_no_recall(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Not printed")
    consent = a_consent(book, case, partner)
    a_draft(book, case, partner)
    record_printing(book, PrintPaper(case, "case_sheet", "kk", "00" * 32))
    do(book, act="consent.withdrawn", consent=consent)
    assert tasks(book, case, "recall_paper") == []


def test_revoked_is_ours_and_withdrawn_is_theirs(book: Casebook) -> None:
    case, partner, consent = sent(book, "Revoked")
    do(book, act="consent.revoked", consent=consent, ground="Generated.")
    assert may(book, case, partner).why_not(NAMES) is Stays.REVOKED
    (back,) = page(book, case).withdrawals
    assert (back.ours, back.ground) == (True, "Generated.")
    with book.read() as reader:
        assert [row.state for row in case_page(reader, case).referrals] == ["revoked"]
    with pytest.raises(ConsentWithdrawn):
        do(book, act="consent.revoked", consent=consent, ground="Generated.")


def test_notices_are_chased_until_each_is_confirmed(book: Casebook) -> None:
    case, _partner, consent = sent(book, "Chased")
    do(book, act="consent.withdrawn", consent=consent)
    notice = page(book, case).withdrawals[0].notices[0]
    assert (notice.state, notice.due_on, notice.letters) == ("due", TODAY + timedelta(days=3), notice.letters)
    with pytest.raises(NoticeNotSent):
        do(book, act="notice.acknowledged", notice=notice.id)
    do(book, act="notice.sent", notice=notice.id, how="post")
    assert page(book, case).withdrawals[0].notices[0].state == "sent"
    assert [task.done_on for task in tasks(book, case, "consent_notice")] == [None]
    do(book, act="notice.acknowledged", notice=notice.id)
    assert [task.done_on for task in tasks(book, case, "consent_notice")] == [TODAY]
    for again in ({"act": "notice.acknowledged"}, {"act": "notice.sent", "how": "post"}):
        with pytest.raises(NoticeAcknowledged):
            do(book, notice=notice.id, **again)


def test_whom_the_person_does_not_want_told_is_not_told(book: Casebook) -> None:
    case, _partner, consent = sent(book, "Not told")
    do(book, act="consent.withdrawn", consent=consent, wishes=["do_not_tell"])
    notice = page(book, case).withdrawals[0].notices[0]
    assert (notice.state, tasks(book, case, "consent_notice")) == ("not_wanted", [])
    with pytest.raises(NoticeNotWanted):
        do(book, act="notice.sent", notice=notice.id, how="post")


def test_a_notice_names_nobody_and_gives_no_reason(book: Casebook) -> None:
    case = a_case(book, person={"names": [{"family": "Қарлығашова"}]})
    partner = a_partner(book, "Notified")
    consent = a_consent(book, case, partner)
    do(book, act="referral.sent", referral=a_draft(book, case, partner), how="in_person")
    do(book, act="consent.revoked", consent=consent, ground="Сенімсіз серіктес")
    notice = page(book, case).withdrawals[0].notices[0]
    made = print_paper(book, WantedPaper("consent_notice", "kk", case, notice.number))
    text = on_paper(made.content)
    assert notice.number in text
    assert notice.letters[0] in text
    assert not {word for word in ("Қарлығашова", "Сенімсіз") if word in text}


# Emergencies


def test_an_emergency_has_a_reason_a_day_and_a_second_person(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Urgent")
    said = {
        "basis": "vital",
        "ground": "Generated.",
        "passed": "Generated.",
        "how": "phone",
        "classes": ["identifying"],
    }
    with pytest.raises(RecipientMissing):
        do(book, act="emergency.released", case=case, **said)
    with pytest.raises(FieldMissing) as nothing:
        do(book, act="emergency.released", case=case, partner=partner, **(said | {"classes": []}))
    assert nothing.value.place == "[0].classes"
    release = do(book, act="emergency.released", case=case, partner=partner, **said).ids["release"].hex()
    assert (may(book, case, partner).classes, may(book, case, partner).consent) == ({NAMES}, b"")
    (row,) = page(book, case).emergencies
    assert (row.due_on, row.review, [task.due for task in tasks(book, case, "emergency_review")]) == (
        TODAY + timedelta(days=1),
        None,
        [TODAY + timedelta(days=1)],
    )
    with pytest.raises(OwnEmergency):
        do(book, act="emergency.reviewed", release=release, outcome="justified")


def test_who_looks_at_it_is_somebody_else_and_what_was_not_justified_ends(tmp_path: Path) -> None:
    world = World(founded(tmp_path), Random(1))
    case, partner = a_case(world.book), a_partner(world.book)
    said = {"basis": "child", "ground": "Generated.", "passed": "Generated.", "how": "phone", "classes": ["contact"]}
    release = do(world.book, act="emergency.released", case=case, partner=partner, **said).ids["release"].hex()
    with world.acting_as(colleague(world.book, Role.SUPERVISOR)):
        review = {"act": "emergency.reviewed", "release": release, "outcome": "not_justified", "look_reason": "review"}
        with pytest.raises(BeforeTheRelease) as refused:
            do(world.book, **review, on=(TODAY - timedelta(days=1)).isoformat())
        assert refused.value.place == "[0].on"
        do(world.book, **review)
        assert not may(world.book, case, partner).anything
        assert [task.done_on for task in tasks(world.book, case, "emergency_review")] == [TODAY]
        with pytest.raises(EmergencyReviewed):
            do(world.book, act="emergency.reviewed", release=release, outcome="justified", look_reason="review")
    world.book.close()


@pytest.mark.parametrize("kind", ["emergency.released", "emergency.reviewed", "call.logged"])
def test_a_review_that_its_own_author_wrote_is_none_whoever_it_names(tmp_path: Path, kind: str) -> None:
    """A laptop that writes a colleague's name into the review has still signed it itself."""
    with founded(tmp_path) as book:
        case, partner = a_case(book), a_partner(book)
        said = {"basis": "child", "ground": "x", "passed": "x", "how": "phone", "classes": ["contact"]}
        release = do(book, act="emergency.released", case=case, partner=partner, **said).ids["release"]
        forged = {"review": "justified", "reviewed_on": TODAY, "reviewer_id": colleague(book, Role.SUPERVISOR).staff_id}
        with book.write(kind) as act:
            row = act.session.get_one(EmergencyRelease, release)
            for name, said_so in forged.items():
                setattr(row, name, said_so)
        with laptop(tmp_path, colleague(book, Role.CASEWORKER, Role.SUPERVISOR), book) as other:
            (row,) = page(other, case).emergencies
            assert (row.review, row.reviewed_on, row.reviewer) == (None, None, None)
            assert value(other, "emergency_releases", release, "review") == (
                None if kind == "call.logged" else "justified"
            )
            do(other, act="emergency.reviewed", release=release.hex(), outcome="not_justified", look_reason="review")
            assert page(other, case).emergencies[0].review == "not_justified"


def test_the_stricter_of_two_reviews_counts_until_a_second_person_settles_it(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case, partner = a_case(book), a_partner(book)
        said = {"basis": "child", "ground": "x", "passed": "x", "how": "phone", "classes": ["contact"]}
        release = do(book, act="emergency.released", case=case, partner=partner, **said).ids["release"].hex()
        one, two = (colleague(book, Role.CASEWORKER, Role.SUPERVISOR) for _ in range(2))
        review = {"act": "emergency.reviewed", "release": release, "look_reason": "review"}
        with laptop(tmp_path, one, book) as first, laptop(tmp_path, two, book) as second:
            do(first, **review, outcome="justified", text="It was right.")
            do(second, **review, outcome="not_justified", text="It was not.")
            meet(book, first, second)
            assert not may(book, case, partner).emergency
            (row,) = page(book, case).emergencies
            assert (row.review, row.disputed) == ("not_justified", True)
            with pytest.raises(OwnEmergency):  # whoever passed it on does not say which review counts
                do(book, act="emergency.reviewed", release=release, outcome="justified", text="Generated.")
            with pytest.raises(FieldMissing):
                do(first, **review, outcome="justified")
            with first.read() as reader:
                found = {each.field: {one.value for one in each.answers} for each in reviews_of(reader, release)}
            assert found == {"review": {"justified", "not_justified"}, "review_text": {"It was right.", "It was not."}}
            do(first, **review, outcome="justified", text="Both of us looked again.")
            meet(book, first, second)
            for each in (book, first, second):
                (row,) = page(each, case).emergencies
                assert (row.review, row.disputed, row.review_text) == ("justified", False, "Both of us looked again.")
                assert may(each, case, partner).emergency
            with pytest.raises(EmergencyReviewed):
                do(second, **review, outcome="not_justified", text="Generated.")


def test_a_unit_that_got_a_signal_is_a_past_recipient_and_one_that_did_not_is_none(book: Casebook) -> None:
    call = a_call(book)
    case = a_case(book, call=call)
    partner = a_partner(book, "Signalled")
    consent = a_consent(book, case, partner, classes=["identifying", "health"])
    signal = {"unit": "First unit", "danger": "now", "facts": "A house.", "heard": True}
    first = do(book, act="signal.prepared", call=call, **signal).ids["signal"].hex()
    do(book, act="signal.sent", signal=first, how="phone")
    do(book, act="signal.readdressed", signal=first, unit="Second unit", because="Generated.")
    do(book, act="signal.readdressed", signal=first, unit="Third unit", because="Generated.")
    do(book, act="signal.sent", signal=first, how="phone")
    named = {"unit": "Named unit", "ground": "agreement", "identity": "Generated"}
    second = do(book, act="signal.prepared", call=call, **(signal | named)).ids["signal"].hex()
    do(book, act="signal.sent", signal=second, how="phone")
    told = {each.recipient for each in page(book, case).recipients}
    assert told == {"First unit", "Third unit", "Named unit"}
    do(book, act="consent.withdrawn", consent=consent, classes=["health"])
    assert page(book, case).withdrawals[0].notices == (), "no signal tells of health"
    do(book, act="consent.withdrawn", case=case)
    assert {each.recipient for back in page(book, case).withdrawals for each in back.notices} == told


# Forms become records


def filled(book: Casebook, case: str, form: str, **answers: str) -> str:
    told = {path.replace("__", "/"): value for path, value in answers.items()}
    return do(book, act="form.answered", case=case, form=form, answers=told, language="kk").ids["sheet"].hex()


SHARING = {
    "before__purpose": "referral",
    "what__share_identifying": "yes",
    "what__share_contact": "no",
    "what__share_sensitive": "yes",
    "decision_part__decision": "given",
    "how__read_way": "aloud",
    "how__signed_how": "signature",
    "how__given_on": "2026-11-20",
}


def test_a_form_of_consent_becomes_its_record_when_somebody_says_so(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Form partner")
    sheet = filled(book, case, "consent_sharing", before__recipient="form  PARTNER", **SHARING)
    (found,) = page(book, case).to_record
    assert (found.sheet, found.partner_id, found.needs_partner, found.classes) == (
        sheet,
        partner,
        False,
        ("identifying", "sensitive"),
    )
    assert page(book, case).consents == ()  # nothing is made silently
    do(book, act="consent.recorded", sheet=sheet)
    (row,) = page(book, case).consents
    assert (row.sheet, row.given_on, row.read_way, row.signed_how) == (sheet, date(2026, 11, 20), "aloud", "signature")
    assert (may(book, case, partner).classes, bool(row.version)) == ({NAMES, STORY}, True)
    assert page(book, case).to_record == ()
    with pytest.raises(ConsentFromForm):
        do(book, act="consent.recorded", sheet=sheet)


def test_a_recipient_nobody_knows_is_asked_for(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Known under this name")
    sheet = filled(book, case, "consent_sharing", before__recipient="Another name", **SHARING)
    assert page(book, case).to_record[0].needs_partner
    with pytest.raises(RecipientUnknown):
        do(book, act="consent.recorded", sheet=sheet)
    do(book, act="consent.recorded", sheet=sheet, partner=partner)
    assert may(book, case, partner).anything


def test_a_no_on_a_form_is_recorded_as_a_no(book: Casebook) -> None:
    case, partner = a_case(book), a_partner(book, "Refused one")
    a_consent(book, case, partner)
    refused = SHARING | {"decision_part__decision": "refused"}
    sheet = filled(book, case, "consent_sharing", before__recipient="Refused one", **refused)
    do(book, act="consent.recorded", sheet=sheet)
    assert may(book, case, partner).why_not(NAMES) is Stays.REFUSED


def test_consent_to_keep_data_becomes_one_record_a_purpose(book: Casebook) -> None:
    case = a_case(book)
    said = {"agree_record": "yes", "agree_statistics": "no", "kinds": "identifying health", "decision": "given"}
    sheet = filled(book, case, "consent_data", **{f"decision_part__{name}": value for name, value in said.items()})
    do(book, act="consent.recorded", sheet=sheet)
    rows = {row.purpose: (row.state, row.classes) for row in page(book, case).consents}
    assert rows == {"record_keeping": ("given", ("identifying", "health")), "statistics": ("refused", ())}


def test_a_form_of_withdrawal_becomes_a_withdrawal(book: Casebook) -> None:
    case, partner, _consent = sent(book, "By form")
    part = {"scope": "part", "kinds": "contact", "recipient": "By form", "purposes": "referral", "withdrawn_by": "self"}
    said = {"withdrawn_on": "2026-11-21", **part}
    sheet = filled(book, case, "consent_withdrawal", **{f"said__{name}": value for name, value in said.items()})
    with pytest.raises(SheetNotConsent):
        do(book, act="consent.recorded", sheet=sheet)
    do(book, act="withdrawal.recorded", sheet=sheet)
    assert may(book, case, partner).classes == {NAMES}
    (back,) = page(book, case).withdrawals
    assert (back.sheet, back.withdrawn_on, len(back.notices)) == (sheet, date(2026, 11, 21), 1)


def test_what_is_no_form_of_consent_becomes_none(book: Casebook) -> None:
    case = a_case(book)
    answers = plausible_answers(shipped_form("victim_screening"))
    sheet = do(book, act="form.answered", case=case, form="victim_screening", answers=answers).ids["sheet"].hex()
    for act in ("consent.recorded", "withdrawal.recorded"):
        with pytest.raises(SheetNotConsent):
            do(book, act=act, sheet=sheet)
        with pytest.raises(NotFound):
            do(book, act=act, sheet="00" * 16)


def test_a_childs_form_and_the_assessment_say_who_agreed(book: Casebook) -> None:
    case, partner = child(book, 9), a_partner(book, "Nothing typed twice")
    said = {"child__age": "9", "child__may_write": "yes", "child__assent_how": "words", "adult__guardian": "here"}
    filled(book, case, "assent_child", adult__guardian_agrees="yes", **said)
    sheet = filled(book, case, "consent_sharing", before__recipient="Nothing typed twice", **SHARING)
    do(book, act="consent.recorded", sheet=sheet)
    (row,) = page(book, case).consents
    assert (row.assent, row.guardian, row.lacks) == ("spoken", "agrees", ())
    assert may(book, case, partner).anything


# Canaries


def test_a_withdrawal_that_told_nobody_would_be_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consent_withdrawals, "past_recipients", lambda *_: ())
    case, _partner, consent = sent(book, "Canary")
    do(book, act="consent.withdrawn", consent=consent)
    assert page(book, case).withdrawals[0].notices == ()
