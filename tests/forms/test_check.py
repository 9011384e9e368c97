"""What is wrong with a form file is said with its row and in words, and no file whatever does harm."""

import io
import tracemalloc
import zipfile
from math import inf
from typing import Any

import openpyxl
import pytest

from kzcase.forms import xform
from kzcase.forms.bounds import LONGEST_NAME, MOST_LANGUAGES, RuleWords
from kzcase.forms.check import FormCheck, check_form
from kzcase.forms.xform import parse_xform
from kzcase.forms.xpath import compile_rule
from kzcase.i18n import LANGUAGES, Language, render
from tests.forms.filled import said


def _table(*rows: str, head: str = "type | name | label | relevant | calculation | constraint") -> bytes:
    lines = ["| survey |", f"| | {head} |", *(f"| | {row} |" for row in rows)]
    lines += ["| choices |", "| | list_name | name | label |", "| | yn | yes | Yes |", "| | yn | no | No |"]
    return "\n".join(lines).encode()


def _found(check: FormCheck) -> list[tuple[int, str]]:
    return [(finding.row, said(finding.message)) for finding in check.errors]


def test_a_sound_form_is_counted() -> None:
    check = check_form("a.md", _table("text | a | A | | |", "note | n | N | | |", "calculate | c | | | ${a} | "))
    assert (check.ok, check.questions, check.languages) == (True, 1, ("und",))


def test_a_choice_without_its_translation_is_named_where_it_stands() -> None:
    text = "survey\n,type,name,label::A (kk),label::B (ru)\n,select_one way,w,A,B\nchoices\n"
    text += ",list_name,name,label::A (kk),label::B (ru)\n,way,self,A,B\n,way,sent,A,\n"
    (warning,) = check_form("a.csv", text.encode()).warnings
    assert (warning.row, warning.place) == (3, "3 · choices · label · way · sent")


def test_an_attribute_of_ours_is_named_as_its_column() -> None:
    head = "type | name | label | bind::kzcase:class"
    check = check_form("a.md", _table("text | a | A | secret", head=head))
    assert ["bind::kzcase:class" in finding.place for finding in check.errors] == [True]


@pytest.mark.parametrize(("form_id", "fits"), [("vis it", False), ("келу", False), ("visit_2.1", True)])
def test_an_id_that_no_office_can_add_is_named_where_it_stands(form_id: str, fits: bool) -> None:
    settings = f"\n| settings |\n| | form_id |\n| | {form_id} |".encode()
    check = check_form("a.md", _table("text | a | A | | | ") + settings)
    assert check.ok is fits
    assert [finding.place for finding in check.errors] == ([] if fits else ["2 · settings · form_id"])


@pytest.mark.parametrize(
    ("rows", "row", "part"),
    [
        (["text | a | A | foo(1) | | "], 2, "no function “foo”"),
        (["text | a | A | | | ", "text | b | B | (${a} = 1 | | "], 3, "not closed"),
        (["text | a | A | ${a} = 1) | | "], 2, "never opened"),
        (["select_one zz | a | A | | | "], 2, "no list of choices called “zz”"),
        (["text | a | A | | | ", "text | a | B | | | "], 3, "given twice"),
        (["text | a | A | ${nobody} = 1 | | "], 2, "No question is called “nobody”"),
        (["text | a | Hello ${nobody} | | | "], 2, "No question is called “nobody”"),
        (["text | a b | A | | | "], 2, "has no blanks"),
        (["calculate | a | | | ${b} + 1 | ", "calculate | b | | | ${a} + 1 | "], 2, "wait for each other"),
        (["calculate | a | | | ${a} + 1 | "], 2, "wait for each other"),
        (
            ["begin group | g | G | ${a} = 1 | | ", "text | a | A | | | ", "end group | | | | | "],
            2,
            "wait for each other",
        ),
        (["begin group | g | G | | | ", "text | a | A | | | "], 2, "no end"),
        (["end group | | | | | "], 2, "no beginning"),
        (["text | a | A | /data/b = 1 | | "], 2, "No question stands at"),
        (["text | a | A | | | regex(., '(a+)+b')"], 2, "for ever"),
        (["textt | a | A | | | "], 2, "textt"),
    ],
)
def test_each_mistake_is_named_with_its_row(rows: list[str], row: int, part: str) -> None:
    check = check_form("a.md", _table(*rows))
    assert not check.ok
    assert row in {found for found, _words in _found(check)}
    assert any(part in words for _row, words in _found(check)), _found(check)


def test_several_mistakes_are_all_named() -> None:
    check = check_form(
        "a.md", _table("text | a | A | foo(1) | | ", "text | b | B | (1 | | ", "select_one q | c | C | | | ")
    )
    assert [row for row, _words in _found(check)] == [2, 3, 4]


def test_mistakes_of_several_kinds_are_named_at_once() -> None:
    """Nobody comes back for the next mistake after putting one right: types, names, classes, switches and the id."""
    head = "type | name | label | required | bind::kzcase:class"
    rows = ("textt | a | A | | ", "text | b | B | иә | ", "text | c | C | | secret", "text | | D | | ")
    settings = b"\n| settings |\n| | form_id |\n| | vis it |"
    check = check_form("a.md", _table(*rows, head=head) + settings)
    assert [(each.place, said(each.message)) for each in check.errors] == [
        ("2 · survey · type", "There is no type of question called “textt”."),
        ("3 · survey · required", "Please write “yes” here or leave it empty: “иә”."),
        ("4 · survey · bind::kzcase:class · c", "There is no privacy class “secret”."),
        ("5 · survey · name", "The name is missing here."),
        ("2 · settings · form_id", "The id of a form has Latin letters, digits and _ . - only: “vis it”."),
    ]


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", "type,name,label\ntext,a,A\n"), ("a.md", "| type | name | label |\n| text | a | A |")]
)
def test_a_table_without_the_name_of_its_sheet_is_told_where_it_belongs(name: str, text: str) -> None:
    errors = check_form(name, text.encode()).errors
    assert [(each.place, "`survey`, then `,type,name,label`" in said(each.message)) for each in errors] == [("1", True)]


def test_a_workbook_without_a_survey_is_told_what_it_needs() -> None:
    book: Any = openpyxl.Workbook()
    book.create_sheet("B").append(["type", "name", "label"])
    book.save(made := io.BytesIO())
    (error,) = check_form("a.xlsx", made.getvalue()).errors
    assert "Its sheet “survey” must name its columns" in said(error.message)


def test_a_text_missing_in_one_language_is_named() -> None:
    table = _table("text | a | A | | | ", "text | b | B | Б | | ", head="type | name | label::en | label::ru | a | b")
    check = check_form("a.md", table)
    assert check.ok, "a form with texts in one language only can be used"
    assert [(each.place, said(each.message)) for each in check.warnings] == [
        ("2 · survey · label · a", "The Russian text is missing.")
    ]
    assert check.languages == ("en", "ru")


OURS = """
form: f
title: {kk: а, ru: б, en: c}
questions:
  - type: text
    name: a
    label: {kk: а, ru: б, en: c}
    class: sensitive
"""


@pytest.mark.parametrize(
    ("old", "new", "row", "part"),
    [
        ("label: {kk: а, ru: б, en: c}\n    class", "label: {kk: а, en: c}\n    class", 7, "Russian text is missing"),
        ("    class: sensitive", "    colour: red\n    class: sensitive", 8, "“colour” is not known"),
        ("    class: sensitive", "", 5, "privacy class"),
        ("class: sensitive", "class: secret", 5, "no privacy class “secret”"),
        ("class: sensitive", "class: sensitive\n    paper: {width: 7}", 5, "out of range"),
        ("class: sensitive", "class: sensitive\n    paper: {wide: 1}", 5, "does not fit"),
        ("class: sensitive", "class: sensitive\n    relevant: '${q} = 1'", 5, "No question is called “q”"),
        ("name: a", "name: a\n    name: b", 7, "given twice"),
        ("name: a", "name: &x a", 0, ""),
        ("questions:", "choices: {l: [{x: {kk: a, ru: b}}]}\nquestions:", 4, "English text is missing"),
    ],
)
def test_mistakes_in_our_own_files_are_named(old: str, new: str, row: int, part: str) -> None:
    assert old in OURS
    check = check_form("a.yaml", OURS.replace(old, new).encode())
    if part:
        assert (row, part) in [(found, part) for found, words in _found(check) if part in words], _found(check)
    else:
        assert check.ok, "an anchor nobody refers to does no harm"


def test_every_message_is_said_in_each_language() -> None:
    check = check_form("a.md", _table("text | a | A | foo(1) | | "))
    for language in LANGUAGES:
        assert all("foo" in render(finding.message, language) for finding in check.errors)


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"<!DOCTYPE a [{lines}]><a>&l9;</a>".encode()


def _packed(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return stream.getvalue()


def _xform(bind: str) -> bytes:
    return f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>t</h:title><model><instance><data id="t"><a/></data></instance><bind nodeset="/data/a" {bind}/></model>
</h:head><h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>""".encode()


HOSTILE = {
    "nothing.yaml": b"",
    "nothing.xml": b"",
    "nothing.xlsx": b"",
    "deep.xml": b"<a>" * 100_000,
    "deep.yaml": b"[" * 100_000,
    "deep.md": _table("text | a | A | " + "(" * 100_000 + " | | "),
    "deep.csv": b"survey\n,type,name,label,relevant\n,text,a,A," + b"(" * 60_000,
    "rule.xml": _xform(f'relevant="{"(" * 100_000}1{")" * 100_000}"'),
    "minus.xml": _xform(f'relevant="{"-" * 60_000}1"'),
    "laughs.xml": _laughs(),
    "aliases.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "dtd.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    "bomb.xlsx": _packed("xl/workbook.xml", b"0" * (30 * 2**20)),
    "deep.xlsx": _packed("xl/workbook.xml", b"<a>" * 100_000),
    "laughs.xlsx": _packed("xl/workbook.xml", _laughs()),
    "junk.xlsx": b"PK\x03\x04 junk",
    "text.xml": b"<a>" + b"x" * (2 * 2**20) + b"</a>",
    "attribute.xml": b'<a b="' + b"x" * (2 * 2**20) + b'"/>',
    "many.xml": b"<a>" + b"<b/>" * 1_500_000 + b"</a>",
    "cell.md": _table("text | a | " + "x" * (2 * 2**20) + " | | | "),
    "rows.md": b"| survey |\n" + b"| | text | a | b |\n" * 30_000,
    "pipes.md": b"|" * 1_000_000,
    "commas.csv": b"," * 1_000_000,
    "scalar.yaml": b"questions: " + b"x" * (2 * 2**20),
    "bytes.xml": bytes(range(256)) * 1_000,
    "bytes.yaml": bytes(range(256)) * 1_000,
    "null.csv": b"\x00" * 1_000,
    "utf16.xml": '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
    "wrong.json": b"{}",
}


@pytest.mark.parametrize("filename", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_without_growing(filename: str) -> None:
    check_form("warm.md", _table("text | a | A | | | "))
    tracemalloc.start()
    try:
        check = check_form(filename, HOSTILE[filename])
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert not check.ok
    assert all(said(finding.message) for finding in check.errors)
    assert most < 120 * 2**20


@pytest.mark.parametrize("sign", ["\x01", "\x08", "\x1b", "\ufffe"])
@pytest.mark.parametrize(("where", "place"), [("label", "2 · survey · label"), ("choice", "2 · choices · label")])
def test_a_sign_that_nobody_sees_is_named_with_its_row(sign: str, where: str, place: str) -> None:
    label, choice = (f"Ask{sign}ed", "One") if where == "label" else ("Asked", f"O{sign}ne")
    survey = f"| survey |\n|  | type | name | label |\n|  | select_one few | asked | {label} |\n"
    choices = f"| choices |\n|  | list_name | name | label |\n|  | few | one | {choice} |\n"
    found = check_form("hidden.md", (survey + choices).encode())
    assert (found.ok, [error.place for error in found.errors]) == (False, [place])
    assert f"U+{ord(sign):04X}" in render(found.errors[0].message, "en")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_table_that_is_no_form_is_said_so_without_the_words_of_a_library(language: Language) -> None:
    (found,) = check_form("notes.csv", b"hello\nworld\n").errors
    said = render(found.message, language)
    assert "definition" not in said
    assert ".xlsm" not in said


def test_a_workbook_of_unknown_columns_is_told_in_a_few_lines() -> None:
    """Ten thousand lines on a screen say less than ten and how many more."""
    head = " | ".join(["type", "name", "label", *(f"relevent{at}" for at in range(25))])
    check = check_form("a.md", _table("text | a | A" + " | x" * 25, head=head))
    assert check.ok
    *first, last = [said(each.message) for each in check.warnings]
    assert ["relevent0" in first[0], len(first)] == [True, 10]
    assert "15 more columns" in last


def test_a_form_of_more_languages_than_anybody_speaks_is_refused() -> None:
    for count, fits in ((MOST_LANGUAGES, True), (MOST_LANGUAGES + 1, False)):
        head = " | ".join(["type", "name", *(f"label::Tongue {at}" for at in range(count))])
        row = " | ".join(["text", "a", *("A" for _each in range(count))])
        survey = f"| survey |\n| | {head} |\n| | {row} |\n".encode()
        check = check_form("a.md", survey)
        assert check.ok == fits
        assert fits or "50 languages" in _found(check)[0][1]


def test_a_name_longer_than_any_column_is_refused_with_its_row() -> None:
    assert check_form("a.md", _table(f"text | {'a' * LONGEST_NAME} | A | | |")).ok
    check = check_form("a.md", _table("text | b | B | | |", f"text | {'a' * 30_000} | A | | |"))
    ((row, words),) = _found(check)
    assert (row, "larger than kzcase reads (200)" in words) == (3, True)


def _form_of_rules(count: int, words: int) -> str:
    data = "".join(f"<q{n}/>" for n in range(count))
    binds = "".join(f'<bind nodeset="/data/q{n}" calculate="{n}{"+1" * (words // 2)}"/>' for n in range(count))
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t'
        f'</h:title><model><instance><data id="rules">{data}</data></instance>{binds}</model></h:head>'
        "<h:body/></h:html>"
    )


def test_more_rules_than_any_form_needs_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version that is kept is read whatever it holds. Canary: without the bound all of them are read."""
    few, many = _form_of_rules(3, 2_000), _form_of_rules(30, 2_200)
    assert check_form("a.xml", few.encode()).ok
    read: list[str] = []
    monkeypatch.setattr(xform, "compile_rule", lambda text: (read.append(text), compile_rule("1"))[1])
    (found,) = check_form("a.xml", many.encode()).errors
    assert "60" in render(found.message, "en")
    assert len(read) < 30
    assert parse_xform(many).questions
    read.clear()
    monkeypatch.setattr(xform, "RuleWords", lambda *_most: RuleWords(inf))
    assert check_form("a.xml", many.encode()).ok, "the canary died"
    assert len(read) == 30


def test_texts_that_name_questions_count_as_rules() -> None:
    text = " ".join(["${q}"] * 700)
    rows = "".join(f"| | note | n{n} | {text} |\n" for n in range(20))
    (found,) = check_form("a.md", f"| survey |\n| | type | name | label |\n| | text | q | Q |\n{rows}".encode()).errors
    assert "60" in render(found.message, "en")


def test_a_file_of_too_many_rows_is_refused_at_the_first_beyond() -> None:
    (found,) = check_form("a.md", b"| survey |\n| | type | name |\n" + b"| | text | a |\n" * 7_000).errors
    assert (found.row, found.place) == (6_001, "6001")
