"""A part of a page or dialog that scrolls: like a page, but without a margin of its own."""

from PySide6.QtWidgets import QDialog, QLayout

from kzcase.ui import theme
from kzcase.ui.widgets.cards import ScrollPage, box


class InnerScroll(ScrollPage):
    """Things go into `body`."""

    def redress(self) -> None:
        box(self.body, space=theme.SPACE_CARD)
        self.body.setContentsMargins(0, 0, theme.px(theme.SPACE_GROUP), 0)


def fit(dialog: QDialog, width: int) -> None:
    """Make a dialog as wide as wanted (at 100 %) and as high as its words then need."""
    layout = dialog.layout()
    assert layout is not None
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # its own least height is for the least width
    wide = theme.px(width)
    dialog.setMinimumSize(wide, 0)
    layout.activate()
    dialog.resize(wide, layout.totalHeightForWidth(wide))
