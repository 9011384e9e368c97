"""Papers about a person and those around them: the family drawn on one sheet, and the receipt for an original."""

from typing import Any, Final

from kzcase.domain.person_papers import CustodyReceipt, FamilyNode, FamilySheet
from kzcase.i18n import Language, _
from kzcase.paper import fonts, style
from kzcase.paper.charts import lettering
from kzcase.paper.fitting import text_width
from kzcase.paper.sheet import Sheet

_BOX_HEIGHT: Final = 46.0
_BETWEEN: Final = 22.0
_SIDE: Final = 10.0
_LINE: Final = style.Look(fonts.FAMILY, 8.0, 10.0)
_NAME: Final = style.Look(fonts.BOLD, 8.0, 10.0)
_SUSPECTED: Final = "#A12622"
_DOTS: Final = "…"


def family_sheet(family: FamilySheet, language: Language) -> bytes:
    """The family as PDF."""
    sheet = Sheet(family.header, language)
    sheet.title(
        _("Family and others around the person"), _("For the responsible worker only: not given to any member.")
    )
    sheet.add(family_drawing(sheet, family, style.WIDTH))
    sheet.space()
    for table in family.tables:
        if table.rows:
            sheet.heading(table.title)
            sheet.table(table.columns, table.rows, shares=table.widths, field=table.title)
    if family.worker:
        sheet.signatures([(_("Responsible worker"), family.worker)])
    return sheet.to_bytes()


def family_drawing(sheet: Sheet, family: FamilySheet, width: float) -> Any:
    """Boxes in their rows, with lines from the one in the middle; a suspicion is dashed and red."""
    from reportlab.graphics.shapes import Drawing, Line, Rect
    from reportlab.lib.colors import HexColor

    height = family.rows * (_BOX_HEIGHT + _BETWEEN)
    box_width = min(width / max(family.columns, 1) - _SIDE, 150.0)
    drawing = Drawing(width, height)

    def corner(node: FamilyNode) -> tuple[float, float]:
        step = width / max(family.columns, 1)
        return node.column * step + (step - box_width) / 2, height - (node.row + 1) * (
            _BOX_HEIGHT + _BETWEEN
        ) + _BETWEEN

    def middle(node: FamilyNode) -> tuple[float, float]:
        x, y = corner(node)
        return x + box_width / 2, y + _BOX_HEIGHT / 2

    centre = next(node for node in family.nodes if node.centre)
    for node in family.nodes:
        colour = HexColor(_SUSPECTED if node.suspected else style.OUTLINE)
        dashes = [3, 2] if node.suspected else None
        drawing.add(Line(*middle(centre), *middle(node), strokeColor=colour, strokeWidth=0.8, strokeDashArray=dashes))
    for node in family.nodes:
        x, y = corner(node)
        edge = HexColor(_SUSPECTED if node.suspected else style.OUTLINE)
        drawing.add(Rect(x, y, box_width, _BOX_HEIGHT, fillColor=HexColor("#FFFFFF"), strokeColor=edge,
                         strokeWidth=1.6 if node.centre else 0.8))  # fmt: skip
        for number, line in enumerate(_fitting(sheet, node, box_width - 6)):
            look = _NAME if node.centre or number == 0 else _LINE
            top = y + _BOX_HEIGHT - look.leading * (number + 1) - 3
            drawing.add(lettering(x + box_width / 2, top, line, look))
    return drawing


def _fitting(sheet: Sheet, node: FamilyNode, width: float) -> list[str]:
    """The lines of a box, broken between words; what is too long for four lines, or for one, ends in dots."""
    from reportlab.lib.utils import simpleSplit

    lines = [sheet.say(line, _("Family and others around the person")) for line in node.lines]
    broken = [part for line in lines for part in simpleSplit(line, _NAME.font, _NAME.size, width)]
    kept = broken if len(broken) <= 4 else [*broken[:3], f"{broken[3]} {_DOTS}"]
    return [_cut(line, width) for line in kept]


def _cut(line: str, width: float) -> str:
    """The line itself; a word that fits into no box, as far as it fits and dots."""
    if text_width(line, _NAME) <= width:
        return line
    return max(
        (f"{line[:end]}{_DOTS}" for end in range(len(line)) if text_width(f"{line[:end]}{_DOTS}", _NAME) <= width),
        key=len,
        default=_DOTS,
    )


def custody_receipt(receipt: CustodyReceipt, language: Language) -> bytes:
    """The receipt as PDF, in two copies' words: one page, signed by both."""
    sheet = Sheet(receipt.header, language)
    sheet.title(
        _("Receipt for an original document"),
        _("The document stays the person’s own. It is given back on the first request, without conditions."),
    )
    sheet.fields([
        (_("Number of the receipt"), receipt.receipt),
        (_("Whose document"), receipt.person),
        *receipt.document,
        *([(_("Taken on"), receipt.taken_on.strftime("%d.%m.%Y"))] if receipt.taken_on else []),
        *([(_("Given back on"), receipt.returned_on.strftime("%d.%m.%Y"))] if receipt.returned_on else []),
    ])  # fmt: skip
    sheet.space()
    sheet.signatures([(_("Taken by"), receipt.taken_by), (_("Left by"), receipt.person)])
    sheet.heading(_("Given back"))
    sheet.paragraph(_("I have my original back, undamaged."))
    sheet.signatures([(_("Given back by"), ""), (_("Received by"), receipt.person)])
    return sheet.to_bytes()
