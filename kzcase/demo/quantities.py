"""Numbers with their nouns in three languages: days, months, minutes, hours, persons, tenge."""

from typing import Final

from kzcase.i18n import Language

_NOUNS: Final = {
    "days": ("күн", ("день", "дня", "дней"), ("day", "days")),
    "months": ("ай", ("месяц", "месяца", "месяцев"), ("month", "months")),
    "minutes": ("минут", ("минута", "минуты", "минут"), ("minute", "minutes")),
    "hours": ("сағат", ("час", "часа", "часов"), ("hour", "hours")),
    "people": ("адам", ("человек", "человека", "человек"), ("person", "persons")),
}
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def quantity(number: int, noun: str, language: Language) -> str:
    """`number` with `noun` in the form it takes: 5 күн, 5 дней, 5 days."""
    kazakh, russian, english = _NOUNS[noun]
    if language == "kk":
        return f"{number}{_NO_BREAK}{kazakh}"
    if language == "ru":
        return f"{number}{_NO_BREAK}{russian[_russian_form(number)]}"
    return f"{number}{_NO_BREAK}{english[number != 1]}"


def _russian_form(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def tenge(amount: int, language: Language) -> str:
    """An amount of money: 150 000 теңге, 150 000 тенге, 150,000 tenge."""
    grouped = f"{amount:,}"
    if language == "en":
        return f"{grouped} tenge"
    return grouped.replace(",", _NO_BREAK) + (f"{_NO_BREAK}теңге" if language == "kk" else f"{_NO_BREAK}тенге")
