"""Lays the organisation's own changes over the rules that ship: what cannot be used is left out, never in the way."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kzcase.domain import rule_changes
from kzcase.domain.deadlines import DeadlineRule, DeadlineRules
from kzcase.domain.errors import RuleBroken
from kzcase.domain.mci import Mci, MciTable
from kzcase.domain.pathways import Pathway
from kzcase.domain.retention import RetentionRule, RetentionRules
from kzcase.domain.rule_changes import RuleChange, What
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.stay import StayOverride
from kzcase.domain.workdays import DayOff

_BASE: Final = 16


def laid_over(base: Rulebook, changes: Sequence[RuleChange]) -> Rulebook:
    """The rules that ship with the changes over them; without any the same rulebook."""
    if not changes:
        return base
    known = tuple(sorted(changes, key=lambda change: change.order))
    deadlines = replace(base.deadlines, changes=tuple(_deadlines(base.deadlines, known)))
    return replace(
        base,
        calendar=base.calendar.with_changes(_days(base, known)),
        deadlines=deadlines,
        mci=MciTable((*reversed(tuple(_amounts(known))), *base.mci.rows)),
        pathways={**base.pathways, **_pathways(base, known, deadlines)},
        retention=replace(base.retention, changes=tuple(_terms(base.retention, known))),
        overrides=tuple(_overrides(known)),
        changes=known,
        hash=_hash(base.hash, known),
    )


def _of(changes: Iterable[RuleChange], what: What) -> tuple[RuleChange, ...]:
    return tuple(change for change in changes if change.what == what)


def _days(base: Rulebook, changes: Iterable[RuleChange]) -> Iterable[DayOff]:
    """The days, the last word holding; where laptops disagree a working day does, for then a term ends earlier."""
    days: dict[str, list[tuple[RuleChange, DayOff]]] = {}
    for change in _of(changes, What.DAY):
        try:
            found = rule_changes.day_off(change)
        except RuleBroken:
            continue
        if found.code in base.list("day_off"):
            days.setdefault(change.rule, []).append((change, found))
    for said in days.values():
        replaced = frozenset[str]().union(*(change.knows for change, _day in said))
        last = [day for change, day in said if change.id not in replaced] or [said[-1][1]]
        yield next((day for day in last if day.what == "working"), last[-1])


def _deadlines(known: DeadlineRules, changes: Iterable[RuleChange]) -> Iterable[DeadlineRule]:
    for change in _of(changes, What.DEADLINE):
        try:
            yield rule_changes.deadline_rule(change, known)
        except RuleBroken:
            continue


def _amounts(changes: Iterable[RuleChange]) -> Iterable[Mci]:
    for change in _of(changes, What.AMOUNT):
        try:
            yield rule_changes.amount(change)
        except RuleBroken:
            continue


def _overrides(changes: Iterable[RuleChange]) -> Iterable[StayOverride]:
    for change in _of(changes, What.STAY):
        try:
            yield rule_changes.override(change)
        except RuleBroken:
            continue


def _terms(known: RetentionRules, changes: Iterable[RuleChange]) -> Iterable[RetentionRule]:
    for change in _of(changes, What.RETENTION):
        try:
            yield rule_changes.retention_rule(change, known)
        except RuleBroken:
            continue


def _pathways(base: Rulebook, changes: Iterable[RuleChange], rules: DeadlineRules) -> Mapping[str, Pathway]:
    """The roads, the one added last holding."""
    found: dict[str, Pathway] = {}
    for change in _of(changes, What.PATHWAY):
        try:
            pathway = rule_changes.pathway(change, base.common, rules)
        except RuleBroken:
            continue
        if pathway.id in base.pathways:
            found[pathway.id] = pathway
    return found


def base_of(base: Rulebook, what: str, rule: str) -> str:
    """What a change is laid over, as a name that changes with it; empty for what does not ship with kzcase."""
    match what:
        case What.DAY:
            there: Sequence[object] = [day for at, day in base.calendar.exceptions.items() if at.isoformat() == rule]
        case What.DEADLINE:
            there = [version.version for version in base.deadlines.versions if version.id == rule]
        case What.AMOUNT:
            there = [row for row in base.mci.rows if row.use == rule]
        case What.RETENTION:
            there = [version for version in base.retention.versions if version.kind == rule]
        case What.PATHWAY:
            there = [base.pathways[rule].version] if rule in base.pathways else []
        case _:
            there = []
    return hashlib.sha256(repr(there).encode()).hexdigest()[:_BASE] if there else ""


def _hash(base: str, changes: Iterable[RuleChange]) -> str:
    digest = hashlib.sha256(base.encode())
    for change in changes:
        fields = (
            change.id,
            change.what,
            change.rule,
            change.content,
            change.valid_from,
            change.valid_to,
            change.source,
        )
        digest.update(repr((*fields, sorted(change.knows))).encode())
    return digest.hexdigest()
