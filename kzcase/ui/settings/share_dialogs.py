"""Dialogs over two recovery shares: the trial that they still open the casebook, and three new ones in their place."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _
from kzcase.ui import theme
from kzcase.ui.handing_out import HandingOut
from kzcase.ui.messages import banner_error
from kzcase.ui.two_shares import TwoShares
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.actions.shares import Pair, Reissue

TRIAL: Final = _("Type two of the three shares from their papers. Nothing is opened or changed by it.")
RENEWAL: Final = _(
    "Type two of today's shares. Three new ones are made; today's count until all new ones are handed out."
)
HANDED_OUT: Final = _(
    "Give each new share to a different person you trust, on paper. They are shown only now. "
    "The old shares count until the last one is handed out."
)


class SharesDialog(QDialog):
    """Two shares, a sentence above, a button below."""

    def __init__(self, title: Words, explained: Words, go: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self.said = Banner(explained, "info")
        self.shares = TwoShares()
        self._go_words = go
        self.go = Button(go, kind="primary", icon="key-round")
        self.cancel = Button(_("Cancel"))
        self.surface = Card()
        self.surface.add(self.shares)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(title, "title"))
        layout.addWidget(self.said)
        layout.addWidget(self.surface)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(520))
        self.go.clicked.connect(self._go)
        self.cancel.clicked.connect(self.reject)

    @Slot()
    def _go(self) -> None:
        pair = self.shares.pair()
        if pair is None:
            wrong = self.shares.first_wrong()
            if wrong is not None:
                wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.go.setEnabled(False)
        self.begin(pair)

    def begin(self, pair: "Pair") -> None:
        """Both shares can be read: do what they are for."""

    def refused(self, error: KzcaseError) -> None:
        """Say why, and let it be tried again."""
        self.go.setEnabled(True)
        banner_error(self.said, error)

    def done(self, result: int) -> None:
        """Nothing of the shares stays in the fields."""
        self.shares.wipe()
        super().done(result)


class TrySharesDialog(SharesDialog):
    """The drill."""

    def __init__(self, work: Work, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Try two shares"), TRIAL, _("Try them"), parent)
        self._work, self._desk = work, desk

    def begin(self, pair: "Pair") -> None:
        from kzcase.actions.shares import try_shares

        desk = self._desk
        self._work.do(lambda _book: try_shares(desk, pair), lambda _done: self.accept(), self.refused, owner=self)


class NewSharesDialog(SharesDialog):
    """First two of today's shares, then the three new ones, one by one."""

    def __init__(self, work: Work, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Make new shares"), RENEWAL, _("Make new shares"), parent)
        self._work, self._desk = work, desk
        self._making: Reissue | None = None
        self._holders = ["", "", ""]
        self.handing = HandingOut(self._elsewhere, _("The new shares count from now on"), HANDED_OUT)
        self.handing.hide()
        self.surface.add(self.handing)
        self.handing.given.connect(self._given)
        self.handing.finished.connect(self._finish)

    def begin(self, pair: "Pair") -> None:
        from kzcase.actions.shares import Reissue

        desk = self._desk
        self._work.do(lambda _book: Reissue(desk, pair), self._made, self.refused, changes=(), owner=self)

    def _made(self, making: "Reissue") -> None:
        self._making = making
        self.shares.wipe()
        self.shares.hide()
        self.said.hide()
        self.go.hide()
        self.handing.hand_out(making.shares, self._desk.book.facts.organisation_name)
        self.handing.show()

    @Slot(int, str)
    def _given(self, number: int, holder: str) -> None:
        self._holders[number - 1] = holder

    @Slot()
    def _finish(self) -> None:
        making, holders = self._making, tuple(self._holders)
        assert making is not None
        self._making = None
        self._work.do(lambda _book: making.finish(holders), lambda _done: self.accept(), self.refused, owner=self)

    def _elsewhere(self, job: Any, then: Any) -> None:
        """The paper of a share is made where papers are made."""
        self._work.do(lambda _book: job(), then, changes=(), owner=self)

    def done(self, result: int) -> None:
        """Whatever was not handed out never counts."""
        if self._making is not None:
            self._making.forget()
            self._making = None
        self.handing.forget()
        super().done(result)
