"""The letters on paper: one embedded font family, and a check that no letter can get lost in print."""

import re
import threading
import unicodedata
from functools import cache
from typing import Any, Final

from kzcase import paths
from kzcase.domain.errors import CannotPrint
from kzcase.i18n import Words, _

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
_LINE_END: Final = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]")
_MOST_CODES: Final = 8
_OTHER: Final = _("letters of other scripts")
_SCRIPTS: Final = {
    "ARABIC": _("Arabic letters"),
    "CJK": _("Chinese characters"),
    "HANGUL": _("Korean letters"),
    "GEORGIAN": _("Georgian letters"),
    "ARMENIAN": _("Armenian letters"),
    "DEVANAGARI": _("Hindi letters"),
}


def register() -> None:
    """Make the family known to ReportLab and its default everywhere; any thread may ask, it happens once."""
    with _ONCE:
        _registered()


def missing(text: str) -> frozenset[str]:
    """The signs of a text that the paper font does not have; line ends are not signs."""
    return frozenset(text) - _signs() - _LINE_ENDS


def check_text(text: str, field: Words | str = "") -> None:
    """Refuse a text that would lose letters on paper.

    Raises CannotPrint with the field and the codes (`U+4E2D`) of the letters, never the text itself.
    """
    lost = missing(text)
    if lost:
        raise CannotPrint(field=field, script=script_of(lost), letters=codes(lost))


def printable(text: str) -> str:
    """The text with “?” for each letter that would be lost: only where a paper must not fail because of a name."""
    joined = composed(text)
    lost = missing(joined)
    return "".join("?" if sign in lost else sign for sign in joined)


def codes(signs: frozenset[str]) -> str:
    """`U+0041, U+4E2D`: signs named by their codes, in order; of many only the first."""
    said = [f"U+{ord(sign):04X}" for sign in sorted(signs)]
    return ", ".join(said[:_MOST_CODES]) + (" …" if len(said) > _MOST_CODES else "")


def script_of(signs: frozenset[str]) -> Words:
    """What kind of letters they are, as a person would call them."""
    kinds = [_kind(sign) for sign in sorted(signs)]
    return kinds[0] if all(kind == kinds[0] for kind in kinds) else _OTHER


def _kind(sign: str) -> Words:
    if unicodedata.category(sign).startswith("C"):
        return _("invisible signs")
    name = unicodedata.name(sign, "").partition(" ")[0]
    return _SCRIPTS.get(name, _("pictures (emoji)") if unicodedata.category(sign) == "So" else _OTHER)


def composed(text: str) -> str:
    """The same text as fonts expect it: accents joined to their letters, one kind of line end, no unseen marks.

    Marks that only steer how a screen shows a text (U+200E, U+FEFF, U+FE0F …) come along with pasted text and print
    nothing; a paper is not refused because of them.
    """
    joined = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    return _UNSEEN.sub("", joined).replace("\t", "    ")


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
                raise CannotPrint(script=script_of(lost), letters=codes(lost))
            return super().splitString(said, doc, encoding)

    return StrictFont(name, file)
