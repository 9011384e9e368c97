"""This laptop's preferences: kept, brought into limits, and never a reason not to start."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase import settings
from kzcase.settings import LANGUAGE, LOCK_AFTER, RECENT, TEXT_SIZE, THEME, Settings, Tries

BOOK, OTHER = Path("/casebooks/office.kzcase"), Path("/casebooks/shelter.kzcase")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "settings.json"


def test_what_is_set_is_there_next_time(path: Path) -> None:
    first = settings.load(path)
    first.set(LANGUAGE, "kk")
    first.set(THEME, "dark")
    first.set(TEXT_SIZE, 1.25)
    again = settings.load(path)
    assert [again.get(each) for each in (LANGUAGE, THEME, TEXT_SIZE, LOCK_AFTER)] == ["kk", "dark", 1.25, 10]


def test_values_are_brought_into_limits(path: Path) -> None:
    chosen = settings.load(path)
    chosen.set(TEXT_SIZE, 40.0)
    chosen.set(LOCK_AFTER, 0)
    assert (chosen.get(TEXT_SIZE), chosen.get(LOCK_AFTER)) == (1.5, 1)
    with pytest.raises(ValueError, match="theme"):
        chosen.set(THEME, "pink")


def test_recent_casebooks_come_first_and_can_be_forgotten(path: Path) -> None:
    chosen = settings.load(path)
    for casebook in (BOOK, OTHER, BOOK):
        chosen.opened(casebook)
    assert chosen.get(RECENT) == (str(BOOK), str(OTHER))
    chosen.tried(BOOK, 1_000.0)
    chosen.forget(BOOK)
    assert chosen.get(RECENT) == (str(OTHER),)
    assert str(BOOK) not in path.read_text("utf-8")


def test_a_casebook_is_found_again_from_another_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was named by half a path is kept, compared and forgotten by the whole one."""
    monkeypatch.chdir(tmp_path)
    whole = str(tmp_path / "made" / "office.kzcase")
    chosen = settings.load(path)
    for named in (Path("made/office.kzcase"), Path(whole)):
        chosen.opened(named)
        assert chosen.get(RECENT) == (whole,)
    path.write_text(json.dumps({"recent": ["made/office.kzcase", whole, str(OTHER)]}), "utf-8")
    chosen = settings.load(path)
    monkeypatch.chdir("/")
    assert chosen.get(RECENT) == (whole, str(OTHER))
    monkeypatch.chdir(tmp_path)
    chosen.forget(Path("made/office.kzcase"))
    assert chosen.get(RECENT) == (str(OTHER),)


def test_wrong_passphrases_are_counted_for_each_casebook(path: Path) -> None:
    chosen = settings.load(path)
    chosen.tried(BOOK, 1_000.0)
    chosen.tried(BOOK, 1_060.0)
    chosen.tried(OTHER, 1_070.0)
    again = settings.load(path)
    assert (again.tries(BOOK), again.tries(OTHER)) == (Tries(2, 1_060.0), Tries(1, 1_070.0))
    again.let_in(BOOK)
    assert settings.load(path).tries(BOOK).wrong == 0


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"language": 7, "text_size": "big", "recent": {}, "lock_after": true}',
     b"[" * 200_000, b'{"text_size": NaN}', b" " * 300_000, b'{"wrong_passphrases": {"a": [1], "b": "c"}}'],
)  # fmt: skip
def test_a_damaged_file_counts_as_never_set(path: Path, damaged: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damaged)
    chosen = settings.load(path)
    assert [chosen.get(each) for each in settings.PREFERENCES] == [each.default for each in settings.PREFERENCES]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([each.name for each in settings.PREFERENCES]), anything))
def test_whatever_a_file_holds_gives_usable_values(tmp_path_factory, held: dict[str, object]) -> None:
    path = tmp_path_factory.mktemp("home") / "settings.json"
    path.write_text(json.dumps(held), "utf-8")
    chosen = settings.load(path)
    for preference in settings.PREFERENCES:
        value = chosen.get(preference)
        assert preference.read(value) == value


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    chosen = Settings(blocked / "settings.json")
    chosen.set(LANGUAGE, "ru")
    assert chosen.get(LANGUAGE) == "ru"


def test_every_preference_has_a_title_and_a_name_of_its_own() -> None:
    names = [each.name for each in settings.PREFERENCES]
    assert len(names) == len(set(names))
    assert all(each.title.msgid for each in settings.PREFERENCES)
