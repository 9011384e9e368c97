"""Every paper of the list prints in every language, from rows, without what may not be there."""

import subprocess
import sys
from datetime import date

import pytest

from kzcase.actions.papers import WantedPaper, blank_paper
from kzcase.domain.charts import Bar, BarChart
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import BadInput, CannotPrint, NotFound
from kzcase.domain.papers import SlipCode, class_choices
from kzcase.i18n import LANGUAGES, Language
from kzcase.paper.charts import chart_drawing
from kzcase.paper.library import PAPERS, paper
from kzcase.paper.sheet import Sheet
from tests.paper import rows
from tests.paper.reading import fonts_of, pages_of, text_of

EXAMPLES = {
    "consent": rows.consent(),
    "call_sheet": rows.call(),
    "partner_card": rows.partner_card(),
    "referral_letter": rows.letter(),
    "case_sheet": rows.case(),
    "road": rows.road(),
    "consent_notice": rows.end_notice(),
    "stay": rows.stay(),
    "conference_minutes": rows.minutes(),
    "transfer_receipt": rows.receipt_for_case(),
    "weighing": rows.weighing(),
    "recovery_share": rows.share(),
}


def test_every_paper_has_an_example_here() -> None:
    assert set(EXAMPLES) == set(PAPERS)
    assert len({each.code for each in PAPERS.values()}) == len(PAPERS)
    assert all(type(EXAMPLES[name]) is PAPERS[name].row for name in PAPERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_prints_on_one_page_with_our_fonts_only(name: str, language: Language) -> None:
    made = paper(name).print_row(EXAMPLES[name], language)
    assert len(pages_of(made)) == 1
    assert all(b"+NotoSans" in font for font in fonts_of(made))


def test_a_paper_is_found_by_name_or_code_and_an_unknown_one_is_not() -> None:
    assert paper("P12") is paper("referral_letter")
    with pytest.raises(NotFound):
        paper("intake_of_secrets")


def test_looking_at_the_list_does_not_load_the_printer() -> None:
    asked = "import sys, kzcase.paper.library; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.parametrize("name", ["call_sheet", "case_sheet"])
def test_sheets_leave_out_what_is_not_allowed(name: str) -> None:
    plain = {"call_sheet": rows.call, "case_sheet": rows.case}[name]
    withheld = FieldClass.CONTACT if name == "call_sheet" else FieldClass.HEALTH
    secrets = ("+7 701 000 00 00",) if name == "call_sheet" else ("value-health", "secret-health", "Денсаулық")
    assert all(secret in text_of(paper(name).print_row(plain(), "kk")) for secret in secrets)
    strict = plain(allowed=rows.EVERYTHING - {withheld})
    said = text_of(paper(name).print_row(strict, "kk"))
    assert not any(secret in said for secret in secrets)


def test_an_empty_consent_leaves_room_for_handwriting() -> None:
    empty = rows.consent(client="", recipient="", purpose="", valid_until=None, language="", explained_by="")
    said = text_of(paper("consent").print_row(empty, "en"))
    assert "Thumbprint" in said
    assert "Қыдыр" not in said


def test_a_consent_lists_every_class_and_ticks_the_agreed_ones() -> None:
    ticked = class_choices({FieldClass.CONTACT})
    assert len(ticked) == len(FieldClass)
    assert [choice.chosen for choice in ticked].count(True) == 1
    said = text_of(paper("consent").print_row(rows.consent(classes=ticked), "en"))
    assert "How to reach me" in said


def test_a_name_in_a_script_the_font_lacks_stops_the_paper() -> None:
    with pytest.raises(CannotPrint):
        paper("consent").print_row(rows.consent(client="王"), "kk")


def test_slip_codes_come_back_and_foreign_codes_do_not() -> None:
    code = SlipCode("F-7K3Q2", "0123ABCD", "2026-A7-00012-5", 3)
    assert SlipCode.read(code.text()) == code
    for foreign in ("", "https://example.org", "KZC1:P12", "KZC1:P12:1:Әсем:1", code.text() + ":x"):
        with pytest.raises(BadInput):
            SlipCode.read(foreign)
    with pytest.raises(BadInput):
        SlipCode("P12", "1", "Әсем", 1).text()


CHART = BarChart(
    "Қоңыраулар", ("Әйел", "Ер"), (Bar("Алматы", (10, 5)), Bar("Шымкент", (None, 5)), Bar("Өскемен", (0, 0)))
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_prints_its_labels_numbers_and_legend(language: Language) -> None:
    sheet = Sheet(rows.header(), language)
    sheet.chart(CHART)
    made = sheet.to_bytes()
    said = text_of(made)
    for part in ("Қоңыраулар", "Алматы", "15", "–", "Әйел", "Ер"):
        assert part in said
    assert all(b"+NotoSans" in font for font in fonts_of(made))


def test_bars_are_as_long_as_their_numbers() -> None:
    drawing = chart_drawing(CHART, str, 500)
    lengths = [shape.width for shape in drawing.contents if type(shape).__name__ == "Rect"][:3]
    assert lengths[0] == pytest.approx(2 * lengths[1])
    assert lengths[1] == pytest.approx(lengths[2])


@pytest.mark.parametrize("bars", [(), (Bar("a", (1,)),), (Bar("a", (-1, 1)),), (Bar("a", (float("nan"), 1)),)])
def test_a_chart_that_cannot_be_drawn_is_refused(bars: tuple[Bar, ...]) -> None:
    with pytest.raises(BadInput):
        BarChart("x", ("a", "b"), bars)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["consent", "call_sheet", "referral_letter", "case_sheet"])
def test_a_blank_paper_is_one_page_with_room_to_write(name: str, language: Language) -> None:
    made = blank_paper(WantedPaper(name, language), date(2026, 11, 22)).content
    assert len(pages_of(made)) == 1
    assert "__" not in text_of(made)
