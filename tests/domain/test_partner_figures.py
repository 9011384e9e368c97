"""Figures about a partner: time and outcomes, and no number so small that one could know who was meant."""

from datetime import date

from kzcase.domain.partner_figures import FEWEST, PartnerFigures, Told, figures
from kzcase.i18n import LANGUAGES, render


def told(count: int, state: str = "served", days: int | None = 4, *, late: int = 0) -> list[Told]:
    answered = None if days is None else date(2026, 11, 1 + days)
    return [Told(date(2026, 11, 1), answered, state, number < late) for number in range(count)]


def test_time_and_outcomes_are_counted() -> None:
    found = figures("x", [*told(6), *told(5, "refused", 10, late=5)])
    assert found == PartnerFigures("x", 11, 5, 4, {"served": 6, "refused": 5})


def test_small_numbers_are_not_told_nor_what_would_give_them_away() -> None:
    assert figures("x", told(FEWEST - 1)) == PartnerFigures("x", 1, None, None, None)
    assert figures("x", [*told(8), *told(2, "refused")]).states is None, "ten less eight would be two"
    assert figures("x", [*told(8), *told(3, "refused"), *told(2, "expired")]).states == {"served": 8, "other": 5}
    assert figures("x", told(9, late=3)).overdue is None
    assert figures("x", told(9, late=0)).overdue == 0
    assert figures("x", [*told(4), *told(6, "sent", None)]).days is None


def test_they_are_said_in_three_languages() -> None:
    for found in (figures("x", []), figures("x", told(9)), figures("x", told(20, late=6))):
        assert len({render(found.said(), language) for language in LANGUAGES}) >= 1
