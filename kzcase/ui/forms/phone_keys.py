"""The keys to which forms on phones close their answers: which is in force, who opens what, and a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.submission_keys import (
    MakeSubmissionKey,
    ShareSubmissionKeys,
    make_submission_key,
    share_submission_keys,
)
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.forms.definition import Texts
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.forms import form_titles
from kzcase.queries.phone_forms import LeftForm, forms_on_phones
from kzcase.queries.submission_keys import SubmissionKeyRow, submission_keys
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.lines import Line, Lines
from kzcase.ui.messages import banner_error
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box, inside
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

TITLE: Final = _("Keys for answers from phones")
EXPLAINED: Final = _(
    "A form for phones carries the open half of a key: with it a phone can close answers, and nobody can open them "
    "with it, not the phone itself, not the server. The other half never leaves this casebook; the colleagues named "
    "below open answers with it when they take them in. It is kept in backups of the casebook and nowhere else."
)
WHEN: Final = _(
    "Make a new key when a phone was lost or somebody who had the key has left. Forms that leave from then on are "
    "closed to the new one; what was closed to older ones still opens, so nothing on the way is lost."
)
NONE_YET: Final = _("There is no key yet. It is made by itself when the first form leaves for a phone.")
MAKING: Final = _("Making a key for answers from phones")
MADE: Final = _("The new key is in force. Please make the forms on the phones anew, so that they use it.")
SHARED: Final = _("The keys you have are shared with everybody who works on cases.")


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key, and the forms on phones that close their answers to it."""

    key: SubmissionKeyRow
    forms: tuple[LeftForm, ...]
    titles: Mapping[str, Texts]


def read_keys(reader: Any) -> tuple[KeyLine, ...]:
    """Every key with the forms that left with it, asked off the window's thread."""
    left, titles = forms_on_phones(reader), form_titles(reader)
    return tuple(KeyLine(row, left.get(row.id, ()), titles) for row in submission_keys(reader))


class KeysDialog(QDialog):
    """Shows the keys; a new one is made and shared here by whoever may."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.told = Banner(NONE_YET, "info", parent=self)
        self.told.hide()
        self.make = Button(_("Make a new key"), icon="key-round", parent=self)
        self.share = Button(_("Share with colleagues"), icon="users", parent=self)
        self.close_it = Button(_("Close"), parent=self)
        self._build()
        may = office_at(work).may(Permission.WORK_ON_CASES)
        self.make.setVisible(may)
        self.share.hide()
        self.make.clicked.connect(self._make)
        self.share.clicked.connect(self._share)
        self.close_it.clicked.connect(self.reject)
        self._ask()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(TITLE, "title", parent=self))
        layout.addWidget(self.told)
        scroll = InnerScroll(self)
        body = inside(scroll.body)
        for words in (EXPLAINED, WHEN):
            scroll.body.addWidget(Label(words, "meta", wrap=True, parent=body))
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_CARD)
        scroll.body.addLayout(lines)
        scroll.body.addStretch(1)
        self.lines: Lines[KeyLine, KeyCard] = Lines(lines, KeyCard)
        layout.addWidget(scroll, 1)
        line = foot(self.close_it)
        for place, button in enumerate((self.make, self.share)):
            line.insertWidget(place, button)
        layout.addLayout(line)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(680), theme.px(560))
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self._work.ask(read_keys, self._take, self._refused, key="submission keys", owner=self)

    def _take(self, keys: tuple[KeyLine, ...]) -> None:
        self.lines.show(keys)
        self.share.setVisible(any(line.key.mine and line.key.lacking for line in keys))
        if not keys:
            self.told.say(NONE_YET, "info")

    @Slot()
    def _make(self) -> None:
        self.make.setEnabled(False)
        self._work.long(
            lambda book, _progress: make_submission_key(book, MakeSubmissionKey()),
            lambda _done: self._done(MADE),
            MAKING,
            self._refused,
            owner=self,
        )

    @Slot()
    def _share(self) -> None:
        self._work.do(
            lambda book: share_submission_keys(book, ShareSubmissionKeys()),
            lambda _done: self._done(SHARED),
            self._refused,
            owner=self,
        )

    def _done(self, words: Words) -> None:
        self.make.setEnabled(True)
        self.told.say(words, "ok")
        self._work.changed.emit(frozenset({"forms", "history"}))
        self._ask()

    def _refused(self, error: KzcaseError) -> None:
        self.make.setEnabled(True)
        banner_error(self.told, error)


class KeyCard(Line[KeyLine]):
    """One key: since when, who opens answers with it, who cannot yet, and the forms that left with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card(None, self)
        head = QHBoxLayout()
        box(head, space=theme.SPACE_FIELD)
        self.name = Label(None, "label", parent=self.card)
        self.state = Chip(verbatim(""), parent=self.card)
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addStretch(1)
        self.card.body.addLayout(head)
        self.said = Label(None, wrap=True, parent=self.card)
        self.card.add(self.said)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(self.card)

    def say(self, row: KeyLine) -> None:
        key = row.key
        self.name.say(_("Key made on {day} ({sign})", day=language.shown(key.made_on), sign=key.id[:4]))
        self.state.say(*STATE[key.current])
        self.said.say(language.several(_lines(row)))


STATE: Final[Mapping[bool, tuple[Words, Tone]]] = {True: (_("in force"), "ok"), False: (_("older"), "neutral")}


def _lines(row: KeyLine) -> list[Words]:
    key, lines = row.key, list[Words]()
    if key.holders:
        lines.append(_("Opened by: {names}.", names=", ".join(key.holders)))
    if key.lacking:
        lines.append(_("Cannot open them yet: {names}.", names=", ".join(key.lacking)))
    if key.left:
        lines.append(_("Had it and left: {names}. No form leaves with this key any more.", names=", ".join(key.left)))
    named = [f"{language.text(row.titles.get(each.form_id) or verbatim(each.form_id))} ({language.shown(each.left_on)})"
             for each in row.forms]  # fmt: skip
    lines.append(_("Forms on phones: {forms}.", forms=", ".join(named)) if named else _("No form left with it yet."))
    return lines
