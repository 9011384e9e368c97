"""A form offers the program's code lists without writing them out."""

from kzcase.forms.code_choices import choices_of
from kzcase.forms.definition import text_in
from kzcase.forms.doors import read_form

FORM = """
form: shared
edition: "1"
title: {{kk: "а", ru: "б", en: "c"}}
{choices}
questions:
  - type: select_one urgency
    name: how
    class: operational
    label: {{kk: "а", ru: "б", en: "c"}}
"""


def offered(choices: str = "") -> dict[str, str]:
    form = read_form("shared.yaml", FORM.format(choices=choices).encode())
    source = form.by_path["how"].choices
    assert source is not None
    return {choice.name: text_in(choice.label, "kk") for choice in source.choices}


def test_a_list_that_is_not_written_out_is_a_code_list() -> None:
    assert list(offered()) == [row["name"] for row in choices_of("urgency")]
    assert all(offered().values())


def test_a_list_that_is_written_out_wins() -> None:
    assert offered('choices: {urgency: [{one: {kk: "бір", ru: "один", en: "one"}}]}') == {"one": "бір"}


def test_a_code_above_another_can_be_filtered_by() -> None:
    assert {row.get("parent") for row in choices_of("need")} > {None}


def test_nothing_outside_the_folder_of_codes_is_read() -> None:
    assert choices_of("../rules/holidays") == choices_of("no_such_list") == []


def test_a_name_no_file_can_have_is_no_list() -> None:
    assert choices_of("a" * 300) == []
