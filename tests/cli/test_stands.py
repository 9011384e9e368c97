"""Where a case stands, for people: of several facts of which any one is enough, it says so."""

from pathlib import Path

from kzcase.cli.roads import missing_of
from kzcase.domain.road_rows import FactWord
from kzcase.i18n import verbatim
from tests.cli.running import run


def fact(code: str) -> FactWord:
    return FactWord(code, verbatim(code))


def test_what_is_needed_whole_and_what_is_one_of_several_are_told_apart() -> None:
    assert missing_of([fact("a")], [fact("b"), fact("c")]) == ["a", "one of: b / c"]
    assert missing_of([fact("a"), fact("d")], [fact("b")]) == ["a", "d", "b"]
    assert missing_of([], []) == []


def test_people_read_what_is_next_and_each_reason_once(casebook: Path) -> None:
    """JSON keeps every fact and every step; `--facts` shows all of them to people too."""
    number = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    whole = run("case", "stands", casebook, number, "--json").json("case stands")
    short, long = run("case", "stands", casebook, number), run("case", "stands", casebook, number, "--facts")
    shown = [fact for fact in whole["can_be_stated"] if f"  {fact} " in short.out.decode()]
    assert 0 < len(shown) < len(whole["can_be_stated"])
    assert "--facts" in short.err
    assert all(f"  {fact} " in long.out.decode() for fact in whole["can_be_stated"])
    assert short.out.decode().count("whether the person fears their authorities") == 1
    assert len([each for each in whole["waiting_steps"] if "fears their authorities" in each["guard"]]) > 1
