"""Notices of an incident: each says what its reader must know, and nothing that leads to a person or a kind of case."""

from dataclasses import replace
from datetime import date

import pytest

from kzcase.domain.incidents import TOLD
from kzcase.domain.papers import CLASS_WORDS, IncidentNotice, Organisation, RegisterSheet, SheetHeader
from kzcase.i18n import LANGUAGES, Language, verbatim
from kzcase.paper.notices import CODES, incident_notice
from kzcase.paper.registers import register_sheet
from tests.paper.reading import fonts_of, pages_of, text_of

HEADER = SheetHeader(Organisation("Әділ көмек", "Generated street"), "P61", "1", date(2026, 11, 22), "2026-AAA-I00007")
ROW = IncidentNotice(
    header=HEADER,
    kind="жоғалған ноутбук",
    noticed_on=date(2026, 11, 20),
    happened=(date(2026, 11, 18), date(2026, 11, 19)),
    affected=4711,
    classes=tuple(CLASS_WORDS.values()),
    authority_told_on=date(2026, 11, 21),
    people_told_on=date(2026, 11, 22),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whom", TOLD)
def test_every_notice_is_one_page_in_every_language(whom: str, language: Language) -> None:
    made = incident_notice(ROW, whom, language)
    assert len(pages_of(made)) == 1
    assert all(b"+NotoSans" in font for font in fonts_of(made))
    assert set(CODES) == set(TOLD)


@pytest.mark.parametrize(
    ("whom", "said", "not_said"),
    [
        ("people", ("20 November 2026", "жоғалған ноутбук"), ("Әділ көмек", "Generated street", "I00007", "4711")),
        ("authority", ("Әділ көмек", "I00007", "4711", "18.11.2026", "жоғалған ноутбук"), ()),
        ("donor", ("Әділ көмек", "20 November 2026"), ("I00007", "4711", "жоғалған ноутбук", "18.11.2026")),
    ],
)
def test_a_notice_says_no_more_than_its_reader_must_know(
    whom: str, said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    text = " ".join(text_of(incident_notice(ROW, whom, "en")).split())
    assert [one for one in said if one not in text] == []
    assert [one for one in not_said if one in text] == []


def test_what_is_not_known_yet_leaves_room_for_handwriting() -> None:
    bare = IncidentNotice(header=HEADER, kind="")
    assert "lost" not in text_of(incident_notice(bare, "authority", "en"))
    assert len(pages_of(incident_notice(bare, "people", "ru"))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_register_goes_on_overleaf_under_its_heads(language: Language) -> None:
    columns = (verbatim("Нөмір"), verbatim("Күні"))
    rows = tuple((str(number), "22.11.2026") for number in range(120))
    row = RegisterSheet(replace(HEADER, number=""), columns[0], columns[1], columns[0], columns, rows)
    pages = pages_of(register_sheet(row, language))
    assert len(pages) > 1
    assert text_of(register_sheet(row, language)).count("Күні") >= len(pages)
