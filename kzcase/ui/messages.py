"""What the program has to say: errors in words, questions before something dangerous, and quietly its own faults."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError, Trouble
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import crash, lanes, language, theme
from kzcase.ui.crash import Account
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import PICTURES, Banner, BannerKind, Picture, box
from kzcase.ui.widgets.labels import Label

WIDTH: Final = 440
OK: Final = _("OK")
CANCEL: Final = _("Cancel")
TITLES: Final[Mapping[BannerKind, Words]] = {
    "info": _("Information"),
    "ok": _("Done"),
    "warn": _("Please check"),
    "danger": _("This did not work"),
}
FAULT: Final = _(
    "Something in the program went wrong. What was saved is safe; please close this page and try again. "
    "A note without any personal data was kept on this laptop."
)
FIELD_OF_A_WISH: Final = re.compile(r"[a-z_]+(\[\d+\])?(\.[a-z_]+(\[\d+\])?)*")


class MessageDialog(Retranslated, QDialog):
    """A sentence, what follows from it, and buttons with their own words. Escape and Enter do the safe thing."""

    def __init__(
        self,
        sentence: Said,
        detail: Said | None = None,
        *,
        kind: BannerKind = "info",
        safe: Said = OK,
        act: Said | None = None,
        dangerous: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: BannerKind = kind
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.sentence = Label(sentence, "card", wrap=True)
        self.detail = Label(detail, wrap=True)
        self.detail.setVisible(detail is not None)
        self.safe = Button(safe, kind="plain" if act is not None else "primary")
        self.safe.clicked.connect(self.reject)
        self.act = Button(act, kind="danger" if dangerous else "primary") if act is not None else None
        if self.act is not None:
            self.act.clicked.connect(self.accept)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        words = QVBoxLayout()
        box(words, space=theme.SPACE_GROUP)
        words.addWidget(self.sentence)
        words.addWidget(self.detail)
        upper = QHBoxLayout()
        box(upper, space=theme.SPACE_CARD)
        upper.addWidget(Picture(PICTURES[self._kind], 28, self._kind), 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(words, 1)
        lower = QHBoxLayout()
        box(lower, space=theme.SPACE_GROUP)
        lower.addStretch(1)
        for button in (self.act, self.safe):
            if button is not None:
                lower.addWidget(button)
        outer = QVBoxLayout(self)
        box(outer, space=theme.SPACE_PAGE, margin=theme.SPACE_PAGE)
        outer.addLayout(upper)
        outer.addLayout(lower)
        self.setFixedWidth(theme.px(WIDTH))
        self.safe.setDefault(True)
        self.safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.setWindowTitle(language.text(TITLES[self._kind]))


def install() -> None:
    """From now on whatever no page takes ends here: errors are said, faults are recorded and said quietly."""
    crash.install(show_crash)
    lanes.doors.explain = show_error
    lanes.doors.crashed = _record_and_show
    lanes.doors.warn = show_warned


def _record_and_show(account: Account) -> None:
    crash.record(account)
    show_crash(account)


def _over(parent: QWidget | None) -> QWidget | None:
    return parent or QApplication.activeWindow()


def show_error(error: KzcaseError, parent: QWidget | None = None) -> MessageDialog:
    """Say an error; does not wait. A rule that was broken is a warning, trouble with the laptop is an error."""
    kind: BannerKind = "danger" if isinstance(error, Trouble) else "warn"
    dialog = MessageDialog(spoken(error), kind=kind, parent=_over(parent))
    dialog.open()
    return dialog


def show_warned(warned: Sequence[Words]) -> MessageDialog:
    """Say what somebody should still look at after an act; over the page, for the act's dialog is closing."""
    over = QApplication.activeWindow()
    while over is not None and not over.isVisible():
        over = over.parentWidget()
    dialog = MessageDialog(verbatim(" ".join(map(language.text, warned))), kind="warn", parent=over)
    dialog.open()
    return dialog


def show(sentence: Said, detail: Said | None = None, parent: QWidget | None = None) -> MessageDialog:
    """Say something that needs to be read; does not wait."""
    dialog = MessageDialog(sentence, detail, parent=_over(parent))
    dialog.open()
    return dialog


def ask(
    question: Said,
    consequence: Said,
    act: Said,
    then: Callable[[], object],
    *,
    keep: Said = CANCEL,
    dangerous: bool = True,
    parent: QWidget | None = None,
) -> MessageDialog:
    """Ask before doing: `then()` after the button `act`; Enter, Escape and closing the window leave all as it is."""
    dialog = MessageDialog(
        question, consequence, kind="warn", safe=keep, act=act, dangerous=dangerous, parent=_over(parent)
    )
    dialog.accepted.connect(then)
    dialog.open()
    return dialog


def show_crash(_account: Account, parent: QWidget | None = None) -> MessageDialog | None:
    """Say quietly that the program is at fault; not a second time while the first is still open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, CrashDialog) and widget.isVisible():
            return None
    dialog = CrashDialog(FAULT, kind="danger", parent=_over(parent))
    dialog.open()
    return dialog


class CrashDialog(MessageDialog):
    """The one quiet dialog about a fault of ours."""


def spoken(error: KzcaseError) -> Words:
    """What to say on the screen: the name of a wish's field (`case`, `person.birth`) is for files of acts only."""
    if not FIELD_OF_A_WISH.fullmatch(error.place):
        return error.sentence()
    bare = copy(error)
    bare.place = ""
    return bare.sentence()


def banner_error(banner: Banner, error: KzcaseError) -> None:
    """Say an error in a page's own banner instead of a dialog."""
    banner.say(spoken(error), "danger" if isinstance(error, Trouble) else "warn")
