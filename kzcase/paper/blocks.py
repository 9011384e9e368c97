"""Pieces that sheets are made of: tables in our own font, and long texts cut into pieces that set quickly."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.platypus import Table, TableStyle

from kzcase.paper import fonts

_PIECE: Final = 4_000  # signs; a longer paragraph is set in pieces, or laying it out would take quadratic time
_PLAIN: Final = (
    ("FONTNAME", (0, 0), (-1, -1), fonts.FAMILY),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
)


def cut(text: str) -> Iterator[str]:
    """A long text in pieces that end at a line end or between words."""
    while len(text) > _PIECE:
        end = max(text.rfind("\n", 0, _PIECE), text.rfind(" ", _PIECE // 2, _PIECE)) + 1 or _PIECE
        yield text[:end].rstrip("\n")
        text = text[end:]
    if text:
        yield text


def table_block(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    look: Sequence[tuple[Any, ...]] = (),
    heights: Sequence[float | None] | None = None,
    repeat: int = 0,
    *,
    torn: bool = True,
) -> Any:
    """A table in our font (ReportLab's own, in empty cells, is not embedded); measures in points. Rows higher than a
    page are `torn`; where none is, none is torn at the foot of a page either."""
    return Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        rowHeights=list(heights) if heights is not None else None,
        repeatRows=repeat,
        splitInRow=int(torn),  # a row taller than the page goes on overleaf
        hAlign="LEFT",
        style=TableStyle([*_PLAIN, *look]),
    )
