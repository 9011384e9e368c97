"""Blank sheets give room for handwriting, and papers in two languages say everything in both."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest

from kzcase.forms.about import Signer
from kzcase.forms.definition import Choice, ChoiceSource, Form, Paper, Question, QuestionKind
from kzcase.i18n import render
from kzcase.paper import form_ends, style
from kzcase.paper.forms import form_sheet
from kzcase.paper.marks import Comb, EmptyBox
from kzcase.paper.questions import Asked, question_answer
from kzcase.paper.sheet import Sheet
from tests.paper.forms import COUNTRIES, NEEDS, YES_NO, ask, every_kind, three
from tests.paper.reading import pages_of, text_of
from tests.paper.rows import header

K = QuestionKind
EIGHT_MM = 8 * style.MM


def room(question: Question, width: float = style.WIDTH) -> Any:
    sheet = Sheet(header(), "kk")
    asked = Asked(question, "", "", True, lambda texts: texts.get("kk", ""))
    return question_answer(sheet, asked, width)


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        (ask("iin", K.TEXT, three("ЖСН")), (6, 6)),
        (ask("client_iin", K.TEXT, three("ЖСН")), (6, 6)),
        (ask("phone", K.TEXT, three("Телефон")), (15,)),
        (ask("born", K.DATE, three("Туған күні")), (2, 2, 4)),
        (ask("at", K.TIME, three("Сағаты")), (2, 2)),
    ],
)
def test_numbers_people_get_wrong_have_a_box_for_each_sign(question: Question, groups: tuple[int, ...]) -> None:
    for width in (style.WIDTH, style.WIDTH / 2, style.WIDTH / 3, style.WIDTH / 4):
        comb = room(question, width)
        assert isinstance(comb, Comb)
        assert comb.groups == groups
        assert comb.width <= width + 0.01
        assert comb.height >= EIGHT_MM - 0.01


@pytest.mark.parametrize("lines", [1, 3, 10])
def test_every_line_to_write_on_is_eight_millimetres_high(lines: int) -> None:
    box = room(ask("story", K.TEXT, three("Не болды"), paper=Paper(lines=lines)))
    assert isinstance(box, EmptyBox)
    assert box.height == pytest.approx(lines * EIGHT_MM)


def test_an_iin_that_may_have_several_lines_is_no_comb() -> None:
    assert isinstance(room(ask("iin", K.TEXT, three("ЖСН"), paper=Paper(lines=2))), EmptyBox)


def form_of(*questions: Question, **more: Any) -> Form:
    return Form("f", "d" * 64, three("Үлгі", "Образец", "Sample"), ("kk", "ru", "en"), questions, **more)


def test_a_long_list_is_a_line_to_write_on_and_a_short_one_is_ticked() -> None:
    long = text_of(form_sheet(form_of(ask("c", K.SELECT_ONE, three("Ел"), choices=COUNTRIES)), "en", None, header()))
    assert "Ел 7" not in long
    assert "Write the answer in words." in long
    many = ask("c", K.SELECT_MULTIPLE, three("Ел"), choices=COUNTRIES)
    assert "with commas between" in text_of(form_sheet(form_of(many), "en", None, header()))
    short = ChoiceSource("short", COUNTRIES.choices[:28])
    ticked = text_of(form_sheet(form_of(ask("c", K.SELECT_ONE, three("Ел"), choices=short)), "en", None, header()))
    assert all(f"Ел {number}" in ticked for number in range(28))


def test_columns_of_a_blank_table_say_what_may_be_written_into_them() -> None:
    inside = (ask("legs/day", K.DATE, three("Күні")), ask("legs/ok", K.SELECT_ONE, three("Бола ма"), choices=YES_NO))
    form = form_of(ask("legs", K.REPEAT, three("Жол"), children=inside))
    blank = text_of(form_sheet(form, "kk", None, header()))
    assert "(Иә · Жоқ)" in blank
    filled = text_of(form_sheet(form, "kk", {"legs[1]/day": "2026-03-05", "legs[1]/ok": "no"}, header()))
    assert "(Иә · Жоқ)" not in filled
    assert "05.03.2026" in filled


BOTH = Choice("both", {"kk": "Екеуі де", "ru": "И то и другое", "en": "Both"})


def test_two_languages_stand_beside_each_other_and_nothing_is_said_twice() -> None:
    yes = ChoiceSource("own", (*YES_NO.choices, BOTH, Choice("same", three("Instagram"))))
    wide = ask("wide", K.SELECT_ONE, three("Қалай", "Как", "How"), choices=yes, hint=three("ишара", "подсказка"))
    narrow = ask("narrow", K.TEXT, three("Тегі", "Фамилия", "Family name"), paper=Paper(width=0.5))
    told = ask("told", K.NOTE, three("Тыңдаңыз", "Послушайте", "Listen"))
    group = ask("g", K.GROUP, three("Бөлім", "Раздел", "Part"), children=(replace(narrow, path="g/narrow"),))
    form = form_of(wide, told, group, signatures=(Signer.CLIENT,))
    said = text_of(form_sheet(form, "kk", None, header(), second="ru"))
    for words in ("Үлгі", "Образец", "Қалай", "Как", "ишара", "подсказка", "Тыңдаңыз", "Послушайте", "Бөлім", "Раздел"):
        assert said.count(words) == 1, words
    for words in ("Екеуі де / И то и другое", "Иә / Да", "Фамилия", "Тегі"):
        assert words in said
    assert "Instagram / " not in said
    assert "How" not in said
    filled = text_of(form_sheet(form, "kk", {"wide": "both", "g/narrow": "Әсем"}, header(), second="ru"))
    assert "Екеуі де / И то и другое" in filled
    assert filled.count("Әсем") == 1


def test_canary_a_paper_that_forgets_the_second_language_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from kzcase.paper.form_texts import FormTexts

    monkeypatch.setattr(FormTexts, "second", lambda *_given: "")
    with pytest.raises(AssertionError):
        test_two_languages_stand_beside_each_other_and_nothing_is_said_twice()


def test_those_who_sign_stand_at_the_end_with_something_above_them() -> None:
    form = replace(every_kind(), signatures=tuple(Signer), standards="HTCDS 2.0; Inter-Agency Guidelines")
    for lines in range(1, 30, 4):
        story = ask("story", K.TEXT, three("Соңғы сұрақ"), paper=Paper(lines=lines))
        last = pages_of(form_sheet(replace(form, questions=(story, *form.questions[-1:])), "kk", None, header()))[-1]
        names = [render(words, "kk") for words in form_ends.SIGNER_WORDS.values()]
        assert all(name in last for name in names)
        before = last.partition(names[0])[0]
        assert before.strip()
    assert "HTCDS 2.0; Inter-Agency Guidelines" in " ".join(last.split())


def test_the_order_of_signing_is_that_of_the_form() -> None:
    said = text_of(
        form_sheet(
            form_of(ask("a", K.TEXT, three("А")), signatures=(Signer.WORKER, Signer.CLIENT)), "ru", None, header()
        )
    )
    assert said.index(render(form_ends.SIGNER_WORDS[Signer.WORKER], "ru")) < said.index(
        render(form_ends.SIGNER_WORDS[Signer.CLIENT], "ru")
    )


def test_ranked_choices_stand_in_both_languages() -> None:
    question = ask("r", K.RANK, three("Реті", "Порядок"), choices=NEEDS)
    said = text_of(form_sheet(form_of(question), "kk", {"r": "food shelter"}, header(), second="ru"))
    assert "1. Тамақ / Питание" in said


def test_boxes_stand_row_under_row_and_above_what_follows() -> None:
    many = ChoiceSource("many", tuple(Choice(f"c{at}", three(f"жауап{at}.")) for at in range(12)))
    form = form_of(ask("c", K.SELECT_MULTIPLE, three("Сұрақ"), choices=many), ask("n", K.NOTE, three("соңында")))
    with pypdfium2.PdfDocument(form_sheet(form, "kk", None, header())) as document:
        text = document[0].get_textpage()

        def top(word: str) -> float:
            found = text.search(word).get_next()
            assert found is not None
            return round(float(text.get_charbox(found[0])[3]))

        tops = [top(f"жауап{at}.") for at in range(0, 12, 3)]
        steps = {here - below for here, below in pairwise(tops)}
        assert max(steps) - min(steps) <= 1  # rounding
        assert min(steps) - 5 < tops[-1] - top("соңында") < 3 * min(steps)
