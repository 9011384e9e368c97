"""Names of 200 letters without a space on paper: no line leaves its box, and no name lies over what stands above it."""

from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Rect, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from kzcase.paper import people, style
from kzcase.paper.people import custody_receipt, family_drawing
from kzcase.paper.sheet import Sheet
from tests.paper.reading import poppler_text_of
from tests.paper.rows import family, header, receipt

LONG = "Абдрахмановтегінұлы" * 11


def widest(contents: list[Any]) -> tuple[float, float]:
    """The widest line of a drawing, and the narrowest box."""
    lines = [each for each in contents if isinstance(each, String)]
    boxes = [each.width for each in contents if isinstance(each, Rect)]
    return max(stringWidth(each.text, each.fontName, each.fontSize) for each in lines), min(boxes)


def drawn() -> list[Any]:
    nodes = tuple(replace(node, lines=(f"{LONG} {LONG}", *node.lines)) for node in family().nodes)
    return list(family_drawing(Sheet(header("P44"), "kk"), replace(family(), nodes=nodes), style.WIDTH).contents)


def test_a_name_ends_in_dots_where_its_box_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: left whole, it runs over the edge of the sheet."""
    line, box = widest(drawn())
    assert line <= box
    monkeypatch.setattr(people, "_cut", lambda line, width: line)
    line, box = widest(drawn())
    assert line > box


def rows_of(paper: bytes) -> list[str]:
    return [line for line in poppler_text_of(paper).splitlines() if line.strip()]


def heights(name: str) -> list[float]:
    """How high the two rows of a line to sign on are, and the lines of the name together."""
    table = Sheet(header(), "kk")._signature("Тапсырған", name)
    table.wrap(style.WIDTH, style.PAGE_HEIGHT)
    signer = table._cellvalues[0][0]
    return [table._rowHeights[0], signer.wrap(style.WIDTH * 0.42 - 4, style.PAGE_HEIGHT)[1]]


def test_a_line_to_sign_on_makes_room_for_the_name_over_it() -> None:
    """Canary: a row as high as one line of handwriting is lower than such a name."""
    short, long = heights("Әсем Үлгі"), heights(f"{LONG} {LONG}")
    assert short[0] == style.LINE
    assert long[0] >= long[1] > style.LINE


def test_a_receipt_holds_the_whole_name_and_every_other_line() -> None:
    said = "".join(rows_of(custody_receipt(replace(receipt(), person=LONG), "kk"))).replace(" ", "")
    assert said.count(LONG[:12]) >= 3
    assert "Жекекуәлік" in said
