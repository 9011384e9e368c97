"""Rules that a file of cases shows about its own columns are found only where the file leaves no doubt."""

from random import Random

import pytest

from kzcase.disclosure.codebook import Codebook, Variable
from kzcase.domain.errors import BadSummary
from kzcase.summaries.cubes import coded
from kzcase.summaries.spec import Spec
from kzcase.summaries.structure import with_links
from tests.disclosure import cases

SPEC = Spec(5, cases.TABLES)


def linked(people, names, spec=SPEC, tables=cases.TABLES):
    seen = {name: sorted({person[name] for person in people}) for name in names}
    codebook = Codebook(tuple(Variable(name, tuple(found)) for name, found in seen.items()))
    columns = coded({name: [person[name] for person in people] for name in names}, codebook)
    public, silent = with_links(codebook, columns, spec, tables)
    return {frozenset((one.first, one.second)) for one in public.links}, silent


@pytest.mark.parametrize("period", ["2024Q1", "2024"])
def test_regions_and_exploitation_are_understood(period):
    found, silent = linked(cases.people(period), list(cases.VARIABLES))
    assert found == {frozenset(("region", "macro")), frozenset(("type", "exploitation"))}
    assert frozenset(("age", "type")) in {frozenset((one.first, one.second)) for one in silent.links}


def test_chance_is_not_taken_for_a_rule():
    chance = Random(3)
    people = [{"a": chance.choice("xy"), "b": chance.choice("pqr")} for _ in range(60)]
    people.append({"a": "rare", "b": "odd"})
    assert linked(people, ["a", "b"], tables=())[0] == set()


def test_few_people_show_no_rule():
    people = [{"a": str(n), "b": "xy"[n % 2]} for n in range(16)] * 2
    assert linked(people, ["a", "b"], tables=())[0] == set()


def test_declared_rules_are_kept_and_broken_ones_refused():
    people = [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}, {"a": "1", "b": "x"}]
    found, _silent = linked(people, ["a", "b"], Spec(5, (("a",),), within=(("a", "b"),)), ())
    assert found == {frozenset("ab")}
    with pytest.raises(BadSummary):
        linked([*people, {"a": "1", "b": "y"}], ["a", "b"], Spec(5, (("a",),), within=(("a", "b"),)), ())
    with pytest.raises(BadSummary):
        linked(people, ["a", "b"], Spec(5, (("a",),), within=(("q", "b"),)), ())
