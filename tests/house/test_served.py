"""The page of what is served: every row stands there once, and every test it names exists."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.words import HOUSE

PAGE = HOUSE / "docs" / "served.md"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = 100


def lacking(page: str, house: Path) -> list[str]:
    """What is wrong with the page: rows missing or doubled, tests that are not there, rows that say nothing."""
    rows = ROW.findall(page)
    numbers = Counter(int(number) for number, *_ in rows)
    wrong = [f"row {number}: {numbers[number]} times" for number in range(1, ROWS + 1) if numbers[number] != 1]
    wrong += [f"row {number}: there is none" for number in numbers if number not in range(1, ROWS + 1)]
    for number, _what, shown, later in rows:
        named = NAMED.findall(shown)
        wrong += [f"row {number}: no {file}::{test}" for file, test in named if not _there(house / file, test)]
        if not named and later.strip() == "–":
            wrong.append(f"row {number}: neither shown nor said to be missing")
    return wrong


def _there(file: Path, test: str) -> bool:
    return file.is_file() and re.search(rf"^def {test}\(", file.read_text("utf-8"), re.MULTILINE) is not None


def test_every_row_is_there_and_every_test_it_names() -> None:
    assert lacking(PAGE.read_text("utf-8"), HOUSE) == []


def test_the_count_at_the_end_is_the_count_of_the_rows() -> None:
    page = PAGE.read_text("utf-8")
    served = sum(bool(NAMED.search(shown)) for _number, _what, shown, _later in ROW.findall(page))
    assert f"{served} of {ROWS} rows are served" in page


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.replace("| 7 |", "| 8 |", 1),
        lambda page: page.replace("::test_last_days", "::test_no_such_days", 1),
        lambda page: page.replace("tests/actions/test_tracing.py", "tests/actions/test_gone.py", 1),
        lambda page: re.sub(r"(?m)^\| 83 \|.*$", "| 83 | Campaigns | – | – |", page),
        lambda page: page.replace("| 100 |", "| 101 |", 1),
    ],
)
def test_a_page_that_says_too_much_is_noticed(spoil: object) -> None:
    page = PAGE.read_text("utf-8")
    spoiled = spoil(page)  # type: ignore[operator]
    assert spoiled != page
    assert lacking(spoiled, HOUSE) != []
