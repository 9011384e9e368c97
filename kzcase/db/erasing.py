"""Carries erasures out: bodies emptied, keys destroyed, rows and search built anew without them. Safe to repeat."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from kzcase.db import erasure_register, store
from kzcase.db.erased_drafts import forget_drafts
from kzcase.db.keyrings import Keyrings
from kzcase.db.local_facts import fact, put_fact
from kzcase.db.projector import Row, project_scope, show_again
from kzcase.db.sql import Sql
from kzcase.db.vault import DIGEST, Vault, named_chunks
from kzcase.journal.erasures import BodyName, Erasures, Pair
from kzcase.journal.operations import Id
from kzcase.journal.parts import keys_of, rows_of

KIND: Final = "person.erased"
TABLES: Final = frozenset({"erasures", "erased_subjects", "erased_bodies"})
_LEFT_OVER: Final = "erased_left_over"
"""The local fact that says that old pages, and the attachments it names, must still go."""
_SAID: Final = b"\x01"
PAGE_BYTES: Final = 4096
MOST_PAGES: Final = 1 << 16
"""The file is written anew in memory, so that a larger one would take more than a laptop can spare."""

PAGES_AT_ONCE: Final = 1 << 11
"""Written anew while everybody waits, because it takes a tenth of a second; more waits for a quiet moment."""


def load(sql: Sql) -> Erasures:
    """Every erasure that counts here, by the tables that acts of that kind alone may touch."""
    subjects = sql.rows("SELECT scope, subject, kept_key FROM erased_subjects WHERE scope IS NOT NULL")
    bodies = sql.rows("SELECT act_id, scope, subject FROM erased_bodies WHERE scope IS NOT NULL")
    if not (subjects or bodies):
        return Erasures()
    organisation, office = fact(sql, "organisation"), office_of(sql)
    named = [(scope, subject, key or b"") for scope, subject, key in subjects if subject]
    return Erasures.of(named, [(a, scope, s) for a, scope, s in bodies if a and s], organisation, office)


def office_of(sql: Sql) -> Id:
    """The office's own scope."""
    found: Id = sql.value("SELECT office_id FROM organisations WHERE id = ?", (fact(sql, "organisation"),)) or b""
    return found


def owners(pairs: Iterable[Pair], office: Id) -> set[Id]:
    """The people, cases, calls and referrals among these (scope, subject): what screens keep drafts of."""
    return {subject for scope, subject in pairs if scope in (subject, office)}


def carry_out(sql: Sql, keyrings: Keyrings, new: Erasures, all_of_them: Erasures) -> set[Row]:
    """Let go of all that `new` names and no longer may be held; the rows that changed."""
    rows: set[Row] = set()
    gone: dict[Id, set[Row]] = defaultdict(set)
    forget_drafts(sql, owners(new.kept, office_of(sql)))
    for name, content in _named(sql, new):
        if not all_of_them.may_hold(name, keys_of(content)[name[2]]):
            store.empty_body(sql, name)
            gone[name[1]] |= rows_of(content, (name[2],))
    for pair in new.kept:
        keyrings.destroy(sql, pair, all_of_them)
    chunks = _chunks(sql, gone)
    for scope, changed in gone.items():
        rows |= changed | _built_anew(sql, keyrings, scope, changed)
    going = _pieces(chunks) - (_pieces(named_chunks(sql)) if chunks else set())
    put_fact(sql, _LEFT_OVER, (fact(sql, _LEFT_OVER) or _SAID) + b"".join(sorted(going)))
    return rows


def before(sql: Sql, kind: str) -> Erasures | None:
    """What was erased before an act of this kind; None for one that does not erase."""
    return load(sql) if kind == KIND else None


def carry_out_own(sql: Sql, keyrings: Keyrings, erased_before: Erasures | None) -> set[Row]:
    """Inside the act that erases, once it is written; nothing for any other act."""
    if erased_before is None:
        return set()
    now = load(sql)
    return carry_out(sql, keyrings, now.beyond(erased_before), now)


def give_back(sql: Sql, keyrings: Keyrings, freed: Erasures) -> set[Row]:
    """An erasure was refuted, or another says that more remains: read again what may be held after all."""
    rows: set[Row] = set()
    for scope in freed.scopes:
        rows |= project_scope(sql, keyrings, scope)
    return rows


def _built_anew(sql: Sql, keyrings: Keyrings, scope: Id, rows: Collection[Row]) -> set[Row]:
    """A person or a case is projected anew whole; of the office, which all share, only the rows concerned."""
    if scope == office_of(sql):
        show_again(sql, keyrings, rows)
        return set()
    return project_scope(sql, keyrings, scope)


def _named(sql: Sql, erased: Erasures) -> Iterator[tuple[BodyName, bytes]]:
    """Every body that is named, itself or by its subject, with the content of its part."""
    subjects: dict[Id, set[Id]] = defaultdict(set)
    for scope, subject in erased.kept:
        subjects[scope].add(subject)
    for scope, those in subjects.items():
        for act_id, content in store.contents_in(sql, scope):
            for subject in those & keys_of(content).keys():
                yield (act_id, scope, subject), content
    for name in erased.bodies:
        content_of_it = store.content_of(sql, name[0], name[1])
        if content_of_it is not None and name[2] in keys_of(content_of_it):
            yield name, content_of_it


def _chunks(sql: Sql, rows: Mapping[Id, Collection[Row]]) -> set[bytes]:
    """The pieces of the attachments among these rows, as the table has them now."""
    ids = [row_id for found in rows.values() for entity, row_id in found if entity == "attachments"]
    return {row[0] for row in sql.rows_with("SELECT chunks FROM attachments WHERE id IN ({})", ids) if row[0]}


def _pieces(chunks: Iterable[bytes]) -> set[bytes]:
    """The digests in these; a piece that another record names as well stays on the disk."""
    return {each[at : at + DIGEST] for each in chunks for at in range(0, len(each), DIGEST)}


def how_pages_went(sql: Sql) -> str:
    """What became of the file's pages after the last erasing: written anew, still to be, or too many for that."""
    if fact(sql, _LEFT_OVER):
        return "waits"
    return "large" if sql.value("PRAGMA page_count") > MOST_PAGES else "anew"


def bytes_to_go(sql: Sql) -> int:
    """How much still waits to be written anew after an erasing."""
    return sql.value("PRAGMA page_count") * PAGE_BYTES if fact(sql, _LEFT_OVER) else 0


def finish(sql: Sql, vault: Vault, stopped: Callable[[], bool], *, whole: bool) -> None:
    """After the commit: noted outside the database, erased attachments leave the disk, no old page stays anywhere.

    A crash or a lock before this is over loses nothing: it is done again. Unless the `whole` is wanted, a larger file
    waits: opening, saving and drafts do not wait for it.
    """
    left_over = fact(sql, _LEFT_OVER)
    if not left_over:
        return
    erasure_register.note(sql)
    vault.drop(left_over[len(_SAID) :])
    pages = sql.value("PRAGMA page_count")
    if PAGES_AT_ONCE < pages <= MOST_PAGES and not whole:
        sql.value("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with sql.until(stopped):
        rewritten = pages > MOST_PAGES or sql.rewrite()
    busy = sql.value("PRAGMA wal_checkpoint(TRUNCATE)")
    if rewritten and not busy:
        sql.run("BEGIN IMMEDIATE")
        put_fact(sql, _LEFT_OVER, b"")
        sql.run("COMMIT")
