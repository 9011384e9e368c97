"""The start screen: language in its own script, recent casebooks, a passphrase; or a new casebook and its shares."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import LANGUAGES, Words, _
from kzcase.settings import LANGUAGE, RECENT, Settings
from kzcase.ui import fonts, icons, language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.unlock.door import Door
from kzcase.ui.unlock.open_page import OpenPage
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, ScrollPage, box
from kzcase.ui.widgets.languages import LanguageRow

if TYPE_CHECKING:
    from kzcase.ui.unlock.create_page import CreatePage
    from kzcase.ui.unlock.entered import Founded
    from kzcase.ui.unlock.recover_page import RecoverPage
    from kzcase.ui.unlock.shares_page import SharesPage

PageT = TypeVar("PageT", bound=QWidget)
WIDTH: Final = 520
PROMISES: Final = (
    ("hard-drive", _("Works without the internet; everything stays on this laptop.")),
    ("lock", _("The casebook is encrypted. Without a passphrase it is only noise.")),
    ("printer", _("Every paper in Kazakh, Russian and English.")),
)


class StartPage(Retranslated, QWidget):
    """Before anything is open. `entered` carries an open casebook."""

    painted = Signal()
    """Somebody sees it: said once."""
    entered = Signal(object)
    call_wanted = Signal()

    def __init__(self, settings: Settings, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._door = door
        self.languages = LanguageRow()
        self.open = OpenPage(door, settings.get(RECENT))
        self._shown: QWidget = self.open
        self._refuses: Callable[[KzcaseError], object] | None = None
        self._build()
        self.languages.chosen.connect(self._speak)
        self.call_sheet.clicked.connect(self.call_wanted)
        self.open.create_wanted.connect(self._create)
        self.open.recovery_wanted.connect(self._recover)
        door.entered.connect(self._enter)
        door.founded.connect(self._hand_out)
        door.refused.connect(self._refuse)

    # Pages that few starts come to: made when somebody does.

    @cached_property
    def new_page(self) -> "CreatePage":
        """Where a new casebook is described."""
        from kzcase.ui.unlock.create_page import CreatePage

        page = CreatePage(self._door)
        page.cancelled.connect(self.return_here)
        return self._also(page)

    @cached_property
    def shares(self) -> "SharesPage":
        """Where the recovery shares of a new casebook are handed out."""
        from kzcase.ui.unlock.shares_page import SharesPage

        page = SharesPage(self._door)
        page.finished.connect(lambda: self._door.name_it(self.shares.take(), self._enter))
        return self._also(page)

    @cached_property
    def recover(self) -> "RecoverPage":
        """Where two shares open the way to a new passphrase."""
        from kzcase.ui.unlock.recover_page import RecoverPage

        page = RecoverPage(self._door)
        page.cancelled.connect(self.return_here)
        return self._also(page)

    def _also(self, page: PageT) -> PageT:
        page.hide()
        self._surface.add(page, 1)
        return page

    def _build(self) -> None:
        surface = Card()
        surface.add(self.open, 1)
        scroll = ScrollPage()
        scroll.body.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignRight)
        scroll.body.addStretch(1)
        middle = QHBoxLayout()  # not an alignment: that would ask for no more height than one line of wrapped text
        middle.addStretch(1)
        middle.addWidget(surface)
        middle.addStretch(1)
        scroll.body.addLayout(middle)
        self.call_sheet = Button(_("Write down a call"), icon="phone-incoming", parent=scroll)
        self.call_sheet.hide()
        scroll.body.addWidget(self.call_sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addStretch(2)
        layout = QHBoxLayout(self)
        box(layout)
        panel = Panel()
        panel.painted.connect(self.painted)
        layout.addWidget(panel)
        layout.addWidget(scroll, 1)
        self._surface = surface
        self.redress()
        self._show(self.open, self.open.refuse)

    def redress(self) -> None:
        self._surface.setFixedWidth(theme.px(WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown is self.open:
            self.open.take_focus()

    def _show(self, page: QWidget, refuses: Callable[[KzcaseError], object] | None = None) -> None:
        """One page at a time; the card is as high as that one needs. `refuses` is told what did not work there."""
        self._shown.setVisible(self._shown is page)
        page.setVisible(True)
        self._shown, self._refuses = page, refuses

    @Slot(str)
    def _speak(self, spoken: str) -> None:
        chosen = next(each for each in LANGUAGES if each == spoken)
        self._settings.set(LANGUAGE, chosen)
        language.switch(chosen)

    @Slot()
    def return_here(self) -> None:
        """Nothing is open: ask for a casebook and a passphrase."""
        self.open.show_recent(self._settings.get(RECENT))
        self._show(self.open, self.open.refuse)
        self.open.take_focus()

    @property
    def shares_left(self) -> bool:
        """Are there recovery shares that were not handed out yet?"""
        return "shares" in self.__dict__ and self.shares.unfinished

    def abandon_shares(self, then: Callable[[], object] | None = None) -> None:
        """Leave a new casebook without its shares, on purpose: it gets its name and is closed like any other."""
        founded = self.shares.take()
        self.return_here()
        self._door.name_it(founded, lambda entered: self._door.close(entered.desk, then))

    def offer(self, casebook: Path) -> None:
        """Ask for the passphrase of this casebook."""
        self.open.choose(str(casebook))

    def say(self, words: Words) -> None:
        """Say something above the button."""
        self.open.say(words)

    @Slot()
    def _create(self) -> None:
        self.new_page.begin()
        self._show(self.new_page, self.new_page.refuse)

    @Slot(object)
    def _recover(self, casebook: Path) -> None:
        self.recover.begin(casebook)
        self._show(self.recover, self.recover.refuse)

    @Slot(object)
    def _hand_out(self, founded: "Founded") -> None:
        from kzcase.ui.messages import show_error

        self.shares.begin(founded)
        self._show(self.shares, lambda error: show_error(error, self.window()))

    @Slot(object)
    def _enter(self, entered: object) -> None:
        if "recover" in self.__dict__:
            self.recover.leave()
        self.entered.emit(entered)

    @Slot(object)
    def _refuse(self, error: KzcaseError) -> None:
        if self._refuses is not None:
            self._refuses(error)


class Panel(Retranslated, QWidget):
    """The dark side of the start screen: the name of the program and three promises."""

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painted = False
        self.redress()

    def redress(self) -> None:
        self.setFixedWidth(theme.px(360))

    def retranslate(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("nav"))
        painter.drawRect(self.rect())  # `fillRect` would load every gradient Qt knows
        left, wide = theme.px(40), self.width() - theme.px(72)
        painter.setPen(theme.colour("on_nav_active"))
        painter.setFont(_large())
        painter.drawText(left, theme.px(96), "kzcase")
        top = theme.px(140)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("on_nav"))
        for icon, words in PROMISES:
            top = self._paint_promise(painter, icon, language.text(words), QRect(left, top, wide, 0))
        painter.end()
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def _paint_promise(self, painter: QPainter, icon: str, words: str, where: QRect) -> int:
        """One promise; gives where the next begins."""
        size = theme.px(20)
        icons.paint(painter, icon, QRectF(where.left(), where.top() + 1, size, size), "on_nav")
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        room = QRect(where.left() + theme.px(34), where.top(), where.width() - theme.px(34), theme.px(400))
        painter.drawText(room, flags, words)
        return where.top() + painter.boundingRect(room, flags, words).height() + theme.px(22)


def _large() -> QFont:
    return fonts.of_size(theme.px(30), 600)
