"""Lists that lie beside a form are read, kept with it, checked, and leave beside it."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.exchange.leaving import leaving
from kzcase.exchange.phone_xform import phone_xform
from kzcase.exchange.phone_xlsform import phone_xlsform
from kzcase.forms.check import check_form
from kzcase.forms.doors import read_form
from kzcase.forms.kept_sheets import sheets_in
from kzcase.forms.list_files import MOST_ROWS, markup_of
from kzcase.forms.outside_lists import without_lists
from kzcase.forms.xform import parse_xform
from tests.forms.filled import form_of_table, said, sheet

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "xlsform.md"
LISTS = {
    "regions.csv": "name,label\nalm,Алматы\nast,Астана\n".encode(),
    "towns.csv": "name;label;region;code\nkas;Қаскелең;alm;A&1\nkos;Қосшы;ast;B2\n".encode(),
}
EXAMPLES = re.findall(r"```xlsform\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
TOWNS = EXAMPLES[3] + "| settings |\n| | form_id | attribute::kzcase:phone |\n| | towns | yes |\n"


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_each_example_of_the_guide_loads(number: int) -> None:
    check = check_form("guide.md", EXAMPLES[number].encode(), LISTS.get)
    assert (check.ok, check.errors, check.warnings) == (True, (), ())


def test_a_list_beside_the_form_is_chosen_from_checked_and_looked_into() -> None:
    form = form_of_table(TOWNS, LISTS.get)
    filled = sheet(parse_xform(form.xml))
    filled.answer("region", "alm")
    assert [choice.label["und"] for choice in filled.choices("town")] == ["Қаскелең"]
    filled.answer("town", "kos")
    assert set(filled.errors()) == {"town"}
    filled.answer("town", "kas")
    assert (filled.errors(), filled.get("area_code")) == ({}, "A&1")


def test_another_list_is_another_version() -> None:
    other = {**LISTS, "regions.csv": b"name,label\nalm,Almaty\n"}
    assert form_of_table(TOWNS, LISTS.get).version != form_of_table(TOWNS, other.get).version


def test_a_missing_list_is_named_with_its_row() -> None:
    found = check_form("t.md", TOWNS.encode(), {"regions.csv": LISTS["regions.csv"]}.get)
    assert [(each.place, "towns.csv" in said(each.message)) for each in found.errors] == [("3 · survey · type", True)]
    alone = "| survey |\n| | type | name | calculation |\n| | calculate | a | pulldata('x', 'b', 'c', 'd') |\n"
    with pytest.raises(BadForm) as caught:
        form_of_table(alone)
    assert caught.value.place == "2 · survey · calculation"


def test_a_package_holds_the_form_and_its_lists() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("f.md", TOWNS)
        for name, content in LISTS.items():
            package.writestr(f"f-media/{name}", content)
    assert read_form("f.zip", out.getvalue()).version == read_form("f.md", TOWNS.encode(), LISTS.get).version


@pytest.mark.parametrize(
    ("ending", "content", "part"),
    [
        (".csv", b"name,my label\na,b\n", "begins with a letter"),
        (".csv", b"name,name\na,b\n", "twice"),
        (".csv", b"name\na,b\n", "more cells"),
        (".csv", b"name,label\n", "no choices"),
        (".csv", b"name,label\na,\x01\n", "nobody sees"),
        (".csv", b"\xff\xfe", "UTF-8"),
        (".geojson", b"[" * 50_000, "GeoJSON"),
        (".geojson", b'{"features":[{"geometry":{"type":"Point","coordinates":[1]}}]}', "Point"),
        (".txt", b"", ".csv"),
    ],
)
def test_a_bad_list_is_refused_in_words(ending: str, content: bytes, part: str) -> None:
    with pytest.raises(BadForm) as caught:
        markup_of(ending, content)
    assert part in said(caught.value.why)


def test_a_list_is_bounded() -> None:
    with pytest.raises(TooLarge):
        markup_of(".csv", b"name\n" + b"a\n" * (MOST_ROWS + 1))


def test_places_of_a_map_and_lists_in_xml() -> None:
    where = b'{"type":"Point","coordinates":[76.9,43.2]}'
    point = b'{"features":[{"id":"x","properties":{"title":"T"},"geometry":%s}]}' % where
    item = "<item><id>x</id><title>T</title><geometry>43.2 76.9 0 0</geometry></item>"
    assert markup_of(".geojson", point) == f"<root>{item}</root>"
    assert markup_of(".xml", b"<root><item><name>a</name></item></root>") == "<root><item><name>a</name></item></root>"


def test_external_choices_are_choices() -> None:
    filled = sheet(
        form_of_table(
            """
| survey |
| | type | name | label | choice_filter |
| | select_one state | state | State | |
| | select_one_external county | county | County | state = ${state} |
| choices |
| | list_name | name | label |
| | state | tx | Texas |
| external_choices |
| | list_name | name | label | state |
| | county | king | King | tx |
| | county | king | King | wa |
"""
        )
    )
    filled.answer("state", "tx")
    assert [choice.columns["state"] for choice in filled.choices("county")] == ["tx"]


def test_the_lists_leave_beside_the_form_and_the_rows_stay_here() -> None:
    form = read_form("f.md", TOWNS.encode(), LISTS.get, keep_rows=True)
    assert leaving(form).why == ()
    made = phone_xform(form, b"", "").decode()
    assert ("Қаскелең" in form.xml, "Қаскелең" in made, "kzcase-sheets" in made) == (True, False, False)
    files = without_lists(form.xml)[1]
    assert files["towns.csv"].decode().splitlines()[1] == "kas,Қаскелең,alm,A&1"
    assert list(read_form("f.xml", made.encode(), files.get).by_path) == list(form.by_path)
    rows = sheets_in(form.xml)
    assert rows is not None
    again = read_form("f.xlsx", phone_xlsform(form, rows, b"", ""), files.get)
    assert list(again.by_path) == list(form.by_path)


def test_a_list_about_people_stays_at_the_desk() -> None:
    row = "| | select_one_from_file towns.csv | town | Town | region = ${region} | | "
    sensitive = TOWNS.replace(f"{row}statistical |", f"{row}|")
    assert sensitive != TOWNS
    assert any("towns.csv" in said(why) for why in leaving(form_of_table(sensitive, LISTS.get)).why)
