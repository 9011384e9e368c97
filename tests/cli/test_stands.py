"""Where a case stands, for people: of several facts of which any one is enough, it says so."""

from kzcase.cli.roads import missing_of
from kzcase.domain.road_rows import FactWord
from kzcase.i18n import verbatim


def fact(code: str) -> FactWord:
    return FactWord(code, verbatim(code))


def test_what_is_needed_whole_and_what_is_one_of_several_are_told_apart() -> None:
    assert missing_of([fact("a")], [fact("b"), fact("c")]) == ["a", "one of: b / c"]
    assert missing_of([fact("a"), fact("d")], [fact("b")]) == ["a", "d", "b"]
    assert missing_of([], []) == []
