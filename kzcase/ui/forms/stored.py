"""A stored form to look at: what was asked and answered, in any language of the form; nothing can be changed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind, text_in
from kzcase.forms.xform import parse_xform
from kzcase.i18n import KAZAKHSTAN, Words, _, verbatim
from kzcase.queries.answers import StoredSheet, stored_sheet
from kzcase.ui import language, messages, theme
from kzcase.ui.forms.filling import NAMES, sections_of
from kzcase.ui.forms.question import REASONS
from kzcase.ui.language import Label as Said
from kzcase.ui.lines import refill
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box, inside
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.work import Work

AT_ONCE: Final = 6
"""So many answers are shown in one step."""
MOVES: Final = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
NEVER_SHOWN: Final = UNASKED | {QuestionKind.NOTE}


@dataclass(frozen=True, slots=True)
class Told:
    """A stored sheet with its form, read off the window's thread."""

    stored: StoredSheet
    form: Form
    sheet: AnswerSheet


def read_stored(reader: Any, sheet_id: str) -> Told:
    """The sheet with the form version it answers; repeats come into being as they were."""
    stored = stored_sheet(reader, sheet_id)
    form = parse_xform(stored.source)
    sheet = AnswerSheet(form, now=(stored.answered_at or reader.now).astimezone(KAZAKHSTAN), language=stored.language)
    sheet.load(stored.answers, stored.missing)
    return Told(stored, form, sheet)


def facts(told: Told, section: tuple[Question, ...], spoken: str) -> Iterator[tuple[Words, Said]]:
    """What was answered in one section, in order; classes the person does not see are veiled, not left out."""
    names = {question.path for question in section}
    for path, relevant in told.sheet.relevance().items():
        question = told.sheet.question(path)
        if path.split("/")[0].split("[")[0] not in names or not relevant:
            continue
        if question.is_container or question.kind in NEVER_SHOWN:
            continue
        value, reason = told.sheet.get(path), told.sheet.missing(path)
        if value or reason:
            label = told.sheet.text(path, question.label, spoken) or question.name
            hidden = question.field_class not in told.stored.shown
            yield (
                verbatim(_numbered(path, label)),
                verbatim(MASK) if hidden else _answer(question, value, reason, spoken),
            )


def _numbered(path: str, label: str) -> str:
    """Questions of the second repeat and later say which one they belong to."""
    numbers = [part.partition("[")[2].rstrip("]") for part in path.split("/") if "[" in part]
    return f"{label} ({'.'.join(numbers)})" if numbers else label


def _answer(question: Question, value: str, reason: str, spoken: str) -> Said:
    if reason:
        return REASONS.get(reason, verbatim(reason))
    if question.choices is not None:
        names = {choice.name: text_in(choice.label, spoken) or choice.name for choice in question.choices.choices}
        return verbatim(", ".join(names.get(code, code) for code in value.split()))
    if question.kind is QuestionKind.DATE:
        try:
            return verbatim(language.shown(date.fromisoformat(value)))
        except ValueError:
            return verbatim(value)
    return verbatim(value)


class StoredSheetDialog(QDialog):
    """Shows one stored sheet; its language can be changed, its answers cannot."""

    def __init__(self, work: Work, sheet_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work = work
        self.told: Told | None = None
        self.title = Label(_("Form"), "title", wrap=True)
        self.meta = Label(None, "meta")
        self.language = CodeCombo([Choice("kk", verbatim("kk"))], name=_("Language of the interview"), blank=None)
        self.language.chosen.connect(self._show)
        self.close_it = Button(_("Close"))
        self.close_it.clicked.connect(self.reject)
        self.inside = InnerScroll()
        self._build()
        work.ask(lambda reader: read_stored(reader, sheet_id), self._take, self._refused, owner=self)

    def _build(self) -> None:
        head = QHBoxLayout()
        box(head, space=theme.SPACE_CARD)
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(self.title)
        words.addWidget(self.meta)
        head.addLayout(words, 1)
        head.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        box(foot)
        foot.addStretch(1)
        foot.addWidget(self.close_it)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addLayout(head)
        layout.addWidget(self.inside, 1)
        layout.addLayout(foot)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(820), theme.px(680))
        self.close_it.setDefault(True)
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The answers are read with the keyboard, wherever it is."""
        move = MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self.inside.verticalScrollBar().triggerAction(move)
        else:
            super().keyPressEvent(event)

    def _take(self, told: Told) -> None:
        self.told = told
        self.language.set_choices([Choice(code, verbatim(NAMES.get(code, code))) for code in told.form.languages])
        self.language.set_code(told.form.language_for(language.current()))
        when = language.shown(told.stored.answered_at.astimezone(KAZAKHSTAN) if told.stored.answered_at else None)
        self.meta.say(verbatim("  ·  ".join(filter(None, (told.stored.number, when, told.stored.author)))))
        self._show()

    def _refused(self, error: Any) -> None:
        messages.show_error(error, self)

    @Slot()
    def _show(self, *_spoken: object) -> None:
        told, spoken = self.told, self.language.code() or "kk"
        if told is None:
            return
        self.title.say(verbatim(text_in(told.form.title, spoken) or told.form.id))
        self._work.slices.do(self._cards(told, spoken), self, key="answers")

    def _cards(self, told: Told, spoken: str) -> Steps:
        """A card for each part that was answered, some answers at a time."""
        body = self.inside.body
        refill(body, ())
        for section in sections_of(told.form):
            found = list(facts(told, section, spoken))
            yield
            if not found:
                continue
            card = Card(verbatim(text_in(section[0].label, spoken) or section[0].name), inside(body))
            body.addWidget(card)
            for first in range(0, len(found), AT_ONCE):
                listed = FactList(card, labels=320)
                listed.show_facts(found[first : first + AT_ONCE])
                card.add(listed)
                yield
        body.addStretch(1)
        yield
