"""Every form that ships prints in every language, blank and filled: no word missing, nothing beyond the page's edge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, permutations, product

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from kzcase.domain.papers import SheetHeader, SlipCode, discreet_file_name, neutral_code
from kzcase.forms.code_choices import code_list
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind, text_in
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.forms.standards import standards_of
from kzcase.i18n import LANGUAGES, _, render
from kzcase.paper import style
from kzcase.paper.discreet import HELPLINE_WORDS, NEUTRAL, discreet_title, plain_title, without_helplines
from kzcase.paper.fonts import composed
from kzcase.paper.form_ends import READ_ALOUD, SIGNER_WORDS, UNCHECKED
from kzcase.paper.forms import form_sheet
from kzcase.paper.further_words import frame_language, said_in
from kzcase.paper.library import PAPERS
from kzcase.paper.pages import furniture_of
from kzcase.paper.questions import _LONG_LIST, answer_text, choices_of
from tests.paper.lots import drawn
from tests.paper.reading import pages_of, squeezed, text_of
from tests.paper.rows import OFFICE, header

K = QuestionKind
ANSWERS = {
    **{K.TEXT: "Жауап жазылған", K.BARCODE: "12345", K.GEOPOINT: "43.2 76.9", K.INTEGER: "12", K.DECIMAL: "12.5"},
    **{K.DATE: "2026-03-05", K.TIME: "10:30", K.DATETIME: "2026-03-05T10:30:00", K.ACKNOWLEDGE: "OK", K.RANGE: "1"},
    **{K.IMAGE: "a.jpg", K.AUDIO: "a.mp3", K.FILE: "a.pdf"},
}
SLACK = 2.0  # points; half of a line's thickness, and the white around a letter


@dataclass(frozen=True)
class Print:
    """One way to print one form."""

    form: str
    language: str
    second: str
    filled: bool

    def made(self) -> bytes:
        form = shipped_form(self.form)
        answers = answers_to(form) if self.filled else None
        return form_sheet(form, self.language, answers, header(), second=self.second, relevant={})


def every_print() -> list[Print]:
    one = [
        Print(form, language, "", filled)
        for form in shipped_forms()
        for language, filled in product(LANGUAGES, (False, True))
    ]
    two = [Print(form, "kk", "ru", False) for form in shipped_forms()]
    pairs = zip(shipped_forms(), cycle(permutations(LANGUAGES, 2)), cycle((True, True, False)), strict=False)
    others = [Print(form, *pair, filled) for form, pair, filled in pairs if (pair, filled) != (("kk", "ru"), False)]
    further = [
        Print(form, language, second, filled)
        for form in shipped_forms()
        for language in shipped_form(form).further_languages
        for second, filled in (("", False), ("", True), ("ru", False))
    ]
    return [*one, *two, *others, *further]


def answers_to(form: Form) -> dict[str, str]:
    """Something in every question, in one round of each repeat."""
    given = {}
    for question in form.asked():
        first = choices_of(question)[:1]
        place = in_first_round(form, question)
        given[place] = first[0].name if first else ANSWERS.get(question.kind, "Жауап")
    return given


def in_first_round(form: Form, question: Question) -> str:
    steps, place = question.steps, []
    for depth, step in enumerate(steps, start=1):
        around = form.by_path["/".join(steps[:depth])]
        place.append(f"{step}[1]" if around.kind is K.REPEAT else step)
    return "/".join(place)


def words_of(form: Form, language: str) -> Iterator[str]:
    """What has to be read on a paper: titles, labels, and choices of short lists."""
    yield text_in(form.title, language)
    for question in form.walk():
        if question.kind in UNASKED or not question.label:
            continue
        yield text_in(question.label, language)
        yield text_in(question.hint, language)
    voice = language if form.client_paper else frame_language(language)
    yield from (said_in(SIGNER_WORDS[signer], voice) for signer in form.signatures)
    yield "" if form.client_paper else said_in(standards_of(form.standards), frame_language(language))


def missing_words(wanted: Print, paper: bytes) -> list[str]:
    form, said = shipped_form(wanted.form), joined(text_of(paper))
    spoken = [wanted.language, *([wanted.second] if wanted.second else [])]
    expected = {words for each in spoken for words in words_of(form, each) if words and "${" not in words}
    plain = [each for each in form.asked() if not is_repeated(form, each)]
    boxes = [each for each in plain if 0 < len(choices_of(each)) <= _LONG_LIST and each.kind is not K.RANK]
    expected |= {text_in(choice.label, one) for each in boxes for one in spoken for choice in choices_of(each)}
    if wanted.filled:
        expected |= set(answers_said(form, spoken))
    in_cells = {text_in(each.hint, one) for each in form.walk() for one in spoken if is_repeated(form, each)}
    return [words for words in expected - in_cells if words and "${" not in words and not is_said(words, said)]


def is_repeated(form: Form, question: Question) -> bool:
    """Whether it stands inside a repeat, whose tables have heads and cells, but no boxes and no hints."""
    around = ["/".join(question.steps[:depth]) for depth in range(1, len(question.steps))]
    return any(form.by_path[path].kind is K.REPEAT for path in around)


def answers_said(form: Form, spoken: Sequence[str]) -> Iterator[str]:
    """Every answer as people read it; an acknowledgement and a step of a range are boxes."""
    given = answers_to(form)
    for question in form.asked():
        if question.kind not in {*UNASKED, K.ACKNOWLEDGE, K.RANGE}:
            for language in spoken:
                yield answer_text(question, given[in_first_round(form, question)], language)


def is_said(words: str, said: str) -> bool:
    """Whole, or in two parts: what goes on overleaf has the foot of a page in between."""
    if joined(words) in said:
        return True
    parts = [joined(word) for word in words.split()]
    return any("".join(parts[:at]) in said and "".join(parts[at:]) in said for at in range(1, len(parts)))


def joined(text: str) -> str:
    """Without white space and hyphens: a reader takes a hyphen at the end of a line for one that we put there."""
    return squeezed(composed(text)).replace("-", "").replace("\x02", "")


def beyond_the_edge(paper: bytes) -> list[str]:
    """Marks and letters outside the printable part of their page."""
    left, right = style.MARGIN - SLACK, style.PAGE_WIDTH - style.MARGIN + SLACK
    found = []
    with pypdfium2.PdfDocument(paper) as document:
        for number, page in enumerate(document, start=1):
            for each in page.get_objects(max_depth=1):
                x0, y0, x1, y1 = each.get_bounds()
                if x0 < left or x1 > right + 1 or y0 < 0 or y1 > style.PAGE_HEIGHT:
                    found.append(f"page {number}: {x0:.0f} {y0:.0f} {x1:.0f} {y1:.0f}")
    return found


def overlapping(paper: bytes) -> list[str]:
    """Letters printed over other letters: what runs out of its column, or a line into the next."""
    found = []
    with pypdfium2.PdfDocument(paper) as document:
        for number, page in enumerate(document, start=1):
            texts = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=1)
            boxes = sorted(each.get_bounds() for each in texts)
            for at, (left, bottom, right, top) in enumerate(boxes):
                for x0, y0, x1, y1 in boxes[at + 1 :]:
                    if x0 > right - SLACK:
                        break
                    if min(x1, right) - x0 > SLACK and min(top, y1) - max(bottom, y0) > SLACK:
                        found.append(f"page {number}: {left:.0f} {bottom:.0f} under {x0:.0f} {y0:.0f}")
    return found


def faults(wanted: Print) -> list[str]:
    paper = wanted.made()
    return [*missing_words(wanted, paper), *beyond_the_edge(paper), *overlapping(paper)]


def test_forms_drawn_by_lot_are_whole_on_paper() -> None:
    for wanted in drawn(every_print(), 14):
        assert (wanted, faults(wanted)) == (wanted, [])


def test_what_a_table_says_of_its_rows_stands_on_a_blank_sheet_in_both_languages() -> None:
    warning = next(each for each in shipped_form("nationality_by_country").walk() if each.name == "row_blocked")
    said = joined(text_of(Print("nationality_by_country", "kk", "ru", False).made()))
    assert [joined(text_in(warning.label, language)) in said for language in ("kk", "ru", "en")] == [True, True, False]


def test_canary_a_label_that_is_left_out_and_a_box_that_is_too_wide_are_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kzcase.paper import questions, sheet, ticks

    wanted = Print(shipped_forms()[0], "kk", "", False)
    real = questions._written
    monkeypatch.setattr(questions, "_written", lambda sheet, asked, width: real(sheet, asked, width + 60))
    assert beyond_the_edge(wanted.made())
    monkeypatch.undo()
    monkeypatch.setattr(questions, "_said", lambda *_given: [])
    assert missing_words(wanted, wanted.made())
    monkeypatch.undo()
    filled = replace(wanted, filled=True)
    monkeypatch.setattr(questions, "answer_words", lambda *_given: "…")
    assert missing_words(filled, filled.made())
    monkeypatch.undo()
    real_tick = ticks.tick
    monkeypatch.setattr(sheet, "tick", lambda label, ticked, room: real_tick(label, ticked, room + 200))
    assert any(overlapping(replace(wanted, form=form).made()) for form in shipped_forms()[:4])


# What a paper tells whoever finds it


def kind_words() -> set[str]:
    """How the kinds of case are called, in any language, and their codes."""
    kinds = code_list("case_kind")
    assert kinds
    named = {code.name(language) for code in kinds for language in LANGUAGES} | {code.code for code in kinds}
    return {word.lower() for word in named}


def told_around(head: SheetHeader) -> list[str]:
    """All that stands around a paper, in its code and in its file's name."""
    texts = []
    for language in LANGUAGES:
        made = furniture_of(head, language, partial(render_in, language), qr=True)
        assert made.qr_of is not None
        texts += [
            made.letterhead,
            made.contact,
            made.number,
            made.footer,
            made.title,
            made.qr_of(1),
            made.page_of(1, 2),
        ]
    return [*texts, discreet_file_name(head)]


def render_in(language: str, text: object, _field: object = "") -> str:
    return render_any(text, language)


def render_any(text: object, language: str) -> str:
    return text if isinstance(text, str) else render(text, language)  # type: ignore[arg-type]


HEADS: Mapping[str, SheetHeader] = {
    **{name: header(code=kind.code) for name, kind in PAPERS.items()},
    **{
        form: header(code=neutral_code(form), version="2026.1", identity="0123456789", printing="533W4X968YQK")
        for form in shipped_forms()
    },
}


@pytest.mark.parametrize("name", HEADS)
def test_nothing_around_a_paper_shows_the_kind_of_case_or_which_form_it_is(name: str) -> None:
    told = " ".join(told_around(HEADS[name])).lower()
    assert not [word for word in kind_words() if word in told]
    assert name not in told
    assert name.replace("_", "-") not in told


def test_canary_a_form_that_stands_under_its_own_name_is_noticed() -> None:
    told = " ".join(told_around(header(code="CHILD-INTAKE"))).lower()
    assert [word for word in kind_words() if word in told]


def test_codes_of_forms_differ_and_fit_into_the_qr_code() -> None:
    codes = {neutral_code(form) for form in shipped_forms()}
    assert len(codes) == len(shipped_forms())
    for code in codes:
        assert SlipCode.read(SlipCode(code, "0123456789", "533W4X968YQK", 12).text()).form == code


CLIENT_PAPERS = tuple(form for form in shipped_forms() if shipped_form(form).client_paper)


def discreet(form: Form, language: str) -> str:
    head = header(discreet=True, printing="533W4X968YQK", unchecked=language not in LANGUAGES)
    return text_of(form_sheet(form, language, None, head))


def test_a_discreet_paper_names_no_office_no_number_and_no_helpline() -> None:
    ways = [(form, each) for form in CLIENT_PAPERS for each in shipped_form(form).languages]
    for form_id, language in drawn(ways, 4):
        form = shipped_form(form_id)
        said = discreet(form, language)
        place = (form_id, language)
        assert (place, OFFICE.name in said, "533W" in said, "2026-A7" in said) == (place, False, False, False)
        assert (place, HELPLINE_WORDS.findall(said)) == (place, [])
        assert (squeezed(text_in(form.title, language)) in squeezed(said)) is (form_id in NEUTRAL), place
        assert render_any(discreet_title(form, language), frame_language(language)) in said, place
        assert said_in(READ_ALOUD, language) not in said, place
        assert (place, neutral_code(form_id) in said, "22.11.2026" in said) == (place, False, False)
        assert (render(UNCHECKED, frame_language(language)) in said) is (language not in LANGUAGES), place


@pytest.mark.parametrize("language", ["ru", "uz"])
def test_a_discreet_paper_has_no_foot_but_its_page_number_and_no_code_in_its_file(language: str) -> None:
    form = shipped_form("rights_sheet")
    head = header(discreet=True, printing="533W4X968YQK", code=neutral_code(form.id), identity="0123456789")
    made = furniture_of(head, language, partial(render_in, frame_language(language)), qr=True)
    assert (made.footer, made.letterhead, made.number, made.qr_of) == ("", "", "", None)
    assert made.title == render_any(plain_title(language), frame_language(language))
    paper = form_sheet(form, language, None, head)
    assert neutral_code(form.id).encode() not in paper


def test_only_a_title_that_ships_as_neutral_stays_on_a_discreet_paper() -> None:
    card = shipped_form("safety_card")
    assert discreet_title(card, "ru") == "Полезные номера"
    changed = replace(card, title={**card.title, "ru": "Помощь жертвам торговли людьми"})
    assert discreet_title(changed, "ru") == plain_title("ru")
    assert discreet_title(shipped_form("rights_sheet"), "ru") == plain_title("ru")


@pytest.mark.parametrize("form_id", CLIENT_PAPERS)
def test_a_client_paper_says_once_that_it_is_to_be_read_aloud_and_names_no_standards(form_id: str) -> None:
    form = shipped_form(form_id)
    said = text_of(form_sheet(form, "ru", None, header()))
    told = any(each.read_aloud for each in form.walk())
    assert said.count(render(READ_ALOUD, "ru")) == told
    assert render(_("Read aloud:"), "ru") not in said
    assert render(_("Follows: {standards}.", standards=""), "ru").rstrip(". ") not in said


@pytest.mark.parametrize("form_id", ["needs_assessment", "stay_calculation"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_paper_does_not_end_with_next_to_nothing_on_a_page(form_id: str, language: str) -> None:
    last = pages_of(form_sheet(shipped_form(form_id), language, None, header()))[-1]
    asked = [text_in(each.label, language) for each in shipped_form(form_id).asked() if each.label]
    assert sum(squeezed(label) in squeezed(last) for label in asked) >= 5


def test_no_text_of_a_client_paper_calls_a_helpline_by_name_once_it_is_discreet() -> None:
    for form_id, language in product(CLIENT_PAPERS, ("kk", "ru", "en", "uz", "uz-Cyrl", "ky", "tg")):
        form = shipped_form(form_id)
        texts = [text for each in form.walk() for text in (each.label, each.hint, each.guidance)]
        texts += [choice.label for each in form.asked() for choice in choices_of(each)]
        said = {without_helplines(text.get(language, "")) for text in texts}
        assert [each for each in said if HELPLINE_WORDS.search(each)] == [], (form_id, language)


@pytest.mark.parametrize(
    ("named", "plain"),
    [
        ("Жедел желіге қоңырау шалыңыз: 116 16", "телефонға қоңырау шалыңыз: 116 16"),
        ("сенім телефонына", "телефонына"),
        ("Позвоните на горячую линию 116 16", "Позвоните на телефон 116 16"),
        ("телефон доверия 150", "телефон 150"),
        ("Call the national helpline", "Call the phone"),
        ("ишеним телефону", "телефону"),
    ],
)
def test_a_helpline_becomes_a_phone(named: str, plain: str) -> None:
    assert without_helplines(named) == plain


def test_canary_the_ordinary_paper_names_the_office() -> None:
    form = replace(shipped_form("victim_screening"), client_paper=True)
    assert OFFICE.name in text_of(form_sheet(form, "kk", None, header()))
