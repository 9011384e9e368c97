"""Recovery shares on paper: one share, line by line as in its file, with how to keep and how to use it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Spacer

from kzcase.domain.papers import RecoveryShare
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, render
from kzcase.paper import style
from kzcase.paper.blocks import table_block
from kzcase.paper.fonts import printable
from kzcase.paper.sheet import Sheet

_LONGEST_GROUP: Final = 8  # signs; a longer run is cut by fours
_GROUP: Final = 4
_LINE_NAME: Final = 24 * style.MM
COMMAND: Final = "kzcase recover CASEBOOK --share FILE --share FILE --new-passphrase-file FILE"
RULES: Final = (
    _("Any two of the three shares open the casebook when nobody knows the passphrase. One share alone opens nothing."),
    _("Keep this paper away from the laptop and from the other two shares, in a place only you can open."),
    _("Do not photograph it, do not type it anywhere else, do not send it to anybody."),
    _(
        "If you leave the organisation or the paper is lost, tell the administrator the same day: "
        "new shares will be made."
    ),
    _(
        "To use it, bring two of the three shares to the laptop, choose “{button}” where the passphrase is asked for, "
        "and type each share line by line. Capitals and blanks do not matter; the last two signs of a line check the "
        "line. The command for it stands at the foot of this page.",
        button=_("Passphrase forgotten"),
    ),
)


def recovery_share(share: RecoveryShare, language: Language) -> bytes:
    """One share as PDF; never two on one paper. A name that cannot be printed whole is no reason to fail."""
    office = replace(share.header.organisation, name=printable(share.header.organisation.name))
    sheet = Sheet(replace(share.header, organisation=office), language)
    sheet.title(_("Recovery share {number} of 3", number=share.number))
    sheet.add(_code(sheet, share_lines(share.text)), Spacer(0, 2 * style.MM))
    sheet.signatures([(_("Kept by"), printable(share.holder))])
    for spoken in LANGUAGES:
        sheet.heading(LANGUAGE_NAMES[spoken])
        sheet.bullets([render(rule, spoken) for rule in RULES], look=style.CELL)
    with sheet.at_bottom():
        sheet.add(sheet.styled(COMMAND, style.CHOSEN))
    return sheet.to_bytes()


def share_lines(text: str) -> list[list[str]]:
    """The share as its file holds it: the same lines, the same groups; only a long run is cut by fours."""
    return [[group for word in line.split() for group in _groups(word)] for line in text.splitlines() if line.strip()]


def _groups(word: str) -> list[str]:
    if len(word) <= _LONGEST_GROUP:
        return [word]
    return [word[at : at + _GROUP] for at in range(0, len(word), _GROUP)]


def _code(sheet: Sheet, lines: Sequence[Sequence[str]]) -> Any:
    """Groups under each other in columns, lines and columns numbered, as messages about typing errors name them."""
    columns = max(len(line) for line in lines)
    heads = ["", *(sheet.styled(str(column), style.SHARE_PLACE) for column in range(1, columns + 1))]
    rows = [_row(sheet, number, line, columns) for number, line in enumerate(lines, start=1)]
    widths = [_LINE_NAME, *([(style.WIDTH - _LINE_NAME) / columns] * columns)]
    frame = [
        ("BOX", (0, 0), (-1, -1), 1.2, HexColor(style.ACCENT)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (0, -1), 8),
        ("TOPPADDING", (0, 0), (-1, 0), 5),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 8),
    ]
    return table_block([heads, *rows], widths, frame)


def _row(sheet: Sheet, number: int, line: Sequence[str], columns: int) -> list[Any]:
    groups = [sheet.styled(group, style.SHARE, _("The share itself")) for group in line]
    return [sheet.styled(_("line {number}", number=number), style.SMALL), *groups, *([""] * (columns - len(line)))]
