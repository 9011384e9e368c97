"""What shows where the mouse rests: plain text only, whoever typed it."""

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """The text for a tooltip. Qt takes one that looks like markup for markup, and would fetch the pictures it names."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
