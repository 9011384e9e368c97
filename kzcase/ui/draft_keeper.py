"""Keeps what is being typed inside the casebook, every half minute and at a lock, and offers it again afterwards."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.drafts import KeptDraft, drop_draft, load_drafts, save_draft
from kzcase.i18n import Words, _
from kzcase.ui.drafts import unsaved
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.work import Work

KEEP_EVERY_MS: Final = 30_000
KEPT: Final[Mapping[str, Words]] = {
    "note": _("A note was not saved when the casebook was locked."),
    "sealed": _("A sealed note was not saved when the casebook was locked."),
    "case": _("A new case was not saved when the casebook was locked."),
    "call": _("A call was not saved when the casebook was locked."),
    "form": _("A form was not saved when the casebook was locked."),
}


class DraftKeeper(QObject):
    """`offer` is the banner to put into the window; `wanted` carries the draft somebody goes on with."""

    wanted = Signal(object)

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._waiting: list[KeptDraft] = []
        self._kept: dict[str, Mapping[str, str]] = {}
        self.offer = self._banner(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(KEEP_EVERY_MS)
        self._timer.timeout.connect(lambda: self.keep(unsaved()))

    def _banner(self, parent: QWidget) -> Banner:
        again, drop = Button(_("Continue")), Button(_("Discard"), kind="quiet")
        again.clicked.connect(self.go_on)
        drop.clicked.connect(self.discard)
        banner = Banner(KEPT["note"], "info", action=again, parent=parent)
        layout = banner.layout()
        assert layout is not None
        layout.addWidget(drop)
        banner.hide()
        return banner

    def begin(self) -> None:
        """Look for what was not saved the last time, and watch from now on."""
        self._work.ask(load_drafts, self._found, owner=self)
        self._timer.start()

    def keep(self, found: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Keep what is being typed, and forget what was saved for good since."""
        now = dict(found)
        for place, content in now.items():
            if self._kept.get(place) != content:
                self._save(KeptDraft(place, content))
        for place in self._kept.keys() - now.keys():
            self._forget(place)
        self._kept = now

    def _save(self, draft: KeptDraft) -> None:
        self._work.do(lambda book: save_draft(book, draft), changes=())

    def _forget(self, place: str) -> None:
        self._work.do(lambda book: drop_draft(book, place), changes=())

    def _found(self, drafts: tuple[KeptDraft, ...]) -> None:
        self._waiting = [each for each in drafts if _kind(each) in KEPT]
        self._offer_next()

    def _offer_next(self) -> None:
        self.offer.setVisible(bool(self._waiting))
        if self._waiting:
            self.offer.say(KEPT[_kind(self._waiting[0])], "info")

    @Slot()
    def go_on(self) -> None:
        """Open the place the first one belongs to."""
        draft = self._waiting.pop(0)
        self._kept[draft.place] = draft.content
        self.wanted.emit(draft)
        self._offer_next()

    @Slot()
    def discard(self) -> None:
        """Forget the first one."""
        self._forget(self._waiting.pop(0).place)
        self._offer_next()


def _kind(draft: KeptDraft) -> str:
    return draft.place.partition("/")[0]
