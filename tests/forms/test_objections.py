"""What ODK refuses in an office's form is said in our own words, with its sheet, row and column."""

import io
import re

import openpyxl
import pytest

from kzcase.domain.errors import BadForm
from kzcase.forms import objections
from kzcase.forms.check import check_form
from kzcase.forms.sheets import Sheets
from kzcase.i18n import render
from tests.forms.filled import said

HEADS = "type | name | label | relevant | default | choice_filter"
CHOICES = ("list_name | name | label", "yn | y | Y", "yn | n | N")


def table(*rows: str, heads: str = HEADS, choices: tuple[str, ...] = CHOICES) -> bytes:
    sheets = (("survey", (heads, *rows)), ("choices", choices))
    return "\n".join(
        line for sheet, lines in sheets for line in (f"| {sheet} |", *(f"| | {row} |" for row in lines))
    ).encode()


SAID = {
    "a default that asks nobody": (("text | a | A | | ${zz}",), "2 · survey · default", "No question is called “zz”"),
    "a name of ODK's own": (("text | b | B", "text | meta | A"), "3 · survey · name", "cannot be used here: “meta”"),
    "two of one name": (
        ("begin_group | g | G", "text | a | A", "end_group", "begin_group | h | H", "text | a | A", "end_group",
         "text | b | B | ${a} = '1'"),
        "8 · survey · relevant", "More than one question is called “a”",
    ),
    "a list that is not named": (("select_one | a | A",), "2 · survey · type", "Behind “select_one”"),
    "a list that is not there": (
        ("text | a | A | instance('zz')/root/item[name='a']/label = 'x'",),
        "2 · survey · relevant · a", "no list of choices called “zz”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_it_is_said_where_and_what(what: str) -> None:
    rows, place, words = SAID[what]
    (error,) = check_form("f.md", table(*rows)).errors
    assert error.place == place
    assert words in render(error.message, "en")
    assert "cannot be turned" not in render(error.message, "en")


def test_a_choice_without_a_name_is_named_on_its_own_sheet() -> None:
    found = check_form("f.md", table("select_one yn | a | A", choices=(*CHOICES, "yn | | M")))
    assert [error.place for error in found.errors] == ["4 · choices · name"]
    assert render(found.errors[0].message, "en") == "The name is missing here."


@pytest.mark.parametrize("ending", ["md", "csv"])
def test_of_two_columns_of_one_name_none_is_chosen_in_silence(ending: str) -> None:
    given = table("text | a | A | | | ", heads="type | name | label | label | relevant | default")
    if ending == "csv":
        given = given.replace(b"| | ", b"|").replace(b"|", b",")
        given = given.replace(b",survey ,", b"survey").replace(b", survey ,", b"survey").replace(b" ,", b",")
        given = given.replace(b", choices,", b"choices")
    (error,) = check_form(f"f.{ending}", given).errors
    assert error.place == "1 · survey · label"
    assert "given twice" in render(error.message, "en")


def test_a_misspelt_column_is_noted() -> None:
    found = check_form("f.md", table("text | a | A | | | 1 = 1", heads=HEADS.replace("choice_filter", "relevent")))
    assert found.ok
    assert [(noted.place, "relevent" in render(noted.message, "kk")) for noted in found.warnings] == [
        ("1 · survey · relevent", True)
    ]
    assert not check_form("f.md", table("text | a | A | | | ")).warnings


def test_every_numbered_objection_of_pyxform_has_words_of_ours() -> None:
    from pyxform.errors import ErrorCode, PyXFormError

    rows = Sheets([{"type": "text"}], [{"name": ""}], [], [2], [2], is_workbook=True)
    for code in ErrorCode:
        if code.name.startswith(("INTERNAL", "NAMES_002", "NAMES_013")):  # no objection to a form
            continue
        context = {**dict.fromkeys(re.findall(r"{(\w+)}", code.value.msg), "2"), "sheet": "survey"}
        found = objections.objection(PyXFormError(code=code, context=context), rows)
        assert isinstance(found, BadForm)
        assert "cannot be turned" not in render(found.why, "en"), code.name


def test_a_choice_of_no_list_is_noted() -> None:
    found = check_form("f.md", table("select_one yn | a | A", choices=(*CHOICES, " | m | M")))
    assert (found.ok, [noted.place for noted in found.warnings]) == (True, ["4 · choices · list_name"])


def test_a_first_answer_that_does_not_fit_is_noted() -> None:
    rows = (
        "date | day | Day | | 2026-11-20 00:00:00 | ",
        "select_one yn | a | A | | zz | ",
        "date | now | N | | today() | ",
    )
    found = check_form("f.md", table(*rows))
    assert found.ok
    assert [noted.place for noted in found.warnings] == ["2 · survey · default · day", "3 · survey · default · a"]


def test_headings_twice_are_named_on_their_sheet() -> None:
    book = openpyxl.Workbook()
    for title, heads in (("survey", ["type", "name", "label"]), ("choices", ["list_name", "name", "name"])):
        book.create_sheet(title).append(heads)
    book["survey"].append(["text", "a", "A"])
    out = io.BytesIO()
    book.save(out)
    assert [finding.place for finding in check_form("a.xlsx", out.getvalue()).errors] == ["1 · choices · name"]
    same = "survey\n,type,name,label,relevant,relevance\n,text,a,A,1=1,2=2\n"
    assert [finding.row for finding in check_form("a.csv", same.encode()).errors] == [1]


EXTERNAL = "external_choices\n,list_name,name,label\n,t,a b,A\n,t,b,\n"


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        (",text,b,B,a = 1,,", "3 · survey · relevant · b", "An answer is written ${a}"),
        (",text,b,B,,. <= today,", "3 · survey · constraint · b", "a function today()"),
        (",,b,B,,,", "3 · survey · type", "type is missing"),
        (",select_one yn or_other,b,B,,,x = 1", "3 · survey · type", "“Other” cannot be added"),
        (",select_multiple t,b,B,,,", "2 · external_choices · name · t", "has no blanks"),
    ],
)
def test_what_authors_do_is_named_in_words_of_ours(rows: str, place: str, words: str) -> None:
    head = "survey\n,type,name,label,relevant,constraint,choice_filter\n,text,a,A,,,\n"
    lists = "\nchoices\n,list_name,name,label\n,yn,yes,Yes\n" + EXTERNAL
    errors = check_form("a.csv", (head + rows + lists).encode()).errors
    assert [(finding.place, words in said(finding.message)) for finding in errors] == [(place, True)]


def test_a_count_that_is_a_bare_name_is_named_in_its_column() -> None:
    text = "survey\n,type,name,label,repeat_count\n,integer,n,N,\n,begin repeat,r,R,n\n,text,a,A,\n,end repeat,,,\n"
    (finding,) = check_form("a.csv", text.encode()).errors
    assert (finding.place, "${name}" in said(finding.message)) == ("3 · survey · repeat_count", True)


def test_our_own_columns_are_not_misspelt_in_silence() -> None:
    text = "survey\n,type,name,label,bind::kzcase:clas,bind::kzcase:soft\n,text,a,A,health,\n,text,b,B,,perhaps\n"
    found = [finding.place for finding in check_form("a.csv", text.encode()).errors]
    assert found == ["2 · survey · bind::kzcase:clas · a", "3 · survey · bind::kzcase:soft · b"]


@pytest.mark.parametrize(
    ("choice_filter", "named"),
    [
        ("regio = 'x'", ["regio"]),
        ("region = ${a} and not(selected(${a}, 'zone'))", []),
        ("starts-with(name, ${a}) or region = \"zone\"", []),
    ],
)  # fmt: skip
def test_a_filter_that_offers_nothing_and_a_choice_without_words_are_pointed_out(
    choice_filter: str, named: list[str]
) -> None:
    rule = '"' + choice_filter.replace('"', '""') + '"'
    text = f"survey\n,type,name,label,choice_filter\n,text,a,A,\n,select_one t,b,B,{rule}\n"
    text += "choices\n,list_name,name,label,region\n,t,x,,n\n,t,y,Y,n\n"
    warnings = [(one.place, said(one.message)) for one in check_form("a.csv", text.encode()).warnings]
    assert ("2 · choices · label · t", "This choice has no text.") in warnings
    filters = [words for place, words in warnings if place == "3 · survey · choice_filter"]
    assert len(filters) == len(named)
    assert all(name in words for name, words in zip(named, filters, strict=True))
