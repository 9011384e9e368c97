"""What a form says about itself as a whole survives every door, and what nobody knows is refused with its line."""

import pytest

from kzcase.domain.errors import BadForm
from kzcase.forms.about import WHOLE_FORM, Moment, Signer
from kzcase.forms.check import check_form
from kzcase.forms.definition import Form, text_in
from kzcase.forms.doors import read_form, source_of
from kzcase.forms.languages import FURTHER, HEADINGS, code_of
from tests.forms.filled import form_of_table, said

YAML = """form: rights
edition: "1"
title: {kk: Құқық, ru: Права, en: Rights, uz: Huquqlar, uz-Cyrl: Ҳуқуқлар}
about: {kk: Келген кезде, ru: При встрече, en: When they come}
case_kinds: child stateless
moment: consent
phone: "yes"
client_paper: "yes"
signatures: client interpreter worker
standards: "HTCDS 2.0; UNHCR"
languages: uz uz-Cyrl
choices:
  yn:
    - "yes": {kk: Иә, ru: Да, en: "Yes", uz: Ha, uz-Cyrl: Ҳа}
questions:
  - type: select_one yn
    name: read
    label: {kk: Оқыдыңыз ба?, ru: Прочли?, en: Read it?, uz: Oʻqidingizmi?, uz-Cyrl: Ўқидингизми?}
    class: operational
  - type: select_one sex
    name: sex
    label: {kk: Жыныс, ru: Пол, en: Sex, uz: Jins, uz-Cyrl: Жинс}
    constraint: ". != 'other'"
    constraint_message: {kk: Жоқ, ru: Нет, en: "No"}
    class: statistical
"""


def _whole(form: Form) -> tuple[object, ...]:
    fields = (*WHOLE_FORM[:-1], "further_languages", "title", "about")
    return tuple(getattr(form, name) for name in fields)


def test_everything_said_of_the_whole_form_comes_out_again() -> None:
    form = read_form("rights.yaml", YAML.encode())
    assert _whole(form) == (
        ("child", "stateless"),
        Moment.CONSENT,
        True,
        True,
        (Signer.CLIENT, Signer.INTERPRETER, Signer.WORKER),
        "HTCDS 2.0; UNHCR",
        ("uz", "uz-Cyrl"),
        {"kk": "Құқық", "ru": "Права", "en": "Rights", "uz": "Huquqlar", "uz-Cyrl": "Ҳуқуқлар"},
        {"kk": "Келген кезде", "ru": "При встрече", "en": "When they come"},
    )
    assert form.languages == ("kk", "ru", "en", "uz", "uz-Cyrl")
    assert form.is_for("child")
    assert not form.is_for("trafficking")
    again = read_form("rights.xml", source_of("rights.yaml", YAML.encode()).xml.encode())
    assert _whole(again) == _whole(form)
    assert again.version == form.version


def test_a_form_that_says_nothing_is_for_every_case_and_stays_here() -> None:
    form = form_of_table("| survey |\n| | type | name | label |\n| | text | a | A |\n")
    assert (form.case_kinds, form.moment, form.phone, form.client_paper, form.signatures) == (
        (),
        None,
        False,
        False,
        (),
    )
    assert form.is_for("child")
    assert not form.about


def test_a_code_list_without_the_clients_language_is_shown_in_russian() -> None:
    check = check_form("rights.yaml", YAML.encode())
    assert check.ok, [said(finding.message) for finding in check.errors]
    form = read_form("rights.yaml", YAML.encode())
    sex = form.by_path["sex"].choices
    assert sex is not None
    assert text_in(sex.choices[0].label, "uz") == sex.choices[0].label["ru"]


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("moment: consent", "moment: midnight", 6, "midnight"),
        ("moment: consent", "moment: consent closing", 6, "one moment"),
        ("child stateless", "child ghost", 5, "ghost"),
        ("child stateless", "child child", 5, "twice"),
        ('phone: "yes"', "phone: maybe", 7, "“yes” or “no”"),
        ("client interpreter worker", "client neighbour", 9, "neighbour"),
        ("languages: uz uz-Cyrl", "languages: uz tlh", 11, "tlh"),
        ("moment: consent", "momment: consent", 6, "momment"),
        (", uz: Ha,", ",", 14, "language “uz”"),
        (", uz: Jins,", ",", 22, "language “uz”"),
        (", uz: Huquqlar", "", 3, "language “uz”"),
        ('en: "No"}', 'en: "No", tg: Не}', 24, "“tg” is not known"),
        ('standards: "HTCDS', 'standards: "' + "x" * 2000 + "HTCDS", 10, "too long"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(old: str, new: str, line: int, part: str) -> None:
    assert old in YAML
    check = check_form("rights.yaml", YAML.replace(old, new).encode())
    assert any(one.row == line and part in said(one.message) for one in check.errors), [
        (one.row, said(one.message)) for one in check.errors
    ]


_OFFICE = """
| survey |
| | type | name | label::Русский (ru) | label::Қазақша (kk) |
| | text | a | А | Ә |
| settings |
| | form_id | form_title::Русский (ru) | about::Русский (ru) | about::kk | attribute::kzcase:moment | attribute::odd |
| | own | Своя | Для всех | Барлығына | {moment} | kept |
"""


def test_an_office_says_the_same_in_its_settings_sheet() -> None:
    form = form_of_table(_OFFICE.format(moment="closing"))
    assert (form.id, form.moment, form.attributes) == ("own", Moment.CLOSING, {"odd": "kept"})
    assert form.about == {"ru": "Для всех", "kk": "Барлығына"}
    assert form.title == {"ru": "Своя"}


def test_an_office_is_told_where_its_settings_are_wrong() -> None:
    text = _OFFICE.format(moment="noon")
    found = check_form("own.md", text.encode()).errors
    assert [one.place for one in found] == ["2 · settings · attribute::kzcase:moment"]
    found = check_form("own.md", text.replace("kzcase:moment", "kzcase:mood").encode()).errors
    assert [said(one.message) for one in found] == ["“mood” is not known here."]


def test_a_form_in_one_language_says_in_plain_what_it_is_about() -> None:
    form = form_of_table(
        "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | about |\n| | Any |\n"
    )
    assert text_in(form.about, "kk") == "Any"


def test_an_xform_with_an_unknown_moment_is_refused() -> None:
    xml = source_of("rights.yaml", YAML.encode()).xml.replace('kzcase:moment="consent"', 'kzcase:moment="noon"')
    with pytest.raises(BadForm) as caught:
        read_form("rights.xml", xml.encode())
    assert (caught.value.place, said(caught.value.why)) == ("moment", "“noon” is not known here.")


@pytest.mark.parametrize("code", [*HEADINGS])
def test_each_heading_means_its_language(code: str) -> None:
    assert code_of(HEADINGS[code]) == code
    assert code in (*("kk", "ru", "en"), *FURTHER)
