"""A blank that left for phones, given to the door again, is the form it was, and nothing of ours is found in it."""

import io
from collections.abc import Mapping

import openpyxl
import pytest

from kzcase.exchange.phone_xform import phone_xform
from kzcase.exchange.phone_xlsform import phone_xlsform
from kzcase.forms.check import FormCheck, check_form
from kzcase.forms.definition import Form, Question
from kzcase.forms.doors import read_form, sheets_of
from kzcase.forms.kept_sheets import sheets_in
from kzcase.forms.library import shipped_form, shipped_source
from kzcase.forms.way_home import HOME
from kzcase.i18n import render
from tests.exchange.forms import of_workbook

KEY, NAME = b"k" * 300, "ab" * 32
SHIPPED = ("outreach_visit", "compensation_helper", "nationality_by_country", "victim_screening", "consent_data")
"""With lines of a table, a dated table of the program, repeats as tables, many rules, and texts in seven languages."""
OFFICE = """survey
,type,name,label::Қазақша,label::Русский,required,relevant,repeat_count,default,constraint,constraint_message::Русский
,date,day,Келген күні,День прихода,yes,,,today(),,
,select_multiple need or_other,needs,Не керек?,Что нужно?,,,,,,
,integer,people,Қанша адам?,Сколько человек?,,,,,. < 20,Меньше 20
,begin repeat,person,Адам,Человек,,,${people},,,
,text,said,Не айтты?,Что сказал?,,${day} != '',,,,
,end repeat,,,,,,,,,
choices
,list_name,name,label::Қазақша,label::Русский
,need,roof,Баспана,Жильё
,need,paper,Құжат,Документы
settings
,form_id,form_title,version
,visit,Келу,
"""
UNNAMED = b"survey\n,type,name,label\n,text,who,Who came?\nsettings\n,form_id,version\n,plain,7-b\n"


def _of_the_office(text: bytes, name: str = "visit.csv") -> Form:
    return read_form(name, text, keep_rows=True)


def _workbook(form: Form) -> bytes:
    sheets = sheets_in(form.xml) or sheets_of(".yaml", shipped_source(form.id))
    return phone_xlsform(form, sheets, KEY, NAME)


def _again(form: Form, ending: str) -> FormCheck:
    return check_form(f"x{ending}", _workbook(form) if ending == ".xlsx" else phone_xform(form, KEY, NAME))


def _asked(question: Question) -> list[object]:
    """All of a question that goes along: classes and what else only this program reads stay at home."""
    rules = (question.relevant, question.constraint, question.required, question.calculation, question.repeat_count)
    texts: tuple[Mapping[str, str], ...] = (question.label, question.hint, question.guidance)
    source = question.choices
    choices = [(choice.name, dict(choice.label)) for choice in source.choices] if source else []
    said = (*map(dict, texts), dict(question.constraint_message), dict(question.required_message))
    return [question.path, question.kind, [rule and rule.text for rule in rules], said, choices, question.default]


def _said(check: FormCheck) -> list[str]:
    """What is worth a look, without the places: an XForm has no rows."""
    return sorted(render(warning.message, "en") for warning in check.warnings)


def _first(name: str) -> FormCheck:
    if name in SHIPPED:
        return check_form(f"{name}.yaml", shipped_source(name))
    return check_form("x.csv", OFFICE.encode() if name == "visit" else UNNAMED)


FORMS = [*SHIPPED, "visit", "plain"]


def _form(name: str) -> Form:
    if name in SHIPPED:
        return shipped_form(name)
    return _of_the_office(OFFICE.encode()) if name == "visit" else _of_the_office(UNNAMED)


@pytest.mark.parametrize("ending", [".xlsx", ".xml"])
@pytest.mark.parametrize("name", FORMS)
def test_it_is_the_form_it_was(name: str, ending: str) -> None:
    form = _form(name)
    check = _again(form, ending)
    assert check.errors == ()
    assert _said(check) == _said(_first(name)), "what is worth a look of the form itself, and nothing else"
    assert check.form is not None
    assert [*map(_asked, check.form.walk())] == [*map(_asked, form.walk())]
    assert (check.form.id, check.form.declared_version) == (form.id, form.declared_version)
    assert set(check.form.languages) == set(form.languages)
    assert b"submission" not in check.form.xml.encode(), "the key of the office is put in again when it leaves"


@pytest.mark.parametrize("name", FORMS)
def test_what_leaves_asks_for_the_case_in_the_languages_of_the_form(name: str) -> None:
    form = _form(name)
    on_phone = of_workbook(_workbook(form))
    assert set(HOME) <= set(on_phone.by_path)
    assert set(on_phone.by_path["kzcase_case"].label) == set(form.languages)


def test_the_rows_that_are_left_keep_their_places() -> None:
    text = _workbook(_form("visit"))
    book = openpyxl.load_workbook(io.BytesIO(text))
    sheet = book["survey"]
    column = next(cell.column for cell in next(sheet.iter_rows()) if cell.value == "relevant")
    row = next(cells[0].row for cells in sheet.iter_rows() if "said" in [cell.value for cell in cells])
    sheet.cell(row, column).value = "${nobody} = 1"
    out = io.BytesIO()
    book.save(out)
    check = check_form("x.xlsx", out.getvalue())
    assert [finding.row for finding in check.errors] == [row]


def test_an_edition_written_since_is_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_workbook(_form("visit"))))
    sheet = book["settings"]
    column = next(cell.column for cell in next(sheet.iter_rows()) if cell.value == "version")
    sheet.cell(2, column).value = "2027"
    out = io.BytesIO()
    book.save(out)
    assert read_form("x.xlsx", out.getvalue()).declared_version == "2027"


def test_a_question_that_is_called_like_ours_by_its_author_stays() -> None:
    form = read_form("a.csv", b"survey\n,type,name,label\n,text,kzcase_case,Which case?\n,text,b,B\n")
    assert list(form.by_path) == ["kzcase_case", "b"]
