"""Dates as they are written on letters: “2026 жылғы 5 наурыз”, “5 марта 2026 года”, “5 March 2026”."""

from datetime import date
from typing import Final

from kzcase.i18n import Words, _

_LONG: Final = (
    _("{day} January {year}"),
    _("{day} February {year}"),
    _("{day} March {year}"),
    _("{day} April {year}"),
    _("{day} May {year}"),
    _("{day} June {year}"),
    _("{day} July {year}"),
    _("{day} August {year}"),
    _("{day} September {year}"),
    _("{day} October {year}"),
    _("{day} November {year}"),
    _("{day} December {year}"),
)


def long_date(day: date) -> Words:
    """The official long form: a whole sentence per month, because Russian months are declined."""
    return _LONG[day.month - 1].with_arguments(day=day.day, year=day.year)
