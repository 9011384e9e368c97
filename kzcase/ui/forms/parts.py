"""Groups and repeats of a form on the screen: small flat repeats as a table, others with a card for each instance."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kzcase.forms.definition import Question, QuestionKind, text_in
from kzcase.i18n import _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.forms.aside import BEFORE
from kzcase.ui.forms.cell import CellView
from kzcase.ui.forms.interview import Interview, Spoken
from kzcase.ui.forms.open_cell import OpenCell
from kzcase.ui.forms.question import NoteView, QuestionView
from kzcase.ui.forms.tabular import FLAT, fits_table
from kzcase.ui.forms.taken_out import TakenOutLine
from kzcase.ui.language import Retranslated
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.labels import Label

NUMBER_WIDTH: Final = 28
TAKE_OUT: Final = _("Take out")


class Part(Retranslated, QWidget):
    """Questions of one group or one repeat instance, in the order of the form."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interview = interview
        self.question = question
        self.path = path
        self.views: list[View] = []
        self.body: QBoxLayout = self._layout()

    def _layout(self) -> QBoxLayout:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD)
        return layout

    def _view(self, child: Question, path: str) -> "View | None":
        return view_of(self._interview, child, path, self)

    def steps(self) -> Steps:
        """Build one question after the other; each step is short."""
        for child in self.question.children:
            path = f"{self.path}/{child.name}" if self.path else child.name
            view = self._view(child, path)
            if view is None:
                continue
            self.views.append(view)
            self.body.addWidget(view, 1 if isinstance(view, CellView) else 0)
            yield
            if isinstance(view, GroupView | RepeatView):
                yield from view.steps()

    def refresh(self) -> None:
        """Is this part asked now?"""
        self.setVisible(not self.path or self._interview.sheet.relevant(self.path))

    def speak(self) -> None:
        """Another language: the questions inside are told by themselves."""


class GroupView(Part):
    """A group inside a section: a heading, then its questions."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(interview, question, path, parent)
        self.title = Label(interview.said(path, question.label), "card", wrap=True, parent=self)
        self.title.setVisible(bool(question.label))
        self.body.addWidget(self.title)
        self.refresh()

    def speak(self) -> None:
        self.title.retranslate()


class InstanceCard(Card):
    """One instance of a repeat, with the button that takes it out."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(verbatim(""), parent)
        self.part = Part(interview, question, path, self)
        self.remove = Button(TAKE_OUT, kind="quiet", icon="trash-2", parent=self)
        self.head.addWidget(self.remove)
        self.add(self.part)

    def number(self, label: str, number: int) -> None:
        """Say which one it is."""
        said = f"{label} {number}".strip()
        self.title.say(verbatim(said))
        self.remove.setAccessibleName(f"{language.text(TAKE_OUT)}: {said}")


class Cells(Part):
    """The questions of one instance beside each other."""

    def _layout(self) -> QBoxLayout:
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        return layout

    def _view(self, child: Question, path: str) -> "View | None":
        return CellView(self._interview, child, path, self) if child.kind in FLAT else None


class InstanceLine(QWidget):
    """One instance of a repeat as a line of a table."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(None, "meta", parent=self)
        self.title.setFixedSize(theme.px(NUMBER_WIDTH), theme.px(theme.CONTROL_HEIGHT))
        self.part = Cells(interview, question, path, self)
        self.remove = Button(TAKE_OUT, kind="quiet", icon="trash-2", parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        for widget, share in ((self.title, 0), (self.part, 1), (self.remove, 0)):
            layout.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)

    def number(self, label: str, number: int) -> None:
        """Say which one it is; a screen reader hears it with every question."""
        said = f"{label} {number}".strip()
        self.title.say(verbatim(str(number)))
        self.remove.setAccessibleName(f"{language.text(TAKE_OUT)}: {said}")
        for view in self.part.views:
            if isinstance(view, CellView):
                view.stand_in(said)


class RepeatView(Part):
    """A repeat: a card for each instance, and a button for one more. `rebuilt` when cards came or went."""

    rebuilt = Signal()

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(interview, question, path, parent)
        self.cards: dict[str, InstanceCard | InstanceLine] = {}
        self._place = QVBoxLayout()
        box(self._place, space=theme.SPACE_CARD)
        self.more = Button(_("One more"), icon="plus", parent=self)
        self.more.setVisible(question.repeat_count is None)
        self.more.clicked.connect(self._add)
        self._head()
        self.body.addLayout(self._place)
        self.gone = TakenOutLine(self)
        self.gone.wanted.connect(self._bring_back)
        self.body.addWidget(self.gone)
        self.foot = QHBoxLayout()
        box(self.foot, space=theme.SPACE_GROUP)
        self.foot.addWidget(self.more)
        self.foot.addStretch(1)
        self.body.addLayout(self.foot)
        self.refresh()

    def _head(self) -> None:
        """What stands above the instances: cards say by themselves what they are, but there may be none yet."""
        self.before: Label | None = None
        self.title = Label(Spoken(self._title), "card", wrap=True, parent=self)
        self.body.addWidget(self.title)
        self.recall()

    def _title(self) -> str:
        return text_in(self.question.label, self._interview.language)

    def _is_titled(self) -> bool:
        return not self.cards and bool(self.question.label)

    def recall(self) -> None:
        """Show what was answered in all instances before."""
        lines = [f"{day}: {said}" for day, said in self._interview.before_all(self.path)]
        if lines and self.before is None:
            self.before = Label(None, "caption", wrap=True, parent=self)
            self.body.insertWidget(0, self.before)
        if self.before is not None:
            self.before.say(verbatim("\n".join([self._interview.in_window(BEFORE), *lines])))
            self.before.setVisible(bool(lines))

    def _made(self, path: str) -> InstanceCard | InstanceLine:
        return InstanceCard(self._interview, self.question, path, self)

    def steps(self) -> Steps:
        for path in self._interview.repeats(self.path):
            if path not in self.cards:
                card = self._card(path)
                yield
                yield from card.part.steps()
        self._number()
        self.refresh()

    def _card(self, path: str) -> InstanceCard | InstanceLine:
        card = self._made(path)
        card.remove.setVisible(self.question.repeat_count is None)
        card.remove.clicked.connect(lambda _checked=False, one=path: self._take_out(one))
        self.cards[path] = card
        present = self._interview.repeats(self.path)
        self.cards = {each: self.cards[each] for each in present if each in self.cards}
        self._place.insertWidget(list(self.cards).index(path), card)
        self._number()
        return card

    def _take_out(self, path: str) -> None:
        """It goes; whoever did that with the keyboard stands at the button that brings it back."""
        held = self.cards[path].remove.hasFocus()
        self._interview.remove_repeat(path)
        if held:
            self.gone.back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _bring_back(self) -> None:
        before = set(self.cards)
        self._interview.bring_back(self.path)
        for path in self.cards.keys() - before:
            self._begin_in(path)

    def sync(self) -> None:
        """Instances came or went: cards follow, at once, because there are few questions in one."""
        present = self._interview.repeats(self.path)
        for path in [each for each in self.cards if each not in present]:
            card = self.cards.pop(path)
            card.hide()
            card.deleteLater()
        for _step in self.steps():
            pass
        self.rebuilt.emit()

    def _number(self) -> None:
        self.title.retranslate()
        self.title.setVisible(self._is_titled())
        self.more.setAccessibleDescription(self._title())
        for number, (path, card) in enumerate(self.cards.items(), 1):
            card.number(self._interview.said(path, self.question.label).say(), number)
        went = self._interview.taken_out(self.path)
        self.gone.tell(f"{self._title()} {went}".strip() if went else "")

    def refresh(self) -> None:
        """Each instance says by itself whether it is asked; without any it can be begun, unless the form counts it."""
        relevance = [self._interview.sheet.relevant(path) for path in self.cards]
        for path, card in self.cards.items():
            card.setVisible(self._interview.sheet.relevant(path))
        self.setVisible(any(relevance) if relevance else self.question.repeat_count is None)

    def speak(self) -> None:
        self._number()
        self.recall()

    @Slot()
    def _add(self) -> None:
        self._begin_in(self._interview.add_repeat(self.path))

    def _begin_in(self, path: str) -> None:
        """The keyboard goes to the first question of an instance."""
        card = self.cards.get(path)
        if card is not None:
            asked = (view for view in card.part.views if isinstance(view, QuestionView))
            first = next((view for view in asked if view.takes_answer and view.isVisibleTo(self)), None)
            if first is not None:
                first.setFocus()


class TableView(RepeatView):
    """A repeat of few short questions: one line for each instance under one line of headings."""

    def _head(self) -> None:
        super()._head()
        self._place.setSpacing(theme.px(theme.SPACE_GROUP))
        self.titles: list[Label] = []
        self.headings = QWidget(self)
        line = QHBoxLayout(self.headings)
        box(line, space=theme.SPACE_GROUP)
        line.addSpacing(theme.px(NUMBER_WIDTH + theme.SPACE_GROUP))
        for child in self.question.children:
            if child.kind in FLAT:
                line.addWidget(self._heading(child), 1)
        self.beside = QWidget(self)
        line.addWidget(self.beside)
        self.headings.hide()
        self.body.addWidget(self.headings)
        self.open = OpenCell(self._cells, self)

    def _number(self) -> None:
        """Without a line there is nothing to head, and nothing to leave open."""
        super()._number()
        self.headings.setVisible(bool(self.cards))
        if self.foot.indexOf(self.open) < 0:
            self.foot.insertWidget(1, self.open)
        self.open.setVisible(bool(self.cards))

    def _cells(self) -> list[CellView]:
        return [view for card in self.cards.values() for view in card.part.views if isinstance(view, CellView)]

    def _is_titled(self) -> bool:
        return bool(self.question.label)

    def _heading(self, child: Question) -> Label:
        def said() -> str:
            return text_in(child.label, self._interview.language) + (" *" if child.required is not None else "")

        title = Label(Spoken(said), "caption", wrap=True, parent=self)
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.titles.append(title)
        return title

    def _made(self, path: str) -> InstanceLine:
        line = InstanceLine(self._interview, self.question, path, self)
        counted = self.question.repeat_count is not None
        self.beside.setFixedWidth(0 if counted else line.remove.sizeHint().width())
        return line

    def redress(self) -> None:
        for card in self.cards.values():
            self.beside.setFixedWidth(card.remove.sizeHint().width())

    def retranslate(self) -> None:
        self.redress()

    def speak(self) -> None:
        for title in self.titles:
            title.retranslate()
        super().speak()


View = QuestionView | NoteView | GroupView | RepeatView


def view_of(interview: Interview, question: Question, path: str, parent: QWidget) -> View | None:
    """The view of one block of a form, made inside its parent; None for what is never shown."""
    match question.kind:
        case QuestionKind.GROUP:
            return GroupView(interview, question, path, parent)
        case QuestionKind.REPEAT:
            made = TableView if fits_table(question) else RepeatView
            return made(interview, question, path, parent)
        case QuestionKind.NOTE:
            return NoteView(interview, question, path, parent)
        case QuestionKind.HIDDEN:
            return None
        case QuestionKind.CALCULATE if not question.label:
            return None
        case _:
            return QuestionView(interview, question, path, parent)
