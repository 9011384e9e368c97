"""A blank table gives its room to what is written by hand, and says under it what may be chosen."""

from kzcase.forms.definition import Choice, ChoiceSource, Form, Question, QuestionKind
from kzcase.paper.forms import form_sheet
from kzcase.paper.questions import Asked
from kzcase.paper.sheet import Sheet
from kzcase.paper.table_heads import column_head, legend, share_of
from tests.paper.forms import ask, three
from tests.paper.reading import text_of
from tests.paper.rows import header

K = QuestionKind
MANY = ChoiceSource("many", tuple(Choice(f"c{at}", three(f"таңдау{at}")) for at in range(6)))
FEW = ChoiceSource("few", (Choice("y", three("Иә")), Choice("n", three("Жоқ"))))
LONG = ChoiceSource("long", tuple(Choice(f"c{at}", three(f"таңдау{at}")) for at in range(29)))


def asked(question: Question, *, blank: bool = True) -> Asked:
    return Asked(question, "", "", blank, lambda texts: texts.get("kk", ""))


def column(choices: ChoiceSource) -> Question:
    return ask("legs/kind", K.SELECT_ONE, three("Түрі"), choices=choices)


def test_short_choices_stand_in_the_head_and_long_ones_under_the_table() -> None:
    sheet = Sheet(header(), "kk")
    assert column_head(sheet, asked(column(FEW))) == "Түрі\n(Иә · Жоқ)"
    assert legend(asked(column(FEW))) == ""
    assert column_head(sheet, asked(column(MANY))) == "Түрі"
    assert legend(asked(column(MANY))).startswith("Түрі: таңдау0 · таңдау1")
    assert legend(asked(column(MANY), blank=False)) == ""
    assert legend(asked(column(LONG))) == ""
    inside = (column(MANY), ask("legs/say", K.TEXT, three("Не")))
    form = Form("f", "b" * 64, three("Ф"), ("kk",), (ask("legs", K.REPEAT, three("Жол"), children=inside),))
    assert "Түрі: таңдау0 · таңдау1" in text_of(form_sheet(form, "kk", None, header()))
    assert "таңдау1" not in text_of(form_sheet(form, "kk", {"legs[1]/say": "x"}, header()))


def test_words_written_by_hand_have_the_widest_column_of_a_blank_table() -> None:
    words, choice = ask("legs/say", K.TEXT, three("Не")), column(MANY)
    assert share_of(asked(words)) > 2 * share_of(asked(choice))
    assert share_of(asked(words, blank=False)) == share_of(asked(choice, blank=False))
    wordy = ask("legs/kind", K.SELECT_ONE, three("Бұл жерде не таңдау керек екені туралы ұзақ сөз"), choices=FEW)
    assert widths_of(words, wordy)[0] > widths_of(words, wordy)[1]


def widths_of(*columns: Question) -> list[float]:
    from kzcase.paper.grids import grid

    sheet = Sheet(header(), "kk")
    heads = [column_head(sheet, asked(each)) for each in columns]
    made = grid(sheet, heads, [], shares=[share_of(asked(each)) for each in columns], empty_rows=5)
    return list(made._argW)
