"""Any form prints, blank and filled, in any language, with nothing on it that may not be there."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotFound
from kzcase.domain.papers import SlipCode, neutral_code
from kzcase.forms.definition import Form, Paper, Question, QuestionKind
from kzcase.forms.xform import parse_xform
from kzcase.forms.xpath import compile_rule
from kzcase.i18n import LANGUAGES, Language
from kzcase.paper import forms, marks, style
from kzcase.paper.forms import form_sheet
from kzcase.paper.questions import Asked, answer_text, question_words, scale_of
from kzcase.paper.sheet import Sheet
from tests.paper.forms import ANSWERS, ask, every_kind, three
from tests.paper.reading import pages_of, text_of
from tests.paper.rows import header


def blank(form: Form, language: Language = "kk") -> str:
    return text_of(form_sheet(form, language, None, header()))


def filled(form: Form, language: Language = "kk", **more: object) -> str:
    return text_of(form_sheet(form, language, ANSWERS, header(), **more))  # type: ignore[arg-type]


def test_the_example_has_every_kind_of_question() -> None:
    assert {question.kind for question in every_kind().walk()} == set(QuestionKind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_stands_on_the_blank_sheet(language: Language) -> None:
    said, form = blank(every_kind(), language), every_kind()
    for question in form.walk():
        label = question.label[language].replace("${/data/person/given}", "……")
        hidden = question.kind in (QuestionKind.CALCULATE, QuestionKind.HIDDEN)
        assert (label in said) is not hidden, question.path


def test_every_answer_stands_on_the_filled_sheet() -> None:
    said = filled(every_kind())
    for answer in (
        "Қыдырова",
        "Сәлем, Әсем!",
        "17.05.1994",
        "32",
        "Ел 7",
        "125 000,5",
        "22.11.2026 14:07",
        "43.2 76.9",
    ):
        assert answer in said
    for answer in ("Ташкент", "Шымкент", "Құрылыс", "1. Тамақ 2. Баспана", "Құжатын жұмыс беруші"):
        assert answer in said


def test_an_answer_is_printed_in_the_language_of_the_paper() -> None:
    assert "Жоқ" in filled(every_kind(), "kk")
    assert "Нет" in filled(every_kind(), "ru")
    assert "125,000.5" in filled(every_kind(), "en")


def test_what_is_not_asked_is_not_on_the_filled_sheet() -> None:
    relevant = {"voice": False, "legs[2]/where": False, "person": False}
    said = filled(every_kind(), relevant=relevant)
    for gone in ("Дыбыс", "Шымкент", "Адам туралы", "Қыдырова", "Әсем"):
        assert gone not in said
    assert "Дыбыс" in blank(every_kind())


RULED = """
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Сауалнама</h:title><model>
<instance><data id="ruled" version="1"><safe/><plan/><days/><hours/><say/></data></instance>
<bind nodeset="/data/safe" type="string"/>
<bind nodeset="/data/plan" type="string" relevant="/data/safe = 'no'"/>
<bind nodeset="/data/days" type="int"/>
<bind nodeset="/data/hours" type="int" calculate="/data/days * 24"/>
<bind nodeset="/data/say" type="string" readonly="true()"/>
</model></h:head><h:body>
<input ref="/data/safe"><label>Қауіпсіз бе</label></input>
<input ref="/data/plan"><label>Қауіпсіздік жоспары</label></input>
<input ref="/data/days"><label>Күн саны</label></input>
<input ref="/data/say"><label>Барлығы <output value="/data/hours"/> сағат</label></input>
</h:body></h:html>"""


def test_the_rules_of_the_form_decide_what_is_on_the_filled_sheet() -> None:
    form = parse_xform(RULED)
    asked = text_of(form_sheet(form, "kk", {"safe": "no", "plan": "Туысына барады", "days": "2"}, header()))
    assert "Қауіпсіздік жоспары" in asked
    assert "Туысына барады" in asked
    assert "Барлығы 48 сағат" in asked
    unasked = text_of(form_sheet(form, "kk", {"safe": "yes", "plan": "Туысына барады"}, header()))
    assert "Қауіпсіздік жоспары" not in unasked
    assert "Туысына барады" not in unasked
    assert "Қауіпсіздік жоспары" in blank(form)
    with pytest.raises(NotFound):
        form_sheet(form, "kk", {"nowhere": "x"}, header())


def test_reasons_for_missing_answers_are_words() -> None:
    said = filled(every_kind(), "en", missing={"call_at": "refused", "voice": "not_asked", "scan": "unknown"})
    for words in ("Refused to answer", "Not asked", "Unknown"):
        assert words in said


def test_what_nobody_acknowledged_still_says_what_it_was() -> None:
    said = filled(every_kind(), "en", missing={"agreed": "refused"})
    assert "Read and understood" in said
    assert "Refused to answer" in said


MARKED = {
    "person/given": "canary-identifying",
    "person/family": "canary-identifying",
    "story": "canary-sensitive",
    "wage": "canary-operational",
}


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(list(FieldClass))).map(frozenset))
def test_withheld_classes_are_not_there_in_boxes_nor_inside_other_texts(allowed: frozenset[FieldClass]) -> None:
    said = text_of(form_sheet(every_kind(), "kk", MARKED, header(), allowed=allowed))
    for each in (FieldClass.IDENTIFYING, FieldClass.SENSITIVE, FieldClass.OPERATIONAL):
        assert (f"canary-{each}" in said) is (each in allowed)


def test_canary_a_form_that_forgets_classes_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms._FormPaper, "_printable", lambda _self, question: not question.is_container)
    said = text_of(form_sheet(every_kind(), "kk", MARKED, header(), allowed=frozenset()))
    assert "canary-sensitive" in said


def test_people_read_the_edition_and_machines_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(marks, "draw_qr", lambda _canvas, text, *_place: drawn.append(text))
    form = replace(every_kind(), declared_version="2026.1")
    pages = pages_of(form_sheet(form, "kk", None, header()))
    code = neutral_code(form.id)
    assert len(pages) > 1
    assert all(f"{code} · нұсқасы 2026.1 (012345)" in page for page in pages)
    assert not any("0123456789" in page for page in pages)
    expected = [SlipCode(code, "0123456789", "2026-A7-00012-5", page + 1) for page in range(len(pages))]
    assert [SlipCode.read(text) for text in drawn[-len(pages) :]] == expected  # laid out twice to save a page


@pytest.mark.parametrize("declared", ["", "第一版", "x" * 500])
def test_an_edition_nobody_can_read_leaves_the_fingerprint(declared: str) -> None:
    said = text_of(form_sheet(replace(every_kind(), declared_version=declared), "en", None, header()))
    assert "012345" in said
    assert "x" * 30 not in said


def test_a_neutral_code_does_not_tell_the_form() -> None:
    ids = [f"trafficking_screening_{number}" for number in range(500)]
    codes = {neutral_code(each) for each in ids}
    assert len(codes) == len(ids)
    assert not any("TRAF" in code.upper() for code in codes)


def test_a_code_that_left_the_list_is_printed_rather_than_lost() -> None:
    form = every_kind()
    assert "old_code" in text_of(form_sheet(form, "kk", {"needs": "food old_code"}, header()))


def test_a_form_in_another_language_is_printed_in_its_own() -> None:
    question = Question("name", "name", QuestionKind.TEXT, label={"uz": "Исмингиз нима, ўртоқ?"})
    form = Form("uzbek", "a" * 64, {"uz": "Сўровнома"}, ("uz",), (question,), default_language="uz")
    assert "Исмингиз нима, ўртоқ?" in blank(form)


def test_answers_inside_repeats_speak_of_their_own_round() -> None:
    inside = (
        ask("legs/where", QuestionKind.TEXT, three("Қайда")),
        ask("legs/say", QuestionKind.NOTE, three("Сіз ${/data/legs/where} қаласында болдыңыз")),
    )
    form = Form("f", "b" * 64, three("Ф"), ("kk",), (ask("legs", QuestionKind.REPEAT, three("Жол"), children=inside),))
    answers = {"legs[1]/where": "Тараз", "legs[2]/where": "Арал"}
    said = text_of(form_sheet(form, "kk", answers, header()))
    assert "Сіз Тараз қаласында" in said
    assert "Сіз Арал қаласында" in said


def test_rounds_in_which_nobody_said_anything_are_not_on_a_filled_paper() -> None:
    total = replace(ask("legs/number", QuestionKind.TEXT, three("Рет саны")), calculation=compile_rule("1"))
    inside = (
        ask("legs/where", QuestionKind.TEXT, three("Қайда")),
        ask("legs/why", QuestionKind.TEXT, three("Неге"), default="жұмыс"),
        ask("legs/doctor", QuestionKind.TEXT, three("Дәрігер"), field_class=FieldClass.HEALTH),
        total,
    )
    form = Form("f", "b" * 64, three("Ф"), ("kk",), (ask("legs", QuestionKind.REPEAT, three("Жол"), children=inside),))
    given = {"legs[1]/where": "Тараз", "legs[3]/where": "Арал", "legs[5]/doctor": "ЖАСЫРЫН"}
    given |= {f"legs[{number}]/number": f"№{number}" for number in range(1, 7)}
    given |= {f"legs[{number}]/why": "жұмыс" for number in range(1, 6)} | {"legs[6]/why": "оқу"}
    seen = frozenset(FieldClass) - {FieldClass.HEALTH}
    refused = {"legs[2]/where": "refused"}
    said = text_of(form_sheet(form, "kk", given, header(), relevant={}, missing=refused, allowed=seen))
    assert [number for number in range(1, 7) if f"№{number}" in said] == [1, 2, 3, 6]
    nothing = text_of(form_sheet(form, "en", {"legs[1]/number": "№1"}, header(), relevant={}))
    assert ("Nothing so far." in nothing, "№1" in nothing) == (True, False)


@pytest.mark.parametrize("width", [0.5, 1.0])
def test_in_two_languages_a_hint_is_said_in_both(width: float) -> None:
    asked = ask("who", QuestionKind.TEXT, three("Кім", "Кто"), hint=three("аты", "имя"), paper=Paper(width=width))
    form = Form("f", "b" * 64, three("Ф"), ("kk", "ru"), (asked,))
    said = text_of(form_sheet(form, "kk", None, header(), second="ru")).split()
    assert [word for word in ("Кім", "Кто", "аты", "имя") if word not in said] == []


def test_a_picture_is_named_as_its_attachment_is() -> None:
    assert "Attached separately: one.jpg" in filled(every_kind(), "en")
    assert "Attached separately: " not in blank(every_kind(), "en")


def test_a_hundred_rounds_and_a_long_answer_stay_readable() -> None:
    answers = {f"legs[{number}]/where": f"қала{number}" for number in range(1, 101)} | {"story": "сөз " * 5000}
    said = text_of(form_sheet(every_kind(), "kk", answers, header()))
    assert all(f"қала{number}" in said for number in range(1, 101))
    assert said.split().count("сөз") == 5000


@pytest.mark.parametrize(
    ("parameters", "steps"),
    [
        ({"start": "0", "end": "3", "step": "1"}, ["0", "1", "2", "3"]),
        ({"start": "0", "end": "1", "step": "0.5"}, []),
        ({"start": "5", "end": "1", "step": "1"}, []),
        ({"start": "0", "end": "9", "step": "0"}, []),
    ],
)
def test_the_steps_of_a_range(parameters: dict[str, str], steps: list[str]) -> None:
    assert scale_of(ask("r", QuestionKind.RANGE, three("р"), parameters=parameters)) == steps


def test_an_approximate_date_is_printed_as_it_was_said() -> None:
    question = ask("d", QuestionKind.DATE, three("к"))
    assert answer_text(question, "1985", "kk") == "1985"
    assert answer_text(question, "1985-04-03", "kk") == "03.04.1985"


@pytest.mark.parametrize("client", [True, False])
def test_what_a_client_reads_is_black_and_large(client: bool) -> None:
    note = ask("n", QuestionKind.NOTE, three("Сіз шешесіз"), read_aloud=True)
    asked = Asked(note, "", "", True, lambda texts: texts.get("kk", ""), for_client=client)
    told = question_words(Sheet(header(), "kk"), asked, style.WIDTH)[-1].style
    assert (told.fontSize >= 11, told.textColor == HexColor(style.INK)) == (client, client)


def test_a_time_is_printed_as_a_clock_shows_it() -> None:
    asked = Question("hour", "hour", QuestionKind.TIME)
    said = {answer: answer_text(asked, answer, "kk") for answer in ("10:30:00.000+05:00", "10:30", "after noon")}
    assert said == {"10:30:00.000+05:00": "10:30", "10:30": "10:30", "after noon": "after noon"}
