"""A discreet paper gives nothing away: no topic in titles, headings, questions, choices or answers, nor in the file."""

import re
from collections.abc import Iterator
from functools import partial

import pytest

from kzcase.domain.papers import SheetHeader
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.i18n import LANGUAGES
from kzcase.paper.discreet import discreet_text, plain_title
from kzcase.paper.form_texts import FormTexts
from kzcase.paper.forms import EVERY_CLASS, form_sheet
from kzcase.paper.further_words import frame_language
from kzcase.paper.pages import furniture_of
from kzcase.paper.questions import choices_of
from tests.paper.reading import squeezed, text_of
from tests.paper.rows import header
from tests.paper.test_shipped_forms import render_in

TELLING = {
    "en": "trafficking exploitation violence victim threats weapon danger police prosecutor court crime lawyer asylum "
    "refugee stateless expelled deported migration border consulate shelter crisis safety protection helpline",
    "ru": "эксплуатации насилие насилия жертва пострадавший потерпевший угрозы угрожает оружие опасность "
    "полиция полиции прокурор суд преступление адвокат юрист убежище беженец гражданства выдворение миграционная "
    "консульство приют кризисный безопасности безопасное защита доверия штраф",
    "kk": "саудасы қанау қанаушы зорлық зорлық-зомбылық құрбаны жәбірленуші қорқытты қару қауіп қауіпсіздік полиция "
    "прокурор сот қылмыс адвокат заңгер баспана босқын азаматтығы көші-қон консулдық дағдарыс қорғау шағым айыппұл",
    "uz": "zoʻravonlik jabrlanuvchi tahdid xavf politsiya prokuror sud jinoyat advokat boshpana qochoq fuqaroligi",
    "uz-Cyrl": "зўравонлик жабрланувчи таҳдид хавф полиция прокурор суд жиноят адвокат бошпана қочоқ фуқаролиги",
    "ky": "зордук жабырлануучу коркутуу коркунуч полиция прокурор сот кылмыш адвокат башпаана качкын жарандыгы",
    "tg": "зӯроварӣ ҷабрдида таҳдид хатар полис прокурор суд ҷиноят адвокат паноҳгоҳ гуреза шаҳрвандӣ консулгарӣ",
}
"""Words as they stand in texts, gathered anew: the stems that the product looks for are not taken from there."""
NUMBERS = re.compile(r"\b(112|102|103|111|116 16)\b")
CLIENT_PAPERS = tuple(form for form in shipped_forms() if shipped_form(form).client_paper)
SECRET = {
    "en": "They threaten with violence",
    "ru": "Угрожает насилием, знает приют",
    "kk": "Зорлық-зомбылықпен қорқытады",
}


def discreet_header(**more: object) -> SheetHeader:
    return header(discreet=True, printing="533W4X968YQK", **more)


def words_in(text: str, language: str) -> list[str]:
    words = "|".join(re.escape(word) for word in TELLING[language].split())
    return [found[0].lower() for found in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)]


def told(text: str, language: str) -> list[str]:
    """The telling words of a text; lines of emergency numbers stand in any telephone book."""
    return [word for line in text.split("\n") if not NUMBERS.search(line) for word in words_in(line, language)]


def told_on(form: Form, paper: bytes, language: str) -> list[str]:
    """The telling words of a whole paper, but for those its lines of numbers say."""
    lines = (line for text in said_on(form, language) for line in text.split("\n") if NUMBERS.search(line))
    beside_numbers = {word for line in lines for word in words_in(line, language)}
    return [word for word in words_in(text_of(paper), language) if word not in beside_numbers]


def written(form: Form, language: str) -> dict[str, str]:
    """Answers to every question that takes words or a choice, telling ones among them."""
    answers = {}
    for question in form.asked():
        path = "/".join(f"{s}[1]" if form.by_path["/".join(question.steps[: n + 1])].kind is QuestionKind.REPEAT else s
                        for n, s in enumerate(question.steps))  # fmt: skip
        if question.kind is QuestionKind.TEXT:
            answers[path] = SECRET.get(language, "Абв")
        elif question.kind is QuestionKind.SELECT_MULTIPLE and question.choices:
            answers[path] = " ".join(choice.name for choice in question.choices.choices[:12])
    return answers


def said_on(form: Form, language: str) -> Iterator[str]:
    """Every text of a form as its discreet paper would say it."""
    texts = FormTexts(form, (language,), None, {}, EVERY_CLASS, discreet=True)
    for question in form.walk():
        for each in (question.label, question.hint, question.guidance):
            yield texts.first(each, "")
        hidden = texts.hidden_choices(question)
        for choice in question.choices.choices if question.choices else ():
            yield "" if choice.name in hidden else texts.first(choice.label, "")


def test_no_text_of_any_client_paper_tells_in_any_language() -> None:
    found = {
        (name, language): telling
        for name in CLIENT_PAPERS
        for language in shipped_form(name).languages
        if (telling := [word for text in said_on(shipped_form(name), language) for word in told(text, language)])
    }
    assert found == {}


@pytest.mark.parametrize("name", CLIENT_PAPERS)
def test_the_paper_itself_tells_nothing_blank_or_filled(name: str) -> None:
    form = shipped_form(name)
    language = form.languages[len(name) % len(form.languages)]
    blank = form_sheet(form, language, None, discreet_header())
    assert told_on(form, blank, language) == []
    assert len(text_of(blank)) > 100, "something is left to take away"
    if language in LANGUAGES:
        asked = dict.fromkeys(form.by_path, True)
        filled = form_sheet(form, language, written(form, language), discreet_header(), relevant=asked)
        assert told_on(form, filled, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_safety_plan_keeps_what_the_person_needs(language: str) -> None:
    """People to turn to, places, things kept ready, days and hours: a list as anybody carries one."""
    form = shipped_form("safety_plan")
    said = " ".join(text_of(form_sheet(form, language, None, discreet_header())).split())
    for path in (
        "people/helper",
        "people/helper_contact",
        "places/way_out",
        "places/bag_ready",
        "contact/contact_hours",
    ):
        question = form.by_path[next(each for each in form.by_path if each.endswith(path))]
        assert " ".join(discreet_text(question.label[language], language).split()) in said, path
    plain = form_sheet(form, language, None, header())
    assert len(told_on(form, plain, language)) > 3, "the whole plan says it all"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_is_not_spelled_out_because_some_of_it_is_hidden(language: str) -> None:
    form = shipped_form("referral")
    (long,) = [each for each in form.asked() if len(choices_of(each)) > 28 and each.path.startswith("to_whom")]
    paper = text_of(form_sheet(form, language, None, discreet_header()))
    said = [each.name for each in choices_of(long) if squeezed(each.label[language]) in squeezed(paper)]
    assert len(said) < 4, "other lists have a family and “other”, too"


def test_canary_an_answer_that_tells_is_noticed() -> None:
    assert all(told(SECRET[language], language) for language in LANGUAGES)


@pytest.mark.parametrize("name", CLIENT_PAPERS)
def test_nothing_in_the_file_tells(name: str) -> None:
    form = shipped_form(name)
    made = furniture_of(discreet_header(code="P-1"), "ru", partial(render_in, frame_language("ru")), qr=True)
    assert (made.title, made.qr_of, made.footer) == (render_in("ru", plain_title("ru")), None, "")
    paper = form_sheet(form, form.languages[0], None, discreet_header())
    assert name.encode() not in paper
    assert b"/Author" not in paper
