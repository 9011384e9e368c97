"""The page of all referrals: what is overdue first, asked for, followed, and a slip answered in three clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.domain.papers import SlipCode
from kzcase.i18n import LANGUAGES
from kzcase.queries.case_page import case_page
from kzcase.ui import language, theme
from kzcase.ui.incoming.page import IncomingReferralsPage
from kzcase.ui.partners.dialogs import PartnerDialog
from kzcase.ui.partners.page import PartnersPage
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.card_dialog import CardDialog
from kzcase.ui.referrals.package_dialog import PackageDialog
from kzcase.ui.referrals.page import ReferralsPage
from kzcase.ui.referrals.panel import ReferralsPanel
from kzcase.ui.referrals.slip_dialog import SlipDialog
from kzcase.ui.referrals.states import moment_of
from kzcase.ui.widgets.timeline import HEIGHT, LEFT, RIGHT, WRAPPED
from tests.actions.steps import a_consent, do
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, referring


@pytest.fixture
def office(qtbot, tmp_path: Path):
    with referring(tmp_path, qtbot) as made:
        yield made


def sent(book, case: str, partner: str, **more: str) -> str:
    a_consent(book, case, partner)
    letter = {"need": "shelter", "reason": "Generated."} | more
    done = do(book, act="referral.drafted", case=case, partner=partner, **letter)
    do(book, act="referral.sent", referral=done.number, how="phone")
    return done.number


def shown(kind: type[QDialog]) -> QDialog:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def state(book, case: str) -> str:
    with book.read() as reader:
        return case_page(reader, case).referrals[-1].state


class Clicks(QObject):
    """Counts what the mouse does, anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.MouseButtonPress
        return False

    def on(self, widget: QWidget) -> None:
        """One click of a person."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def answered(slip: SlipDialog, clicks: Clicks, typed: str, outcome: str) -> None:
    """The number, and what the partner ticked."""
    slip.number.setText(typed)
    slip.number.returnPressed.emit()  # the reader of codes ends with Enter; a hand presses it
    reply = shown(AnswerDialog)
    clicks.on(next(each for each in reply.rows["outcome"].field.buttons if each.choice.code == outcome))
    clicks.on(reply.save)


@pytest.mark.parametrize("way", ["number", "code"])
def test_a_slip_is_answered_in_three_clicks(office, way: str) -> None:
    """The number typed, or its code read by a scanner that types: both end with Enter."""
    book, work, case, partner, window = office
    number = sent(book, case, partner)
    if way == "code":
        printing = print_paper(book, WantedPaper("referral_letter", "kk", case)).printing.replace("-", "")
        number_typed = SlipCode("P12", "1", printing, 1).text()
    page = ReferralsPage(work, window)
    window.show()
    page.show()
    clicks = Clicks()
    clicks.on(page.slip)
    slip = shown(SlipDialog)
    assert_all_named(slip)
    answered(slip, clicks, number if way == "number" else number_typed, "served")
    assert (state(book, case), clicks.count) == ("served", 3)
    assert not page._rows, "nothing waits any more"
    page.all.setChecked(True)
    assert [one.row.number for one in page._rows] == [number]


def test_a_slip_that_says_nobody_came_is_answered_in_three_clicks_too(office) -> None:
    """The partner ticked it; the referral stays open, to be looked at again in three days."""
    book, work, case, partner, window = office
    number = sent(book, case, partner)
    page = ReferralsPage(work, window)
    window.show()
    page.show()
    clicks = Clicks()
    clicks.on(page.slip)
    answered(shown(SlipDialog), clicks, number, "no_show")
    assert (state(book, case), clicks.count) == ("no_show", 3)
    [waiting] = page._rows
    assert (waiting.row.due - waiting.row.answered_on).days == 3


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_whoever_wrote_a_step_stands_whole_beside_the_list(office, spoken: str) -> None:
    """The line tells when to look again and who wrote it: both are to be read, however narrow the card."""
    book, work, case, partner, window = office
    number = sent(book, case, partner)
    do(book, act="referral.answered", referral=number, outcome="no_show", text="Generated remark of two lines. " * 2)
    language.switch(spoken)
    page = ReferralsPage(work, window)
    page.resize(1200, 700)
    window.show()
    page.show()
    moments = [moment_of(page._office, step) for step in reversed(page.shown.steps)]
    line, measured = page.timeline, QFontMetrics(theme.font("caption"))
    room = QRect(0, 0, line.viewport().width() - theme.px(LEFT + RIGHT), 1)
    for row, moment in enumerate(moments):
        wanted = measured.boundingRect(room, WRAPPED, language.text(moment.detail)).height()
        place = line.visualRect(line.model().index(row, 0))
        assert place.height() >= theme.px(HEIGHT) + wanted - measured.lineSpacing(), moment.detail
    assert any(line.sizeHintForRow(row) > theme.px(HEIGHT) for row in range(len(moments))), "nothing was too long"


def test_a_wrong_number_is_said_at_the_field_and_several_are_offered(office) -> None:
    book, work, case, partner, window = office
    numbers = [sent(book, case, partner), sent(book, case, partner)]
    slip = SlipDialog(work, window)
    slip.open()
    slip.number.setText(numbers[0][:-1] + ("1" if numbers[0][-1] != "1" else "2"))
    slip.next.click()
    assert slip.row.error is not None
    slip.number.setText(numbers[1])
    slip.next.click()
    assert [one.row.number for one in slip.found] == [numbers[1]]


def test_overdue_comes_first_and_a_chase_moves_it(office) -> None:
    book, work, case, partner, window = office
    late = sent(book, case, partner, on="2026-11-10", reply_by="2026-11-15")
    soon = sent(book, case, partner)
    page = ReferralsPage(work, window)
    window.show()
    assert [one.row.number for one in page._rows] == [late, soon]
    page.late.setChecked(True)
    assert [one.row.number for one in page._rows] == [late]
    page.late.setChecked(False)
    page.chase.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if each.isVisible() and hasattr(each, "rows")]
    assert_all_named(dialog)
    dialog.rows["delay"].field.set_code("waiting_list")
    dialog.save.click()
    assert not any(one.row.overdue for one in page._rows)
    assert len(page.shown.steps) == 3
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(window)


def test_the_package_shows_what_leaves_and_is_made_of_that(office, monkeypatch, tmp_path: Path) -> None:
    from kzcase.actions import packages
    from kzcase.keys.derivation import FLOOR
    from kzcase.keys.packages import lock_of, opened_by_passphrase

    book, work, case, partner, window = office
    sent(book, case, partner)
    monkeypatch.setattr(packages, "lock_of", lambda words: lock_of(words, FLOOR))
    with book.read() as reader:
        row = case_page(reader, case).referrals[-1]
    dialog = PackageDialog(work, case, row, "", window)
    monkeypatch.setattr(dialog, "_choose_place", lambda _found: None)
    dialog.open()
    assert_all_named(dialog)
    assert dialog.by_word.isChecked()
    assert dialog.ended.isHidden()
    dialog.save.click()
    assert dialog.package is not None
    dialog.keep(tmp_path / "out.kzp")
    written = (tmp_path / "out.kzp").read_bytes()
    assert opened_by_passphrase(written, dialog.package.passphrase) == dialog.prepared.preview.plain
    assert dialog.slip.isVisible()
    dialog.reject()


def test_the_package_says_that_the_agreement_with_the_partner_has_ended(office) -> None:
    book, work, case, partner, window = office
    sent(book, case, partner)
    do(book, act="partner.changed", partner=partner, agreement_to="2020-01-31")
    with book.read() as reader:
        row = case_page(reader, case).referrals[-1]
    dialog = PackageDialog(work, case, row, "", window)
    dialog.open()
    assert_all_named(dialog)
    assert dialog.ended.isVisible()
    assert "31.01.2020" in dialog.ended.sentence.text()
    dialog.reject()


def test_the_card_asks_whether_it_is_safe_first(office) -> None:
    book, work, case, partner, window = office
    sent(book, case, partner)
    with book.read() as reader:
        row = case_page(reader, case).referrals[-1]
    panel = ReferralsPanel(work, window)
    panel.show_case(case)
    window.show()
    panel.lines[0].card.click()
    dialog = shown(CardDialog)
    assert not dialog.print.isEnabled()
    dialog.taking.safe.set_code("no")
    dialog.taking.look()
    assert not dialog.print.isEnabled()
    dialog.taking.safe.set_code("yes")
    dialog.taking.look()
    assert dialog.print.isEnabled()
    assert row.number
    dialog.reject()


def test_a_partner_is_changed_checked_and_the_known_ones_are_added(office) -> None:
    _book, work, _case, _partner, window = office
    page = PartnersPage(work, window)
    window.show()
    before = len(page._all)
    page.start.click()
    assert len(page._all) == before + 17
    assert sum(not each.row.phone for each in page._all) >= 17, "no telephone number is invented"
    page.start.click()
    assert len(page._all) == before + 17
    page.beside.change(page._all[0].row)
    dialog = offered(shown(PartnerDialog))
    assert_all_named(dialog)
    dialog.rows["hours"].field.setText("09:00-18:00")
    dialog.services.set_codes(["shelter"])
    dialog.save.click()
    changed = next(each.row for each in page._all if each.row.hours)
    assert changed.services == ("shelter",)
    page.beside.show_partner(changed)
    page.beside.verified.click()
    assert next(each.row for each in page._all if each.row.id == changed.id).verified_on is not None
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(window)


def test_referrals_from_others_are_entered_decided_and_our_key_is_read_out(office) -> None:
    book, work, _case, _partner, window = office
    do(book, act="referral.received", sender="Generated", who="Generated person", how="phone", need="shelter")
    page = IncomingReferralsPage(work, window)
    window.show()
    assert len(page._rows) == 1
    page.decide.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if each.isVisible() and hasattr(each, "rows")]
    assert_all_named(dialog)
    dialog.rows["state"].field.set_code("refused")
    dialog.save.click()
    assert any(row.error is not None for row in dialog.rows.values()) or dialog.said.isVisible()
    dialog.rows["reason"].field.set_code("no_room")
    dialog.save.click()
    assert not page._rows
    page.key.click()
    assert "KZK1-" in page.said.sentence.text()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(window)
