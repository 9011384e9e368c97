"""A part of a form on the screen: its questions under each other, built bit by bit so that nothing ever stalls."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.forms.definition import Question, QuestionKind
from kzcase.i18n import _, verbatim
from kzcase.ui import theme
from kzcase.ui.forms.interview import Interview
from kzcase.ui.forms.question import NoteView, QuestionView
from kzcase.ui.language import Retranslated
from kzcase.ui.slices import Slices, Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.labels import Label

NOT_ASKED_NOW: Final = _("As the answers stand, nothing in this part is asked.")


class Part(Retranslated, QWidget):
    """Questions of one group or one repeat instance, in the order of the form."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interview = interview
        self.question = question
        self.path = path
        self.views: list[View] = []
        self.body = QVBoxLayout(self)
        box(self.body, space=theme.SPACE_CARD)

    def steps(self) -> Steps:
        """Build one question after the other; each step is short."""
        for child in self.question.children:
            path = f"{self.path}/{child.name}" if self.path else child.name
            view = view_of(self._interview, child, path, self)
            if view is None:
                continue
            self.views.append(view)
            self.body.addWidget(view)
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
        self.remove = Button(_("Take out"), kind="quiet", icon="trash-2", parent=self)
        self.head.addWidget(self.remove)
        self.add(self.part)

    def number(self, label: str, number: int) -> None:
        """Say which one it is."""
        self.title.say(verbatim(f"{label} {number}".strip()))


class RepeatView(Part):
    """A repeat: a card for each instance, and a button for one more. `rebuilt` when cards came or went."""

    rebuilt = Signal()

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(interview, question, path, parent)
        self.cards: dict[str, InstanceCard] = {}
        self._place = QVBoxLayout()
        box(self._place, space=theme.SPACE_CARD)
        self.more = Button(_("One more"), icon="plus", parent=self)
        self.more.setVisible(question.repeat_count is None)
        self.more.clicked.connect(self._add)
        self.body.addLayout(self._place)
        line = QHBoxLayout()
        box(line)
        line.addWidget(self.more)
        line.addStretch(1)
        self.body.addLayout(line)
        self.refresh()

    def steps(self) -> Steps:
        for path in self._interview.repeats(self.path):
            if path not in self.cards:
                card = self._card(path)
                yield
                yield from card.part.steps()

    def _card(self, path: str) -> InstanceCard:
        card = InstanceCard(self._interview, self.question, path, self)
        card.remove.setVisible(self.question.repeat_count is None)
        card.remove.clicked.connect(lambda _checked=False, one=path: self._interview.remove_repeat(one))
        self.cards[path] = card
        self._place.addWidget(card)
        self._number()
        return card

    def sync(self) -> None:
        """Instances came or went: cards follow, at once, because there are few questions in one."""
        present = self._interview.repeats(self.path)
        for path in [each for each in self.cards if each not in present]:
            card = self.cards.pop(path)
            card.hide()
            card.deleteLater()
        for _step in self.steps():
            pass
        self._number()
        self.refresh()
        self.rebuilt.emit()

    def _number(self) -> None:
        said = self._interview.said(self.path, self.question.label).say()
        for number, card in enumerate(self.cards.values(), 1):
            card.number(said, number)

    def refresh(self) -> None:
        """Each instance says by itself whether it is asked; without any the form itself decides."""
        relevance = [self._interview.sheet.relevant(path) for path in self.cards]
        for path, card in self.cards.items():
            card.setVisible(self._interview.sheet.relevant(path))
        self.setVisible(any(relevance) or not relevance)

    def speak(self) -> None:
        self._number()

    @Slot()
    def _add(self) -> None:
        path = self._interview.add_repeat(self.path)
        card = self.cards.get(path)
        if card is not None:
            first = next((view for view in card.part.views if isinstance(view, QuestionView)), None)
            if first is not None:
                first.setFocus()


View = QuestionView | NoteView | GroupView | RepeatView


def view_of(interview: Interview, question: Question, path: str, parent: QWidget) -> View | None:
    """The view of one block of a form, made inside its parent; None for what is never shown."""
    match question.kind:
        case QuestionKind.GROUP:
            return GroupView(interview, question, path, parent)
        case QuestionKind.REPEAT:
            return RepeatView(interview, question, path, parent)
        case QuestionKind.NOTE:
            return NoteView(interview, question, path, parent)
        case QuestionKind.HIDDEN:
            return None
        case QuestionKind.CALCULATE if not question.label:
            return None
        case _:
            return QuestionView(interview, question, path, parent)


class SectionView(Retranslated, QWidget):
    """One section. It is built when it is first looked at, and shown when all of it is there: then comes `built`."""

    built = Signal()

    def __init__(
        self, interview: Interview, questions: Sequence[Question], slices: Slices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._interview = interview
        self._slices = slices
        self.questions = tuple(questions)
        self._rest: Steps | None = None
        self.ready = False
        self.parts: list[View] = []

    def begin(self) -> None:
        """Start building, if that has not been done yet."""
        if self._rest is None:
            self._slices.do(self.steps(), self)

    def finish(self) -> None:
        """Build what is left at once."""
        for _step in self.steps():
            pass

    def steps(self) -> Steps:
        """Build what is left, one question after the other."""
        if self._rest is None:
            self._rest = self._built()
        while not self.ready:
            next(self._rest)
            yield

    def _built(self) -> Steps:
        self.body = QVBoxLayout(self)
        box(self.body, space=theme.SPACE_CARD)
        self.nothing = Label(NOT_ASKED_NOW, "meta", wrap=True, parent=self)
        self.body.addWidget(self.nothing)
        for question in self.questions:
            view = view_of(self._interview, question, question.path, self)
            if view is not None:
                self.parts.append(view)
                self.body.addWidget(view)
                yield
                yield from self._inside(view)
        self.body.addStretch(1)
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()
        yield
        self.ready = True
        self.refresh_whole()
        self.show()
        self.built.emit()
        yield

    def _inside(self, view: "View") -> Steps:
        if isinstance(view, GroupView) and len(self.questions) == 1:
            yield from self._head(view)
        if isinstance(view, GroupView | RepeatView):
            yield from view.steps()

    def _head(self, view: GroupView) -> Steps:
        """Hint and guidance of the whole section stand under its title."""
        for texts in (view.question.hint, view.question.guidance):
            if texts:
                said = self._interview.said(view.path, texts)
                view.body.addWidget(Label(said, "meta", wrap=True, parent=view))
                yield

    def views(self) -> Iterator[View]:
        """Every view there is by now, in the order of the form."""
        for part in self.parts:
            yield from _within(part)

    def question_views(self) -> list[QuestionView]:
        """The questions asked now, in the order of the form."""
        asked = (view for view in self.views() if isinstance(view, QuestionView))
        return [view for view in asked if view.editor is not None and view.isVisibleTo(self)]

    def refresh(self, paths: Collection[str]) -> None:
        """Look at these paths again; texts with answers in them are always said anew."""
        for view in tuple(self.views()):
            if view.path in paths or view.question.outputs or isinstance(view, RepeatView):
                view.refresh()
        self.refresh_whole()

    def speak(self) -> None:
        """The form speaks another language now."""
        for view in tuple(self.views()):
            view.speak()

    def show_wrong(self) -> None:
        """Every question says what is wrong with it."""
        for view in tuple(self.views()):
            if isinstance(view, QuestionView):
                view.show_wrong()

    def sync(self) -> None:
        """Repeats came or went."""
        for view in tuple(self.views()):
            if isinstance(view, RepeatView):
                view.sync()

    def refresh_whole(self) -> None:
        """Is anything asked here at all?"""
        if not self.ready:
            return
        asked = any(self._interview.sheet.relevant(question.path) for question in self.questions)
        self.nothing.setVisible(not asked)


def _within(view: View) -> Iterator[View]:
    yield view
    if isinstance(view, RepeatView):
        for card in view.cards.values():
            for inner in card.part.views:
                yield from _within(inner)
    elif isinstance(view, GroupView):
        for inner in view.views:
            yield from _within(inner)
