"""Nothing is torn from what it belongs to: no label from its box, no heading from its part, no list into crumbs."""

import io
from itertools import accumulate
from typing import Any

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from kzcase.forms.definition import Choice, ChoiceSource, Form, Paper, Question, QuestionKind
from kzcase.paper import sparing, style
from kzcase.paper.blocks import table_block
from kzcase.paper.forms import form_sheet
from kzcase.paper.kept import Kept
from kzcase.paper.sheet import Sheet
from tests.paper.forms import YES_NO, ask, three
from tests.paper.reading import pages_of
from tests.paper.rows import header

K = QuestionKind
FILLER = "Алдыңғы"
HALF = Paper(width=0.5)
MANY = ChoiceSource("many", tuple(Choice(f"c{number}", three(f"нұсқа-{number}.")) for number in range(36)))


@pytest.fixture(autouse=True)
def room_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small empty boxes say what they are for, so that a test can read on which page they stand."""
    real = Sheet.answer

    def told(self: Sheet, text: str, lines: int, width: float, field: str = "") -> Any:
        return real(self, text or (f"бос:{field}" if field != FILLER else ""), lines, width, field)

    monkeypatch.setattr(Sheet, "answer", told)


def pushed_down(lines: int, *questions: Question) -> list[str]:
    """The pages of a form whose questions come after a box with so many lines."""
    filler = ask("filler", K.TEXT, three(FILLER), paper=Paper(lines=lines))
    form = Form("f", "d" * 64, three("Ф"), ("kk",), (filler, *questions))
    return [" ".join(page.split()) for page in pages_of(form_sheet(form, "kk", None, header()))]


def torn(pages: list[str], label: str, *belongings: str) -> bool:
    """Whether something stands on another page than its label."""
    home = next(page for page in pages if label in page)
    return not all(each in home for each in belongings)


def torn_anywhere() -> set[str]:
    """Which kinds of questions are torn, wherever on the page they begin."""
    found = set()
    for lines in range(1, 30):
        wide = pushed_down(lines, ask("wide", K.TEXT, three("Кең сұрақ"), hint=three("ишара"), read_aloud=True))
        pair = pushed_down(
            lines,
            ask("left", K.TEXT, three("Сол сұрақ"), paper=HALF, hint=three("ұзақ ишара " * 30), read_aloud=True),
            ask("right", K.SELECT_ONE, three("Оң сұрақ"), choices=YES_NO, paper=HALF),
        )
        ticks = pushed_down(lines, ask("ticks", K.SELECT_ONE, three("Таңдау"), choices=YES_NO))
        inside = ask("g/q", K.TEXT, three("Ішкі"))
        group = pushed_down(lines, ask("g", K.GROUP, three("Бөлім"), children=(inside,)))
        found |= {"wide"} if torn(wide, "Кең сұрақ", "бос:Кең сұрақ", "ишара", "Дауыстап") else set()
        found |= {"pair"} if torn(pair, "Сол сұрақ", "бос:Сол сұрақ", "Оң сұрақ", "Иә", "Жоқ") else set()
        found |= {"ticks"} if torn(ticks, "Таңдау", "Иә", "Жоқ") else set()
        found |= {"group"} if torn(group, "Бөлім", "Ішкі", "бос:Ішкі") else set()
    return found


def test_no_label_is_torn_from_its_box_wherever_the_page_ends() -> None:
    assert torn_anywhere() == set()


def notes_torn() -> list[int]:
    """After how many lines a note that is said in two languages beside each other is parted."""
    found, note = [], three("сөз " * 60 + "соңы.", "слово " * 75 + "конец.")
    for lines in range(1, 29):
        filler = ask("filler", K.TEXT, three(FILLER), paper=Paper(lines=lines))
        asked = (filler, ask("wide", K.TEXT, three("Кең", "Широкий")), ask("note", K.NOTE, note))
        form = Form("f", "d" * 64, three("Ф"), ("kk", "ru"), (*asked, ask("last", K.TEXT, three("Соңғы"))))
        pages = pages_of(form_sheet(form, "kk", None, header(), second="ru"))
        found += [lines] if sum("слово" in page or "сөз" in page for page in pages) > 1 else []
    return found


def test_no_note_leaves_a_line_overleaf() -> None:
    assert notes_torn() == []


def test_canary_a_note_that_may_be_parted_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kept, "split", careless)
    assert notes_torn()


def test_canary_blocks_cut_wherever_the_page_ends_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kept, "split", careless)
    monkeypatch.setattr(sparing, "_LITTLE", 0.0)  # where blocks move together they are cut at other places
    assert torn_anywhere() == {"wide", "pair", "ticks", "group"}


def careless(self: Kept, width: float, height: float) -> list[Any]:
    """Cuts where the page ends, whatever stands there."""
    self.wrap(width, height)
    fitting = sum(foot <= height for foot in accumulate(self.heights))
    first, *others = self.content[fitting:]
    left = height - sum(self.heights[:fitting])
    parts = (
        first.splitOn(self.canv, width, left) if left > style.LINE else []
    )  # less makes parts of no height, for ever
    here, rest = [*self.content[:fitting], *parts[:1]], [*(parts[1:] or [first]), *others]
    return [Kept(here), Kept(rest)] if here else []


def test_a_long_list_goes_on_overleaf_in_fair_parts_under_its_name() -> None:
    columns, many = 2, ChoiceSource("many", MANY.choices[:28])
    question = ask("many", K.SELECT_MULTIPLE, three("Ұзақ тізім"), choices=many, paper=Paper(columns=columns))
    parted = 0
    for lines in range(1, 30):
        pages = pushed_down(lines, question)
        counts = [page.count("нұсқа-") for page in pages]
        assert sum(counts) == len(many.choices)
        shares = [count for count in counts if count]
        if len(shares) > 1:
            parted += 1
            assert all(count >= 2 * columns for count in shares)
            assert ["Ұзақ тізім" in page for page in pages if "нұсқа-" in page] == [True] * len(shares)
            assert "Ұзақ тізім (" in next(page for page in reversed(pages) if "нұсқа-" in page)
    assert parted


def test_an_answer_longer_than_a_page_is_still_printed_in_a_narrow_column() -> None:
    question = ask("story", K.TEXT, three("Не болды"), paper=HALF)
    form = Form("f", "d" * 64, three("Ф"), ("kk",), (question,))
    pages = pages_of(form_sheet(form, "kk", {"story": "сөз " * 2500}, header()))
    assert sum(page.count("сөз") for page in pages) == 2500
    assert "сөз" in pages[0]


def test_a_hint_longer_than_a_page_is_still_printed_in_a_narrow_column() -> None:
    question = ask("story", K.TEXT, three("Не болды"), paper=HALF, hint=three("ишара " * 2500))
    form = Form("f", "d" * 64, three("Ф"), ("kk",), (question,))
    pages = pages_of(form_sheet(form, "kk", None, header()))
    assert sum(page.count("ишара") for page in pages) == 2500


def test_a_table_never_leaves_a_single_row_overleaf() -> None:
    for rows in range(40, 60):
        sheet = Sheet(header(), "kk")
        sheet.heading("Кесте")
        sheet.table(["Бағана"], [[f"жол-{number}."] for number in range(rows)])
        counts = [page.count("жол-") for page in pages_of(sheet.to_bytes())]
        assert sum(counts) == rows
        assert min(counts) >= 2


def test_no_page_begins_with_a_gap() -> None:
    assert {top_of_last_page(lines, "Абзац") for lines in range(24, 30)} == {top_of_last_page(0, "Абзац")}
    gap = 2 * style.MM
    assert top_of_last_page(30, "Бөлім", heading=True) - top_of_last_page(0, "Абзац") > -gap


def top_of_last_page(lines: int, word: str, *, heading: bool = False) -> float:
    """How high the first such word of the last page stands."""
    sheet = Sheet(header(), "kk")
    if lines:
        sheet.lines(lines)
    if heading:
        sheet.heading("Бөлім")
    for _number in range(12):
        sheet.paragraph("Абзац", style.BODY)
    document = pypdfium2.PdfDocument(sheet.to_bytes())
    text = document[len(document) - 1].get_textpage()
    found = text.search(word).get_next()
    assert found is not None
    top = float(text.get_charbox(found[0])[3])
    document.close()
    return round(top, 1)


def test_what_needs_room_to_begin_goes_overleaf_whole_where_there_is_less() -> None:
    rows = [["a"]] * 40
    roomy = Kept([table_block(rows, [100])], least=200)
    plain = Kept([table_block(rows, [100])])
    roomy.canv = plain.canv = Canvas(io.BytesIO())
    assert roomy.split(100, 150) == []
    assert len(plain.split(100, 150)) == 2
    assert len(roomy.split(100, 250)) == 2
