"""Numbers with their nouns."""

import pytest

from kzcase.demo.quantities import quantity, tenge
from kzcase.i18n import Language


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (1, "ru", "1 день"),
        (3, "ru", "3 дня"),
        (5, "ru", "5 дней"),
        (11, "ru", "11 дней"),
        (14, "ru", "14 дней"),
        (21, "ru", "21 день"),
        (22, "ru", "22 дня"),
        (7, "kk", "7 күн"),
        (1, "en", "1 day"),
        (2, "en", "2 days"),
    ],
)
def test_days(number: int, language: Language, said: str) -> None:
    assert quantity(number, "days", language).replace("\N{NO-BREAK SPACE}", " ") == said


def test_money() -> None:
    assert tenge(150_000, "kk").replace("\N{NO-BREAK SPACE}", " ") == "150 000 теңге"
    assert tenge(150_000, "ru").replace("\N{NO-BREAK SPACE}", " ") == "150 000 тенге"
    assert tenge(1_150_000, "en") == "1,150,000 tenge"
