"""A call written down without a mouse: few keys, nothing lost, nothing typed twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kzcase.i18n import LANGUAGES
from kzcase.queries.office import call_list
from kzcase.queries.shifts import hand_over
from kzcase.ui import language
from kzcase.ui.calls.entry import CallEntryPage
from kzcase.ui.calls.quick import QUICK
from kzcase.ui.messages import MessageDialog
from kzcase.ui.widgets.key_choices import CYRILLIC, LATIN, place_of_key
from tests.actions.steps import do
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import CASE, Keyboard, offered, working

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def entry(qtbot, tmp_path: Path):
    with working(tmp_path) as (book, work):
        page = CallEntryPage(work, now=lambda: NOW)
        page.book = book
        qtbot.addWidget(page)
        offered(page).take_keyboard()
        yield page
        page.hide()


def calls(page) -> list:
    with page.book.read() as reader:
        return call_list(reader)


def test_a_call_takes_few_keys_and_no_mouse(entry: CallEntryPage) -> None:
    keys, logged = Keyboard(entry), []
    entry.logged.connect(logged.append)
    keys.enter()  # by phone
    keys.enter()  # in Kazakh
    keys.type("ф")  # for themselves; goes on by itself
    keys.enter()  # anonymous
    keys.type("жал")
    keys.enter()  # unpaid wages
    keys.type("ұст")
    keys.enter()  # papers kept
    keys.enter()  # no more topics
    keys.type("shy")
    keys.enter()  # Shymkent
    keys.type("ы")  # nobody is in danger
    keys.type("ф")  # advice given
    assert entry.focusWidget() is entry.fields.note
    before_note = keys.strokes
    keys.type("Келісімшарт жоқ.")
    keys.shortcut(entry.save)
    assert before_note <= 20
    (row,) = calls(entry)
    assert logged == [row.id]
    assert (row.channel, row.language, row.caller, row.region) == ("phone", "kk", "caller_self", "KZ-79")
    assert (row.danger, row.outcome, row.anonymous, row.phone) == ("no", "out_answered", True, None)
    assert row.topics == ("documents_taken", "wages")
    assert row.note == "Келісімшарт жоқ."
    assert row.started_at.replace(tzinfo=UTC) == NOW


def test_the_sheet_is_ready_for_the_next_call_at_once(entry: CallEntryPage) -> None:
    keys = Keyboard(entry)
    entry.fields.topics.set_codes(["wages"])
    entry.fields.outcome.set_code("out_answered")
    keys.shortcut(entry.save)
    assert entry.focusWidget() in entry.fields.channel.buttons
    assert entry.fields.topics.codes() == ()
    assert entry.new_case.isVisible(), "what can follow stays offered"
    assert not entry.has_unsaved()
    assert entry.save.isEnabled()


@pytest.mark.parametrize(("keys", "topic"), QUICK)
def test_silence_hoax_and_wrong_numbers_take_one_key(entry: CallEntryPage, keys: str, topic: str) -> None:
    keyboard = Keyboard(entry)
    assert entry.quick[topic].shortcut().toString() == keys
    keyboard.shortcut(entry.quick[topic])
    (row,) = calls(entry)
    assert (row.topics, row.anonymous, keyboard.strokes) == ((topic,), True, 1)
    entry.take_back.click()
    assert calls(entry) == []


def test_nothing_is_saved_twice(entry: CallEntryPage) -> None:
    entry.fields.topics.set_codes(["wages"])
    entry.fields.outcome.set_code("out_answered")
    entry.save.click()
    entry._save()
    entry.save.click()
    assert len(calls(entry)) == 1 or not entry.save.isEnabled()


def test_danger_shows_the_numbers_to_call(entry: CallEntryPage) -> None:
    assert not entry.danger.isVisible()
    entry.fields.danger.setFocus()
    Keyboard(entry).type("ф")
    assert entry.danger.isVisible()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert {"102", "112"} <= set(entry.danger.banner.sentence.text().replace("(", " ").split())


def test_what_is_missing_is_said_at_the_field(entry: CallEntryPage) -> None:
    Keyboard(entry).shortcut(entry.save)
    assert calls(entry) == []
    assert entry.fields.rows["topics"].error is not None
    assert entry.fields.rows["outcome"].error is not None
    assert entry.focusWidget() is entry.fields.topics.typed
    entry.fields.outcome.setFocus()
    Keyboard(entry).type("a")
    assert entry.fields.rows["outcome"].error is None


def test_anonymous_callers_leave_no_phone(entry: CallEntryPage) -> None:
    """Even when a number was typed before the tick came back."""
    fields = entry.fields
    fields.anonymous.setChecked(False)
    assert fields.rows["phone"].isVisible()
    fields.phone.setText("+7 709 000 00 11")
    fields.anonymous.setChecked(True)
    assert not fields.rows["phone"].isVisible()
    fields.topics.set_codes(["wages"])
    fields.outcome.set_code("out_answered")
    entry.save.click()
    assert calls(entry)[0].phone is None


def test_a_case_is_opened_from_the_call_without_typing_it_again(entry: CallEntryPage, qtbot) -> None:
    keys = Keyboard(entry)
    assert not entry.new_case.isVisible()
    entry.fields.topics.set_codes(["wages"])
    entry.fields.outcome.set_code("out_case")
    keys.shortcut(entry.save)
    with qtbot.waitSignal(entry.new_case_from_call, timeout=1000) as wanted:
        keys.shortcut(entry.new_case)
    assert wanted.args == [calls(entry)[0].id]


def test_letters_of_either_layout_choose(entry: CallEntryPage) -> None:
    for latin, cyrillic in zip(LATIN, CYRILLIC, strict=True):
        assert place_of_key(latin.lower()) == place_of_key(cyrillic.lower()) >= 0
    assert not set(LATIN) & set(CYRILLIC), "letters that look alike must not be the same sign"
    for typed in "sы":
        entry.fields.channel.setFocus()
        entry.fields.channel.set_code(None)
        Keyboard(entry).type(typed)
        assert entry.fields.channel.code() == "messenger"


def test_a_topic_is_found_in_any_language(entry: CallEntryPage) -> None:
    picker = entry.fields.topics
    for typed in ("жалақы", "зарплат", "wages"):
        picker.set_codes(())
        picker.setFocus()
        keys = Keyboard(entry)
        keys.type(typed)
        keys.enter()
        assert picker.codes() == ("wages",)
        keys.press(Qt.Key.Key_Backspace)
        assert picker.codes() == ()


def test_leaving_asks_before_anything_is_lost(entry: CallEntryPage, qtbot) -> None:
    closed: list[bool] = []
    entry.closed.connect(lambda: closed.append(True))
    Keyboard(entry).press(Qt.Key.Key_Escape)
    assert closed == [True]
    entry.fields.note.setPlainText("сөз")
    Keyboard(entry).press(Qt.Key.Key_Escape)
    (asked,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    asked.reject()
    assert closed == [True]
    assert entry.fields.note.text() == "сөз"


def test_a_draft_brings_everything_back(entry: CallEntryPage) -> None:
    fields = entry.fields
    assert entry.draft() == {}
    fields.topics.set_codes(["wages", "stay"])
    fields.caller.set_code("caller_friend")
    fields.anonymous.setChecked(False)
    fields.phone.setText("+7 709 000 00 12")
    fields.note.setPlainText("Жазба")
    fields.region.set_code("KZ-75")
    kept = dict(entry.draft())
    entry.start_again()
    assert entry.draft() == {}
    entry.restore(kept)
    assert dict(entry.draft()) == kept
    assert (entry.draft_place(), fields.topics.codes()) == ("call", ("wages", "stay"))


def test_languages_change_without_losing_anything(entry: CallEntryPage) -> None:
    entry.fields.topics.set_codes(["wages"])
    entry.fields.region.set_code("KZ-75")
    entry.fields.note.setPlainText("Жазба")
    before = entry.draft()
    shown = set()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert entry.draft() == before
        shown.add(entry.fields.channel.buttons[1].text())
        assert_all_named(entry)
    assert len(shown) >= 2


def test_the_minute_of_an_emergency_call_is_kept(entry: CallEntryPage) -> None:
    entry.fields.danger.set_code("yes")
    entry._show_what_is_needed()
    keys = Keyboard(entry)
    keys.shortcut(entry.danger.buttons["102"])
    assert "102" in entry.danger.times.text()
    kept = dict(entry.draft())
    assert kept["services"] == f"102@{NOW.isoformat()}"
    entry.start_again()
    entry.restore(kept)
    entry.fields.topics.set_codes(["held"])
    entry.fields.outcome.set_code("out_emergency")
    entry.save.click()
    with entry.book.read() as reader:
        (urgent,) = hand_over(reader).urgent
    assert urgent.services == ("102",)


def test_lines_and_answers_follow_the_topics(entry: CallEntryPage) -> None:
    entry.fields.topics.set_codes(["self_harm"])
    entry.fields.topics.changed.emit()
    assert entry.script.shown == "self_harm"
    assert "103" in " ".join(line.text() for line in entry.script.lines)
    assert entry.answers.sheet.id == "emergency"
    entry.answers.search.setText("жалақы")
    assert entry.answers.sheet.id == "wages"
    assert entry.answers.doubt.isVisible(), "what is not confirmed says so"
    entry.answers.search.returnPressed.emit()
    entry.fields.outcome.set_code("out_sheet")
    entry.save.click()
    with entry.book.read() as reader:
        assert hand_over(reader).counts.sheets == 1
    assert entry.answers.given == []


def test_a_country_finds_what_its_citizens_need(entry: CallEntryPage) -> None:
    for typed in ("өзбекстан", "узбек", "uzbek"):
        entry.answers.search.setText(typed)
        assert entry.answers.sheet.id == "return_home"
        assert "citizen_abroad" not in {each.id for each in entry.answers._fitting()}


def client(entry: CallEntryPage) -> str:
    made = performed(entry.book, [CASE])["case"]
    number = {"number": "+7 709 000 00 77", "code_word": "арай"}
    do(entry.book, act="phone.added", person=made["person"], **number)
    do(entry.book, act="duress_word.set", person=made["person"], word="bulbul")
    return made["case"]


def test_she_calls_in_and_only_the_word_is_asked(entry: CallEntryPage, qtbot) -> None:
    case, card = client(entry), entry.caller
    card.number.setText("87090000078")
    assert not card.word_row.isVisible()
    card.number.setText("87090000077")
    assert card.word_row.isVisible()
    shown = " ".join(label.text() for label in card.findChildren(QLabel))
    assert not {"арай", "Айша", "Сыналғанова"}.intersection(shown.split())
    card.word.setText("bad")
    card.check.click()
    assert not card.open.isVisible()
    card.word.setText("АРАЙ")
    card.check.click()
    with qtbot.waitSignal(entry.open_case) as wanted:
        card.open.click()
    assert wanted.args == [case]
    assert not entry.has_unsaved(), "a number that is only looked up is not kept"


def test_a_word_of_warning_brings_the_cover_and_nothing_else(entry: CallEntryPage) -> None:
    client(entry)
    entry.caller.number.setText("87090000077")
    entry.caller.word.setText("Bulbul")
    entry.caller.check.click()
    assert entry.script.shown == "cover"
    assert not entry.caller.open.isVisible()
    for spoken in LANGUAGES:
        language.switch(spoken)
        shown = " ".join(label.text() for label in entry.findChildren(QLabel) if label.isVisible()).casefold()
        assert not [word for word in ("duress", "мәжбүр", "принужд", "warning", "alert") if word in shown]


def test_what_is_typed_next_is_not_lost_when_the_last_call_is_taken_back(entry: CallEntryPage) -> None:
    Keyboard(entry).shortcut(entry.quick["silent"])
    entry.fields.note.setPlainText("Жаңа")
    entry.take_back.click()
    assert entry.fields.note.text() == "Жаңа"


def test_without_the_word_a_reason_opens_the_case(entry: CallEntryPage, qtbot) -> None:
    case, card = client(entry), entry.caller
    card.number.setText("87090000077")
    assert card.reason_row.isVisible()
    assert not card.without.isEnabled(), "never without a reason"
    card.reason.set_code("contact")
    card.reason.chosen.emit("contact")
    with qtbot.waitSignal(entry.open_case) as wanted:
        card.without.click()
    assert wanted.args == [case]
    card.number.setText("87090000078")
    assert not card.reason_row.isVisible()


def test_where_no_word_is_agreed_none_is_asked_for(entry: CallEntryPage) -> None:
    made = performed(entry.book, [CASE])["case"]
    do(entry.book, act="phone.added", person=made["person"], number="+7 709 000 00 76")
    entry.caller.number.setText("87090000076")
    assert "no word is agreed" in entry.caller.told.sentence.text()
