"""A part of a form on the screen: its questions under each other, built bit by bit so that nothing ever stalls."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.forms.definition import Question
from kzcase.i18n import _
from kzcase.ui import theme
from kzcase.ui.forms.interview import Interview
from kzcase.ui.forms.parts import GroupView, RepeatView, View, view_of
from kzcase.ui.forms.question import QuestionView
from kzcase.ui.language import Retranslated
from kzcase.ui.slices import Slices, Steps
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label

NOT_ASKED_NOW: Final = _("As the answers stand, nothing in this part is asked.")


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

    def to_answer(self) -> list[QuestionView]:
        """Those of them that wait for somebody's answer: where the keyboard goes."""
        return [view for view in self.question_views() if view.takes_answer]

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

    def recalled(self) -> Steps:
        """Earlier answers and attachments are known now; one question after the other takes them in."""
        for view in tuple(self.views()):
            if isinstance(view, QuestionView | RepeatView):
                view.recall()
                yield

    def show_wrong(self) -> None:
        """Every question says what is wrong with it."""
        for view in tuple(self.views()):
            if isinstance(view, QuestionView):
                view.show_wrong()

    def sync(self) -> None:
        """Repeats came or went, the outer first: what stood inside one that is gone is not looked at any more."""
        for view in self.views():
            if isinstance(view, RepeatView):
                view.sync()

    def refresh_whole(self) -> None:
        """Is anything asked here at all?"""
        if not self.ready:
            return
        asked = any(map(self._interview.asks, self.questions))
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
