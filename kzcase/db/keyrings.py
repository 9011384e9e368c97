"""The keys of scopes and subjects: made at their birth, kept in keyrings, destroyed to erase."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kzcase.db.sql import Sql
from kzcase.journal.erasures import NOTHING, Erasures, Pair
from kzcase.journal.operations import Id
from kzcase.journal.sealing import Ring, SealBroken, key_id, merged, new_key, open_keyring, seal_keyring

_REMEMBERED: Final = 4096
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ScopeKeys:
    """What somebody who may read a scope holds: its key and one page of its sealed keyring."""

    scope: Id
    key: bytes
    sealed: bytes


def page_id(scope: Id, subject: Id) -> Id:
    """Where the keys of a subject stand: those of the scope itself under its own tag, others on pages by their id.

    The office has a subject for every call ever logged, so one page would have to be sealed anew with each of them.
    """
    return scope if subject == scope else hashlib.sha256(b"kzcase page" + scope + subject[:2]).digest()[:16]


@dataclass(frozen=True, slots=True)
class _Offer:
    """Keys somebody handed us, opened and laid out by page."""

    scope: Id
    key: bytes
    pages: Mapping[Id, Ring]
    refused: bool = False
    """Some of the keys were those of an erased subject: they are not among them."""

    @classmethod
    def of(cls, given: ScopeKeys, erased: Erasures) -> "_Offer | None":
        """The keys opened; None when they do not open."""
        try:
            offered = open_keyring(given.key, given.scope, given.sealed)
        except SealBroken:
            return None
        ring = erased.allowed(given.scope, offered)
        pages: dict[Id, Ring] = {}
        for subject, keys in ring.items():
            pages.setdefault(page_id(given.scope, subject), {})[subject] = keys
        return cls(given.scope, given.key, pages, ring != offered)


def _scopes(offers: Iterable[_Offer]) -> set[Id]:
    return {offer.scope for offer in offers}


class Keyrings:
    """Subject keys by scope, read through a small memory. One per connection, used on one thread at a time."""

    def __init__(self) -> None:
        self._pages: dict[Id, Ring] = {}
        self._scope_keys: dict[Id, bytes] = {}

    def keys(self, sql: Sql, scope: Id, subjects: Iterable[Id], *, born: bool = False) -> Ring:
        """The keys of these subjects in this scope; missing ones are made, and their pages are written anew.

        `born` says that the scope begins with this act, so there is nothing to look up.
        """
        found: Ring = {}
        for subject in subjects:
            page = page_id(scope, subject)
            known = self._pages.get(page, {}) if born else self._page(sql, scope, page)
            if subject not in known:
                key = new_key()
                known = {**known, subject: {key_id(key): key}}
                self._write(sql, scope, page, known)
            found[subject] = known[subject]
        return found

    def ring(self, sql: Sql, scope: Id, subjects: Iterable[Id] | None = None) -> Ring:
        """The keys of these subjects, or of all; none when this laptop may not read the scope."""
        wanted = subjects_in(sql, scope) if subjects is None else subjects
        return merged(self._page(sql, scope, page) for page in {page_id(scope, subject) for subject in wanted})

    def take_in(
        self, sql: Sql, given: Iterable[ScopeKeys], erased: Erasures = NOTHING
    ) -> tuple[set[Id], list[ScopeKeys]]:
        """Take in keys of scopes from somebody who may read them; keys held already stay.

        The scopes with new ones, and those offers of which keys were refused because their subject was erased. What
        does not open is left aside.
        """
        opened: set[Id] = set()
        refused: list[ScopeKeys] = []
        each = iter(given)
        while some := list(islice(each, _AT_ONCE)):
            offers = [(one, offer) for one in some if (offer := _Offer.of(one, erased))]
            opened |= self._take_in([offer for _, offer in offers], sql)
            refused += [one for one, offer in offers if offer.refused]
        return opened, refused

    def renew(self, sql: Sql, scope: Id, subject: Id, *, remains: bool) -> bytes:
        """Forget the keys of a subject, and make a new one if something of it remains; the new key's id, or b""."""
        key = new_key()
        self._put(sql, scope, subject, {key_id(key): key} if remains else {})
        return key_id(key) if remains else b""

    def destroy(self, sql: Sql, pair: Pair, erased: Erasures) -> None:
        """Forget the keys of an erased subject, but for those of what remains."""
        scope, subject = pair
        held = self._page(sql, scope, page_id(scope, subject)).get(subject, {})
        left = erased.allowed(scope, {subject: held}).get(subject, {})
        if left != held:
            self._put(sql, scope, subject, left)

    def _put(self, sql: Sql, scope: Id, subject: Id, keys: Mapping[bytes, bytes]) -> None:
        page = page_id(scope, subject)
        others = {other: ring for other, ring in self._page(sql, scope, page).items() if other != subject}
        left = {**others, subject: dict(keys)} if keys else others
        if left:
            self._write(sql, scope, page, left)
        else:
            sql.run("DELETE FROM keyrings WHERE scope = ?", (page,))
            self._remember(page, {})

    def forget(self) -> None:
        """Drop every key from memory: after a rollback or at lock."""
        self._pages.clear()
        self._scope_keys.clear()

    def _take_in(self, offers: list["_Offer"], sql: Sql) -> set[Id]:
        """Every page is read once and written once, however many offers add to it."""
        scope_keys = dict(sql.rows_with("SELECT scope, key FROM scope_keys WHERE scope IN ({})", _scopes(offers)))
        held = self._pages_of(sql, scope_keys, offers)
        grown: dict[Id, Id] = {}
        new_keys: dict[Id, bytes] = {}
        for offer in offers:
            for page, ring in offer.pages.items():
                together = merged([held.get(page, {}), ring])
                if together != held.get(page, {}):
                    held[page], grown[page] = together, offer.scope
                    if offer.scope not in scope_keys:
                        new_keys[offer.scope] = scope_keys[offer.scope] = offer.key
        sql.run_each("INSERT INTO scope_keys (scope, key) VALUES (?, ?)", new_keys.items())
        put = "INSERT OR REPLACE INTO keyrings (scope, sealed) VALUES (?, ?)"
        sql.run_each(put, [(page, seal_keyring(scope_keys[s], s, held[page])) for page, s in grown.items()])
        for page in grown:
            self._remember(page, held[page])
        return set(grown.values())

    def _pages_of(self, sql: Sql, scope_keys: Mapping[Id, bytes], offers: Iterable["_Offer"]) -> dict[Id, Ring]:
        """The pages these offers would add to, as they stand."""
        scope_of = {page: offer.scope for offer in offers for page in offer.pages}
        found = {page: self._pages[page] for page in scope_of.keys() & self._pages.keys()}
        unread = [page for page in scope_of if page not in found]
        for page, sealed in sql.rows_with("SELECT scope, sealed FROM keyrings WHERE scope IN ({})", unread):
            key = scope_keys.get(scope_of[page])
            found[page] = open_keyring(key, scope_of[page], sealed) if key else {}
        return found

    def _page(self, sql: Sql, scope: Id, page: Id) -> Ring:
        known = self._pages.get(page)
        if known is None:
            sealed = sql.value("SELECT sealed FROM keyrings WHERE scope = ?", (page,))
            scope_key = self._scope_key(sql, scope) if sealed else None
            known = open_keyring(scope_key, scope, sealed) if scope_key else {}
            self._remember(page, known)
        return known

    def _scope_key(self, sql: Sql, scope: Id) -> bytes | None:
        key = self._scope_keys.get(scope) or stored_scope_key(sql, scope)
        if key is not None:
            self._scope_keys[scope] = key
        return key

    def _write(self, sql: Sql, scope: Id, page: Id, ring: Ring) -> None:
        scope_key = self._scope_key(sql, scope)
        if scope_key is None:
            scope_key = self._scope_keys[scope] = os.urandom(32)
            sql.run("INSERT INTO scope_keys (scope, key) VALUES (?, ?)", (scope, scope_key))
        sealed = seal_keyring(scope_key, scope, ring)
        sql.run("INSERT OR REPLACE INTO keyrings (scope, sealed) VALUES (?, ?)", (page, sealed))
        self._remember(page, ring)

    def _remember(self, page: Id, ring: Ring) -> None:
        if len(self._pages) >= _REMEMBERED:
            self.forget()
        self._pages[page] = ring


def subjects_in(sql: Sql, scope: Id) -> set[Id]:
    """Everybody a scope has bodies about."""
    query = "SELECT b.subject FROM parts p JOIN bodies b ON b.act_id = p.act_id AND b.scope = p.scope WHERE p.scope = ?"
    return {scope} | {row[0] for row in sql.rows(query, (scope,))}


def stored_scope_key(sql: Sql, scope: Id) -> bytes | None:
    """The key of a scope this laptop may read."""
    key: bytes | None = sql.value("SELECT key FROM scope_keys WHERE scope = ?", (scope,))
    return key


def all_scope_keys(sql: Sql) -> list[ScopeKeys]:
    """Every scope's keys, as they are handed to another laptop of the same person."""
    return list(_all_pages(sql))


def _all_pages(sql: Sql) -> Iterator[ScopeKeys]:
    pages: dict[Id, bytes] = dict(sql.rows("SELECT scope, sealed FROM keyrings"))
    keys: dict[Id, bytes] = dict(sql.rows("SELECT scope, key FROM scope_keys"))
    named = {(scope, scope) for scope in keys}
    for scope, subject in sql.rows("SELECT DISTINCT scope, subject FROM bodies WHERE subject <> scope"):
        named.add((page_id(scope, subject), scope))
    for page, scope in sorted(named):
        if page in pages and scope in keys:
            yield ScopeKeys(scope, keys[scope], pages[page])
