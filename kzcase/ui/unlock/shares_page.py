"""The three recovery shares of a new casebook: handed out before it is used, and written down who got them."""

from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kzcase.i18n import _
from kzcase.ui.handing_out import HandingOut
from kzcase.ui.unlock.door import Door
from kzcase.ui.unlock.entered import Founded


class SharesPage(HandingOut):
    """One share at a time, for the founder of a casebook."""

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(door.run, _("Open the casebook"), parent=parent)
        self._door = door
        self._founded: Founded | None = None
        self.given.connect(self._write_down)

    def begin(self, founded: Founded) -> None:
        """Show the first share of a casebook that was just made."""
        self._founded = founded
        self.hand_out(founded.shares, founded.entered.office.organisation)

    @Slot(int, str)
    def _write_down(self, number: int, holder: str) -> None:
        """Who holds it is written into the new casebook at once."""
        assert self._founded is not None
        book = self._founded.entered.desk.book

        def job() -> None:
            from kzcase.actions.shares import GiveShare, give_share

            give_share(book, GiveShare(number, holder))

        self._door.run(job, lambda _nothing: None)

    def take(self) -> Founded:
        """The casebook whose shares were handed out or left; nothing of it stays here."""
        founded, self._founded = self._founded, None
        founded = cast(Founded, founded)
        founded.wipe_shares()
        self.forget()
        return founded

    @property
    def unfinished(self) -> bool:
        """Is there a casebook whose shares were not handed out yet?"""
        return self._founded is not None
