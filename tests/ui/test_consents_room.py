"""Everything about the consents of a case: seen in one place, taken back in part, told, reviewed, taken from forms."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kzcase.domain.permissions import Role
from kzcase.queries.consent_page import consents_page
from kzcase.ui import language
from kzcase.ui.consents import room as room_module
from kzcase.ui.consents.room import ConsentsRoom
from kzcase.ui.form_dialog import FormDialog
from tests.actions.steps import a_consent, a_draft, do
from tests.db.laptops import colleague, laptop, meet
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, with_case, working


@pytest.fixture
def room(qtbot, tmp_path: Path):
    with working(tmp_path) as (book, work):
        case, partner = with_case(book)
        consent = a_consent(book, case, partner, classes=["identifying", "contact"], interpreter_from="Generated")
        do(book, act="referral.sent", referral=a_draft(book, case, partner), how="in_person")
        answers = {
            "before/recipient": "Nobody we know",
            "before/purpose": "referral",
            "what/share_identifying": "yes",
            "decision_part/decision": "given",
        }
        do(book, act="form.answered", case=case, form="consent_sharing", language="kk", answers=answers)
        window = QWidget()
        qtbot.addWidget(window)
        made = ConsentsRoom(work, case, window)
        made.book, made.case, made.partner, made.known = book, case, partner, consent
        made.opened = []
        made.step.connect(made.opened.append)
        offered(made)
        yield made
        window.close()


def a_laptop_of(book: Any, folder: Path) -> Any:
    """A colleague's, which has met ours."""
    return laptop(folder, colleague(book, Role.SUPERVISOR), book)


def press(line: Any, words: str) -> None:
    button = next(b for step, b in line.steps if step.words.msgid == words)
    assert button.isVisibleTo(line)
    button.click()


def page(room: ConsentsRoom) -> Any:
    with room.book.read() as reader:
        return consents_page(reader, room.case)


def saved(room: ConsentsRoom) -> FormDialog:
    dialog = room.opened[-1]
    dialog.save.click()
    return dialog


def test_everything_has_a_name_and_says_what_holds(room: ConsentsRoom) -> None:
    assert_all_named(room)
    assert len(room.consents.lines) == len(room.to_record.lines) == len(room.recipients.lines) == 1
    assert all(card.isHidden() for card in (room.notices, room.withdrawals, room.emergencies))


def test_a_part_is_taken_back_and_the_recipient_told_until_they_confirm(room: ConsentsRoom) -> None:
    press(room.consents.lines[0], "Take back")
    room.opened[-1].rows["classes"].field.set_codes(["contact"])
    saved(room)
    (row,) = page(room).consents
    assert (row.remaining, row.in_force) == (("identifying",), True)
    press(room.notices.lines[0], "Was sent")
    room.opened[-1].rows["how"].field.set_code("post")
    saved(room)
    press(room.notices.lines[0], "Was confirmed")
    assert [each.state for each in page(room).withdrawals[0].notices] == ["acknowledged"]


def test_everything_is_taken_back_at_once(room: ConsentsRoom) -> None:
    room.take_back.click()
    saved(room)
    assert not page(room).consents[0].in_force
    assert not room.take_back.isEnabled()


def test_we_revoke_with_a_reason(room: ConsentsRoom) -> None:
    press(room.consents.lines[0], "Revoke")
    saved(room)
    assert room.opened[-1].rows["ground"].error is not None  # nothing is revoked without a reason
    room.opened[-1].rows["ground"].field.setText("Generated.")
    saved(room)
    assert page(room).withdrawals[0].ours


def test_an_emergency_is_recorded_and_waits_for_its_review(room: ConsentsRoom) -> None:
    room.emergency.click()
    rows = room.opened[-1].rows
    rows["basis"].field.set_code("vital")
    rows["recipient"].field.setText("Generated unit")
    rows["how"].field.set_code("phone")
    rows["ground"].field.setText("Generated.")
    rows["passed"].field.setText("Generated.")
    rows["classes"].field.set_codes(["identifying"])
    saved(room)
    assert [each.recipient for each in page(room).emergencies] == ["Generated unit"]
    assert len(room.emergencies.lines) == 1
    press(room.emergencies.lines[0], "Review")
    room.opened[-1].rows["outcome"].field.set_code("justified")
    saved(room)
    assert room.opened[-1].said.isVisibleTo(room.opened[-1])  # nobody reviews their own


def test_a_form_becomes_its_record_when_somebody_says_who_is_meant(room: ConsentsRoom) -> None:
    press(room.to_record.lines[0], "Make the record")
    saved(room)
    assert room.opened[-1].rows["partner"].error is not None
    room.opened[-1].rows["partner"].field.set_code(room.partner)
    saved(room)
    assert (len(page(room).consents), room.to_record.isHidden()) == (2, True)


def test_the_receipt_and_the_notice_are_printed(room: ConsentsRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[Any] = []
    monkeypatch.setattr(room_module, "print_for", lambda _work, wish, _window: wanted.append(wish))
    do(room.book, act="consent.withdrawn", consent=room.known, said_by="self")
    room._look()
    press(room.withdrawals.lines[0], "Print the receipt")
    asked = room.opened[-1]
    asked.print.click()
    assert wanted == []  # nobody has asked whether it is safe
    asked.language.set_code("uz-Cyrl")
    asked.taking.safe.set_code("yes")
    asked.print.click()
    assert (wanted[0].paper, wanted[0].language, wanted[0].safe_to_take) == ("consent_withdrawal", "uz-Cyrl", "yes")
    room._print(room_module.WantedPaper("consent_notice", "kk", room.case))
    assert len(wanted) == 2


def test_who_works_on_no_case_changes_nothing(room: ConsentsRoom) -> None:
    room._may = False
    room._look()
    assert not any(step.when(line.row) for line in room.consents.lines for step, _b in line.steps[:3])


def test_both_answers_of_a_dispute_are_shown_and_whoever_asked_settles_it(room: ConsentsRoom, tmp_path: Path) -> None:
    other = a_laptop_of(room.book, tmp_path)
    with other:
        do(other, act="consent.corrected", consent=room.known, ground="Generated.", classes=["identifying", "health"])
        do(room.book, act="consent.corrected", consent=room.known, ground="Generated.", classes=["contact"])
        meet(room.book, other)
    room._look()
    (row,) = page(room).consents
    assert (row.disputed, row.in_force, row.remaining) == (("classes", "correction"), False, ())
    press(room.consents.lines[0], "Settle")
    dialog = room.opened[-1]
    assert_all_named(dialog)
    offered_now = [choice.words for choice in dialog.rows["classes"].field._rows.choices if choice.code]
    assert len(offered_now) == 2
    assert all("Founder" in language.text(each) or "Colleague" in language.text(each) for each in offered_now)
    told = " ".join(label.text() for label in dialog.rows["classes"].findChildren(QLabel) if not label.isHidden())
    assert all(language.text(each) in told.replace("\n", " ") for each in offered_now), (
        "before anybody opens the choice"
    )
    dialog.rows["classes"].field.set_code("contact")
    dialog.rows["ground"].field.setPlainText("Generated.")
    dialog.save.click()
    (row,) = page(room).consents
    assert (row.disputed, row.in_force, row.remaining) == ((), True, ("contact",))
    assert not room.consents.lines[0].steps[0][1].isVisibleTo(room.consents.lines[0])


def test_a_withdrawal_that_another_laptop_did_not_know_of_is_settled_as_one(room: ConsentsRoom, tmp_path: Path) -> None:
    other = a_laptop_of(room.book, tmp_path)
    with other:
        do(other, act="consent.corrected", consent=room.known, ground="Generated.", state="refused")
        do(room.book, act="consent.withdrawn", consent=room.known)
        meet(room.book, other)
    room._look()
    press(room.consents.lines[0], "Settle")
    room.opened[-1].rows["state"].field.set_code("withdrawn")
    room.opened[-1].rows["ground"].field.setPlainText("Generated.")
    saved(room)
    (row,) = page(room).consents
    assert (row.disputed, row.state) == ((), "withdrawn")


def test_reviews_that_differ_stand_side_by_side_and_a_second_person_settles_them(
    room: ConsentsRoom, tmp_path: Path
) -> None:
    told = {"basis": "child", "ground": "x", "passed": "x", "how": "phone", "classes": ["contact"]}
    one, two = (colleague(room.book, Role.CASEWORKER, Role.SUPERVISOR) for _ in range(2))
    review = {"act": "emergency.reviewed", "look_reason": "review"}
    with laptop(tmp_path, one, room.book) as first, laptop(tmp_path, two, room.book) as second:
        released = do(first, act="emergency.released", case=room.case, recipient="Unit", look_reason="danger", **told)
        meet(room.book, first, second)
        review["release"] = released.ids["release"].hex()
        do(room.book, **review, outcome="justified", text="It was right.")
        do(second, **review, outcome="not_justified", text="It was not.")
        meet(room.book, first, second)
    room._look()
    (row,) = page(room).emergencies
    assert (row.review, row.disputed) == ("not_justified", True)
    press(room.emergencies.lines[0], "Settle")
    dialog = room.opened[-1]
    assert_all_named(dialog)
    choices = [language.text(each.words) for each in dialog.rows["outcome"].field._rows.choices if each.code]
    assert len(choices) == 2
    assert any("Founder" in each for each in choices)
    saved(room)
    assert dialog.rows["text"].error is not None
    dialog.rows["outcome"].field.set_code("justified")
    dialog.rows["text"].field.setPlainText("Both of us looked again.")
    saved(room)
    (row,) = page(room).emergencies
    assert (row.review, row.disputed) == ("justified", False)
    assert not any(button.isVisibleTo(room.emergencies.lines[0]) for _s, button in room.emergencies.lines[0].steps)
