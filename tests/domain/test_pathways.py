"""Pathways: stages follow from facts, and broken files are refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.pathways import FACTS, Pathway, read_pathway, stage_of
from kzcase.i18n import LANGUAGES, render
from tests.domain.shipped import text

KINDS = ("trafficking", "stateless", "child")
FILES = {kind: text("pathways", f"{kind}.toml") for kind in KINDS}
SHIPPED = {kind: read_pathway(source, f"pathways/{kind}.toml") for kind, source in FILES.items()}


@pytest.mark.parametrize("pathway", SHIPPED.values(), ids=KINDS)
def test_shipped_pathways_are_named_and_begin_and_end(pathway: Pathway) -> None:
    assert all(stage.name(language) for stage in pathway.stages for language in LANGUAGES)
    assert pathway.stages[0].when == ("opened",)
    assert pathway.stages[-1].id == "closed"
    assert len(pathway.version) == 64


@pytest.mark.parametrize(
    ("kind", "facts", "stage", "missing"),
    [
        ("trafficking", "", "signal", ("opened", "screened")),
        ("trafficking", "opened", "signal", ("screened",)),
        ("trafficking", "opened screened", "screening", ("grounds_found",)),
        ("trafficking", "opened screened consented referred", "services", ("reintegrating",)),
        ("trafficking", "opened screened consented planned", "plan", ("served", "referred")),
        ("trafficking", "opened identified not_identified", "identified", ("consented", "planned")),
        ("trafficking", "opened screened closed", "closed", ()),
        ("trafficking", "opened screened closed reopened", "screening", ("grounds_found",)),
        ("stateless", "opened consented", "evidence", ("evidence_gathered", "path_chosen")),
        ("stateless", "opened consented filed refused", "refused", ("decided",)),
        ("child", "opened safe", "safe", ("status_known",)),
        ("child", "opened safe status_known placed", "placed", ("assessed",)),
    ],
)
def test_stages(kind: str, facts: str, stage: str, missing: tuple[str, ...]) -> None:
    found = stage_of(SHIPPED[kind], dict.fromkeys(facts.split(), True))
    assert (found.stage, found.missing) == (stage, missing)


def test_reasons_are_the_facts_that_put_it_there() -> None:
    facts = {"opened": True, "consented": True, "referred": True, "screened": False}
    assert stage_of(SHIPPED["trafficking"], facts).reasons == ("consented", "referred")


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans()))
def test_the_furthest_stage_reached_is_shown_and_its_successor_is_not(kind: str, facts: dict[str, bool]) -> None:
    pathway = SHIPPED[kind]
    found = stage_of(pathway, facts)
    place = [stage.id for stage in pathway.stages].index(found.stage)
    assert not any(stage.reached(facts) for stage in pathway.stages[place + 1 :])
    assert pathway.stages[place].reached(facts) or place == 0
    assert all(not facts.get(fact) for fact in found.missing)


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans()))
def test_what_is_missing_leads_on(kind: str, facts: dict[str, bool]) -> None:
    pathway = SHIPPED[kind]
    found = stage_of(pathway, facts)
    following = pathway.stage(found.next or "")
    if following is not None:
        then = {**facts, **dict.fromkeys(found.missing, True)}
        assert not following.missing(then)


def test_every_fact_can_be_said() -> None:
    assert all(render(words, "en") for words in FACTS.values())
    used = {
        fact for road in SHIPPED.values() for stage in road.stages for fact in (*stage.when, *stage.any, *stage.unless)
    }
    assert used <= set(FACTS)


def test_the_version_is_the_content() -> None:
    source = FILES["child"]
    assert read_pathway(source.replace("\n", "\r\n"), "x").version == SHIPPED["child"].version
    assert read_pathway(source.replace("Бағалау", "Баға"), "x").version != SHIPPED["child"].version


STAGE = '[[stage]]\nid = "a"\nkk = "а"\nru = "а"\nen = "a"\nwhen = ["opened"]\n'
HEAD = 'id = "x"\nkk = "х"\nru = "х"\nen = "x"\n'


def test_canary_the_small_pathway_is_taken() -> None:
    assert read_pathway(HEAD + STAGE, "pathways/x.toml").stages[0].id == "a"


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("", "pathways/x.toml"),
        ("][", "pathways/x.toml"),
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
