"""The inside of a form page: its parts at the left, the questions of one part at the right, the interview language."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from kzcase.forms.definition import UNASKED, Form, Question
from kzcase.forms.languages import UNNAMED
from kzcase.i18n import LANGUAGE_NAMES, Words, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.forms.interview import Interview, Spoken
from kzcase.ui.forms.outline import Outline
from kzcase.ui.forms.question import QuestionView
from kzcase.ui.forms.reasons import REASON_KEY
from kzcase.ui.forms.section import SectionView
from kzcase.ui.reading_order import controls, follow_layout
from kzcase.ui.slices import Slices, Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, ScrollPage, box, inside
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll

OTHER_QUESTIONS: Final = _("Other questions")
NAMES: Final[Mapping[str, str]] = {
    **{str(code): name for code, name in LANGUAGE_NAMES.items()},
    "uz": "Oʻzbekcha", "uz-Cyrl": "Ўзбекча", "ky": "Кыргызча", "tg": "Тоҷикӣ", "ug": "ئۇيغۇرچە", "tk": "Türkmençe",
    "fa": "فارسی",
}  # fmt: skip
"""What languages call themselves; another is shown by its code."""


def sections_of(form: Form) -> list[tuple[Question, ...]]:
    """The parts of a form: each group or repeat at the top is one; questions between them stay together."""
    parts: list[list[Question]] = []
    loose = False
    for question in form.questions:
        if question.is_container or not loose:
            parts.append([question])
        else:
            parts[-1].append(question)
        loose = not question.is_container
    asked = [tuple(part) for part in parts if any(map(_is_shown, part))]
    return asked or [tuple(part) for part in parts]


def _is_shown(question: Question) -> bool:
    """What a phone or the program fills in by itself is no part of an interview."""
    inside = (each for each in question.walk() if not each.is_container)
    return any(each.kind not in UNASKED or each.label for each in inside)


class Filling(QWidget):
    """Walks through an interview. Enter goes to the next question (out of several lines Ctrl+Enter), F4 offers reasons
    for no answer."""

    def __init__(self, interview: Interview, slices: Slices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.interview = interview
        self._slices = slices
        parts = sections_of(interview.form)
        self.sections = [SectionView(interview, part, slices, self) for part in parts]
        self.outline = Outline([self._title(part) for part in parts], self)
        languages = _languages(interview.form)
        self.spoken = CodeCombo(languages, name=_("Language of the interview"), blank=None, parent=self)
        self.spoken.set_code(interview.language)
        self.pages = QStackedWidget(self)
        self.number = 0
        """Which part is shown."""
        self._pages: dict[int, InnerScroll] = {}
        self.next = Button(_("Next part"), icon="arrow-right", shortcut="Ctrl+PgDown", parent=self)
        words = _("Part before")
        self.before = Button(words, icon="chevron-left", kind="quiet", shortcut="Ctrl+PgUp", parent=self)
        self._aim = ""
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(0)
        self._build()
        self._connect()

    def _title(self, part: Sequence[Question]) -> Spoken:
        if len(part) == 1 and part[0].label:
            return self.interview.said(part[0].path, part[0].label)
        return Spoken(lambda: language.text(OTHER_QUESTIONS))

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_CARD)
        left, right, foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        layout.addLayout(left)
        layout.addLayout(right, 1)
        box(left, space=theme.SPACE_GROUP)
        left.addWidget(Label(_("Language of the interview"), "label", parent=self))
        left.addWidget(self.spoken)
        left.addWidget(self.outline, 1)
        box(right, space=theme.SPACE_FIELD)
        right.addWidget(self.pages, 1)
        right.addLayout(foot)
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(self.before)
        foot.addStretch(1)
        foot.addWidget(self.next)

    def _connect(self) -> None:
        self.outline.chosen.connect(self._show)
        self.spoken.chosen.connect(self.interview.speak)
        self.next.clicked.connect(lambda: self.step(1))
        self.before.clicked.connect(lambda: self.step(-1))
        self.interview.changed.connect(self._changed)
        self.interview.repeats_changed.connect(self._sync)
        self.interview.spoken.connect(self._speak)
        self.interview.recalled.connect(self._recall)
        self._counting.timeout.connect(self._count)
        for section in self.sections:
            section.built.connect(self._built)
        reason = QShortcut(QKeySequence(REASON_KEY), self)
        reason.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        reason.activated.connect(self._reason)

    def prepared(self, number: int) -> Steps:
        """Make a part ready before anybody sees any of it."""
        self._page(number)
        yield
        yield from self.sections[number].steps()

    def begin(self, number: int = 0) -> None:
        """Show the first part (or another), with the keyboard in its first question, and count."""
        self._count()
        if self.outline.currentRow() < 0:
            self.go(number)

    def _page(self, number: int) -> InnerScroll:
        """The page of a part; it is made when somebody first goes there."""
        if number not in self._pages:
            page = InnerScroll(self.pages)
            card = Card(parent=inside(page.body))
            page.body.addWidget(card)
            page.body.addStretch(1)
            card.add(self.sections[number])
            self.pages.addWidget(page)
            self._pages[number] = page
        return self._pages[number]

    def take_keyboard(self) -> None:
        """The keyboard comes to where it was, else to the first question of the part that is shown."""
        asked = self.section.to_answer() if self.section.ready else []
        here = self.focusWidget() or (asked[0] if asked else self)
        here.setFocus(Qt.FocusReason.OtherFocusReason)

    # moving

    @property
    def section(self) -> SectionView:
        """The part that is shown."""
        return self.sections[self.number]

    def go(self, number: int) -> None:
        """Show a part."""
        self.outline.setCurrentRow(max(0, min(number, len(self.sections) - 1)))

    @Slot(int)
    def _show(self, number: int) -> None:
        self.number = number
        self.pages.setCurrentWidget(self._page(number))
        section = self.sections[number]
        section.begin()
        asked = section.to_answer()
        if section.ready and asked and self.isVisible() and not self.outline.hasFocus():
            asked[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer_steps()

    def step(self, way: int) -> None:
        """To the next part (1) or the one before (-1) in which anything is asked."""
        number = self._neighbour(way)
        if number is not None:
            self.pages.setFocus()
            self.go(number)

    def _neighbour(self, way: int) -> int | None:
        number = self.number + way
        while 0 <= number < len(self.sections):
            if any(map(self.interview.asks, self.sections[number].questions)):
                return number
            number += way
        return None

    def _offer_steps(self) -> None:
        self.next.setEnabled(self._neighbour(1) is not None)
        self.before.setEnabled(self._neighbour(-1) is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter and (control or not isinstance(self.focusWidget(), QPlainTextEdit)):
            self.next_question()
        else:
            super().keyPressEvent(event)

    def current(self) -> QuestionView | None:
        """The question in which the keyboard is."""
        here = self.focusWidget()
        asked = self.section.question_views()
        return next((view for view in asked if here is not None and view.isAncestorOf(here)), None)

    @Slot()
    def next_question(self) -> None:
        """To the next question asked; after the last of a part to the button of the next part."""
        asked, here = self.section.question_views(), self.current()
        following = asked[asked.index(here) + 1 :] if here is not None else asked
        waiting = next((view for view in following if view.takes_answer), None)
        self._offer_steps()
        if waiting is not None:
            self._take(waiting)
        elif self.next.isEnabled():
            self.next.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, view: QuestionView) -> None:
        view.setFocus(Qt.FocusReason.TabFocusReason)
        page = self.pages.currentWidget()
        if isinstance(page, ScrollPage):
            page.ensureWidgetVisible(view, 0, theme.px(60))

    @Slot()
    def _reason(self) -> None:
        here = self.current()
        if here is not None:
            here.choose_reason()

    # what changes

    @Slot(object)
    def _changed(self, paths: set[str]) -> None:
        for section in self.sections:
            section.refresh(paths)
        self._counting.start()

    @Slot()
    def _sync(self) -> None:
        for section in self.sections:
            section.sync()
            self._listen(section)
        self._slices.do(self._in_reading_order(self.section), self, key="order")

    @Slot()
    def _speak(self) -> None:
        self.spoken.set_code(self.interview.language)
        self.outline.speak()
        for section in self.sections:
            section.speak()

    @Slot()
    def _recall(self) -> None:
        for section in self.sections:
            self._slices.do(section.recalled(), section, key="recalled")

    @Slot()
    def _built(self) -> None:
        section = self.sender()
        assert isinstance(section, SectionView)
        self._listen(section)
        self._slices.do(self._in_reading_order(section), self, key="order")
        asked = section.to_answer()
        here = self.isVisible() and self.current() is None and not self.outline.hasFocus()
        if section is self.section and asked and here:
            asked[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._reach(section)

    def _in_reading_order(self, section: SectionView) -> Steps:
        """Tab walks through a part as it is read, then comes to the buttons under it; parts and lines of repeats are
        made later than these."""
        yield from follow_layout(section)
        for last in list(controls(section))[-1:]:
            QWidget.setTabOrder(last, self.before)
            QWidget.setTabOrder(self.before, self.next)
        yield

    def _listen(self, section: SectionView) -> None:
        for view in section.views():
            if isinstance(view, QuestionView):
                view.wants_next.connect(self.next_question, Qt.ConnectionType.UniqueConnection)

    @Slot()
    def _count(self) -> None:
        asked = self.interview.asked()
        for number, section in enumerate(self.sections):
            self.outline.show_progress(number, self.interview.progress(section.questions, asked))
        self._offer_steps()

    def show_wrong(self, path: str) -> None:
        """Go to a question that needs correcting; from now on every question says what is wrong with it."""
        self.interview.strict = True
        for section in self.sections:
            section.show_wrong()
        self._aim = path
        top = path.split("/")[0].split("{")[0]
        for number, section in enumerate(self.sections):
            if top in {question.path for question in section.questions}:
                self.go(number)
                self._reach(section)

    def _reach(self, section: SectionView) -> None:
        """Put the keyboard into the question aimed at, as soon as it is there."""
        for view in section.question_views() if section.ready else ():
            if view.path == self._aim:
                self._aim = ""
                self._take(view)


def _languages(form: Form) -> tuple[Choice, ...]:
    return tuple(Choice(code, language_name(code)) for code in form.languages)


def language_name(code: str) -> Words:
    """What a language calls itself; of a form that names none, that it is the form's own."""
    return _("Language of the form") if code == UNNAMED else verbatim(NAMES.get(code, code))
