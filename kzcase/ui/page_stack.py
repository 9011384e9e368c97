"""The pages of the workplace by name: made once, shown as soon as they stand, let go of bit by bit."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from kzcase.ui.pages import Page, taken_apart
from kzcase.ui.slices import Slices, painted_later


def take_keyboard(page: QWidget) -> None:
    """Give the keyboard to a page that is shown, to the place in it that the page wants."""
    take = getattr(page, "take_keyboard", None)
    if take is not None:
        take()
    else:
        page.setFocus(Qt.FocusReason.OtherFocusReason)


class PageStack(QStackedWidget):
    """Shows one page at a time. A page that is still being built is shown when it stands, unless another is wanted
    by then.

    The keyboard goes to the new page where that is wanted (a page with `take_keyboard()` says where in it). Else it
    stays where it is; only if that was in the page before, `left` asks for a place for it, because Qt itself would
    put it into whatever field comes next, and typing would go on there.
    """

    left = Signal()

    def __init__(self, slices: Slices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slices = slices
        self._pages: dict[str, QWidget] = {}
        self._wanted: QWidget | None = None
        self._keyboard = False

    def made(self, key: str) -> QWidget | None:
        """A page that was begun, whether it stands or not."""
        return self._pages.get(key)

    def standing(self, key: str) -> QWidget | None:
        """A page that stands already."""
        page = self._pages.get(key)
        return None if isinstance(page, Page) and not page.ready else page

    def keep(self, key: str, page: QWidget) -> None:
        """From now on this is the page of that name."""
        self._pages[key] = page
        page.hide()  # Qt shows, with a window, every child that nobody hid: pages would lie on each other.
        if isinstance(page, Page):
            page.built.connect(self._bring)

    def show_page(self, key: str, *, keyboard: bool = False) -> QWidget:
        """Show a page as soon as it stands, and give it the keyboard if that is wanted."""
        page = self._pages[key]
        self._wanted, self._keyboard = page, keyboard
        self._slices.hurry(page)
        self._bring()
        return page

    @Slot()
    def _bring(self) -> None:
        page = self._wanted
        if page is None or (isinstance(page, Page) and not page.ready):
            return
        self._wanted = None
        painted_later(self, 2)  # after the frame around it, where that is new too
        if self.indexOf(page) < 0:
            self.addWidget(page)
        before, here = self.currentWidget(), QApplication.focusWidget()
        if before is not None and before is not page and here is not None and before.isAncestorOf(here):
            self.left.emit()
        self.setCurrentWidget(page)
        if self._keyboard:
            take_keyboard(page)

    def put_away(self, key: str) -> None:
        """A page nobody comes back to goes."""
        page = self._pages.pop(key, None)
        if page is not None:
            self.removeWidget(page)
            page.hide()
            self._slices.do(taken_apart(page), self, later=True)
