"""Numbers stand on papers and on screen as they are written here; years and numbers of people are not parted."""

import pytest

from kzcase.forms.written import written
from tests.forms.filled import form_of_table, sheet


@pytest.mark.parametrize(
    ("value", "kazakh", "english"),
    [
        ("129750", "129\u00a0750", "129,750"),
        ("-1234567.5", "-1\u00a0234\u00a0567,5", "-1,234,567.5"),
        ("2026", "2026", "2026"),
        ("12.50", "12,50", "12.50"),
        ("0.5", "0,5", "0.5"),
        ("940517400123", "940517400123", "940517400123"),
        ("007700", "007700", "007700"),
        ("2026-03-05", "2026-03-05", "2026-03-05"),
        ("", "", ""),
    ],
)
def test_numbers_as_people_write_them(value: str, kazakh: str, english: str) -> None:
    assert [written(value, language) for language in ("kk", "ru", "uz")] == [kazakh] * 3
    assert written(value, "en") == english


def test_a_label_speaks_of_a_sum_as_people_write_it_and_of_a_number_of_a_paper_as_it_is() -> None:
    table = """
    | survey |           |       |                        |             |
    |        | type      | name  | label::Русский (ru)    | calculation |
    |        | decimal   | wage  | Зарплата               |             |
    |        | text      | paper | Номер                  |             |
    |        | calculate | owed  |                        | ${wage} * 3 |
    |        | note      | said  | ${owed} тг, № ${paper} |             |
    """
    filled = sheet(form_of_table(table), "ru")
    filled.answer("wage", "43250.5")
    filled.answer("paper", "1234567")
    label = filled.form.by_path["said"].label
    assert filled.text("said", label) == "129\u00a0751,5 тг, № 1234567"
