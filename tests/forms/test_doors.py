"""The same form through every door: our YAML, XLSForm as .xlsx, .md and .csv, and XForm XML."""

import io
from random import Random
from typing import Any

import pytest

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import BadForm
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, Paper, QuestionKind, Stat, text_in
from kzcase.forms.doors import read_form, source_of
from kzcase.forms.languages import code_of
from kzcase.forms.xform import parse_xform
from tests.forms.filled import NOON, sheet

YAML = """
form: visit
edition: "1"
title: {kk: Бару, ru: Визит, en: Visit}
choices:
  yn:
    - yes: {kk: Иә, ru: Да, en: "Yes", weight: "1"}
    - no: {kk: Жоқ, ru: Нет, en: "No"}
questions:
  - type: group
    name: person
    label: {kk: Адам, ru: Человек, en: Person}
    questions:
      - type: integer
        name: age
        label: {kk: Жасы, ru: Возраст, en: Age}
        hint: {kk: Толық жыл, ru: Полных лет, en: Full years}
        guidance: {kk: Шамамен, ru: Примерно, en: Roughly}
        required: yes
        required_message: {kk: Керек, ru: Нужно, en: Needed}
        constraint: ". < 120"
        constraint_message: {kk: Тым көп, ru: Много, en: Too much}
        class: statistical
        stat: {indicator: visits, dimension: age}
        paper: {width: 1/3, columns: 2, lines: 4}
        read_aloud: yes
        save_to: person.age
  - type: select_one yn
    name: again
    label: {kk: Қайта ма?, ru: Снова?, en: Again?}
    relevant: "${age} > 17"
    class: operational
  - type: repeat
    name: legs
    label: {kk: Жол, ru: Путь, en: Leg}
    questions:
      - type: text
        name: to
        label: {kk: Қайда, ru: Куда, en: Where to}
        class: sensitive
  - type: calculate
    name: total
    calculation: "count(${legs})"
    class: statistical
"""
ROWS = [
    ["type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "relevant", "calculation", "bind::odd"],
    ["begin group", "person", "Адам", "Человек", "", "", ""],
    ["integer", "age", "Жасы", "Возраст", "", "", "kept"],
    ["end group", "", "", "", "", "", ""],
    ["select_one yn", "again", "Қайта ма?", "Снова?", "${age} > 17", "", ""],
    ["calculate", "total", "", "", "", "${age} * 2", ""],
]
CHOICES = [
    ["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"],
    ["yn", "yes", "Иә", "Да"],
    ["yn", "no", "Жоқ", "Нет"],
]


def _xlsx() -> bytes:
    import openpyxl

    book: Any = openpyxl.Workbook()
    book.active.title = "survey"
    for row in ROWS:
        book.active.append(row)
    choices = book.create_sheet("choices")
    for row in CHOICES:
        choices.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _md() -> bytes:
    lines = ["| survey |", *("| | " + " | ".join(row) + " |" for row in ROWS)]
    lines += ["| choices |", *("| | " + " | ".join(row) + " |" for row in CHOICES)]
    return "\n".join(lines).encode()


def _csv() -> bytes:
    lines = ["survey", *("," + ",".join(row) for row in ROWS), "choices", *("," + ",".join(row) for row in CHOICES)]
    return "\n".join(lines).encode()


def test_our_yaml_keeps_everything_it_says() -> None:
    form = read_form("visit.yaml", YAML.encode())
    age = form.by_path["person/age"]
    assert form.title == {"kk": "Бару", "ru": "Визит", "en": "Visit"}
    assert (form.id, form.declared_version, form.languages) == ("visit", "1", ("kk", "ru", "en"))
    assert (age.field_class, age.stat) == (FieldClass.STATISTICAL, Stat("visits", "age"))
    assert age.paper == Paper(pytest.approx(1 / 3), 2, 4)
    assert (age.read_aloud, age.save_to) == (True, "person.age")
    assert (age.label["kk"], age.hint["ru"], age.guidance["en"]) == ("Жасы", "Полных лет", "Roughly")
    assert (age.constraint_message["ru"], age.required_message["en"]) == ("Много", "Needed")
    assert YAML.splitlines()[age.row - 1].strip() == "- type: integer"
    again = form.by_path["again"].choices
    assert again is not None
    assert [(choice.name, dict(choice.columns)) for choice in again.choices] == [("yes", {"weight": "1"}), ("no", {})]


def test_what_ours_adds_survives_the_xform() -> None:
    made = source_of("visit.yaml", YAML.encode()).xml
    again = read_form("visit.xml", made.encode())
    first = read_form("visit.yaml", YAML.encode())
    assert again.version == first.version
    for one, other in zip(first.walk(), again.walk(), strict=True):
        for name in ("path", "kind", "label", "hint", "field_class", "stat", "paper", "read_aloud", "save_to"):
            assert getattr(one, name) == getattr(other, name), (one.path, name)


@pytest.mark.parametrize(("filename", "make"), [("a.xlsx", _xlsx), ("a.md", _md), ("a.csv", _csv)])
def test_an_office_form_comes_in_by_any_file(filename: str, make: Any) -> None:
    form = read_form(filename, make())
    assert [question.path for question in form.walk()] == ["person", "person/age", "again", "total"]
    assert form.languages == ("kk", "ru")
    assert form.by_path["person/age"].attributes == {"odd": "kept"}
    assert form.by_path["again"].row == 5
    assert form.by_path["again"].field_class is FieldClass.SENSITIVE
    filled = sheet(form)
    filled.answer("person/age", "18")
    assert filled.values() == {"person/age": "18", "total": "36"}
    assert filled.relevant("again")


def test_a_version_is_the_hash_of_the_content() -> None:
    one = read_form("a.yaml", YAML.encode())
    assert one.version == read_form("b.yaml", YAML.encode()).version
    assert one.version != read_form("a.yaml", YAML.replace("Too much", "Too many").encode()).version
    assert len(one.version) == 64


def test_an_xform_written_by_hand_is_read() -> None:
    form = read_form("plain.xml", PLAIN.encode())
    assert [(question.path, question.kind) for question in form.walk()] == [
        ("first", QuestionKind.TEXT),
        ("pick", QuestionKind.SELECT_ONE),
        ("secret", QuestionKind.HIDDEN),
        ("shot", QuestionKind.AUDIO),
        ("scan", QuestionKind.FILE),
    ]
    assert form.languages == ("und",)
    assert text_in(form.by_path["first"].label, "kk") == "First ${/data/pick}?"
    filled = sheet(form)
    filled.answer("pick", "1")
    assert filled.text("first", form.by_path["first"].label) == "First 1?"
    assert [choice.name for choice in filled.choices("pick")] == ["1", "2"]
    assert filled.get("secret") == "kept"


PLAIN = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Plain</h:title><model><instance><data id="plain">
<pick/><secret>kept</secret><first/><shot/><scan/><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/first" type="string"/></model></h:head>
<h:body><input ref="/data/first"><label>First <output value="/data/pick"/>?</label></input>
<select1 ref="/data/pick"><label>Pick</label>
<item><label>One</label><value>1</value></item><item><label>Two</label><value>2</value></item></select1>
<upload ref="/data/shot" mediatype="audio/*"><label>Say</label></upload>
<upload ref="/data/scan" mediatype="application/pdf"><label>Scan</label></upload>
</h:body></h:html>"""


@pytest.mark.parametrize(
    "saved",
    [
        b"\xef\xbb\xbf" + _csv(),
        _csv().replace(b",", b";"),
        b"\xef\xbb\xbf" + _csv().replace(b",", b";").replace(b"\n", b"\r\n"),
        _csv().replace(b",", b"\t"),
    ],
    ids=["mark", "semicolons", "both", "tabs"],
)
def test_a_csv_as_excel_saves_it_is_the_same_form(saved: bytes) -> None:
    assert read_form("a.csv", saved).version == read_form("a.csv", _csv()).version


RELATIVE = PLAIN.replace('<input ref="/data/first">', '<group ref="/data"><input ref="first">').replace(
    "</label></input>", "</label></input></group>"
)


def test_a_control_may_say_its_place_from_the_group_around_it_or_by_its_bind() -> None:
    by_bind = PLAIN.replace('<input ref="/data/first">', '<input bind="f">').replace("<bind ", '<bind id="f" ', 1)
    for text in (RELATIVE, by_bind):
        first = read_form("plain.xml", text.encode()).by_path["first"]
        assert text_in(first.label, "kk") == "First ${/data/pick}?"


def test_what_a_phone_would_number_gets_a_number_of_its_own() -> None:
    bind = '<bind nodeset="/data/secret" xmlns:jr="http://openrosa.org/javarosa" jr:preload="uid"/></model>'
    form = read_form(
        "plain.xml", PLAIN.replace("<secret>kept</secret>", "<secret/>").replace("</model>", bind).encode()
    )
    draws = (Random(1).random, Random(2).random)
    one, other = (AnswerSheet(form, now=NOON, draw=draw).get("secret") for draw in draws)
    assert one.startswith("uuid:")
    assert one != other


def test_a_control_of_nothing_is_refused_as_odk_refuses_it() -> None:
    text = PLAIN.replace('ref="/data/shot"', 'ref="/data/shoot"')
    with pytest.raises(BadForm) as refused:
        read_form("plain.xml", text.encode())
    assert refused.value.place == "shoot"
    assert parse_xform(text).by_path["shot"], "a version that is kept stays readable"


def test_languages_are_recognised_by_name_and_code() -> None:
    assert [code_of(name) for name in ("Қазақша (kk)", "Русский", "English (en)", "uz", "Oʻzbekcha", "Elvish")] == [
        "kk",
        "ru",
        "en",
        "uz",
        "uz",
        "Elvish",
    ]


@pytest.mark.parametrize("filename", ["form.pdf", "form", "form.xls", "form.docx"])
def test_other_files_are_refused(filename: str) -> None:
    with pytest.raises(BadForm):
        read_form(filename, b"anything")


def test_a_form_is_a_form_whatever_its_file() -> None:
    assert isinstance(read_form("a.md", _md()), Form)


def test_a_readonly_text_that_the_form_fills_in_is_more_than_a_note() -> None:
    """Its answer is shown and stored; words that nothing fills in stay words."""
    head = "survey\n,type,name,label,readonly,calculation,trigger,default\n,select_one yn,safe,Safe?,,,,\n"
    rows = ",text,moment,When,yes,now(),${safe},\n,text,begun,Begun,yes,,,today()\n,text,words,W,yes,,,\n"
    rows += ",text,fixed,F,yes,,,Almaty\n,note,n,N,,,,\nchoices\n,list_name,name,label\n,yn,yes,Yes\n,yn,no,No\n"
    form = read_form("a.csv", (head + rows).encode())
    kinds = {path: question.kind.value for path, question in form.by_path.items()}
    assert kinds == {
        "safe": "select_one",
        "moment": "text",
        "begun": "text",
        "words": "note",
        "fixed": "text",
        "n": "note",
    }
    filled = AnswerSheet(form, now=NOON)
    filled.answer("safe", "yes")
    assert filled.get("moment").startswith("20")
    assert filled.readonly("moment")
    assert (filled.get("begun") != "", filled.get("fixed")) == (True, "Almaty")
