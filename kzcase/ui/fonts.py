"""The letters on the screen: Inter where it is shipped, else what the laptop has; registered once."""

from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from kzcase import paths

FACES: Final = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
FAMILY: Final = "Inter"


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
