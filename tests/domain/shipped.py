"""The shipped lists and tables, read without the room above."""

from functools import cache

from kzcase import paths
from kzcase.domain.codes import CodeList, read_code_list
from kzcase.domain.workdays import WorkCalendar, read_calendar


def text(*parts: str) -> str:
    """The text of a shipped file."""
    return paths.resources(*parts).read_text("utf-8")


@cache
def code_list(name: str) -> CodeList:
    """A shipped code list."""
    return read_code_list(name, text("codes", f"{name}.csv"))


@cache
def calendar() -> WorkCalendar:
    """The shipped calendar."""
    return read_calendar(text("rules", "holidays.csv"))
