"""The rules in force, one line each: those that ship, what the organisation changed, and what somebody must look at."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.rulebook import baseline
from kzcase.domain import rule_changes
from kzcase.domain.deadlines import DeadlineRule
from kzcase.domain.deadlines_explained import whole_term_of
from kzcase.domain.pathways_explained import called
from kzcase.domain.retention import OTHER_KINDS, RetentionRule
from kzcase.domain.rule_changes import WHAT_WORDS, RuleChange, What
from kzcase.domain.rule_rows import RuleRow
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.rules_laid_over import base_of
from kzcase.domain.workdays import DayOff
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.case_page import name_of

DAY_WORDS: Final = {
    "holiday": _("Day off: {name}"),
    "moved": _("Day off in place of {date}: {name}"),
    "off": _("Day off by decree"),
    "working": _("Working day by decree"),
}
USE_WORDS: Final = {
    "all": _("for everything"),
    "benefits": _("for payments and benefits"),
    "fines": _("for fines"),
}


def rule_list(reader: Reader, what: What | None = None) -> tuple[RuleRow, ...]:
    """Every rule of a sort, or of every sort; ours stand before what ships with kzcase. Days off from this year on."""
    sorts = tuple(What) if what is None else (what,)
    return tuple(row for sort in sorts for row in (*_changed(reader, sort), *_shipped(reader, sort)))


def rules_to_look_at(reader: Reader) -> tuple[RuleRow, ...]:
    """Our changes of rules that an update of kzcase has changed too, or of which two laptops have each their own."""
    return tuple(row for row in rule_list_of_changes(reader) if row.updated or row.disputed)


def rule_list_of_changes(reader: Reader) -> Iterator[RuleRow]:
    """What the organisation changed."""
    for sort in What:
        yield from _changed(reader, sort)


def _changed(reader: Reader, what: What) -> Iterator[RuleRow]:
    changes = [change for change in reader.rulebook.changes if change.what == what]
    rules = reader.rulebook
    for change in reversed(changes):
        refused = rule_changes.can_be_used(change, rules.common, rules.deadlines, baseline().retention)
        now = base_of(baseline(), what, change.rule)
        yield RuleRow(
            what=what,
            rule=change.rule,
            name=_name(reader, change),
            value=verbatim("") if refused else _value(reader, change),
            valid_from=change.valid_from,
            valid_to=change.valid_to,
            source=change.source,
            checked_on=change.checked_on,
            doubtful=not refused and _doubtful(reader, change),
            change=change.id,
            note=change.note,
            by=name_of(reader, change.author),
            updated=change.base != now,
            disputed=_disputed(change, changes),
            refused=refused.sentence() if refused else None,
            content=change.content,
        )


def _disputed(change: RuleChange, changes: list[RuleChange]) -> bool:
    """Whether another change of the same rule holds at the same time, and neither knew of the other."""
    if change.what == What.STAY:
        return False
    return any(
        other.id != change.id
        and other.rule == change.rule
        and other.id not in change.knows
        and change.id not in other.knows
        and (other.valid_from or date.min) <= (change.valid_to or date.max)
        and (change.valid_from or date.min) <= (other.valid_to or date.max)
        for other in changes
    )


def _name(reader: Reader, change: RuleChange) -> Words:
    match change.what:
        case What.DEADLINE:
            rules = reader.rulebook.deadlines
            named = next((rule for rule in (*rules.changes, *rules.versions) if rule.id == change.rule), None)
            return called(named) if named else verbatim(change.rule)
        case What.DAY:
            return _on(change.rule)
        case What.PATHWAY if change.rule in reader.rulebook.list("case_kind"):
            return called(reader.rulebook.list("case_kind")[change.rule])
        case What.AMOUNT:
            return USE_WORDS.get(change.rule, verbatim(change.rule))
        case What.RETENTION:
            return kept_name(reader.rulebook, change.rule)
        case _:
            return WHAT_WORDS[What(change.what)]


def _on(written: str) -> Words:
    try:
        return _("{date}", date=date.fromisoformat(written))
    except ValueError:
        return verbatim(written)


def _value(reader: Reader, change: RuleChange) -> Words:
    rules = reader.rulebook
    match change.what:
        case What.DEADLINE:
            return whole_term_of(rule_changes.deadline_rule(change, rules.deadlines))
        case What.DAY:
            return _day(reader, rule_changes.day_off(change))
        case What.AMOUNT:
            return _("{amount} tenge", amount=rule_changes.amount(change).amount)
        case What.RETENTION:
            kept = rule_changes.retention_rule(change, baseline().retention)
            return years_kept(kept, rules.retention.least(kept.kind, kept.valid_from, kept.valid_to))
        case What.STAY:
            whom = rule_changes.override(change).whom
            return _whom(reader, whom)
        case _:
            return _(
                "Version {version}", version=rule_changes.pathway(change, rules.common, rules.deadlines).version[:8]
            )


def kept_name(rules: Rulebook, kind: str) -> Words:
    """What the data of a kind are called, as a term of keeping names them."""
    shipped = next((rule for rule in rules.retention.versions if rule.kind == kind), None)
    return kind_kept(rules, kind) if shipped is None else called(shipped)


def kind_kept(rules: Rulebook, kind: str) -> Words:
    """The kind itself: a kind of case, or what became none."""
    known = rules.list("case_kind").get(kind)
    return called(known) if known else OTHER_KINDS.get(kind, verbatim(kind))


def years_kept(rule: RetentionRule, least: int = 0) -> Words:
    """A term of keeping, and that it is shorter than the law's where it is."""
    years, by_law = ngettext("{count} year", "{count} years", rule.years), max(least, rule.least)
    if rule.years >= by_law:
        return years
    least_years = ngettext("{count} year", "{count} years", by_law)
    return _("{term}; the law makes one keep them {least}", term=years, least=least_years)


def _whom(reader: Reader, whom: tuple[str, ...]) -> Words:
    if not whom:
        return _("Stays of everybody go on to the last day")
    countries = reader.rulebook.countries
    names = [called(countries[land]) for land in whom if land in countries]
    joined = names[0] if names else verbatim("")
    for name in names[1:]:
        joined = Words("{one}, {other}", arguments={"one": joined, "other": name})
    return _("Stays go on to the last day for: {countries}", countries=joined)


def _day(reader: Reader, day: DayOff) -> Words:
    days_off = reader.rulebook.list("day_off")
    name = called(days_off[day.code]) if day.code in days_off else verbatim(day.code)
    words = DAY_WORDS[day.what] if day.moved_from or day.what != "moved" else DAY_WORDS["off"]
    return words.with_arguments(name=name, date=day.moved_from or day.day)


def _doubtful(reader: Reader, change: RuleChange) -> bool:
    if change.what == What.RETENTION:
        return rule_changes.retention_rule(change, baseline().retention).doubtful
    if change.what != What.DEADLINE:
        return False
    return rule_changes.deadline_rule(change, reader.rulebook.deadlines).doubtful


def _shipped(reader: Reader, what: What) -> Iterator[RuleRow]:
    """What ships with kzcase."""
    ours = {change.rule for change in reader.rulebook.changes if change.what == what}
    rules = baseline()
    match what:
        case What.DEADLINE:
            for rule in rules.deadlines.versions:
                yield _row(what, rule.id, called(rule), whole_term_of(rule), rule, rule.id in ours)
        case What.DAY:
            for day in sorted(rules.calendar.exceptions.values(), key=lambda each: each.day):
                if day.day.year >= reader.today.year:
                    on = day.day.isoformat()
                    said = _day(reader, day)
                    yield RuleRow(
                        what=what,
                        rule=on,
                        name=_on(on),
                        value=said,
                        valid_from=day.day,
                        valid_to=day.day,
                        source=day.source,
                        doubtful=day.estimated,
                        shadowed=on in ours,
                    )
        case What.AMOUNT:
            for amount in sorted(rules.mci.rows, key=lambda each: each.first, reverse=True):
                yield RuleRow(
                    what=what,
                    rule=amount.use,
                    name=USE_WORDS.get(amount.use, verbatim(amount.use)),
                    value=_("{amount} tenge", amount=amount.amount),
                    valid_from=amount.first,
                    valid_to=amount.last,
                    source=amount.source,
                    doubtful=amount.doubtful,
                )
        case What.RETENTION:
            for kept in rules.retention.versions:
                yield _row(what, kept.kind, called(kept), years_kept(kept), kept, kept.kind in ours)
        case What.PATHWAY:
            for kind, pathway in rules.pathways.items():
                said = _("Version {version}", version=pathway.version[:8])
                yield RuleRow(what=what, rule=kind, name=called(pathway), value=said, shadowed=kind in ours)
        case What.STAY:
            return


def _row(
    what: What, rule_id: str, name: Words, value: Words, rule: DeadlineRule | RetentionRule, shadowed: bool
) -> RuleRow:
    return RuleRow(
        what=what,
        rule=rule_id,
        name=name,
        value=value,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        source=rule.source,
        checked_on=rule.checked_on,
        doubtful=rule.doubtful,
        shadowed=shadowed,
    )
