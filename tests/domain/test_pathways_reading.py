"""Pathway files: a broken one is refused in words, with its file and place."""

import pytest

from kzcase import paths
from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.pathways_reading import check_references, read_common, read_pathway
from kzcase.i18n import LANGUAGES, render
from tests.domain.roads import COMMON, KINDS, SHIPPED
from tests.domain.shipped import text

STAGE = '[[stage]]\nid = "a"\nkk = "а"\nru = "а"\nen = "a"\nwhen = ["opened"]\n'
HEAD = 'id = "x"\nkk = "х"\nru = "х"\nen = "x"\n'


def test_canary_the_small_pathway_is_taken() -> None:
    assert read_pathway(HEAD + STAGE, "pathways/x.toml").stages[0].id == "a"


GUARD = '[[guard]]\nid = "g"\nkk = "г"\nru = "г"\nen = "g"\nsteps = ["a"]\nneeds = ["safe"]\n'
TRACK = '[[track]]\nid = "t"\nkk = "т"\nru = "т"\nen = "t"\n' + STAGE.replace("[[stage]]", "[[track.stage]]")


def test_canary_the_small_guard_and_track_are_taken() -> None:
    road = read_pathway('tracks = ["t"]\n' + HEAD + STAGE + GUARD, "pathways/x.toml", read_common(TRACK, "c"))
    assert [guard.steps for guard in road.guards] == [("a",)]
    assert [address for address, _stage in road.every_stage()] == ["a", "t.a"]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("", "pathways/x.toml"),
        ("][", "pathways/x.toml:1"),
        (HEAD + STAGE + "when = 2\n", "pathways/x.toml:11"),
        (HEAD, "pathways/x.toml"),
        (HEAD + "foo = 1\n" + STAGE, "pathways/x.toml"),
        (HEAD + "stage = [1]\n", "pathways/x.toml, stage 1"),
        (HEAD + STAGE + STAGE, "pathways/x.toml"),
        (HEAD + STAGE.replace('["opened"]', '["happy"]'), "pathways/x.toml, stage 1"),
        (HEAD + STAGE.replace('["opened"]', '"opened"'), "pathways/x.toml, stage 1"),
        (HEAD + STAGE.replace('["opened"]', "[1]"), "pathways/x.toml, stage 1"),
        (HEAD + STAGE.replace('["opened"]', "[]"), "pathways/x.toml, stage 1"),
        (HEAD + STAGE + STAGE.replace('"a"', '"B c"'), "pathways/x.toml, stage 2"),
        (HEAD + STAGE + "color = 1\n", "pathways/x.toml, stage 1"),
        (HEAD + STAGE + "optional = 1\n", "pathways/x.toml, stage 1"),
        (HEAD + STAGE + 'forms = "a"\n', "pathways/x.toml, stage 1"),
        (HEAD + STAGE + 'due = [{ rule = "a" }]\n', "pathways/x.toml, stage 1"),
        (HEAD + STAGE + 'due = [{ rule = "a", since = "happy" }]\n', "pathways/x.toml, stage 1"),
        (HEAD + STAGE + 'due = [{ rule = "a", since = "opened", on = "opened" }]\n', "pathways/x.toml, stage 1"),
        (HEAD + STAGE + 'due = [{ rule = "a", since = "opened", often = "yes" }]\n', "pathways/x.toml, stage 1"),
        (HEAD + STAGE + "due = [1]\n", "pathways/x.toml, stage 1"),
        ('in_use = "no"\n' + HEAD + STAGE, "pathways/x.toml"),
        ('tracks = ["t"]\n' + HEAD + STAGE, "pathways/x.toml"),
        (HEAD + STAGE + GUARD.replace('["a"]', '["b"]'), "pathways/x.toml, g"),
        (HEAD + STAGE + GUARD.replace('["a"]', "[]"), "pathways/x.toml, guard 1"),
        (HEAD + STAGE + GUARD.replace('needs = ["safe"]', ""), "pathways/x.toml, guard 1"),
        (HEAD + STAGE + GUARD.replace('["safe"]', '["happy"]'), "pathways/x.toml, guard 1"),
        (HEAD + STAGE + GUARD + "foo = 1\n", "pathways/x.toml, guard 1"),
        (HEAD + STAGE + GUARD * 2, "pathways/x.toml"),
        (HEAD + STAGE + GUARD * 50, "pathways/x.toml"),
        (HEAD + "guard = [1]\n" + STAGE, "pathways/x.toml, guard 1"),
        (HEAD + STAGE.replace('kk = "а"\n', ""), "pathways/x.toml, stage 1"),
        (HEAD + STAGE * 50, "pathways/x.toml"),
        ("a" * 300_000, "pathways/x.toml"),
        ("a = " + "[" * 5000, "pathways/x.toml"),
    ],
)
def test_a_broken_file_is_refused_in_words_with_its_place(source: str, place: str) -> None:
    with pytest.raises(BrokenDefinition) as refused:
        read_pathway(source, "pathways/x.toml")
    assert refused.value.place == place
    assert render(refused.value.sentence(), "en").startswith(place)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("x = 1", "c"),
        ("[[start", "c:1"),
        ("track = [1]", "c, track 1"),
        (TRACK * 2, "c"),
        (TRACK.replace("[[track.stage]]", "[[track.stages]]"), "c, track 1"),
        (TRACK.replace('["opened"]', '["happy"]'), "c, track 1, stage 1"),
        (STAGE.replace("[[stage]]", "[[end]]") * 2, "c"),
        (STAGE.replace("[[stage]]", "[[end]]").replace('ru = "а"', ""), "c, end 1"),
        (GUARD.replace('ru = "г"', ""), "c, guard 1"),
    ],
)
def test_a_broken_shared_part_is_refused_with_its_place(source: str, place: str) -> None:
    with pytest.raises(BrokenDefinition) as refused:
        read_common(source, "c")
    assert refused.value.place == place


def test_two_stages_of_one_name_in_file_and_shared_part_are_refused() -> None:
    with pytest.raises(BrokenDefinition):
        read_pathway(HEAD + STAGE.replace('"a"', '"closed"'), "x", COMMON)


FORMS = {file.stem for file in paths.resources("forms").glob("*.yaml")}
RULES = {line[6:-1] for line in text("rules", "deadlines.toml").splitlines() if line.startswith('id = "')}


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_and_form_a_shipped_pathway_names_is_there(kind: str) -> None:
    check_references(SHIPPED[kind], kind, RULES, FORMS)


@pytest.mark.parametrize(("rules", "forms"), [(RULES - {"safety_hour"}, FORMS), (RULES, FORMS - {"child_intake"})])
def test_canary_a_rule_or_form_that_is_not_there_is_refused(rules: set[str], forms: set[str]) -> None:
    with pytest.raises(BrokenDefinition) as refused:
        check_references(SHIPPED["child"], "pathways/child.toml", rules, forms)
    assert refused.value.place.startswith("pathways/child.toml, ")


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_pathway_is_said_in_three_languages(kind: str) -> None:
    road = SHIPPED[kind]
    named = [road, *road.tracks, *road.guards, *(stage for _address, stage in road.every_stage())]
    assert all(each.name(language).strip() for each in named for language in LANGUAGES)
    assert all(guard.name(language)[-1] == "." for guard in road.guards for language in LANGUAGES)
