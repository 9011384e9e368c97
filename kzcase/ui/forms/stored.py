"""A stored form to look at: what was asked and answered, as it stood at any moment, in any language of the form."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.forms.definition import Question, QuestionKind, text_in
from kzcase.i18n import KAZAKHSTAN, Words, _, verbatim
from kzcase.ui import language, messages, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.forms.filling import language_name, sections_of
from kzcase.ui.forms.told import OTHERS, Told, facts, others, read_stored
from kzcase.ui.language import Label as Said
from kzcase.ui.lines import refill
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box, inside
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

AT_ONCE: Final = 6
"""So many answers are shown in one step."""
MOMENT_WIDTH: Final = 340
MOVES: Final = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
FILES: Final = (QuestionKind.IMAGE, QuestionKind.AUDIO, QuestionKind.FILE)
HIDDEN: Final = _("Some answers are hidden from you. Show names first, or ask a colleague who sees them to correct it.")


class StoredSheetDialog(QDialog):
    """Shows one stored sheet; its language and the moment can be changed here, its answers cannot.

    `correct_wanted` carries the ids of the case, the form and the sheet; `attachment_wanted` the case, and what an
    attachment is called that an answer names.
    """

    correct_wanted = Signal(str, str, str)
    attachment_wanted = Signal(str, str)

    def __init__(self, work: Work, sheet_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work, self._sheet_id = work, sheet_id
        self.told: Told | None = None
        self.title = Label(_("Form"), "title", wrap=True)
        self.meta = Label(None, "meta", wrap=True)
        self.language = CodeCombo([Choice("kk", verbatim("kk"))], name=_("Language of the interview"), blank=None)
        self.language.chosen.connect(self._show)
        self.moment = CodeCombo([Choice("", verbatim(""))], name=_("As it stood"), blank=None)
        self.moment.chosen.connect(self._ask)
        self.moment.setMinimumWidth(theme.px(MOMENT_WIDTH))
        self.moment.hide()
        self.hidden = Label(HIDDEN, "caption", wrap=True)
        self.hidden.hide()
        self.disputed = Banner(HIDDEN, "warn")
        self.disputed.hide()
        self.correct = Button(_("Correct"), icon="pencil")
        self.correct.clicked.connect(self._correct)
        self.correct.hide()
        self.close_it = Button(_("Close"))
        self.close_it.clicked.connect(self.reject)
        self.inside = InnerScroll()
        self._build()
        self._ask()

    def _build(self) -> None:
        head = QHBoxLayout()
        box(head, space=theme.SPACE_CARD)
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(self.title)
        words.addWidget(self.meta)
        head.addLayout(words, 1)
        for choice in (self.moment, self.language):
            head.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
        line = foot(self.correct, self.close_it)
        line.insertWidget(0, self.hidden, 1)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addLayout(head)
        layout.addWidget(self.disputed)
        layout.addWidget(self.inside, 1)
        layout.addLayout(line)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(880), theme.px(680))
        self.close_it.setDefault(True)
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The answers are read with the keyboard, wherever it is."""
        move = MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self.inside.verticalScrollBar().triggerAction(move)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _ask(self, *_chosen: object) -> None:
        sheet, at = self._sheet_id, self._at()
        self._work.ask(lambda reader: read_stored(reader, sheet, at), self._take, self._refused, owner=self)

    def _at(self) -> datetime | None:
        """The moment chosen; none means now."""
        code = self.moment.code()
        return datetime.fromisoformat(code) if code else None

    def _take(self, told: Told) -> None:
        first, self.told = self.told is None, told
        if first:
            self.language.set_choices([Choice(code, language_name(code)) for code in told.form.languages])
            self.language.set_code(told.form.language_for(language.current()))
            self._offer_moments(told)
            self._offer_correcting(told)
            self._show_disputed(told)
        self.meta.say(verbatim("  ·  ".join(filter(None, _meta(told)))))
        self._show()

    def _offer_moments(self, told: Told) -> None:
        """Every correction is a moment of its own; the last one is what holds."""
        fillings = told.stored.fillings[::-1]
        if len(fillings) < 2:
            return
        codes = ["", *(each.at.isoformat() if each.at else "" for each in fillings[1:])]
        numbered = zip(range(len(fillings), 0, -1), fillings, strict=True)  # two may be of the same minute
        said = [verbatim("  ·  ".join(filter(None, (f"{n}", _day(one.at), one.author)))) for n, one in numbered]
        self.moment.set_choices([Choice(code, words) for code, words in zip(codes, said, strict=True)])
        self.moment.set_code(None)
        self.moment.show()

    def _show_disputed(self, told: Told) -> None:
        """Answers that two people corrected without knowing of each other are named."""
        names = [text_in(told.sheet.question(path).label, told.sheet.language) for path in told.stored.disputed]
        self.disputed.setVisible(bool(names))
        if names:
            self.disputed.say(
                _("Colleagues corrected this differently: {questions}", questions=", ".join(names)), "warn"
            )

    def _offer_correcting(self, told: Told) -> None:
        may = office_at(self._work).may(Permission.WORK_ON_CASES)
        self.correct.setVisible(may and not told.veiled)
        self.hidden.setVisible(may and told.veiled)

    def _refused(self, error: Any) -> None:
        messages.show_error(error, self)

    @Slot()
    def _correct(self) -> None:
        assert self.told is not None
        stored = self.told.stored
        self.accept()
        self.correct_wanted.emit(stored.case, self.told.form.id, self._sheet_id)

    @Slot()
    def _show(self, *_spoken: object) -> None:
        told, spoken = self.told, self.language.code() or "kk"
        if told is None:
            return
        self.title.say(verbatim(text_in(told.form.title, spoken) or told.form.id))
        self._work.slices.do(self._cards(told, spoken), self, key="answers")

    def _leading_to(self, case: str, name: str, card: Card) -> Button:
        button = Button(_("Look at “{name}”", name=name), icon="eye", kind="quiet", parent=card)
        button.clicked.connect(lambda: self.attachment_wanted.emit(case, name))
        return button

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
            yield from _listed(card, found)
            for name in files_of(told, section):
                card.body.addWidget(self._leading_to(told.stored.case, name, card), 0, Qt.AlignmentFlag.AlignLeft)
        yield from self._other_card(told)
        body.addStretch(1)
        yield

    def _other_card(self, told: Told) -> Steps:
        """What came beside the answers, at the end."""
        found = list(others(told))
        if not found:
            return
        card = Card(OTHERS, inside(self.inside.body))
        self.inside.body.addWidget(card)
        yield from _listed(card, found)


def _listed(card: Card, found: Sequence[tuple[Words, Said]]) -> Steps:
    """Some answers at a time, all at the same distance."""
    lines = QVBoxLayout()
    box(lines, space=theme.SPACE_GROUP)
    card.body.addLayout(lines)
    for first in range(0, len(found), AT_ONCE):
        listed = FactList(card, labels=320)
        listed.show_facts(found[first : first + AT_ONCE])
        lines.addWidget(listed)
        yield


def files_of(told: Told, section: tuple[Question, ...]) -> list[str]:
    """The attachments that the answers of one section name, as far as the person sees those answers."""
    inside, given = {question.name for question in section}, told.sheet.values()
    asked = [(path, told.sheet.question(path)) for path in given if path.split("/")[0].split("[")[0] in inside]
    names = [given[path] for path, each in asked if each.kind in FILES and each.field_class in told.stored.shown]
    return list(dict.fromkeys(names))


def _meta(told: Told) -> tuple[str, ...]:
    """The case, the edition of the form, when the sheet was filled in, and by whom."""
    stored = told.stored
    edition: Words = _("edition {edition}", edition=stored.edition or stored.version[:8])
    return stored.number, language.text(edition), _day(stored.answered_at), stored.author


def _day(when: datetime | None) -> str:
    return language.shown(when.astimezone(KAZAKHSTAN) if when else None)
