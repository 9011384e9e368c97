"""A call written down without a mouse: few keys, nothing lost, nothing typed twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kzcase.i18n import LANGUAGES
from kzcase.queries.office import call_list
from kzcase.ui import language
from kzcase.ui.calls.entry import QUICK, CallEntryPage
from kzcase.ui.messages import MessageDialog
from kzcase.ui.widgets.key_choices import CYRILLIC, LATIN, place_of_key
from tests.ui.naming import assert_all_named
from tests.ui.offices import Keyboard, offered, working

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


def test_enter_after_saving_begins_the_next_call(entry: CallEntryPage) -> None:
    keys = Keyboard(entry)
    entry.fields.topics.set_codes(["wages"])
    entry.fields.outcome.set_code("out_answered")
    keys.shortcut(entry.save)
    keys.enter()
    assert entry.focusWidget() in entry.fields.channel.buttons
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
    assert not entry.emergency.isVisible()
    entry.fields.danger.setFocus()
    Keyboard(entry).type("ф")
    assert entry.emergency.isVisible()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert {"102", "112"} <= set(entry.emergency.sentence.text().replace("(", " ").split())


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
    assert not entry.open_case.isVisible()
    entry.fields.topics.set_codes(["wages"])
    entry.fields.outcome.set_code("out_case")
    keys.shortcut(entry.save)
    with qtbot.waitSignal(entry.new_case_from_call, timeout=1000) as wanted:
        keys.shortcut(entry.open_case)
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
