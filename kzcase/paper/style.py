"""How paper looks: measures, colours and styles of text in one place, so that all papers are one family."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal

from kzcase.paper import fonts

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
MARGIN: Final = 18 * MM
TOP: Final = 33 * MM  # letterhead above it
BOTTOM: Final = 18 * MM  # footer below it
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM

INK: Final = "#1A232E"
MUTED: Final = "#566170"
OUTLINE: Final = "#7F8A98"
HAIRLINE: Final = "#C9D0D8"
PALE: Final = "#F2F5F7"
ACCENT: Final = "#0E6288"
WARNING: Final = "#8A5200"
WARNING_PALE: Final = "#FDF0DA"

GAP: Final = 4 * MM  # between blocks
LINE: Final = 8 * MM  # one line of handwriting


@dataclass(frozen=True, slots=True)
class Look:
    """A style of text: font, size, leading and colour."""

    font: str
    size: float
    leading: float
    colour: str = INK
    side: Literal["left", "centre", "right"] = "left"
    breaks_words: bool = False  # only for our own words: names and answers stay whole


TITLE: Final = Look(fonts.BOLD, 16, 20)
SECOND_TITLE: Final = Look(fonts.FAMILY, 12.5, 16, MUTED)
HEADING: Final = Look(fonts.BOLD, 10.5, 14, ACCENT)
INNER_HEADING: Final = replace(HEADING, size=9.5, leading=12.5, colour=MUTED)  # of a part inside a part
LEAD: Final = Look(fonts.FAMILY, 9.5, 13.5, MUTED)
TOLD: Final = Look(fonts.FAMILY, 11, 15.5)  # what a client reads or is read
MARK: Final = Look(fonts.BOLD, 9.5, 13.5, WARNING)
BODY: Final = Look(fonts.FAMILY, 9.5, 13.5)
STRONG: Final = Look(fonts.BOLD, 9.5, 13.5)
LABEL: Final = Look(fonts.FAMILY, 8.5, 11.5, MUTED, breaks_words=True)
QUESTION: Final = Look(fonts.BOLD, 9, 12, breaks_words=True)
TOLD_QUESTION: Final = replace(QUESTION, size=10, leading=13)
SECOND: Final = Look(fonts.FAMILY, 8.5, 11.5, MUTED, breaks_words=True)  # a question again, in the other language
HINT: Final = Look(fonts.ITALIC, 8, 10.5, MUTED)
SMALL: Final = Look(fonts.FAMILY, 7.5, 10, MUTED)
COLUMN: Final = Look(fonts.BOLD, 8, 10.5, MUTED, breaks_words=True)
SMALL_COLUMN: Final = replace(COLUMN, size=7, leading=9)
CELL: Final = Look(fonts.FAMILY, 8.5, 11.5)
NUMBER: Final = replace(CELL, side="right")
CHOSEN: Final = Look(fonts.BOLD, 8.5, 11.5, breaks_words=True)
CHOICE: Final = Look(fonts.FAMILY, 8.5, 11.5, breaks_words=True)
SHARE: Final = Look(fonts.BOLD, 15, 22, side="centre")
SHARE_PLACE: Final = replace(SMALL, side="centre")


@cache
def paragraph_style(look: Look, hanging: float = 0.0) -> Any:
    """ReportLab's style for a look; every font it may fall back on is ours. `hanging`: room for what marks a point."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    fonts.register()
    return ParagraphStyle(
        f"{look.font}-{look.size}-{look.colour}-{look.side}-{hanging}",
        fontName=look.font,
        bulletFontName=look.font,
        bulletFontSize=look.size,
        bulletColor=HexColor(look.colour),
        leftIndent=hanging,
        fontSize=look.size,
        leading=look.leading,
        textColor=HexColor(look.colour),
        alignment={"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT}[look.side],
        allowWidows=0,
        allowOrphans=0,
        embeddedHyphenation=1,
    )
