"""Reads pathways from TOML, and says in words what is wrong with one that cannot be used."""

import hashlib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.pathways import Due, Guard, Pathway, Stage, Track
from kzcase.domain.pathways_facts import FACTS, STEPS
from kzcase.i18n import Words, _

MAX_STAGES: Final = 40
MAX_TEXT: Final = 200_000
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LINE: Final = re.compile(r"at line (\d+)")
_NAMES: Final = ("id", "kk", "ru", "en")
_STAGE_KEYS: Final = {*_NAMES, "when", "any", "unless", "optional", "forms", "due"}
_GUARD_KEYS: Final = {*_NAMES, "steps", "when", "needs", "any", "unless"}
_DUE_KEYS: Final = {"rule", "since", "on", "done"}


@dataclass(frozen=True, slots=True)
class Common:
    """What every pathway shares: stages at its start and end, tracks it may name, guards that are always there."""

    text: str = ""
    start: tuple[Stage, ...] = ()
    end: tuple[Stage, ...] = ()
    tracks: tuple[Track, ...] = ()
    guards: tuple[Guard, ...] = ()


def read_common(text: str, place: str) -> Common:
    """The shared part from TOML text. `BrokenDefinition` with its place when it cannot be used."""
    untrusted = _toml(text, place)
    _refuse_unknown(untrusted, {"start", "end", "track", "guard"}, place)
    start, end = _stages(untrusted.get("start", []), place, "start"), _stages(untrusted.get("end", []), place, "end")
    entries = enumerate(_tables(untrusted, "track", place), 1)
    tracks = tuple(_track(entry, f"{place}, track {number}") for number, entry in entries)
    if len({track.id for track in tracks}) < len(tracks):
        raise BrokenDefinition(place, why=_("two tracks have the same id"))
    return Common(text, start, end, tracks, _guards(untrusted, place))


def read_pathway(text: str, place: str, common: Common | None = None) -> Pathway:
    """A pathway from TOML text. `BrokenDefinition` with the stage's place when it cannot be used."""
    shared = common or Common()
    untrusted = _toml(text, place)
    _check_names(untrusted, place)
    _refuse_unknown(untrusted, {*_NAMES, "stage", "guard", "tracks", "in_use"}, place)
    own = _stages(untrusted.get("stage"), place, "stage")
    stages = (*own[:1], *shared.start, *own[1:], *shared.end)
    _refuse_twice(stages, place)
    pathway = Pathway(
        version=_version(text, shared.text),
        stages=stages,
        tracks=_chosen_tracks(untrusted, shared, place),
        guards=(*shared.guards, *_guards(untrusted, place)),
        in_use=_flag(untrusted, "in_use", place, default=True),
        **{key: untrusted[key] for key in _NAMES},
    )
    _check_steps(pathway, shared, place)
    return pathway


def check_references(
    pathway: Pathway, place: str, rules: Collection[str], forms: Collection[str] | None = None
) -> None:
    """That every rule (and, where they are given, every form) a pathway names is there. `BrokenDefinition` if not."""
    for address, stage in pathway.every_stage():
        for due in stage.due:
            if due.rule and due.rule not in rules:
                raise BrokenDefinition(f"{place}, {address}", why=_("there is no rule “{rule}”", rule=due.rule))
        for form in stage.forms:
            if forms is not None and form not in forms:
                raise BrokenDefinition(f"{place}, {address}", why=_("there is no form “{form}”", form=form))


def _toml(text: str, place: str) -> dict[str, Any]:
    if len(text) > MAX_TEXT:
        raise BrokenDefinition(place, why=_("it is larger than {count} characters", count=MAX_TEXT))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = _LINE.search(str(wrong))  # without one it is the end of the document
        number = line[1] if line else len(text.splitlines()) or 1
        raise BrokenDefinition(f"{place}:{number}", why=_("it is not a TOML file")) from None
    except (ValueError, RecursionError):  # a number of more digits than Python reads, or endless brackets
        raise BrokenDefinition(place, why=_("it is not a TOML file")) from None


def _version(*texts: str) -> str:
    """The hash of the content, whatever the line endings; a pathway without a shared part is its own text."""
    written = [text.replace("\r\n", "\n") for text in texts if text]
    return hashlib.sha256("\0".join(written).encode()).hexdigest()


def _tables(untrusted: Mapping[str, Any], key: str, place: str) -> list[Any]:
    entries = untrusted.get(key, [])
    if not isinstance(entries, list) or len(entries) > MAX_STAGES:
        raise BrokenDefinition(place, why=_("“{key}” must be a list of at most {count}", key=key, count=MAX_STAGES))
    return entries


def _stages(entries: object, place: str, kind: str) -> tuple[Stage, ...]:
    if not isinstance(entries, list) or len(entries) > MAX_STAGES or (kind == "stage" and not entries):
        raise BrokenDefinition(place, why=_("it needs 1 to {count} stages", count=MAX_STAGES))
    stages = tuple(_stage(entry, f"{place}, {kind} {number}") for number, entry in enumerate(entries, 1))
    _refuse_twice(stages, place)
    return stages


def _refuse_twice(stages: Sequence[Stage], place: str) -> None:
    if len({stage.id for stage in stages}) < len(stages):
        raise BrokenDefinition(place, why=_("two stages have the same id"))


def _stage(entry: object, place: str) -> Stage:
    table = _table(entry, place, _STAGE_KEYS, _("a stage must be a [[stage]] of its own"))
    when, one_of, unless = (_facts(table, key, place) for key in ("when", "any", "unless"))
    if not when and not one_of:
        raise BrokenDefinition(place, why=_("a stage needs at least one fact in “when” or “any”"))
    return Stage(
        when=when,
        any=one_of,
        unless=unless,
        optional=_flag(table, "optional", place, default=False),
        forms=_ids(table, "forms", place),
        due=tuple(_due(each, place) for each in _tables(table, "due", place)),
        **{key: table[key] for key in _NAMES},
    )


def _due(entry: object, place: str) -> Due:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise BrokenDefinition(place, why=_("“{key}” must be a list of tables", key="due"))
    _refuse_unknown(entry, _DUE_KEYS, place)
    if ("rule" in entry, "since" in entry, "on" in entry) not in {(True, True, False), (False, False, True)}:
        raise BrokenDefinition(place, why=_("a deadline needs “rule” and “since”, or “on” alone"))
    for key in ("since", "on", "done"):
        _facts({key: [entry[key]] if key in entry else []}, key, place)
    return Due(**entry)


def _track(entry: object, place: str) -> Track:
    table = _table(entry, place, {*_NAMES, "when", "stage"}, _("a track must be a [[track]] of its own"))
    stages = _stages(table.get("stage"), place, "stage")
    return Track(when=_facts(table, "when", place), stages=stages, **{key: table[key] for key in _NAMES})


def _guards(untrusted: Mapping[str, Any], place: str) -> tuple[Guard, ...]:
    entries = enumerate(_tables(untrusted, "guard", place), 1)
    return tuple(_guard(entry, f"{place}, guard {number}") for number, entry in entries)


def _guard(entry: object, place: str) -> Guard:
    table = _table(entry, place, _GUARD_KEYS, _("a guard must be a [[guard]] of its own"))
    when, needs, one_of, unless = (_facts(table, key, place) for key in ("when", "needs", "any", "unless"))
    if not when and not needs and not one_of:
        raise BrokenDefinition(place, why=_("a guard needs at least one fact in “when”, “needs” or “any”"))
    steps = _ids(table, "steps", place)
    if not steps:
        raise BrokenDefinition(place, why=_("“{key}” is missing", key="steps"))
    names = {key: table[key] for key in _NAMES}
    return Guard(steps=steps, when=when, needs=needs, any=one_of, unless=unless, **names)


def _chosen_tracks(untrusted: Mapping[str, Any], common: Common, place: str) -> tuple[Track, ...]:
    known = {track.id: track for track in common.tracks}
    chosen = _ids(untrusted, "tracks", place)
    for track in chosen:
        if track not in known:
            raise BrokenDefinition(place, why=_("there is no track “{track}”", track=track))
    return tuple(known[track] for track in dict.fromkeys(chosen))


def _check_steps(pathway: Pathway, common: Common, place: str) -> None:
    """Every step a guard names is there; a shared guard may speak of a track this pathway does not have."""
    addresses = {f"{track.id}.{stage.id}" for track in common.tracks for stage in track.stages}
    known = {*STEPS, *addresses, *(stage.id for stage in pathway.stages)}
    if len({guard.id for guard in pathway.guards}) < len(pathway.guards):
        raise BrokenDefinition(place, why=_("two guards have the same id"))
    for guard in pathway.guards:
        for step in guard.steps:
            if step not in known:
                raise BrokenDefinition(f"{place}, {guard.id}", why=_("there is no step “{step}”", step=step))


def _table(entry: object, place: str, keys: Collection[str], why: Words) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise BrokenDefinition(place, why=why)
    _check_names(entry, place)
    _refuse_unknown(entry, keys, place)
    return entry


def _refuse_unknown(entry: Mapping[str, Any], known: Collection[str], place: str) -> None:
    if unknown := set(entry) - set(known):
        raise BrokenDefinition(place, why=_("it does not know “{key}”", key=min(unknown)[:40]))


def _check_names(entry: Mapping[str, Any], place: str) -> None:
    for key in _NAMES:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise BrokenDefinition(place, why=_("“{key}” is missing", key=key))
    if not _ID.fullmatch(entry["id"]):
        raise BrokenDefinition(place, why=_("an id has small Latin letters, digits and _ only"))


def _flag(entry: Mapping[str, Any], key: str, place: str, *, default: bool) -> bool:
    value = entry.get(key, default)
    if type(value) is not bool:
        raise BrokenDefinition(place, why=_("“{key}” must be true or false", key=key))
    return value


def _ids(entry: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    named = entry.get(key, [])
    if not isinstance(named, list) or not all(isinstance(one, str) and len(one) < 130 for one in named):
        raise BrokenDefinition(place, why=_("“{key}” must be a list of names", key=key))
    return tuple(named)


def _facts(entry: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    named = entry.get(key, [])
    if not isinstance(named, list):
        raise BrokenDefinition(place, why=_("“{key}” must be a list of facts", key=key))
    for fact in named:
        if not isinstance(fact, str) or fact not in FACTS:
            raise BrokenDefinition(place, why=_("“{fact}” is not a fact kzcase knows", fact=str(fact)[:40]))
    return tuple(named)
