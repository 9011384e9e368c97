"""Short lists inside a card: their lines are replaced together."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QWidget


def refill(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    """Put these widgets into a layout in place of those there were."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
