"""Every part of the design system on one page, for looking at and for tests of all of them together."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QWidget

from kzcase.domain.charts import Bar
from kzcase.domain.charts import BarChart as Chart
from kzcase.i18n import Words
from kzcase.ui import theme
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, RowsModel, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, ScrollPage, box, demonstration_banner
from kzcase.ui.widgets.charts import BarChart
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.passphrase import PassphraseEdit
from kzcase.ui.widgets.rail import NavEntry, NavRail
from kzcase.ui.widgets.timeline import Moment, Timeline

Said = dict[str, str]
KINDS: tuple[tuple[Said, Tone], ...] = (
    ({"kk": "Жұмыста", "ru": "В работе", "en": "Active"}, "info"),
    ({"kk": "Мерзімі өткен", "ru": "Просрочено", "en": "Overdue"}, "danger"),
    ({"kk": "Мерзімі бүгін", "ru": "Срок сегодня", "en": "Due today"}, "warn"),
    ({"kk": "Қабылданды", "ru": "Принято", "en": "Accepted"}, "ok"),
    ({"kk": "Жабылған", "ru": "Закрыто", "en": "Closed"}, "neutral"),
)
FAMILIES = ("Ғабитова Күләш", "Өмірзақ Нұрлан", "Рахимов Сардор", "Қоңырбай Әсем", "Abdullayev Anvar", "Іңкәр Һ. Ұлы")


@dataclass(frozen=True, slots=True)
class Line:
    """One invented line of the list."""

    number: str
    name: str | None
    kind: Words | Said
    state: int
    worker: str
    opened: date
    masked: frozenset[str] = frozenset()


def lines(count: int) -> list[Line]:
    day = date(2026, 11, 22)
    return [
        Line(
            f"2026-K7-{place:05}", None if place % 6 == 2 else FAMILIES[place % 6], {"en": "Trafficking",
            "ru": "Торговля людьми", "kk": "Адам саудасы"}, place % 5, "А. Серікқызы", day - timedelta(days=place),
            frozenset({"name"}) if place % 6 == 2 else frozenset(),
        )
        for place in range(count)
    ]  # fmt: skip


def _text(said: Said) -> object:
    from kzcase.ui import language

    return language.text(said)


COLUMNS = (
    Column({"kk": "Іс нөмірі", "ru": "Номер дела", "en": "Case number"}, seen("number"), 140,
           order="number", faint=True),
    Column({"kk": "Аты-жөні", "ru": "Имя", "en": "Name"}, seen("name"), 200, 3, order="name", strong=True),
    Column({"kk": "Түрі", "ru": "Тип", "en": "Kind"}, lambda row: _text(row.kind), 150, 1, priority=2),
    Column({"kk": "Мәртебе", "ru": "Статус", "en": "Status"}, lambda row: _text(KINDS[row.state][0]), 150, priority=1,
           tone=lambda row: KINDS[row.state][1]),
    Column({"kk": "Жауапты маман", "ru": "Ответственный", "en": "Worker"}, seen("worker"), 140, 1, priority=3),
    Column({"kk": "Ашылды", "ru": "Открыто", "en": "Opened"}, seen("opened"), 110, priority=2,
           order="opened", right=True),
)  # fmt: skip


def table(count: int = 40) -> RowsView:
    model = RowsModel(COLUMNS, lambda wish, give: give(lines(wish.first + wish.count)[wish.first :]))
    model.show_total(count)
    view = RowsView(model, name={"kk": "Істер", "ru": "Дела", "en": "Cases"})
    view.selectRow(1)
    return view


def _rail() -> NavRail:
    rail = NavRail(
        (
            NavEntry("today", {"kk": "Бүгін", "ru": "Сегодня", "en": "Today"}, "house"),
            NavEntry("people", {"kk": "Адамдар", "ru": "Люди", "en": "People"}, "users"),
            NavEntry("cases", {"kk": "Кейстер", "ru": "Случаи", "en": "Cases"}, "folder-open"),
            NavEntry("calls", {"kk": "Қоңыраулар", "ru": "Звонки", "en": "Calls"}, "phone"),
            NavEntry("referrals", {"kk": "Жолдамалар", "ru": "Направления", "en": "Referrals"}, "send"),
            NavEntry("tasks", {"kk": "Тапсырмалар", "ru": "Задачи", "en": "Tasks"}, "list-checks"),
        ),
        (
            NavEntry("settings", {"kk": "Баптаулар", "ru": "Настройки", "en": "Settings"}, "settings"),
            NavEntry("lock", {"kk": "Құлыптау", "ru": "Заблокировать", "en": "Lock"}, "lock", place=False),
        ),
    )
    rail.select("cases")
    rail.set_count("tasks", 7)
    return rail


def _choices(count: int) -> tuple[Choice, ...]:
    words = (
        {"kk": "Заңгерлік кеңес", "ru": "Юридическая консультация", "en": "Legal advice"},
        {"kk": "Баспана", "ru": "Приют", "en": "Shelter"},
        {"kk": "Психолог көмегі", "ru": "Помощь психолога", "en": "Psychological help"},
        {"kk": "Медициналық көмек", "ru": "Медицинская помощь", "en": "Medical care"},
    )
    return tuple(Choice(f"c{place}", words[place % 4]) for place in range(count))


def _form() -> Card:
    card = Card({"kk": "Жаңа жолдама", "ru": "Новое направление", "en": "New referral"})
    name = LineEdit({"kk": "Мысалы, Дана қоры", "ru": "Например, фонд «Дана»", "en": "For example Dana fund"})
    card.add(FieldRow({"kk": "Ұйым", "ru": "Организация", "en": "Organisation"}, name, required=True))
    need = CodeCombo(_choices(3))
    need.set_code("c0")
    card.add(FieldRow({"kk": "Қажеттілік", "ru": "Потребность", "en": "Need"}, need))
    due = DateEdit()
    due.setText("31.02.2026")
    row = FieldRow({"kk": "Мерзім", "ru": "Срок", "en": "Deadline"}, due, HELP)
    row.set_error({"kk": "Мұндай күн жоқ. Күнін тексеріңіз.", "ru": "Такого дня нет. Проверьте дату.",
                   "en": "There is no such day. Please check the date."})  # fmt: skip
    card.add(row)
    services = CheckList(_choices(4))
    services.set_codes(("c0", "c2"))
    card.add(FieldRow({"kk": "Қызметтер", "ru": "Услуги", "en": "Services"}, services))
    card.add(FieldRow({"kk": "Құпиясөз", "ru": "Пароль", "en": "Passphrase"}, PassphraseEdit()))
    note = TextArea(lines=3)
    note.setText("Қызылордада тұрады, тек кешке қоңырау шалу керек.")
    card.add(FieldRow({"kk": "Жазба", "ru": "Заметка", "en": "Note"}, note))
    card.body.addLayout(_ticks())
    return card


def _ticks() -> QHBoxLayout:
    layout = QHBoxLayout()
    tick, part, off, one, other = QCheckBox("Ә"), QCheckBox("Ғ"), QCheckBox("Қ"), QRadioButton("Ң"), QRadioButton("Ө")
    tick.setChecked(True)
    part.setTristate(True)
    part.setCheckState(Qt.CheckState.PartiallyChecked)
    off.setEnabled(False)
    one.setChecked(True)
    for each in (tick, part, off, one, other):
        layout.addWidget(each)
    layout.addStretch(1)
    return layout


def _history() -> Card:
    card = Card({"kk": "Тарих", "ru": "История", "en": "History"})
    timeline = Timeline(name={"kk": "Тарих", "ru": "История", "en": "History"})
    timeline.show_moments(
        (
            Moment(1, "22.11.2026 10:42", {"kk": "Жолдама жіберілді: Дана қоры", "ru": "Отправлено направление: Дана",
                   "en": "Referral sent: Dana fund"}, {"kk": "А. Серікқызы", "ru": "А. Сериккызы", "en": "A. S."},
                   "send", "info"),
            Moment(2, "21.11.2026 18:05", {"kk": "Келісім алынды", "ru": "Получено согласие", "en": "Consent given"},
                   {"kk": "заңгерлік көмек, 31.12.2026 дейін", "ru": "юридическая помощь, до 31.12.2026",
                    "en": "legal help, until 31.12.2026"}, "handshake", "ok"),
            Moment(3, "20.11.2026 09:00", {"kk": "Кейс ашылды", "ru": "Случай открыт", "en": "Case opened"}, None,
                   "folder-plus"),
        )
    )  # fmt: skip
    timeline.setFixedHeight(theme.px(194))
    card.add(timeline)
    return card


def _chart() -> Card:
    card = Card()
    card.add(
        BarChart(
            Chart(
                "Өңірлер бойынша кейстер",
                ("жаңа", "қайта ашылған"),
                (Bar("Алматы", (120, 14)), Bar("Түркістан облысы", (85, 9)), Bar("Ұлытау", (None, 3))),
                "– : 5-тен аз, көрсетілмейді",
            )
        )
    )
    return card


def _buttons() -> QHBoxLayout:
    layout = QHBoxLayout()
    box(layout, space=theme.SPACE_GROUP)
    layout.addWidget(Button({"kk": "Өзгерту", "ru": "Изменить", "en": "Edit"}, icon="pencil", shortcut="F2"))
    layout.addWidget(Button({"kk": "Жою", "ru": "Удалить", "en": "Delete"}, kind="danger", icon="trash-2"))
    layout.addWidget(Button({"kk": "Толығырақ", "ru": "Подробнее", "en": "Details"}, kind="quiet"))
    disabled = Button({"kk": "Сақтау", "ru": "Сохранить", "en": "Save"}, kind="primary", icon="save")
    disabled.setEnabled(False)
    layout.addWidget(disabled)
    layout.addStretch(1)
    return layout


def gallery() -> QWidget:
    """The whole page, rail included."""
    window = QWidget()
    window.setObjectName("page")
    outer = QHBoxLayout(window)
    box(outer)
    rail = _rail()
    rail.set_narrow(theme.current().factor > 1.25)
    outer.addWidget(rail)
    page = ScrollPage()
    page.body.addWidget(demonstration_banner())
    header = PageHeader(
        {"kk": "Кейстер", "ru": "Случаи", "en": "Cases"},
        {"kk": "40 кейс, 7 мерзімі өткен", "ru": "40 случаев, 7 просрочено", "en": "40 cases, 7 overdue"},
        primary=Button({"kk": "Кейс ашу", "ru": "Открыть случай", "en": "Open case"}, kind="primary", icon="plus",
                       shortcut="Ctrl+N"),
        others=(Button({"kk": "Басып шығару", "ru": "Печать", "en": "Print"}, icon="printer", shortcut="Ctrl+P"),),
    )  # fmt: skip
    header.set_chips(*KINDS[:2])
    page.body.addWidget(header)
    columns = Columns()
    left, right = columns.left, columns.right
    rows = table()
    rows.setMinimumHeight(theme.px(330))
    surface = Card()
    surface.add(rows, 1)
    left.addWidget(surface, 1)
    left.addLayout(_buttons())
    left.addWidget(_chart())
    left.addWidget(Banner({"kk": "Сақтық көшірме жоқ", "ru": "Нет резервной копии", "en": "No backup yet"}, "danger",
                          closable=True))  # fmt: skip
    right.addWidget(_form())
    right.addWidget(_history())
    empty = Card()
    step = Button({"kk": "Жолдама жазу", "ru": "Составить направление", "en": "Draft a referral"})
    nothing = {"kk": "Әзірге жолдама жоқ.", "ru": "Направлений пока нет.", "en": "No referrals yet."}
    empty.add(EmptyState("inbox", nothing, step))
    left.addWidget(empty)
    page.body.addWidget(columns)
    outer.addWidget(page, 1)
    return window


def short_table() -> RowsView:
    """A short list that is already here."""
    return RowsView(fixed_rows(COLUMNS, lines(3)), name={"kk": "Істер", "ru": "Дела", "en": "Cases"})
