"""Recovery shares on paper: one share, big enough to type by hand, with its rules in three languages."""

import re
from collections.abc import Iterator
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Spacer

from kzcase.domain.papers import RecoveryShare
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, render
from kzcase.paper import style
from kzcase.paper.blocks import table_block
from kzcase.paper.sheet import Sheet

_GROUP: Final = 4
_GROUPS_A_LINE: Final = 6
_RULES: Final = (
    _("Any two of the three shares open the casebook when nobody knows the passphrase. One share alone opens nothing."),
    _("Keep this paper away from the laptop and from the other two shares, in a place only you can open."),
    _("Do not photograph it, do not type it anywhere else, do not send it to anybody."),
    _(
        "If you leave the organisation or the paper is lost, tell the administrator the same day: "
        "new shares will be made."
    ),
)


def recovery_share(share: RecoveryShare, language: Language) -> bytes:
    """One share as PDF; never two on one paper."""
    sheet = Sheet(share.header, language)
    sheet.title(_("Recovery share {number} of 3", number=share.number))
    frame = [
        ("BOX", (0, 0), (-1, -1), 1.2, HexColor(style.ACCENT)),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 12),
    ]
    lines = [sheet.styled(line, style.SHARE, "share") for line in share_lines(share.text)]
    sheet.add(table_block([[lines]], [style.WIDTH], frame), Spacer(0, 6 * style.MM))
    sheet.fields([(_("Kept by"), share.holder)])
    for spoken in LANGUAGES:
        sheet.heading(LANGUAGE_NAMES[spoken])
        sheet.bullets([render(rule, spoken) for rule in _RULES])
    sheet.signatures([(_("Received by"), share.holder)])
    return sheet.to_bytes()


def share_lines(text: str) -> Iterator[str]:
    """The share in groups that the eye can follow: given groups are kept, a long run is cut by fours."""
    words = re.split(r"\s+", text.strip())
    groups = [word[at : at + _GROUP] for word in words for at in range(0, len(word), _GROUP)] if _runs(words) else words
    for start in range(0, len(groups), _GROUPS_A_LINE):
        yield "   ".join(groups[start : start + _GROUPS_A_LINE])


def _runs(words: list[str]) -> bool:
    return any(len(word) > 3 * _GROUP and "-" not in word for word in words)
