"""Referrals at a case: suggested, written, refused in words without consent, sent, answered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kzcase.domain.classes import FieldClass
from kzcase.i18n import LANGUAGES
from kzcase.queries.case_page import case_page
from kzcase.ui import language
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.draft_dialog import DraftReferralDialog
from kzcase.ui.referrals.panel import ReferralsPanel
from kzcase.ui.referrals.send_dialog import SendDialog
from tests.actions.steps import CALL, do
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, referring


@pytest.fixture
def office(qtbot, tmp_path: Path):
    with referring(tmp_path, qtbot) as made:
        yield made


def referrals(book, case: str):
    with book.read() as reader:
        return case_page(reader, case).referrals


def consent(book, case: str, partner: str, *classes: str) -> None:
    agreed = {"act": "consent.given", "case": case, "partner": partner, "purpose": "referral", "language": "kk"}
    performed(book, [{**agreed, "classes": list(classes)}])


def written(book, work, case: str, partner: str, window: QWidget) -> None:
    dialog = offered(DraftReferralDialog(work, case, window))
    dialog.need.set_code("shelter")
    dialog.show_partner(partner)
    dialog.reason.setText("Түнейтін орын керек.")
    dialog.save.click()


def panel_of(work, case: str, window: QWidget) -> ReferralsPanel:
    panel = ReferralsPanel(work, window)
    panel.show_case(case)
    window.show()
    return panel


def open_dialog(kind: type[QDialog]) -> QDialog:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def test_a_referral_is_written_from_the_keyboard_fields(office) -> None:
    book, work, case, partner, window = office
    written(book, work, case, partner, window)
    (row,) = referrals(book, case)
    assert (row.need, row.partner_id, row.state, row.language) == ("shelter", partner, "draft", "en")


def test_what_is_missing_is_said_at_the_field(office) -> None:
    book, work, case, _partner, window = office
    dialog = offered(DraftReferralDialog(work, case, window))
    dialog.save.click()
    assert [name for name, row in dialog.rows.items() if row.error is not None] == ["need", "partner", "reason"]
    assert referrals(book, case) == ()
    assert_all_named(dialog)
    dialog.reject()


def test_what_leaves_is_shown_class_by_class(office) -> None:
    book, work, case, partner, window = office
    consent(book, case, partner, "contact")
    dialog = offered(DraftReferralDialog(work, case, window))
    dialog.show_partner(partner)
    goes = {each.field_class: each.goes for each in dialog.leaving.found.classes}
    assert goes[FieldClass.CONTACT]
    assert not goes[FieldClass.OPERATIONAL], "nothing goes that was not agreed to"
    assert not goes[FieldClass.IDENTIFYING]
    assert not goes[FieldClass.SENSITIVE]
    dialog.partner.set_code(None)
    dialog.partner.chosen.emit("")
    assert dialog.leaving.found is None
    dialog.reject()


def test_a_partner_whose_agreement_ended_is_told_of_before_anything_is_written(office) -> None:
    book, work, case, partner, window = office
    dialog = offered(DraftReferralDialog(work, case, window))
    dialog.show_partner(partner)
    assert dialog.leaving.ended.isHidden()
    performed(book, [{"act": "partner.changed", "partner": partner, "agreement_to": "2020-01-31"}])
    dialog.show_partner(partner)
    assert dialog.leaving.ended.isVisible()
    assert "31.01.2020" in dialog.leaving.ended.sentence.text()
    dialog.reject()


def test_what_the_call_says_is_taken_over_with_one_key(office) -> None:
    book, work, case, _partner, window = office
    dialog = offered(DraftReferralDialog(work, case, window))
    assert dialog.from_call.isHidden(), "this case began with no call"
    dialog.reject()
    call = do(book, **(CALL | {"note": "Түнейтін жер жоқ.", "danger": "yes"})).ids["call"].hex()
    began = (
        do(book, act="case.opened", kind="child", person={"names": [{"given": "Адам"}]}, call=call).ids["case"].hex()
    )
    dialog = offered(DraftReferralDialog(work, began, window))
    assert dialog.from_call.isVisible()
    assert dialog.reason.text() == "", "nothing goes to a partner by itself"
    dialog.from_call.click()
    assert (dialog.reason.text(), dialog.urgency.code()) == ("Түнейтін жер жоқ.", "immediate")
    assert_all_named(dialog)
    dialog.reject()


def test_no_value_of_anybody_is_on_the_screen(office) -> None:
    book, work, case, partner, window = office
    consent(book, case, partner, *(each.value for each in FieldClass))
    dialog = offered(DraftReferralDialog(work, case, window))
    dialog.show_partner(partner)
    shown = " ".join(label.text() for label in dialog.leaving.findChildren(QWidget) if hasattr(label, "text"))
    assert "Сыналғанова" not in shown
    assert "709" not in shown
    dialog.reject()


def test_without_consent_sending_is_refused_in_words(office) -> None:
    book, work, case, partner, window = office
    written(book, work, case, partner, window)
    panel = panel_of(work, case, window)
    panel.lines[0].send.click()
    dialog = open_dialog(SendDialog)
    assert not dialog.leaving.found.consent
    assert dialog.cancel.isDefault()
    dialog.send.click()
    assert dialog.row.error is not None, "how it is sent was not chosen"
    dialog.how.set_code("phone")
    dialog.send.click()
    assert dialog.said.isVisible()
    assert "consent" in dialog.said.sentence.text().lower()
    assert referrals(book, case)[0].state == "draft"
    dialog.reject()


def test_sent_under_consent_then_answered(office) -> None:
    book, work, case, partner, window = office
    consent(book, case, partner, "identifying", "contact")
    written(book, work, case, partner, window)
    panel = panel_of(work, case, window)
    panel.lines[0].send.click()
    dialog = open_dialog(SendDialog)
    dialog.how.set_code("phone")
    dialog.send.click()
    assert referrals(book, case)[0].state == "sent"
    line = panel.lines[0]
    assert (line.send.isHidden(), line.answer.isHidden()) == (True, False)
    line.answer.click()
    reply = open_dialog(AnswerDialog)
    assert_all_named(reply)
    reply.save.click()
    assert reply.rows["outcome"].error is not None
    reply.rows["outcome"].field.set_code("accepted")
    reply.save.click()
    assert (referrals(book, case)[0].state, referrals(book, case)[0].outcome) == ("accepted", "accepted")
    assert not panel.lines[0].answer.isHidden(), "the help itself is still to come"


def test_the_panel_asks_for_a_new_referral_and_speaks_three_languages(office, qtbot) -> None:
    book, work, case, partner, window = office
    written(book, work, case, partner, window)
    panel = panel_of(work, case, window)
    with qtbot.waitSignal(panel.referral_wanted) as wanted:
        panel.write.click()
    assert wanted.args == [case]
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert len(panel.lines) == 1
        assert_all_named(window)
