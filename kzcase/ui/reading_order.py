"""The order in which the keyboard comes to the controls of a page or a dialog: the one the eye reads them in.

Qt follows the order in which widgets were made, and what is made first seldom stands first: buttons are made before
the cards above them, fields before the row they are put into.
"""

from collections.abc import Iterator
from typing import Final

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

AT_ONCE: Final = 8
_OWN: Final = Qt.FindChildOption.FindDirectChildrenOnly
"""`children()` would also hand over actions: for the first of them Python makes half a hundred kinds, a whole frame."""


def follow_layout(widget: QWidget) -> Iterator[None]:
    """From now on Tab goes through what is in this widget as its layouts have it; done a little at a time.

    It also comes out of everything: a field that passes the keyboard on to a part of itself could else hold it.
    """
    before: QWidget | None = None
    for number, each in enumerate(_all(widget)):
        if number % AT_ONCE == 0:
            yield
        if each is None or not shiboken6.isValid(each):
            continue
        if before is not None and shiboken6.isValid(before):
            QWidget.setTabOrder(before, each)
        before = each


def controls(widget: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard in a widget, in the order of its layouts; what is in no layout comes last."""
    return (each for each in _all(widget) if each is not None)


def _all(widget: QWidget) -> Iterator[QWidget | None]:
    """The same, and None in place of every widget that does not: whoever follows may rest there too. What is gone by
    then is passed over."""
    if not shiboken6.isValid(widget):
        return
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    yield widget if takes else None
    if not shiboken6.isValid(widget):
        return
    layout = widget.layout()
    placed = list(_placed(layout)) if layout is not None else []
    if isinstance(widget, QScrollArea) and (within := widget.widget()) is not None:
        placed = [within]
    others = [each for each in widget.findChildren(QWidget, options=_OWN) if not each.isWindow()]
    for each in (*placed, *(other for other in others if other not in placed)):
        yield from _all(each)


def _placed(layout: QLayout) -> Iterator[QWidget]:
    """Asked of the widgets where they stand, never of the layout what stands where: Qt deletes the items of a layout
    without a word, and what is made at the same address afterwards would be taken for the item."""
    home = layout.parentWidget()
    widgets = home.findChildren(QWidget, options=_OWN) if home is not None else []
    inner = [each for each in layout.children() if isinstance(each, QLayout)]
    standing: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(each), each) for each in widgets]
    standing += [(layout.indexOf(each), each) for each in inner]
    for place, each in sorted(standing, key=lambda pair: pair[0]):
        if place >= 0 and isinstance(each, QLayout):
            yield from _placed(each)
        elif place >= 0 and isinstance(each, QWidget):
            yield each
