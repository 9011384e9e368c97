"""Purposes of processing: what ships is whole and marked where nobody has confirmed it; a wrong file says where."""

import tomllib
from datetime import date

import pytest

from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.purposes import Purpose, read_purposes
from kzcase.i18n import LANGUAGES, render
from tests.domain.shipped import text

SHIPPED = read_purposes(tomllib.loads(text("rules", "purposes.toml")))
GOOD = """
[[purpose]]
id = "help"
kk = "а"
ru = "б"
en = "c"
ground_kk = "а"
ground_ru = "б"
ground_en = "c"
term_kk = "а"
term_ru = "б"
term_en = "c"
source_kk = "а"
source_ru = "б"
source_en = "c"
classes = ["contact"]
checked_on = 2026-11-22
"""


def reading(toml: str) -> tuple[Purpose, ...]:
    return read_purposes(tomllib.loads(toml), "purposes.toml")


def test_every_purpose_is_said_in_three_languages_with_its_source_and_day() -> None:
    assert len({one.id for one in SHIPPED}) == len(SHIPPED) > 3
    for one in SHIPPED:
        for said in (one.name, one.ground, one.term, one.source):
            assert all(said[language].strip() for language in LANGUAGES)
        assert one.classes
        assert one.checked_on >= date(2026, 11, 22)
        assert one.doubtful  # no lawyer has confirmed any of them yet


def test_a_purpose_holds_for_its_time() -> None:
    (one,) = reading(f"{GOOD}\nvalid_from = 2026-01-01\nvalid_to = 2026-12-31\n")
    assert not one.in_force_on(date(2025, 12, 31))
    assert one.in_force_on(date(2026, 1, 1))
    assert one.in_force_on(date(2026, 12, 31))
    assert not one.in_force_on(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("was", "instead", "told"),
    [
        ('id = "help"', 'id = "Help!"', "small Latin letters"),
        ('ru = "б"\n', "", "“ru”"),
        ('ground_kk = "а"', "ground_kk = 1", "“ground_kk”"),
        ('classes = ["contact"]', 'classes = ["names"]', "“classes”"),
        ('classes = ["contact"]', "classes = []", "“classes”"),
        ("checked_on = 2026-11-22", 'checked_on = "2026"', "“checked_on”"),
        ("checked_on = 2026-11-22", "", "“checked_on”"),
        ("checked_on = 2026-11-22", "checked_on = 2026-11-22\ndoubtful = 1", "“doubtful”"),
        ("checked_on = 2026-11-22", "checked_on = 2026-11-22\nmore = 1", "“more”"),
        ("[[purpose]]", "[purpose]", "a list of"),
        ("[[purpose]]", "other = 1\n[[purpose]]", "a list of"),
    ],
)
def test_a_wrong_purpose_is_refused_with_its_place(was: str, instead: str, told: str) -> None:
    assert reading(GOOD)
    with pytest.raises(BrokenDefinition) as refused:
        reading(GOOD.replace(was, instead, 1))
    sentence = render(refused.value.sentence(), "en")
    assert "purposes.toml" in sentence
    assert told in sentence
