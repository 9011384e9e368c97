"""Wrong passphrases are kept beside the casebook until somebody gets in: their moments, and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kzcase.db.tries import MOST, Tries
from tests.db.books import START


def test_moments_are_kept_and_handed_over_once(tmp_path: Path) -> None:
    tries = Tries(tmp_path / "tries")
    given = [START + timedelta(minutes=minute) for minute in range(3)]
    for moment in given:
        tries.note(moment)
    found: list[datetime] = []
    tries.hand_over(found.append)
    tries.hand_over(found.append)
    assert found == given
    assert tries.moments() == []


def test_of_very_many_the_first_and_the_latest_stay(tmp_path: Path) -> None:
    tries = Tries(tmp_path / "tries")
    given = [START + timedelta(minutes=minute) for minute in range(MOST + 20)]
    for moment in given:
        tries.note(moment)
    assert tries.moments() == [*given[: MOST - 1], given[-1]]
    assert (tmp_path / "tries").stat().st_size == MOST * 8


def test_a_spoiled_file_tells_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / "tries"
    tries = Tries(file)
    for content in (b"", b"abc", b"\xff" * 24, bytes(100)):
        file.write_bytes(content)
        assert tries.moments() == []
        tries.note(START)
        assert tries.moments()[-1] == START.astimezone(UTC)


def test_a_disk_that_refuses_is_no_reason_to_stop(tmp_path: Path) -> None:
    tries = Tries(tmp_path / "nowhere" / "tries")
    tries.note(START)
    assert tries.moments() == []
