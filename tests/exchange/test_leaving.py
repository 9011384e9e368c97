"""Which forms leave for a phone: harmless ones open, those about people closed, voices and places never."""

import io

import openpyxl
import pytest

from kzcase.exchange.leaving import Leaving, leaving
from kzcase.exchange.phone_xform import edition_on_phones, phone_xform
from kzcase.exchange.phone_xlsform import phone_xlsform
from kzcase.exchange.writing import form_mark
from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.sheets import Sheets
from kzcase.forms.xform import parse_xform
from kzcase.forms.xml_reading import child, local, read_xml
from kzcase.i18n import LANGUAGES, render
from kzcase.keys.submission_keys import key_id_of, public_half
from tests.exchange.forms import form, interview, of_workbook, private_key, survey
from tests.exchange.phone import Phone

TITLE = "{http://www.w3.org/1999/xhtml}title"


@pytest.mark.parametrize("group", ["identifying", "contact", "health", "sensitive"])
def test_whoever_is_asked_about_leaves_only_closed(group: str) -> None:
    assert leaving(form(("text", "x", group))).sealed_only
    assert leaving(form(("hidden", "x", group))).sealed_only


def test_what_names_nobody_may_stay_open() -> None:
    assert (leaving(survey()).allowed, leaving(survey()).sealed_only) == (True, False)
    assert leaving(interview()).sealed_only


@pytest.mark.parametrize("kind", ["audio", "geopoint", "geotrace", "geoshape", "video", "start-geopoint"])
def test_voices_and_places_never_leave(kind: str) -> None:
    found = _by_hand(kind)
    assert found.why
    assert not found.allowed


def _by_hand(kind: str) -> Leaving:
    """An office's own form, in the vocabulary of phones."""
    head = "| survey |\n| | type | name | label |\n| | text | a | A |\n"
    text = f"{head}| | {kind} | x | X |\n| settings |\n| | form_id | attribute::kzcase:phone | namespaces |\n"
    text += '| | f | yes | kzcase="https://kzcase.kz/forms" |\n'
    return leaving(read_form("f.md", text.encode()))


@pytest.mark.parametrize("hidden", ["recordaudio", "setgeopoint"])
def test_what_a_form_does_by_itself_never_leaves(hidden: str) -> None:
    action = (
        f'<odk:{hidden} xmlns:odk="http://www.opendatakit.org/xforms" event="odk-instance-first-load" ref="/data/x"/>'
    )
    found = leaving(parse_xform(survey().xml.replace("</model>", f"{action}</model>")))
    assert not found.allowed
    tracked = survey().xml.replace("<bind ", '<bind odk:location-priority="balanced" ', 1)
    assert not leaving(parse_xform(tracked)).allowed


def test_answers_nobody_could_tell_apart_never_leave() -> None:
    nameless = survey().xml.replace("<instanceID/>", "")
    assert nameless != survey().xml
    assert len(leaving(parse_xform(nameless)).why) == 1


def test_what_stands_in_the_way_is_named_as_the_form_asks_it() -> None:
    voiced = form(("audio", "talk", "operational"))
    (why,) = leaving(voiced).why
    assert all(f"talk {language}" in render(why, language) for language in LANGUAGES)


def test_the_one_title_on_a_phone_is_in_the_language_the_form_begins_with() -> None:
    made = phone_xform(survey(), b"", "").decode()
    assert "<h:title>Сауалнама</h:title>" in made
    assert "<h:title>Survey</h:title>" in survey().xml
    assert parse_xform(made).title == survey().title


def test_what_is_not_for_phones_stays() -> None:
    off = form(("text", "x", "operational"), phone="no")
    assert (leaving(off).allowed, leaving(off).off) == (False, True)
    assert leaving(off, all_the_same=True) == Leaving(allowed=True, sealed_only=False)


def leaving_form(one: Form, public: bytes = b"") -> Form:
    key = key_id_of(public).hex() if public else ""
    made = phone_xform(one, public, key)
    return parse_xform(made.decode())


def test_the_xform_asks_the_same_and_finds_home() -> None:
    public = public_half(private_key())
    made = leaving_form(interview(), public)
    assert [path for path in made.by_path if not path.startswith("kzcase_")] == list(interview().by_path)
    assert made.by_path["kzcase_form"].default == form_mark(interview())
    assert made.declared_version == edition_on_phones(interview(), key_id_of(public).hex())
    assert {*made.by_path["kzcase_case"].label} >= {"kk", "ru", "en"}
    assert made.by_path["kzcase_qr"].kind.value == "barcode"
    phone = Phone(made.xml.encode())
    assert phone.key == public
    assert b"PRIVATE" not in made.xml.encode()


def test_open_and_closed_forms_are_two_editions() -> None:
    public = public_half(private_key())
    assert leaving_form(survey()).declared_version != leaving_form(survey(), public).declared_version
    assert not Phone(leaving_form(survey()).xml.encode()).key


def test_an_address_that_came_with_the_form_goes() -> None:
    stranger = '<submission action="https://example.org/x" method="post" base64RsaPublicKey="QUJD"/>'
    xml = survey().xml.replace("<bind ", f"{stranger}<bind ", 1)
    public = public_half(private_key())
    made = phone_xform(parse_xform(xml), public, "00")
    assert (b"example.org" in made, made.count(b"base64RsaPublicKey")) == (False, 1)


def test_a_form_without_translations_or_version_leaves_too() -> None:
    xml = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:kzcase="https://kzcase.kz/forms"><h:head><h:title>T</h:title><model><instance>
      <data id="a>b" kzcase:phone='yes'><q/><meta><instanceID/></meta></data></instance>
      <bind nodeset="/data/q" kzcase:class="operational"/></model></h:head>
      <h:body><input ref="/data/q"><label>Q</label></input></h:body></h:html>"""
    made = leaving_form(parse_xform(xml))
    assert (made.id, list(made.by_path)) == ("a>b", ["kzcase_form", "kzcase_case", "kzcase_qr", "q"])
    assert made.declared_version.startswith("1-")


def test_the_workbook_becomes_the_same_form() -> None:
    from kzcase.forms.doors import sheets_of
    from kzcase.forms.library import shipped_form, shipped_source

    public, one = public_half(private_key()), shipped_form("victim_screening")
    sheets: Sheets = sheets_of(".yaml", shipped_source("victim_screening"))
    content = phone_xlsform(one, sheets, public, key_id_of(public).hex())
    again = of_workbook(content)
    assert [path for path in again.by_path if not path.startswith("kzcase_")] == list(one.by_path)
    assert again.declared_version == edition_on_phones(one, key_id_of(public).hex())
    assert (again.id, next(read_xml(again.xml.encode()).iter(TITLE)).text) == (one.id, one.title["kk"])
    rules = {path: q.relevant and q.relevant.text for path, q in one.by_path.items()}
    assert {path: q.relevant and q.relevant.text for path, q in again.by_path.items() if path in rules} == rules
    model = next(element for element in read_xml(again.xml.encode()).iter() if local(element.tag) == "model")
    assert child(model, "submission") is not None
    book = openpyxl.load_workbook(io.BytesIO(content))
    headings = {cell.value for sheet in book for cell in next(sheet.iter_rows())}
    assert not [each for each in headings if "kzcase:" in str(each)]
