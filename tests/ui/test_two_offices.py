"""Two organisations, two laptops: a package goes, becomes a case with nothing typed twice, and its reply closes it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.package_keys import ensured_package_key
from kzcase.actions.partner_keys import ConfirmPartnerKey, EnterPartnerKey, confirm_partner_key, enter_partner_key
from kzcase.domain.classes import FieldClass
from kzcase.domain.permissions import Role
from kzcase.domain.six_words import six_words
from kzcase.keys.packages import key_card
from kzcase.keys.passphrase import word_list
from kzcase.paper.incoming.door import Clean
from kzcase.queries.attachments import attachments
from kzcase.queries.case_page import case_page
from kzcase.queries.package_keys import lacking_our_keys
from kzcase.ui import language
from kzcase.ui.at_work import office_at
from kzcase.ui.cases.new_dialog import INCOMING, NewCaseDialog
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.incoming.page import IncomingReferralsPage
from kzcase.ui.referrals.package_dialog import PackageDialog
from tests.actions.steps import a_consent, do
from tests.db.laptops import colleague
from tests.paper.incoming.files import png
from tests.ui.naming import assert_all_named
from tests.ui.offices import working

PERSON = {
    "names": [{"family": "Сыналғанова", "given": "Айша", "patronymic": "Қызы"}],
    "sex": "female",
    "birth": "1994-05-17",
    "citizenships": ["UZ"],
    "phones": [{"number": "+7 709 000 01 02", "safe": "at_hours", "hours": "кешке"}],
}
WAITS = "Өтініштің мәні."


@pytest.fixture
def offices(qtbot, tmp_path: Path):
    """(sender, receiver): each a casebook, its errands and a window."""
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
    with working(tmp_path / "ours") as ours, working(tmp_path / "theirs") as theirs:
        windows = [QWidget(), QWidget()]
        for window in windows:
            qtbot.addWidget(window)
            window.show()
        yield (*ours, windows[0]), (*theirs, windows[1])
        for window in windows:
            window.close()


def shown(kind: type[QDialog]) -> Any:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def a_letter(book: Any, other: Any) -> tuple[str, str]:
    """(case, attachment) of a referral that waits, with consent to everything and the other office's key confirmed."""
    case = do(book, act="case.opened", kind="trafficking", region="KZ-75", person=PERSON).ids["case"].hex()
    partner = do(book, act="partner.added", name="Generated", kind="ngo").ids["partner"].hex()
    public = ensured_package_key(other)
    enter_partner_key(book, EnterPartnerKey(partner=partner, card=key_card(public)))
    confirm_partner_key(book, ConfirmPartnerKey(partner=partner, words=six_words(public, word_list("kk"))))
    a_consent(book, case, partner, classes=[each.value for each in FieldClass])
    do(book, act="referral.drafted", case=case, partner=partner, need="shelter", reason=WAITS, urgency="urgent")
    scan = add_attachment(book, AddAttachment(case=case, title="Паспорт", clean=Clean("image/png", 1, png())))
    return case, scan.ids["attachment"].hex()


def state(book: Any, case: str) -> str:
    with book.read() as reader:
        return case_page(reader, case).referrals[-1].state


def test_a_package_becomes_a_case_there_and_its_reply_closes_the_referral_here(
    offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ours, work, window), (theirs, their_work, their_window) = offices
    case, scan = a_letter(ours, theirs)
    ours.show_names()
    with ours.read() as reader:
        row = case_page(reader, case).referrals[-1]
    dialog = PackageDialog(work, case, row, "confirmed", window)
    monkeypatch.setattr(dialog, "_choose_place", lambda _found: None)
    dialog.open()
    assert_all_named(dialog)
    dialog.files.set_codes([scan])
    dialog._prepare()
    assert any(each.goes and language.text(each.label) == "Паспорт" for each in dialog.prepared.preview.fields)
    dialog.save.click()
    dialog.keep(package := tmp_path / "out.kzp")
    dialog.reject()
    assert state(ours, case) == "sent"

    page = IncomingReferralsPage(their_work, their_window)
    page.show()
    page.take(package)
    assert (page.begin.isVisible(), page.files.isVisible(), page.reply.isEnabled()) == (True, False, False)
    theirs.show_names()
    page.refresh()
    wanted: list[str] = []
    page.new_case_wanted.connect(wanted.append)
    page.begin.click()
    assert wanted == [f"{INCOMING}{page.shown.row.id}"]
    new = NewCaseDialog(their_work, office_at(their_work), their_window, origin=wanted[0])
    new.open()
    new.rows["kind"].field.set_code("trafficking")
    new.save.click()
    page.refresh()
    joined = page.shown.row
    assert (joined.state, joined.case is not None) == ("accepted", True)
    with theirs.read() as reader:
        opened = case_page(reader, joined.case)
    (name,) = opened.person.names
    assert (name.family, name.given, name.patronymic) == ("Сыналғанова", "Айша", "Қызы")
    assert (opened.person.birth, opened.person.sex, opened.person.citizenships) == ("1994-05-17", "female", ("UZ",))
    (phone,) = opened.person.phones
    assert (phone.number, phone.safe, "кешке" in (phone.hours or "")) == ("+7 709 000 01 02", "at_hours", True)
    assert (opened.urgency, WAITS in (opened.notes[0].text or "")) == ("urgent", True)

    page.take_files(joined, package)
    with theirs.read() as reader:
        assert [each.title for each in attachments(reader, joined.case)] == ["Паспорт"]
    page.take_files(joined, package)
    with theirs.read() as reader:
        assert len(attachments(reader, joined.case)) == 1, "the same file is not added twice"

    page.decide.click()
    answer = shown(FormDialog)
    answer.rows["state"].field.set_code("served")
    answer.save.click()
    kept: list[bytes] = []
    monkeypatch.setattr(page, "_keep", kept.append)
    page.all.setChecked(True)
    page.reply.click()
    (tmp_path / "reply.kzp").write_bytes(kept[0])
    ours_page = IncomingReferralsPage(work, window)
    ours_page.take(tmp_path / "reply.kzp")
    assert state(ours, case) == "served"


def test_our_key_is_given_to_colleagues_who_came_since(offices) -> None:
    (book, work, window), _theirs = offices
    ensured_package_key(book)
    page = IncomingReferralsPage(work, window)
    page.show()
    assert not page.share.isVisible()
    colleague(book, Role.CASEWORKER)
    page.refresh()
    assert page.share.isVisible()
    page.share.click()
    assert not page.share.isVisible()
    with book.read() as reader:
        assert lacking_our_keys(reader) == 0
