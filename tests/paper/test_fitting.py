"""Words stay whole where they can: columns make room for them, and only a word that fits nowhere is broken."""

import csv
import tomllib
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.utils import simpleSplit

from kzcase import paths
from kzcase.domain.charts import Bar, BarChart
from kzcase.forms.definition import Form, Paper, QuestionKind
from kzcase.i18n import LANGUAGES, Language
from kzcase.paper import fitting, fonts, marks, style
from kzcase.paper.forms import form_sheet
from kzcase.paper.sheet import Sheet
from kzcase.paper.syllables import SOFT_HYPHEN
from tests.paper.forms import YES_NO, ask, three
from tests.paper.reading import LINE_HYPHEN, pages_of, text_of
from tests.paper.rows import header

widths = st.lists(st.floats(1, 200), min_size=1, max_size=9)


@given(widths, st.lists(st.floats(1, 200), min_size=9, max_size=9), st.floats(50, 600))
def test_columns_fill_the_width_and_none_is_narrower_than_it_needs(
    needed: list[float], more: list[float], width: float
) -> None:
    wanted = [need + extra for need, extra in zip(needed, more, strict=False)]
    made = fitting.column_widths(needed, wanted, [1.0] * len(needed), width)
    if sum(needed) <= width:
        assert sum(made) == pytest.approx(width)
        assert all(got >= need - 1e-6 for got, need in zip(made, needed, strict=True))
    else:
        assert sum(made) == pytest.approx(width)
        assert all(got <= need + 1e-6 for got, need in zip(made, needed, strict=True))


def test_only_the_widest_give_way_where_there_is_no_room() -> None:
    assert fitting.column_widths([10, 20, 90], [10, 20, 90], [1, 1, 1], 60) == [10, 20, 30]


def test_a_word_is_broken_only_where_it_is_wider_than_its_column() -> None:
    fonts.register()
    words = "Арнаулы әлеуметтік көрсетілетін қызметтер"
    assert fitting.with_breaks(words, style.COLUMN, fitting.widest_word(words, style.COLUMN) + 1) == words
    narrow = fitting.with_breaks(words, style.COLUMN, fitting.text_width("әлеуметтік", style.COLUMN) + 1)
    assert "әлеуметтік" in narrow
    assert SOFT_HYPHEN in narrow


def columns_of(language: Language) -> dict[str, list[str]]:
    """What stands across the tables of the shipped summaries, by variable: at most eight categories and their sum."""
    found: dict[str, list[str]] = {}
    for variable in tomllib.loads(paths.resources("indicators", "standard.toml").read_text("utf-8"))["variables"]:
        own = {each["code"]: each[language] for each in variable.get("own", ())}
        with paths.resources("codes", f"{variable['list']}.csv").open(encoding="utf-8", newline="") as stream:
            named = {row["code"]: row[language] for row in csv.DictReader(stream)} | own
        heads = [named.get(code) or named[f"summary:{code}"] for code in variable["categories"]]
        if len(heads) <= 8:
            found[variable["name"]] = [*heads, "барлығы"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_broken_in_a_summary_table(language: Language) -> None:
    across = columns_of(language)
    assert len(across) > 3
    for heads in across.values():
        sheet = Sheet(header(), language)
        sheet.table(["×", *heads], [["×", *(["115"] * len(heads))]], shares=[1.8, *([1.0] * len(heads))])
        made = sheet.to_bytes()
        assert LINE_HYPHEN not in "".join(pages_of(made)), heads
        assert all(word in text_of(made) for head in heads for word in head.split()), heads


def test_canary_columns_of_equal_width_do_break_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "column_widths", lambda needed, *_rest: [style.WIDTH / 12] * len(needed))
    with pytest.raises(AssertionError):
        test_no_word_is_broken_in_a_summary_table("ru")


def test_heads_that_fit_in_smaller_letters_only_are_written_in_them() -> None:
    heads = ["попрошайничеству"] * 5 + ["иное", "всего"]
    sheet = Sheet(header(), "ru")
    sheet.table(heads, [["5"] * 7])
    assert LINE_HYPHEN not in "".join(pages_of(sheet.to_bytes()))
    assert text_of(sheet.to_bytes()).count("попрошайничеству") == 5


def test_numbers_stand_to_the_right_and_days_do_not() -> None:
    sheet = Sheet(header(), "kk")
    sheet.table(["Саны", "Күні"], [["5", "22.11.2026"], ["1 115", "23.11.2026"]])
    (five, _), (many, _) = edges(sheet.to_bytes(), "5"), edges(sheet.to_bytes(), "1 115")
    assert five > many
    (one, _), (other, _) = edges(sheet.to_bytes(), "22.11.2026"), edges(sheet.to_bytes(), "23.11.2026")
    assert one == pytest.approx(other, abs=1)


def edges(paper: bytes, words: str) -> tuple[float, float]:
    """Where a text begins and ends across the page, in points."""
    document = pypdfium2.PdfDocument(paper)
    text = document[0].get_textpage()
    found = text.search(words, match_whole_word=True).get_next()
    assert found is not None, words
    start, count = found
    left, right = text.get_charbox(start)[0], text.get_charbox(start + count - 1)[2]
    document.close()
    return float(left), float(right)


def letters_of(paper: bytes, wanted: str) -> list[tuple[float, float]]:
    """Where the letters of a set begin and end across the first page, from left to right."""
    document = pypdfium2.PdfDocument(paper)
    text = document[0].get_textpage()
    said = text.get_text_range()
    boxes = [text.get_charbox(at) for at, letter in enumerate(said) if letter in wanted]
    document.close()
    return sorted((float(left), float(right)) for left, _bottom, right, _top in boxes)


@pytest.mark.parametrize("letters", range(38, 52))
def test_questions_beside_each_other_do_not_touch(letters: int) -> None:
    half = Paper(width=0.5)
    labels = {"a": "ж" * (letters - 20) + " " + "ж" * 19, "b": "шшш"}
    questions = tuple(
        ask(name, QuestionKind.SELECT_ONE, three(label), choices=YES_NO, paper=half) for name, label in labels.items()
    )
    made = form_sheet(Form("f", "e" * 64, three("Ф"), ("kk",), questions), "kk", None, header())
    assert letters_of(made, "ш")[0][0] - max(right for _left, right in letters_of(made, "ж")) > 3 * style.MM


@pytest.mark.parametrize("letters", range(8, 34))
def test_tick_boxes_stand_nearer_to_their_own_words_than_to_others(letters: int) -> None:
    sheet = Sheet(header(), "kk")
    sheet.ticks([("ж" * letters + " жжж", True)] * 12, 3)
    places = letters_of(sheet.to_bytes(), "ж")
    apart = [other[0] - one[1] for one, other in pairwise(places) if other[0] - one[1] > 5]
    assert all(room > marks.BOX + 5 + 5 for room in apart)
    assert apart or letters > 15


def test_lists_are_balanced_and_go_on_one_line_where_that_costs_little() -> None:
    fonts.register()
    wish = ("Иә", "Кейінірек шешеді", "Жоқ", "Белгісіз")
    assert fitting.fitting_columns(wish, style.CHOSEN, 4, style.WIDTH / 2, 20) == 2
    assert fitting.fitting_columns(("Иә", "Жоқ"), style.CHOSEN, 4, style.WIDTH, 20) == 4
    assert fitting.fitting_columns(["ж" * 200], style.CHOSEN, 4, style.WIDTH, 20) == 1


def test_the_labels_of_a_chart_are_written_out() -> None:
    long = "без гражданства или с неопределённым гражданством и без документов"
    sheet = Sheet(header(), "ru")
    sheet.chart(BarChart("×", ("×",), (Bar(long, (5,)), Bar("иное", (3,)))))
    said = text_of(sheet.to_bytes())
    assert long in said
    assert "…" not in said


def test_no_label_of_a_tick_box_takes_three_lines_where_fewer_columns_help() -> None:
    fonts.register()
    labels = ["Берілмейді", "Жоғары тұрған органға", "Сотқа"]
    for width in range(150, 300, 10):
        columns = fitting.fitting_columns(labels, style.CHOSEN, 3, width, 17)
        lines = [len(simpleSplit(each, style.CHOSEN.font, style.CHOSEN.size, width / columns - 17)) for each in labels]
        assert (width, columns == 1 or max(lines) <= 2) == (width, True)
