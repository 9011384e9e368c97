"""The clock of a laptop is doubted where it cannot be right, and not because laptops differ by hours."""

from datetime import UTC, datetime, timedelta

import pytest

from kzcase.domain.clocks import clock_doubt
from kzcase.i18n import LANGUAGES, render

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "said"),
    [
        (NOW, NOW - timedelta(days=900), ""),
        (NOW, NOW + timedelta(hours=23), ""),
        (NOW, datetime(2099, 1, 1, tzinfo=UTC), "01.01.2099"),
        (NOW.replace(hour=20), datetime(2099, 1, 1, tzinfo=UTC), "24.11.2026"),  # the day that clock shows
        (datetime(1970, 1, 1, tzinfo=UTC), NOW, "23.11.2026"),
        (datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), "01.01.1970"),
    ],
)
def test_a_clock_is_doubted_where_it_cannot_be_right(now: datetime, last: datetime, said: str) -> None:
    doubt = clock_doubt(now, last)
    assert (doubt is not None) is bool(said)
    for language in LANGUAGES if doubt is not None else ():
        assert said in render(doubt, language)
