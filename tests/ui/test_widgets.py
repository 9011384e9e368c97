"""The parts of a page: typed into from any keyboard, named for screen readers, said in three languages."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, Qt, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QToolTip, QVBoxLayout, QWidget

from kzcase.actions.perform import acts_schema
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.i18n import _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.dates import ApproximateDateEdit, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.numbers import NumberEdit
from kzcase.ui.widgets.passphrase import PassphraseEdit
from kzcase.ui.widgets.rail import NavEntry, NavRail, RailButton
from kzcase.ui.widgets.timeline import Moment, Timeline
from kzcase.ui.widgets.tips import plain_tip
from tests.ui.gallery import gallery
from tests.ui.naming import assert_all_named, name_of, reachable
from tests.ui.typing import press, type_text

NOW = date(2026, 11, 22)
SETS_TIP = re.compile(r"\bsetToolTip\(|\bQToolTip\.showText\(")
REGIONS = (
    ("KZ-10", "Абай облысы", "область Абай", "Abai Region"),
    ("KZ-75", "Алматы", "Алматы", "Almaty"),
    ("KZ-71", "Астана", "Астана", "Astana"),
    ("KZ-23", "Атырау облысы", "Атырауская область", "Atyrau Region"),
    ("KZ-61", "Түркістан облысы", "Туркестанская область", "Turkistan Region"),
    ("KZ-62", "Ұлытау облысы", "область Улытау", "Ulytau Region"),
    ("KZ-33", "Жетісу облысы", "область Жетысу", "Jetisu Region"),
    ("KZ-79", "Шымкент", "Шымкент", "Shymkent"),
    ("KZ-43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda Region"),
)
CHOICES = tuple(Choice(code, {"kk": kk, "ru": ru, "en": en}) for code, kk, ru, en in REGIONS)


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_kazakh_is_typed_letter_by_letter(qtbot) -> None:
    field = LineEdit()
    shown(qtbot, field)
    type_text(field, "Ғабит Қоңырбайұлы Һ. Әбіл")
    assert field.text() == "Ғабит Қоңырбайұлы Һ. Әбіл"


@pytest.mark.parametrize(
    ("typed", "keys", "meant"),
    [
        ('әә""әқә.', (11, 11, 10, 10, 11, 19, 11, 16), "22112027"),
        ("22.11.26", (11, 11, 60, 10, 10, 60, 11, 15), "22.11.26"),
        ("ң,", (13, 15), "46"),
        ("кеше", (0, 0, 0, 0), "кеше"),
        ("бүгін", (0,) * 5, "бүгін"),
    ],
)
def test_the_kazakh_digit_row_gives_digits(qtbot, typed: str, keys: tuple[int, ...], meant: str) -> None:
    field = LineEdit(digits=True)
    shown(qtbot, field)
    type_text(field, typed, keys)
    assert field.text() == meant


def test_only_digit_fields_read_letters_as_digits(qtbot) -> None:
    field = LineEdit()
    shown(qtbot, field)
    type_text(field, "әң", (11, 13))
    assert field.text() == "әң"


def test_pasted_letters_of_the_digit_row_are_digits(qtbot) -> None:
    field = LineEdit(digits=True)
    shown(qtbot, field)
    QGuiApplication.clipboard().setText("әә11әқә6")
    press(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "22112026"


@pytest.mark.parametrize("typed", ["22.11.26", "22112026", "221126", "22/11/2026", "бүгін", "22 11 26"])
def test_a_day_is_read_as_people_type_it(qtbot, typed: str) -> None:
    field = DateEdit(today=lambda: NOW)
    shown(qtbot, field)
    type_text(field, typed)
    with qtbot.waitSignal(field.changed) as changed:
        press(field, Qt.Key.Key_Return, text="\r")
    assert changed.args == [NOW]
    assert field.text() == "22.11.2026"


def test_what_is_no_day_is_said_under_the_field(qtbot) -> None:
    field = DateEdit(today=lambda: NOW)
    row = FieldRow(_("Deadline"), field, _("When it must be done"))
    shown(qtbot, row)
    type_text(field, "31.02.2026")
    assert row.error is None
    press(field, Qt.Key.Key_Return, text="\r")
    assert row.error is not None
    assert field.property("invalid") is True
    assert "calendar" in field.accessibleDescription()
    assert (field.value(), field.wrong) == (None, True)
    type_text(field, "0")
    assert row.error is None


def test_a_vague_date_is_for_births_only(qtbot) -> None:
    day, birth = DateEdit(today=lambda: NOW), ApproximateDateEdit(today=lambda: NOW)
    for field in (day, birth):
        shown(qtbot, field)
        field.setText("05.1994")
    assert day.wrong
    assert birth.value() == "1994-05"
    birth.setText("~1990")
    assert birth.value() == "1990~"
    assert birth.value() == "1990~"


def test_a_combo_is_found_by_any_part_of_the_word(qtbot) -> None:
    combo = CodeCombo(CHOICES, name=_("Region"))
    shown(qtbot, combo)
    combo.visit()
    language.switch("kk")
    edit = combo.lineEdit()
    assert edit is not None
    edit.selectAll()
    type_text(edit, "түркіст")
    with qtbot.waitSignal(combo.chosen) as chosen:
        edit.editingFinished.emit()
    assert chosen.args == ["KZ-61"]
    assert combo.code() == "KZ-61"


def test_nonsense_in_a_combo_goes_back_to_what_was(qtbot) -> None:
    combo = CodeCombo(CHOICES)
    shown(qtbot, combo)
    combo.visit()
    combo.set_code("KZ-75")
    edit = combo.lineEdit()
    assert edit is not None
    edit.setText("zzz")
    edit.editingFinished.emit()
    assert (combo.code(), combo.currentText()) == ("KZ-75", "Almaty")


def test_a_combo_keeps_its_code_through_languages_and_lists(qtbot) -> None:
    combo = CodeCombo(CHOICES[:3], name=_("Region"))
    shown(qtbot, combo)
    combo.set_code("KZ-10")
    language.switch("ru")
    assert (combo.code(), combo.currentText()) == ("KZ-10", "область Абай")
    combo.set_code("KZ-99")
    assert combo.code() == "KZ-99"
    combo.set_code(None)
    assert combo.code() is None


@pytest.mark.parametrize("count", [3, len(CHOICES)])
@pytest.mark.parametrize("look", [("light", 1.0), ("dark", 1.25)])
def test_a_combo_nobody_came_to_looks_and_answers_like_one_in_use(qtbot, count: int, look: Any) -> None:
    theme.apply(*look)
    combo = CodeCombo(CHOICES[:count], name=_("Region"))
    holder = QWidget()
    layout = QVBoxLayout(holder)
    for widget in (LineEdit(), combo):  # the keyboard goes to the first
        layout.addWidget(widget)
    holder.resize(320, 140)
    shown(qtbot, holder)
    QApplication.processEvents()
    combo.set_code("KZ-10")
    before = (combo.code(), combo.currentText(), combo.currentIndex(), combo.count(), combo.size())
    picture = combo.grab().toImage()
    assert not combo.findChildren(QAbstractItemView), "nothing costly was made"
    combo.visit()
    QApplication.processEvents()
    assert (combo.code(), combo.currentText(), combo.currentIndex(), combo.count(), combo.size()) == before
    assert combo.grab().toImage() == picture


def test_the_mouse_wheel_does_not_change_a_combo(qtbot) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    combo = CodeCombo(CHOICES[:3])
    shown(qtbot, combo)
    combo.set_code("KZ-10")
    where, none = QPointF(5, 5), Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        where, where, QPoint(0, -120), QPoint(0, -120), none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert combo.code() == "KZ-10"


def test_a_check_list_is_narrowed_and_ticked_by_keyboard(qtbot) -> None:
    checks = CheckList(CHOICES, name=_("Regions"))
    shown(qtbot, checks)
    type_text(checks.filter, "UlY")
    hidden = [checks.list.item(row).isHidden() for row in range(len(CHOICES))]
    assert hidden.count(False) == 1
    with qtbot.waitSignal(checks.changed):
        press(checks.list, Qt.Key.Key_Space, text=" ")
    assert checks.codes() == ("KZ-62",)
    checks.set_codes(("KZ-75", "KZ-10"))
    assert checks.codes() == ("KZ-10", "KZ-75")


def test_a_number_is_typed_on_the_kazakh_digit_row(qtbot) -> None:
    number = NumberEdit(1, 120, {"kk": "мин", "ru": "мин", "en": "min"})
    shown(qtbot, number)
    edit = number.lineEdit()
    edit.selectAll()
    type_text(number, "әғ", (11, 14))
    number.interpretText()
    assert number.value() == 25
    assert number.text() == "25 min"


def paste(field: LineEdit | TextArea, text: str) -> None:
    """As any way of pasting does it: keys, the menu, the middle button."""
    QGuiApplication.clipboard().setText(text)
    field.paste()


@pytest.mark.parametrize("made", [LineEdit, TextArea])
def test_a_paste_that_does_not_fit_is_refused_as_a_whole_and_says_so(qtbot, made) -> None:
    row = FieldRow(verbatim("Ескерту"), made(max_length=10))
    shown(qtbot, row)
    field = row.field
    paste(field, "қазақша")
    assert (field.text(), row.error) == ("қазақша", None)
    paste(field, "тағы")
    assert field.text() == "қазақша", "nothing is cut, and nothing of it is taken"
    assert "10" in language.text(row.error)
    type_text(field, "1")
    assert (field.text(), row.error) == ("қазақша1", None)
    type_text(field, "234")
    assert (field.text(), row.error is not None) == ("қазақша123", True)
    field.selectAll()
    paste(field, "ә" * 10)
    assert (field.text(), row.error) == ("ә" * 10, None)
    field.selectAll()
    paste(field, "ә" * 11)
    assert (field.text(), row.error is not None) == ("ә" * 10, True)


def test_what_stood_there_longer_is_kept_and_can_be_shortened(qtbot) -> None:
    area = TextArea(max_length=10)
    shown(qtbot, area)
    area.setText("қ" * 50)
    assert area.text() == "қ" * 50
    press(area, Qt.Key.Key_Delete)
    assert area.text() == "қ" * 49
    type_text(area, "a")
    assert area.text() == "қ" * 49


def test_the_window_takes_as_much_as_a_file_of_acts(qtbot) -> None:
    """One limit for each kind of field: what the window refuses, `act` refuses, and the other way round."""
    line, area = shown(qtbot, LineEdit()), shown(qtbot, TextArea())
    schema = acts_schema()["$defs"]
    fields = {name: each["properties"] for name, each in schema.items()}
    assert area._max_length == fields["AddNote"]["text"]["maxLength"]
    assert line.maxLength() == fields["AddName"]["family"]["maxLength"] == fields["AddTask"]["title"]["maxLength"]
    assert fields["AddPhone"]["number"]["maxLength"] == LONGEST_NUMBER


def test_labels_never_take_markup(qtbot) -> None:
    label = Label(verbatim("<b>Ғ</b> & <img src='x'>"))
    shown(qtbot, label)
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("typed", ["<b>Ғ</b> ұзақ", "Аты <img src='//elsewhere/x.png'>", "a < b & c"])
def test_tooltips_never_take_markup(qtbot, typed: str) -> None:
    window = QWidget()
    shown(qtbot, window)
    QToolTip.showText(window.mapToGlobal(QPoint(1, 1)), plain_tip(typed), window)
    (tip,) = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible()]
    said = QTextDocument()
    said.setHtml(tip.text()) if Qt.mightBeRichText(tip.text()) else said.setPlainText(tip.text())
    assert said.toPlainText() == typed
    assert Qt.mightBeRichText(typed) is typed.endswith(("ұзақ", ">")), "canary: as it is, Qt would draw or fetch it"
    QToolTip.hideText()


def test_every_tooltip_is_plain() -> None:
    """Whoever sets one says so where it is set."""
    files = [each for each in (Path(__file__).parents[2] / "kzcase" / "ui").rglob("*.py") if each.name != "tips.py"]
    sets = [line.strip() for each in files for line in each.read_text("utf-8").splitlines() if SETS_TIP.search(line)]
    assert len(sets) > 8
    assert [line for line in sets if "plain_tip(" not in line] == []


def test_a_passphrase_is_given_once_and_hidden_again(qtbot) -> None:
    field = PassphraseEdit()
    shown(qtbot, field)
    type_text(field, "алма ағаш 7")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.actions()[0].trigger()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert field.take() == "алма ағаш 7"
    assert (field.text(), field.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_a_button_keeps_its_shortcut_in_every_language(qtbot) -> None:
    button = Button({"en": "Save & close", "kk": "Сақтап, жабу", "ru": "Сохранить и закрыть"}, shortcut="Ctrl+S")
    shown(qtbot, button)
    english = button.sizeHint().width()
    assert button.accessibleName() == "Save & close"
    language.switch("ru")
    assert button.shortcut().toString() == "Ctrl+S"
    assert button.accessibleName() == "Сохранить и закрыть"
    assert button.sizeHint().width() > english


def test_the_rail_says_where_and_how_much(qtbot) -> None:
    rail = NavRail(
        (NavEntry("cases", _("Cases"), "folder-open"), NavEntry("calls", _("Calls"), "phone")),
        (NavEntry("lock", _("Lock"), "lock", place=False),),
    )
    shown(qtbot, rail)
    rail.select("cases")
    rail.set_count("calls", 3)
    buttons = [each for each in rail.findChildren(RailButton) if each.isVisible()]
    assert "Calls (3)" in [each.accessibleName() for each in buttons]
    calls = next(each for each in buttons if each.accessibleName() == "Calls (3)")
    with qtbot.waitSignal(rail.chosen) as chosen:
        calls.click()
    assert chosen.args == ["calls"]
    assert calls.isChecked()


def test_a_narrow_rail_still_says_its_words(qtbot) -> None:
    rail = NavRail((NavEntry("calls", _("Calls"), "phone"),))
    shown(qtbot, rail)
    wide = rail.width()
    rail.set_narrow(True)
    (button,) = rail.findChildren(RailButton)
    assert rail.width() < wide / 3
    assert (button.accessibleName(), button.toolTip()) == ("Calls", "Calls")


def test_columns_give_way_when_it_is_narrow(qtbot) -> None:
    columns = Columns()
    shown(qtbot, columns)
    columns.resize(900, 400)
    assert not columns.stacked
    theme.apply("light", 1.5)
    assert columns.stacked
    theme.apply("light", 1.0)
    columns.resize(700, 400)
    assert columns.stacked


def test_the_timeline_opens_by_id(qtbot) -> None:
    timeline = Timeline(name=_("History"))
    shown(qtbot, timeline)
    timeline.show_moments((Moment(b"1", "22.11.2026", _("Case opened")), Moment(b"2", "21.11.2026", _("Note added"))))
    with qtbot.waitSignal(timeline.opened) as opened:
        timeline.activated.emit(timeline.model().index(1, 0))
    assert opened.args == [b"2"]


def test_chips_and_banners_say_their_words(qtbot) -> None:
    chip = Chip({"kk": "Жабылған", "ru": "Закрыто", "en": "Closed"}, "neutral")
    banner = Banner(_("No backup yet"), "warn", closable=True)
    for each in (chip, banner):
        shown(qtbot, each)
    language.switch("kk")
    assert chip.accessibleName() == "Жабылған"
    with qtbot.waitSignal(banner.closed):
        banner.findChildren(Button)[0].click()
    assert banner.isHidden()


def test_every_control_of_the_gallery_has_a_name(qtbot) -> None:
    page = gallery()
    shown(qtbot, page)
    assert len(list(reachable(page))) > 15
    assert_all_named(page)


def test_a_control_without_a_name_would_be_found(qtbot) -> None:
    card = Card()
    combo = QComboBox()
    combo.addItem("Almaty")
    card.add(combo)
    shown(qtbot, card)
    assert name_of(combo) == ""
    with pytest.raises(AssertionError, match="QComboBox"):
        assert_all_named(card)


def test_required_and_help_reach_the_screen_reader(qtbot) -> None:
    field = LineEdit()
    row = FieldRow(_("Organisation"), field, _("As it is written on its seal"), required=True)
    shown(qtbot, row)
    assert row.label.text() == "Organisation *"
    assert row.label.buddy() is field
    assert field.accessibleName() == "Organisation"
    assert field.accessibleDescription() == "Required field. As it is written on its seal"
    language.switch("ru")
    assert row.label.text().endswith(" *")
