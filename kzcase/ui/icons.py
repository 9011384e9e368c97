"""The small pictures: vendored Lucide drawings in the colours of the look in force, sharp at every size."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kzcase import paths
from kzcase.ui import theme

STROKE: Final = "1.75"
SIZES: Final = (16, 18, 20, 24, 32, 40, 48, 64)


@cache
def names() -> frozenset[str]:
    """The pictures there are."""
    return frozenset(path.stem for path in paths.resources("icons").glob("*.svg"))


@cache
def _source(name: str) -> str:
    return paths.resources("icons", f"{name}.svg").read_text("utf-8")


def read_all() -> None:
    """Read every picture, on whatever thread; drawing them then needs no disk."""
    for name in names():
        _source(name)


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    drawn = _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    return QSvgRenderer(QByteArray(drawn.encode()))


def paint(painter: QPainter, name: str, where: QRectF, role: str) -> None:
    """Draw one picture into a square, in the colour of a role; drawn as lines, so sharp at any scale."""
    _drawing(name, theme.current().colours.role(role)).render(painter, where)


def pixmap(name: str, size: int, role: str, ratio: float = 1.0) -> QPixmap:
    """A picture of `size` × `size` points for a screen of this device pixel ratio."""
    return _pixmap(name, size, theme.current().colours.role(role), ratio)


@cache
def _pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(made)
    _drawing(name, colour).render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, role: str = "text", sizes: tuple[int, ...] = SIZES) -> QIcon:
    """A picture as QIcon, with a paler one for switched-off buttons; ask again after the look changed."""
    colours = theme.current().colours
    return _icon(name, colours.role(role), colours.role("outline"), sizes)


@cache
def _icon(name: str, colour: str, pale: str, sizes: tuple[int, ...]) -> QIcon:
    made = QIcon()
    for size in sizes:
        made.addPixmap(_pixmap(name, size, colour, 1.0))
        made.addPixmap(_pixmap(name, size, pale, 1.0), QIcon.Mode.Disabled)
    return made
