"""Small words go to the next line with their neighbours; points go on under their first word."""

from dataclasses import replace

import pytest

from kzcase.forms.definition import Form, Paper, QuestionKind
from kzcase.forms.library import shipped_form
from kzcase.paper import fonts, style
from kzcase.paper.forms import form_sheet
from kzcase.paper.sheet import Sheet
from kzcase.paper.ties import TIE, tied
from tests.paper.forms import ask, every_kind, three
from tests.paper.reading import pages_of
from tests.paper.rows import header

fonts.register()
PARTICLES = {"ма?", "ме?", "ба?", "бе?", "па?", "пе?"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Адам келісті ме?", "Адам келісті~ме?"),
        ("Келісті ме, қашан?", "Келісті~ме, қашан?"),
        ("Мектепке барды", "Мектепке барды"),
        ("Срок — десять дней", "Срок~— десять дней"),
        ("форма № 1", "форма №~1"),
        ("Живёт в городе с детьми", "Живёт в~городе с~детьми"),
        ("Заңгер бар ма", "Заңгер бар~ма"),
    ],
)
def test_words_that_stay_together(text: str, shown: str) -> None:
    assert tied(text, style.BODY, style.WIDTH).replace(TIE, "~") == shown


def test_words_that_would_not_fit_beside_each_other_are_not_tied() -> None:
    assert tied("қайталанбағандығыңыздан ба?", style.BODY, 90) == "қайталанбағандығыңыздан ба?"


def lonely_particles(form_id: str) -> list[str]:
    lines = [
        line.strip()
        for page in pages_of(form_sheet(shipped_form(form_id), "kk", None, header()))
        for line in page.split("\n")
    ]
    return [line for line in lines if line in PARTICLES]


def test_no_question_ends_with_its_particle_alone_on_a_line() -> None:
    assert lonely_particles("child_first_contact") == []


def test_canary_untied_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.paper.questions.tied", lambda text, *_rest: text)
    assert lonely_particles("child_first_contact")


def test_a_point_goes_on_under_its_first_word() -> None:
    sheet = Sheet(header(), "kk")
    plain, point, step = sheet.points("Жай сөз\n• Бірінші\n12. Екінші", style.TOLD)
    assert (plain.style.leftIndent, point.style.leftIndent > 0, step.style.leftIndent > 0) == (0, True, True)
    assert (point.bulletText, step.bulletText) == ("•", "12.")


def led(fillers: int) -> Form:
    """Boxes of half a page's width and more, then a part that begins with a note."""
    boxes = tuple(ask(f"f{number}", QuestionKind.TEXT, three(f"Жол {number}")) for number in range(fillers))
    note = ask("part/say", QuestionKind.NOTE, three("Ескерту сөзі"))
    inner = (note, ask("part/next", QuestionKind.TEXT, three("Соңы"), paper=Paper(lines=6)))
    part = ask("part", QuestionKind.GROUP, three("Бөлім"), children=inner)
    return replace(every_kind(), questions=(*boxes, part))


def torn(fillers: int) -> bool:
    pages = pages_of(form_sheet(led(fillers), "kk", None, header()))
    return any("Ескерту" in page and "Соңы" not in page for page in pages)


def test_a_heading_with_its_note_is_not_left_at_the_foot_of_a_page() -> None:
    assert [fillers for fillers in range(9, 14) if torn(fillers)] == []


def test_canary_a_note_that_does_not_lead_is_left_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.paper.forms._FormPaper._leads", lambda *_given, **_more: False)
    assert [fillers for fillers in range(9, 14) if torn(fillers)]
