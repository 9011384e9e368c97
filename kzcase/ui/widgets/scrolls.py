"""A part of a page or dialog that scrolls: like a page, but without a margin of its own."""

from typing import Final

from PySide6.QtWidgets import QDialog, QLayout

from kzcase.ui import theme
from kzcase.ui.widgets.cards import ScrollPage, box

MOST_OF_SCREEN: Final = 0.92


class InnerScroll(ScrollPage):
    """Things go into `body`."""

    def redress(self) -> None:
        box(self.body, space=theme.SPACE_CARD)
        self.body.setContentsMargins(0, 0, theme.px(theme.SPACE_GROUP), 0)


def fit(dialog: QDialog, width: int, inside: InnerScroll | None = None) -> None:
    """Make a dialog as wide as wanted (at 100 %) and as high as its words then need, what scrolls in it included;
    never higher than the screen."""
    layout = dialog.layout()
    assert layout is not None
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # its own least height is for the least width
    wide = theme.px(width)
    dialog.setMinimumSize(wide, 0)
    layout.activate()
    high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if inside is not None:
        inside.body.activate()  # what was shown just now learns its width first: choices take fewer lines in it
        room = wide - 2 * theme.px(theme.SPACE_PAGE) - theme.px(theme.SPACE_GROUP)
        high += inside.body.totalHeightForWidth(room) - inside.sizeHint().height()
    dialog.resize(wide, min(high, round(dialog.screen().availableGeometry().height() * MOST_OF_SCREEN)))
