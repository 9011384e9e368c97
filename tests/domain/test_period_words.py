"""Reporting periods in words, in every language; what is no period is said as it stands."""

import pytest

from kzcase.domain.periods import period_words, periods_words
from kzcase.i18n import render


@pytest.mark.parametrize(
    ("period", "kk", "ru", "en"),
    [
        ("2026-Q3", "2026 жылғы III тоқсан", "III квартал 2026 г.", "Q3 2026"),
        ("2026-Q1", "2026 жылғы I тоқсан", "I квартал 2026 г.", "Q1 2026"),
        ("2026-H2", "2026 жылғы II жартыжылдық", "II полугодие 2026 г.", "H2 2026"),
        ("2026", "2026 жыл", "2026 год", "Year 2026"),
        ("2026-07", "07.2026", "07.2026", "07.2026"),
        ("2026-Q5", "2026-Q5", "2026-Q5", "2026-Q5"),
        ("", "", "", ""),
    ],
)
def test_a_period_is_said(period: str, kk: str, ru: str, en: str) -> None:
    words = period_words(period)
    assert (render(words, "kk"), render(words, "ru"), render(words, "en")) == (kk, ru, en)


def test_several_are_said_one_after_the_other() -> None:
    assert render(periods_words(["2026-Q1", "2026-Q2", "2026-Q3"]), "en") == "Q1 2026, Q2 2026, Q3 2026"
    assert render(periods_words([]), "en") == ""
