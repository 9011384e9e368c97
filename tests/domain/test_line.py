"""Numbers that are one phone, hours that are safe there, words that are right, and the sheets that ship."""

from datetime import UTC, date, datetime

import pytest

from kzcase.db.rulebook import baseline
from kzcase.domain.errors import BadHours, BrokenDefinition, NoSuchSheet, NoSuchZone
from kzcase.domain.line import digest_of, digits_of, is_safe_at, is_word_of, next_safe, same_word, spans_of, zone_named
from kzcase.domain.sheets import read_sheets, sheet_named, sheets_about
from kzcase.i18n import LANGUAGES

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_two_spellings_of_a_phone_are_one() -> None:
    assert digits_of("+7 (709) 000-00-21") == digits_of("87090000021") == "7090000021"
    assert digits_of("+998 90 000 00 21") != digits_of("+7 709 000 00 21")
    assert digits_of("102") == digits_of(None) == ""


@pytest.mark.parametrize(
    "bad", ["evening", "25:00-26:00", "10:00", "10:61-11:00", "10:00-10:00", ",".join(["1:00-2:00"] * 13)]
)
def test_hours_that_cannot_be_read_are_refused(bad: str) -> None:
    with pytest.raises(BadHours):
        spans_of(bad)


@pytest.mark.parametrize(
    ("hours", "zone", "safe"),
    [
        ("", "Asia/Almaty", True),
        ("17:00-18:00", "Asia/Almaty", True),
        ("15:00-15:30", "Europe/Moscow", True),
        ("14:00-15:00", "Europe/Moscow", False),
        ("22:00-13:00", "UTC", True),
        ("22:00-11:00", "UTC", False),
        ("06:00-07:00, 20:30-21:30", "Asia/Seoul", True),
    ],
)
def test_it_is_safe_by_their_clock(hours: str, zone: str, safe: bool) -> None:
    assert is_safe_at(hours, zone, NOON) is safe


def test_the_next_safe_hour_may_be_tomorrow_and_keeps_to_summer_time() -> None:
    assert f"{next_safe('10:00-11:00', 'Asia/Almaty', NOON):%d %H:%M}" == "23 10:00"
    before = datetime(2026, 3, 28, 20, tzinfo=UTC)  # the clocks of Berlin go forward that night
    assert next_safe("10:00-11:00", "Europe/Berlin", before).astimezone(UTC).hour == 8


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "a" * 200])
def test_unknown_zones_are_refused(name: str) -> None:
    with pytest.raises(NoSuchZone):
        zone_named(name)


def test_every_zone_that_is_offered_is_known() -> None:
    for code in baseline().list("time_zone"):
        assert zone_named(code.attribute("zone"))


def test_words_are_the_same_whatever_their_letters() -> None:
    assert same_word("  АҚ  кеме ", "ақ Кеме")
    assert not any(same_word(said, known) for said, known in (("", ""), ("ақ", None), ("ақ", "ақ кеме")))
    salt = bytes(16)
    assert is_word_of("КӨК үй", [(salt, digest_of("көк  Үй", salt))])
    assert not is_word_of("көк", [(salt, digest_of("көк үй", salt))])


def test_every_sheet_that_ships_is_short_and_about_known_topics() -> None:
    rules = baseline()
    assert len(rules.sheets) >= 12
    for sheet in rules.sheets:
        assert set(sheet.topics) <= {code.code for code in rules.list("call_topic")}
        assert set(sheet.countries) <= {code.code for code in rules.countries}
        assert len({sheet.title[each] for each in LANGUAGES}) == 3
        assert all(len(line) <= 160 for each in LANGUAGES for line in sheet.lines[each])


COUNTED_ONLY = {"silent", "hoax", "wrong_number", "abusive"}


def test_there_is_an_answer_to_every_topic_that_asks_for_one() -> None:
    rules = baseline()
    answered = {topic for sheet in rules.sheets for topic in sheet.topics}
    assert {code.code for code in rules.list("call_topic")} - answered == COUNTED_ONLY
    for country in ("KZ", "UZ", "KG", "TJ", "RU"):
        about = [each for each in rules.sheets if country in each.countries]
        assert about
        assert sheets_about(rules.sheets, TODAY, topics=["return"], country=country)[0] in about


def test_nobody_is_promised_more_secrecy_than_is_kept() -> None:
    """Danger to a life or a child is passed on even without agreement: no line may promise otherwise."""
    first = next(each for each in baseline().scripts if each.id == "first")
    assert "a child is in danger" in first.lines["en"][1]
    assert "ребёнку" in first.lines["ru"][1]
    assert "балаға" in first.lines["kk"][1]


def test_an_answer_is_found_by_a_few_letters_of_any_language_and_topics_come_first() -> None:
    sheets = baseline().sheets
    for typed in ("жалақы", "зарпл", "wages"):
        assert sheets_about(sheets, TODAY, typed=typed)[0].id == "wages"
    assert sheets_about(sheets, TODAY, topics=["asylum"])[0].id == "asylum"
    assert "work_eaeu" not in {each.id for each in sheets_about(sheets, TODAY, country="UZ")}
    assert sheets_about(sheets, TODAY, typed="qqq") == ()


def test_a_sheet_is_named_in_a_language_it_speaks() -> None:
    sheets = baseline().sheets
    assert sheet_named(sheets, "wages", "kk", TODAY).edition == sheet_named(sheets, "wages", "ru", TODAY).edition
    for name, language in (("wages", "de"), ("nothing", "kk")):
        with pytest.raises(NoSuchSheet):
            sheet_named(sheets, name, language, TODAY)


@pytest.mark.parametrize(
    "change", [{"id": "Bad id"}, {"lines_kk": ["one", "two"]}, {"ru": ""}, {"more": 1}, {"topics": []}]
)
def test_a_broken_sheet_is_refused(change: dict[str, object]) -> None:
    sound = {
        **dict.fromkeys(LANGUAGES, "Title"),
        **{f"lines_{each}": ["One."] for each in LANGUAGES},
        "id": "one", "topics": ["wages"], **{f"source_{each}": "Own" for each in LANGUAGES}, "checked_on": TODAY,
    }  # fmt: skip
    assert len(read_sheets({"sheet": [sound]})) == 1
    with pytest.raises(BrokenDefinition):
        read_sheets({"sheet": [sound | change]})
