"""Every sheet: same rows same bytes, embedded fonts, page numbers, nothing about who made it."""

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from kzcase.domain.errors import TooLarge
from kzcase.i18n import LANGUAGES, Language, verbatim
from kzcase.paper.sheet import MOST_SIGNS, Sheet
from tests.paper.reading import fonts_of, pages_of, text_of
from tests.paper.rows import OFFICE, header


def full_sheet(language: Language = "kk", **changes: object) -> bytes:
    """A sheet with every kind of block."""
    sheet = Sheet(header(**changes), language, qr=True)  # type: ignore[arg-type]
    sheet.title("Тақырып", "Түсініктеме")
    sheet.fields([("Аты", "Әсем"), ("Тегі", "")])
    sheet.fields([("Аты", "Әсем"), ("Тегі", ""), ("Қала", "")], columns=2)
    sheet.ticks([("иә", True), ("жоқ", False), ("белгісіз", False)], 2, single=True)
    sheet.lines(40)
    sheet.box("Ұзақ жауап")
    sheet.box("", lines=3)
    sheet.table(["Күні", "Жазба"], [["22.11.2026", "Қоңырау"]], empty_rows=3)
    sheet.bullets(["Бір", "Екі"])
    sheet.signatures([("Клиент", ""), ("Маман", "Ә. Өмірзақова")])
    return sheet.to_bytes()


def test_same_rows_give_the_same_bytes() -> None:
    assert full_sheet() == full_sheet()


def test_every_font_is_ours_and_embedded() -> None:
    paper = full_sheet()
    used = fonts_of(paper)
    assert used
    assert all(b"+NotoSans" in name for name in used)
    assert paper.count(b"/FontFile2") == len(used)


def test_canary_a_bare_document_does_carry_the_font_we_keep_out() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, initialFontName="Helvetica")
    canvas.drawString(1, 1, "a")
    canvas.save()
    assert b"Helvetica" in fonts_of(stream.getvalue())


def test_properties_hold_a_neutral_title_and_nothing_else() -> None:
    document = pypdfium2.PdfDocument(full_sheet())
    told = {name: value for name, value in document.get_metadata_dict().items() if value}
    document.close()
    assert told == {"Title": "P12"}
    assert b"ReportLab" not in full_sheet()


@pytest.mark.parametrize(("language", "locale"), [("kk", b"kk-KZ"), ("ru", b"ru-KZ"), ("en", b"en-GB")])
def test_the_language_of_the_paper_is_declared(language: Language, locale: bytes) -> None:
    assert b"/Lang (" + locale in full_sheet(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_numbered_and_coded(language: Language) -> None:
    pages = pages_of(full_sheet(language))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "P12" in page
        assert "22.11.2026" in page
        assert "2026-A7-00012-5" in page
        last_line = page.strip().splitlines()[-1]
        assert str(number) in last_line
        assert str(len(pages)) in last_line


def test_a_demonstration_says_so_on_every_page() -> None:
    plain, flagged = pages_of(full_sheet("en")), pages_of(full_sheet("en", demonstration=True))
    assert all("DEMONSTRATION" in page for page in flagged)
    assert not any("DEMONSTRATION" in page for page in plain)


def test_a_discreet_sheet_does_not_name_the_organisation() -> None:
    assert OFFICE.name in text_of(full_sheet())
    discreet = text_of(full_sheet(discreet=True))
    assert OFFICE.name not in discreet
    assert OFFICE.phone not in discreet


def test_a_long_text_runs_over_pages_and_loses_nothing() -> None:
    sheet = Sheet(header(), "kk")
    words = [f"сөз{number}" for number in range(6000)]
    sheet.box(" ".join(words[:3000]))
    sheet.paragraph("\n".join(words[3000:]))
    assert [word for word in text_of(sheet.to_bytes()).split() if word.startswith("сөз")] == words


def test_a_long_word_is_broken_rather_than_cut_off() -> None:
    sheet = Sheet(header(), "kk")
    sheet.fields([("Аты", "ә" * 400)])
    assert text_of(sheet.to_bytes()).count("ә") >= 400


def test_a_table_repeats_its_head_on_every_page() -> None:
    sheet = Sheet(header(), "kk")
    sheet.table(["Бағана"], [[f"жол {number}"] for number in range(120)])
    pages = pages_of(sheet.to_bytes())
    assert len(pages) > 2
    assert all("Бағана" in page for page in pages)


def test_a_cell_taller_than_a_page_is_still_printed() -> None:
    sheet = Sheet(header(), "kk")
    sheet.table(["Жазба"], [["мәтін " * 3000]])
    sheet.fields([("Жазба", "сөйлем " * 3000)])
    said = text_of(sheet.to_bytes())
    assert said.count("мәтін") == 3000
    assert said.count("сөйлем") == 3000


def test_too_large_a_text_is_refused_in_words() -> None:
    with pytest.raises(TooLarge):
        Sheet(header(), "kk").paragraph(verbatim("ә" * (MOST_SIGNS + 1)))


def test_an_empty_sheet_is_one_page() -> None:
    assert len(pages_of(Sheet(header(), "kk").to_bytes())) == 1


def test_a_heading_never_stays_behind_alone_at_the_foot_of_a_page() -> None:
    for lines in range(20, 32):
        sheet = Sheet(header(), "kk")
        sheet.lines(lines)
        sheet.heading("Тақырыпша")
        sheet.bullets(["Бірінші ой"])
        heads = [page for page in pages_of(sheet.to_bytes()) if "Тақырыпша" in page]
        assert len(heads) == 1
        assert "Бірінші ой" in heads[0]
