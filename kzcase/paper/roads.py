"""The road of a case as a drawing: boxes in their order, the one where the case stands filled, tracks below."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import HexColor

from kzcase.domain.papers import Text
from kzcase.domain.road_sheets import RoadSheet, StageOnPaper
from kzcase.i18n import Language, _
from kzcase.paper import fonts, style
from kzcase.paper.charts import lettering, wrapped_label
from kzcase.paper.sheet import Sheet

_IN_A_ROW: Final = 4
_HEIGHT: Final = 38.0
_BETWEEN: Final = 14.0
_BELOW: Final = 10.0
_NAME: Final = style.Look(fonts.FAMILY, 8.5, 10.0)
_FILLED, _LIGHT, _WHITE = "#0E6288", "#DCEAF1", "#FFFFFF"
_NAME_HERE: Final = style.Look(fonts.BOLD, 8.5, 10.0, _WHITE)


def road_sheet(row: RoadSheet, language: Language) -> bytes:
    """The sheet as PDF."""
    sheet = Sheet(row.header, language, qr=True)
    sheet.title(_("Where the case stands"), _("For the responsible worker only. Keep it locked away."))
    sheet.paragraph(
        _("Filled: where the case stands. Shaded: passed. Broken line: not every case comes through."), style.HINT
    )
    for track in row.tracks:
        sheet.heading(track.name or _("The road"), _("The road"))
        sheet.add(stages_drawing(track.stages, partial(sheet.say, field=_("The road")), style.WIDTH))
        sheet.space()
    if row.notes:
        sheet.heading(_("Why, and what is missing"))
        sheet.bullets(row.notes, _("Why, and what is missing"))
    if row.worker:
        sheet.signatures([(_("Responsible worker"), row.worker)])
    return sheet.to_bytes()


def stages_drawing(stages: Sequence[StageOnPaper], say: Callable[[Text], str], width: float) -> Any:
    """The boxes of one road, so many in a row, joined by lines."""
    rows = -(-len(stages) // _IN_A_ROW)
    drawing = Drawing(width, rows * (_HEIGHT + _BELOW))
    box = (width - (_IN_A_ROW - 1) * _BETWEEN) / _IN_A_ROW
    for number, stage in enumerate(stages):
        row, column = divmod(number, _IN_A_ROW)
        left = column * (box + _BETWEEN)
        foot = (rows - row - 1) * (_HEIGHT + _BELOW) + _BELOW / 2
        if column:
            middle = foot + _HEIGHT / 2
            drawing.add(Line(left - _BETWEEN, middle, left, middle, strokeColor=HexColor(style.OUTLINE), strokeWidth=1))
        _draw(drawing, stage, say(stage.name), left, foot, box)
    return drawing


def _draw(drawing: Any, stage: StageOnPaper, name: str, left: float, foot: float, width: float) -> None:
    fill = {"here": _FILLED, "passed": _LIGHT, "ahead": _WHITE}[stage.mark]
    broken = [3, 2] if stage.beside else None
    colours = {"fillColor": HexColor(fill), "strokeColor": HexColor(style.OUTLINE)}
    drawing.add(Rect(left, foot, width, _HEIGHT, rx=4, ry=4, strokeDashArray=broken, strokeWidth=0.9, **colours))
    lines = wrapped_label(name, width - 8)[:3]
    look = _NAME_HERE if stage.mark == "here" else _NAME
    top = foot + _HEIGHT / 2 + len(lines) * look.leading / 2 - look.size + 0.5
    for number, line in enumerate(lines):
        drawing.add(lettering(left + width / 2, top - number * look.leading, line, look))
