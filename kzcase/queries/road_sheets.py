"""The road of a case as it is printed: which stages are passed, where it stands, why, and what is missing."""

from collections.abc import Iterator

from kzcase.db.reader import Reader
from kzcase.domain.case_state import facts_of
from kzcase.domain.pathways import Position, Stage, standing
from kzcase.domain.pathways_explained import called, early_words
from kzcase.domain.road_rows import RoadRow
from kzcase.domain.road_sheets import Mark, RoadSheet, StageOnPaper, TrackOnPaper
from kzcase.i18n import Language, Words, _
from kzcase.queries.case_page import name_of
from kzcase.queries.case_states import case_of, pathway_of, state_of
from kzcase.queries.letters import header
from kzcase.queries.roads import where_it_stands


def road_sheet_row(reader: Reader, reference: str, language: Language) -> RoadSheet:
    """The drawing of one case. It names neither the person nor the kind of case."""
    case, view = case_of(reader, reference), where_it_stands(reader, reference, language)
    pathway = pathway_of(reader, case)
    assert pathway is not None  # or the view had refused
    found = standing(pathway, facts_of(state_of(reader, case), reader.today))
    tracks = ((None, pathway.stages), *((called(track), track.stages) for track in pathway.tracks))
    return RoadSheet(
        header=header(reader, "P41", case.number or ""),
        tracks=tuple(
            TrackOnPaper(name, tuple(_drawn(stages, position)))
            for (name, stages), position in zip(tracks, found.all, strict=True)
            if position.result is not None
        ),
        notes=tuple(_notes(view.roads[0])),
        worker=name_of(reader, case.worker_id) or "",
    )


def _drawn(stages: tuple[Stage, ...], position: Position) -> Iterator[StageOnPaper]:
    passed = {each.stage for each in position.passed}
    for stage in stages:
        here = position.result is not None and stage.id == position.result.stage
        mark: Mark = "here" if here else "passed" if stage.id in passed else "ahead"
        yield StageOnPaper(called(stage), mark, stage.optional)


def _notes(road: RoadRow) -> Iterator[Words]:
    yield from (_("Because {fact}.", fact=fact.said) for fact in road.reasons)
    if road.next is not None:
        yield _("Next: {stage}.", stage=road.next)
    yield from (_("Still missing: {fact}.", fact=fact.said) for fact in road.missing)
    yield from (_("One of these is enough: {fact}.", fact=fact.said) for fact in road.one_of)
    yield from (held.guard for held in road.held)
    yield from (early_words(held.step, held.guard) for held in road.early)
