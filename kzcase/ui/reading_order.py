"""The order in which the keyboard comes to the controls of a page or a dialog: the one the eye reads them in.

Qt follows the order in which widgets were made, and what is made first seldom stands first: buttons are made before
the cards above them, fields before the row they are put into.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

AT_ONCE: Final = 8


def follow_layout(widget: QWidget) -> Iterator[None]:
    """From now on Tab goes through what is in this widget as its layouts have it; done a little at a time.

    It also comes out of everything: a field that passes the keyboard on to a part of itself could else hold it.
    """
    for number, (before, after) in enumerate(pairwise(list(controls(widget)))):
        if shiboken6.isValid(before) and shiboken6.isValid(after):
            QWidget.setTabOrder(before, after)
        if number % AT_ONCE == 0:
            yield


def controls(widget: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard in a widget, in the order of its layouts; what is in no layout comes last."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    placed = list(_placed(layout)) if layout is not None else []
    if isinstance(widget, QScrollArea) and (within := widget.widget()) is not None:
        placed = [within]
    others = [each for each in widget.children() if isinstance(each, QWidget) and not each.isWindow()]
    for each in (*placed, *(other for other in others if other not in placed)):
        yield from controls(each)


def _placed(layout: QLayout) -> Iterator[QWidget]:
    items = (layout.itemAt(place) for place in range(layout.count()))
    for item in items:
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _placed(inner)
