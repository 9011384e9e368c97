"""No letter may get lost on its way to paper."""

import io
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kzcase import paths
from kzcase.domain.errors import CannotPrint, RuleBroken
from kzcase.i18n import render
from kzcase.paper import fonts, style
from kzcase.paper.charts import lettering
from kzcase.paper.sheet import Sheet
from tests.paper.reading import POPPLER, poppler_text_of, squeezed, text_of
from tests.paper.rows import KAZAKH, header

LETTERS = {
    "Kazakh": KAZAKH,
    "Russian": "ЁЙЩЪЫЭЯёйщъыэя",
    "Uzbek": "ЎҚҒҲўқғҳ oʻgʻʼ",
    "Kyrgyz": "ҢӨҮңөү",
    "Tajik": "ҒӢҚӮҲҶғӣқӯҳҷ",
    "Uyghur in Cyrillic letters": "ҖҗҚқҒғҢңҺһӘәӨөҮү",
    "Karakalpak": "ÁáǴǵŃńÓóÚúÍıʻ",
    "Turkmen, Turkish, Azerbaijani": "ÄäÇçŇňÖöŞşÜüÝýŽžĞğIıİiƏə",
    "new Latin Kazakh and Uzbek": "ÄäĞğǦǧÑñÖöÕõŪūŞşŌō",
    "pinyin and Vietnamese": "ǎǐǒǔǚươạếệĐđ",
    "signs": "’ʻʼ‘№«»„“”–—…₸•→☐☑✓§°",
}


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("look", [style.BODY, style.STRONG, style.HINT])
def test_letters_come_back_letter_for_letter(name: str, look: style.Look) -> None:
    sheet = Sheet(header(), "kk")
    sheet.paragraph(LETTERS[name], look)
    paper = sheet.to_bytes()
    assert squeezed(LETTERS[name]) in squeezed(text_of(paper))
    if POPPLER:
        assert squeezed(LETTERS[name]) in squeezed(poppler_text_of(paper))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=KAZAKH + "абвгдежзйклмнопрстуф<>&\"'/\\ {}%", min_size=1, max_size=80))
def test_any_typed_text_comes_back_and_is_never_markup(typed: str) -> None:
    sheet = Sheet(header(), "kk")
    sheet.paragraph("[" + typed + "]")
    assert squeezed("[" + typed + "]") in squeezed(text_of(sheet.to_bytes()))


def test_a_lost_letter_is_named_by_its_code_and_never_quoted() -> None:
    with pytest.raises(CannotPrint) as refused:
        fonts.check_text("Әсем 中文 Қыдыр", "Name of the client")
    said = render(refused.value.sentence(), "en")
    assert "U+4E2D, U+6587" in said
    assert "Name of the client" in said
    assert "Әсем" not in said + repr(refused.value)
    assert isinstance(refused.value, RuleBroken)


@pytest.mark.parametrize("sign", ["中", "\x00", "\x07", "🙂", "\ufffe", "ا"])
def test_signs_the_font_lacks_are_refused(sign: str) -> None:
    with pytest.raises(CannotPrint):
        Sheet(header(), "kk").paragraph("а" + sign)


def test_accents_typed_apart_are_joined_before_the_check() -> None:
    sheet = Sheet(header(), "ru")
    sheet.paragraph("и\u0306од е\u0308ж")
    assert "йод ёж" in text_of(sheet.to_bytes())


@pytest.mark.parametrize("typed", ["за\u0301мок", "g\u0303", "ө\u0304", "e\u0323", "т\u0331"])
def test_accents_that_no_letter_holds_stand_over_or_under_it(typed: str) -> None:
    sheet = Sheet(header(), "ru")
    sheet.paragraph(typed)
    assert typed[0] in text_of(sheet.to_bytes())


def test_all_four_faces_hold_the_same_letters() -> None:
    fonts.register()
    faces = (fonts.FAMILY, fonts.BOLD, fonts.ITALIC, fonts.BOLD_ITALIC)
    held = [set(pdfmetrics.getFont(name).face.charToGlyph) for name in faces]
    assert all(each == held[0] for each in held)


def test_registering_from_many_threads_happens_once() -> None:
    threads = [threading.Thread(target=fonts.register) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pdfmetrics.getFont(fonts.FAMILY) is pdfmetrics.getFont(fonts.FAMILY)


def test_a_paper_path_around_the_check_is_caught_by_the_font_itself() -> None:
    fonts.register()
    canvas = Canvas(io.BytesIO(), initialFontName=fonts.FAMILY)
    with pytest.raises(CannotPrint):
        canvas.drawString(100, 100, "а中")


def test_the_only_door_of_drawings_checks_letters_itself() -> None:
    with pytest.raises(CannotPrint):
        lettering(0, 0, "а中", style.BODY)


def test_canary_an_ordinary_font_loses_the_letter_in_silence() -> None:
    pdfmetrics.registerFont(TTFont("Careless", str(paths.resources("fonts", "Inter-Regular.ttf"))))
    stream = io.BytesIO()
    canvas = Canvas(stream, initialFontName="Careless")
    canvas.setFont("Careless", 12)
    canvas.drawString(100, 700, "а中б")
    canvas.save()
    assert "中" not in text_of(stream.getvalue())


def test_only_the_sheet_makes_paragraphs_and_only_pages_write_on_the_canvas() -> None:
    assert unchecked_writers(paths.shipped() / "kzcase" / "paper") == set()


def test_canary_a_module_that_writes_by_itself_is_found(tmp_path: Path) -> None:
    (tmp_path / "careless.py").write_text("canvas.drawString(1, 1, name)\n")
    assert unchecked_writers(tmp_path) == {"careless.py"}


def unchecked_writers(folder: Path) -> set[str]:
    """Modules that put text on paper without being one of the doors."""
    doors = {"sheet.py", "pages.py", "charts.py", "ticks.py"}  # ticks are given checked labels by the sheet
    writing = re.compile(r"\b(Paragraph|Preformatted|XPreformatted|String|drawString|draw\w*String|beginText)\(")
    return {file.name for file in folder.glob("*.py") if file.name not in doors and writing.search(file.read_text())}
