"""The letters on paper: one embedded font family, and a check that no letter can get lost in print."""

import threading
import unicodedata
from functools import cache
from typing import Any, Final

from kzcase import paths
from kzcase.domain.errors import CannotPrint

FAMILY: Final = "NotoSans"
BOLD: Final = "NotoSans-Bold"
ITALIC: Final = "NotoSans-Italic"
BOLD_ITALIC: Final = "NotoSans-BoldItalic"
_FILES: Final = {
    FAMILY: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
    BOLD_ITALIC: "NotoSans-BoldItalic.ttf",
}
_ONCE: Final = threading.Lock()
_LINE_ENDS: Final = frozenset("\n")


def register() -> None:
    """Make the family known to ReportLab and its default everywhere; any thread may ask, it happens once."""
    with _ONCE:
        _registered()


def missing(text: str) -> frozenset[str]:
    """The signs of a text that the paper font does not have; line ends are not signs."""
    return frozenset(text) - _signs() - _LINE_ENDS


def check_text(text: str, place: str = "") -> None:
    """Refuse a text that would lose letters on paper.

    Raises CannotPrint with the codes (`U+4E2D`) of the letters, never the text itself.
    """
    lost = missing(text)
    if lost:
        raise CannotPrint(place, letters=codes(lost))


def codes(signs: frozenset[str]) -> str:
    """`U+0041, U+4E2D`: signs named by their codes, in order."""
    return ", ".join(f"U+{ord(sign):04X}" for sign in sorted(signs))


def composed(text: str) -> str:
    """The same text with accents joined to their letters and one kind of line end, as fonts expect them."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")


@cache
def _signs() -> frozenset[str]:
    register()
    from reportlab.pdfbase import pdfmetrics

    faces = [pdfmetrics.getFont(name).face for name in _FILES]
    shared = set.intersection(*(set(face.charToGlyph) for face in faces))
    return frozenset(map(chr, shared))


@cache
def _registered() -> bool:
    """Register the four files; ReportLab's built-in Helvetica is replaced wherever it would slip in."""
    from reportlab import rl_config
    from reportlab.lib import fonts
    from reportlab.pdfbase import pdfmetrics

    for name, file in _FILES.items():
        pdfmetrics.registerFont(strict_font(name, str(paths.resources("fonts", file))))
    for bold, italic, name in ((0, 0, FAMILY), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD_ITALIC)):
        fonts.addMapping(FAMILY, bold, italic, name)
    rl_config.canvas_basefontname = FAMILY
    rl_config.defaultGraphicsFontName = FAMILY
    return True


def strict_font(name: str, file: str) -> Any:
    """A font that refuses to draw a letter it does not have, whoever asks.

    ReportLab prints a missing letter as nothing and says nothing. Everything drawn, by whatever road, is cut
    into subsets by `splitString`, so this is the one place no paper can go around.
    """
    from reportlab.pdfbase.ttfonts import TTFont

    class StrictFont(TTFont):  # type: ignore[misc] # ReportLab carries no types
        """A TrueType font without silent losses."""

        def splitString(self, text: str | bytes, doc: object, encoding: str = "utf-8") -> Any:  # noqa: N802
            said = text.decode("utf-8") if isinstance(text, bytes) else text
            lost = frozenset(sign for sign in said if ord(sign) not in self.face.charToGlyph)
            if lost:
                raise CannotPrint(letters=codes(lost))
            return super().splitString(said, doc, encoding)

    return StrictFont(name, file)
