"""A raid or a family that anybody would recognise in a table stops the summary."""

import pytest

from kzcase.disclosure.incidents import refuse_events, standing_out
from kzcase.domain.errors import OneEventStandsOut

TABLES = [("place", "sex")]


def crowd(*groups):
    return [({"place": place, "sex": sex}, event) for place, sex, event, n in groups for _ in range(n)]


def test_an_event_larger_than_the_base_stands_out():
    people = crowd(("K", "M", "farm", 12), ("K", "M", "", 100), ("A", "F", "", 50))
    assert [one.people for one in standing_out(people, TABLES, 5)] == [12]
    with pytest.raises(OneEventStandsOut) as caught:
        refuse_events(people, TABLES, 5)
    assert caught.value.facts == {"people": 12, "base": 12}
    assert not standing_out(people, TABLES, 12)


def test_a_family_that_fills_most_of_a_cell_stands_out():
    people = crowd(("K", "F", "family", 3), ("K", "F", "", 2), ("A", "M", "", 50))
    (found,) = standing_out(people, TABLES, 5)
    assert (("place", "K"), ("sex", "F")) in found.cells


def test_ordinary_life_does_not():
    people = crowd(("K", "F", "one", 2), ("K", "F", "two", 2), ("K", "F", "", 6), ("A", "M", "three", 1))
    assert not standing_out(people, TABLES, 5)
    refuse_events(people, TABLES, 5)
