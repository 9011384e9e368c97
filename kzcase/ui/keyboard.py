"""Digits from the Kazakh keyboard: its top row gives ә і ң ғ , . ү ұ қ where other layouts give 2 to 0."""

from typing import Final

from PySide6.QtGui import QGuiApplication, QKeyEvent

SHARED: Final = {",": "6", ".": "7"}
"""Signs that other layouts have elsewhere: taken for digits only when the key of the top row gave them."""
TOP_ROW_WINDOWS: Final = range(2, 12)
TOP_ROW_X11: Final = range(10, 20)


def digit_for(text: str, scan_code: int, *, windows: bool = False) -> str:
    """The digit meant by one typed sign in a field that takes digits, or the sign itself."""
    from kzcase.domain.dates import digits_from_layout  # calendars and all: not at every start

    top_row = TOP_ROW_WINDOWS if windows else TOP_ROW_X11
    return SHARED.get(text, digits_from_layout(text)) if scan_code in top_row else digits_from_layout(text)


def digit_typed(event: QKeyEvent) -> str:
    """The same for a key event."""
    windows = QGuiApplication.platformName() == "windows"
    return digit_for(event.text(), event.nativeScanCode(), windows=windows)
