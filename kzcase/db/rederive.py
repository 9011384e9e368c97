"""When the rules change, everything computed from them is computed again: a portion at once, the rest as long work."""

from collections.abc import Callable, Iterable
from typing import Final

from kzcase.db.derive import derive, derive_cases
from kzcase.db.local_facts import fact, put_fact
from kzcase.db.rulebook import rulebook_of
from kzcase.db.sql import Sql
from kzcase.domain.ids import Id
from kzcase.domain.rulebook import Rulebook

RULES: Final = "rule_changes"
_HASH: Final = "rules_hash"
"""The hash of the rules by which every case was derived."""
_REACHED: Final = "rules_reached"
"""The hash of newer rules, and the last case that was derived by them."""
AT_ONCE: Final = 500
"""Cases derived in one transaction: short enough that nobody waits for it."""
_NEXT: Final = "SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?"


def derived(sql: Sql, rulebook: Rulebook, touched: Iterable[tuple[str, Id]]) -> Rulebook:
    """Derive what depends on these rows, and the rules from now on: if they changed, the first cases follow at once."""
    rows = list(touched)
    changed = any(entity == RULES for entity, _row in rows)
    rules = rulebook_of(sql) if changed else rulebook
    derive(sql, rules, rows)
    if changed and is_behind(sql, rules):
        derive_portion(sql, rules)
    return rules


def is_behind(sql: Sql, rulebook: Rulebook) -> bool:
    """Whether cases stand as older rules had it."""
    return fact(sql, _HASH) != rulebook.hash.encode()


def derive_portion(sql: Sql, rulebook: Rulebook) -> int:
    """Derive the next cases by these rules: how many. What was reached is kept, so that it goes on after a stop."""
    name = rulebook.hash.encode()
    reached = fact(sql, _REACHED)
    last = reached[len(name) :] if reached.startswith(name) else b""
    cases = [case for (case,) in sql.rows(_NEXT, (last, AT_ONCE))]
    derive_cases(sql, rulebook, cases)
    if len(cases) < AT_ONCE:
        note_derived(sql, rulebook)
    else:
        put_fact(sql, _REACHED, name + cases[-1])
    return len(cases)


def note_derived(sql: Sql, rulebook: Rulebook) -> None:
    """Every case stands as these rules have it."""
    put_fact(sql, _HASH, rulebook.hash.encode())
    put_fact(sql, _REACHED, b"")


def derive_all(sql: Sql, rulebook: Rulebook, progress: Callable[[int, int], object] | None = None) -> None:
    """Derive whatever stands as older rules had it, inside the transaction that is open."""
    total, done = sql.value("SELECT count(*) FROM cases"), 0
    while is_behind(sql, rulebook):
        done += derive_portion(sql, rulebook)
        if progress is not None:
            progress(done, total)
