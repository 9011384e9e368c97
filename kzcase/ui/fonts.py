"""The letters on the screen: Inter where it is shipped, else what the laptop has; registered once."""

from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QFontMetricsF

from kzcase import paths

FACES: Final = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
FAMILY: Final = "Inter"
KERNING: Final = 1.02


@cache
def register() -> str:
    """Register the shipped faces once (twice would change how text is drawn); gives the family to use."""
    found = set[str]()
    for name in FACES:
        path = paths.resources("fonts", name)
        if path.is_file():
            identity = QFontDatabase.addApplicationFont(str(path))
            found.update(QFontDatabase.applicationFontFamilies(identity) if identity >= 0 else ())
    if FAMILY in found:
        return FAMILY
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@cache
def of_size(pixels: int, weight: int) -> QFont:
    """The screen font, so many pixels high, in one of the weights 400, 500, 600."""
    made = QFont(register())
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made


def fitting(text: str, width: int, font: QFont) -> str:
    """The text, or as much of it as fits. Measuring a whole text is slow, adding up its signs is not; kerning may make
    a text a little wider than its signs, so one that fits only just is measured."""
    known = _widths(font.pixelSize(), font.weight().value)
    if sum(known[sign] for sign in text) * KERNING < width:
        return text
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


class _Widths(dict[str, float]):
    """How wide each sign is, measured when it first occurs."""

    def __init__(self, pixels: int, weight: int) -> None:
        super().__init__()
        self._metrics = QFontMetricsF(of_size(pixels, weight))

    def __missing__(self, sign: str) -> float:
        width = self[sign] = self._metrics.horizontalAdvance(sign)
        return width


@cache
def _widths(pixels: int, weight: int) -> _Widths:
    return _Widths(pixels, weight)
