"""Pathways: stages follow from facts, are explained, and lose nothing when more becomes known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.pathways import FACTS, Pathway, Position, held_back, stage_of, standing
from kzcase.domain.pathways_facts import OWN_STEPS
from kzcase.domain.pathways_reading import read_pathway
from kzcase.i18n import LANGUAGES, render
from tests.domain.roads import COMMON, FILES, KINDS, SHIPPED


@pytest.mark.parametrize("pathway", SHIPPED.values(), ids=KINDS)
def test_shipped_pathways_are_named_and_begin_and_end(pathway: Pathway) -> None:
    assert all(stage.name(language) for stage in pathway.stages for language in LANGUAGES)
    assert pathway.stages[0].when == ("opened",)
    assert [stage.id for stage in pathway.stages[-4:]] == ["suspended", "closing", "closed", "anonymised"]
    assert pathway.stages[1].id == "reopened"
    assert len(pathway.version) == 64


@pytest.mark.parametrize(
    ("kind", "facts", "stage", "missing"),
    [
        ("trafficking", "", "signal", ("opened", "screened")),
        ("trafficking", "opened", "signal", ("screened",)),
        ("trafficking", "opened screened", "screening", ("grounds_found",)),
        ("trafficking", "opened screened consented referred", "screening", ("grounds_found",)),
        ("trafficking", "opened screened consented planned", "screening", ("grounds_found",)),
        (
            "trafficking",
            "opened screened supervisor_confirmed rights_explained consented planned",
            "plan",
            ("served", "referred"),
        ),
        (
            "trafficking",
            "opened screened supervisor_confirmed rights_explained consented planned referred",
            "services",
            ("reintegrating",),
        ),
        ("trafficking", "opened identified not_identified", "identified", ("consented", "planned")),
        ("trafficking", "opened recognised_in_case", "identified", ("consented", "planned")),
        ("trafficking", "opened screened closed", "closed", ()),
        ("trafficking", "opened screened closed reopened", "screening", ("grounds_found",)),
        ("stateless", "opened consented", "evidence", ("evidence_gathered", "path_chosen")),
        ("stateless", "opened consented filed refused", "refused", ("decided",)),
        ("child", "opened screened suspended", "suspended", ("closed",)),
        ("child", "opened suspended resumed safe", "safe", ("status_known",)),
        ("child", "opened closed reopened", "reopened", ("safe",)),
        ("child", "opened closed anonymised", "anonymised", ()),
        (
            "missing",
            "opened enquirer_vetted own_records_searched",
            "own_records",
            ("police_search", "rfl_asked", "inquiries_sent", "search_published"),
        ),
        ("child", "opened safe", "safe", ("status_known",)),
        ("child", "opened safe status_known placement_basis placed", "placed", ("assessed",)),
        ("child", "opened safe status_known placed", "status_known", ("assessed",)),
        ("child", "opened safe status_known referred", "ngo_services", ("assessed",)),
    ],
)
def test_stages(kind: str, facts: str, stage: str, missing: tuple[str, ...]) -> None:
    found = stage_of(SHIPPED[kind], dict.fromkeys(facts.split(), True))
    assert (found.stage, found.missing) == (stage, missing)


def test_reasons_are_the_facts_that_put_it_there() -> None:
    facts = {"opened": True, "safe": True, "consented": True, "screened": False}
    assert stage_of(SHIPPED["trafficking"], facts).reasons == ("opened", "safe", "consented")


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans()))
def test_the_furthest_stage_reached_is_shown_and_its_successor_is_not(kind: str, facts: dict[str, bool]) -> None:
    pathway = SHIPPED[kind]
    found = stage_of(pathway, facts)
    place = [stage.id for stage in pathway.stages].index(found.stage)
    for later in pathway.stages[place + 1 :]:
        assert not later.reached(facts) or later.id in waiting(pathway, facts)
    assert pathway.stages[place].reached(facts) or place == 0
    assert all(not facts.get(fact) for fact in found.missing)


def waiting(pathway: Pathway, facts: dict[str, bool]) -> set[str]:
    """Stages that rest on a step which some guard still holds back."""
    held = {stage.id: stage for stage in pathway.stages if held_back(pathway, stage.id, facts)}
    early = {fact for stage in held.values() for fact in (*stage.when, *stage.any) if fact in OWN_STEPS}
    return {stage.id for stage in pathway.stages if early & {*stage.when, *stage.any}}


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans()))
def test_what_is_missing_leads_on(kind: str, facts: dict[str, bool]) -> None:
    pathway = SHIPPED[kind]
    found = stage_of(pathway, facts)
    following = pathway.stage(found.next or "")
    if following is not None:
        then = {**facts, **dict.fromkeys(found.missing, True)}
        assert not following.missing(then)


def test_every_fact_can_be_said_and_is_used() -> None:
    assert all(render(words, "en") for words in FACTS.values())
    used = {
        fact
        for road in SHIPPED.values()
        for _address, stage in road.every_stage()
        for fact in (*stage.when, *stage.any, *stage.unless, *(f for d in stage.due for f in (d.since, d.on, d.done)))
    }
    used |= {fact for road in SHIPPED.values() for track in road.tracks for fact in track.when}
    guards = [guard for road in SHIPPED.values() for guard in road.guards]
    used |= {fact for guard in guards for fact in (*guard.when, *guard.needs, *guard.any, *guard.unless)}
    assert used - {""} == set(FACTS) - {"answered"}, "answers are known, and free for an administrator's stage"


def test_the_version_is_the_content() -> None:
    source = FILES["child"]
    assert read_pathway(source.replace("\n", "\r\n"), "x", COMMON).version == SHIPPED["child"].version
    assert read_pathway(source.replace("Бағалау", "Баға"), "x", COMMON).version != SHIPPED["child"].version


def test_a_track_says_whether_it_is_about_the_case() -> None:
    road = SHIPPED["trafficking"]
    stay = {known: _of(standing(road, facts).tracks, "stay") for known, facts in STAYS.items()}
    assert [stay[known].applies for known in STAYS] == [None, False, True]
    assert (stay["unknown"].unknown, stay["unknown"].result) == (("is_foreigner",), None)
    assert stay["foreigner"].result is not None
    assert stay["foreigner"].result.stage == "unchecked"


STAYS = {
    "unknown": {"opened": True},
    "citizen": {"opened": True, "is_foreigner": False},
    "foreigner": {"opened": True, "is_foreigner": True},
}


def _of(positions: tuple[Position, ...], track: str) -> Position:
    return next(position for position in positions if position.track == track)


def test_forms_are_asked_for_until_they_are_filled() -> None:
    facts = {"opened": True}
    assert standing(SHIPPED["trafficking"], facts).road.forms == (
        "first_contact",
        "victim_screening",
        "intake_trafficking",
    )
    filled = ("first_contact", "intake_trafficking")
    assert standing(SHIPPED["trafficking"], facts, filled).road.forms == ("victim_screening",)


def test_what_happened_against_a_guard_is_shown_and_named() -> None:
    facts = dict.fromkeys(("opened", "return_decided", "returned", "child_heard", "best_interests"), True)
    facts["returned@without_us"] = True
    road = standing(SHIPPED["child"], facts).road
    assert road.result is not None
    assert road.result.stage == "returned"
    against = {(held.step, held.guard.id): held.missing for held in road.happened}
    assert against[("returned", "handover_stages")] == ("kinship_proved", "home_checked", "second_person")
    then = standing(SHIPPED["child"], facts | dict.fromkeys(against[("returned", "handover_stages")], True)).road
    assert not any(held.guard.id == "handover_stages" for held in then.happened)


def test_the_next_stage_names_the_guard_before_it() -> None:
    facts = dict.fromkeys(("opened", "screened", "grounds_found", "supervisor_confirmed"), True)
    (held,) = standing(SHIPPED["trafficking"], facts).road.held
    assert (held.step, held.guard.id) == ("identification", "before_identification")
    assert held.missing == ("interviewer_chosen", "primary_info_kept")


def test_a_step_nobody_knows_is_not_silently_allowed() -> None:
    with pytest.raises(KeyError):
        held_back(SHIPPED["child"], "hand_over", {})


KNOWN = st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans())


@given(st.sampled_from(KINDS), KNOWN, st.sampled_from(sorted(FACTS)))
def test_one_more_fact_loses_no_explanation_without_a_rule(kind: str, facts: dict[str, bool], fact: str) -> None:
    """A stage that was reached stays reached with all its reasons, unless the pathway says the new fact ends it."""
    before, after = standing(SHIPPED[kind], facts), standing(SHIPPED[kind], {**facts, fact: True})
    for old, new in zip(before.all, after.all, strict=True):
        still = {passed.stage: set(passed.reasons) for passed in new.passed}
        ended = {aside.stage: aside.by for aside in new.set_aside}
        for passed in old.passed:
            if passed.stage in still:
                assert set(passed.reasons) <= still[passed.stage]
            else:
                assert fact in ended.get(passed.stage, ()) or new.early, "what it waits for is said"
        if old.result and new.result and not new.set_aside:
            assert set(new.result.missing) <= set(old.result.missing) or new.result.stage != old.result.stage
        assert old.applies is None or old.applies is new.applies or facts.get(fact) is False


def test_canary_a_stage_that_a_fact_ends_is_told() -> None:
    facts = {"opened": True, "refused": True}
    before, after = (standing(SHIPPED["stateless"], known).road for known in (facts, facts | {"decided": True}))
    assert "refused" in {passed.stage for passed in before.passed}
    assert "refused" not in {passed.stage for passed in after.passed}
    assert [(aside.stage, aside.by) for aside in after.set_aside] == [("refused", ("decided",))]
