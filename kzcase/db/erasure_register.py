"""Erasures noted outside the database, so that a casebook put back from an older copy lets go of the same people again.

One small file an act, in the program's settings folder and beside the backups: the act itself as it travels, with the
keys of what remains, all of it closed under the organisation's key, which every copy of the casebook has.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import cbor2

from kzcase import paths
from kzcase.db import store
from kzcase.db.keyrings import Keyrings, ScopeKeys, stored_scope_key
from kzcase.db.local_facts import fact, put_fact
from kzcase.db.sql import Sql
from kzcase.db.standing import BACKUP_TARGET
from kzcase.journal.operations import Id
from kzcase.journal.parts import serialised
from kzcase.journal.reading import is_id, must, plain_cbor
from kzcase.journal.sealing import SealBroken, seal, seal_keyring, unseal

SUFFIX: Final = ".erasures"
REFILLED: Final = "refilled_erasures"
"""The local fact that names the acts that came from the register: what lies before them is missing, and known to be."""
_PURPOSE: Final = b"erasure register"
_LARGEST: Final = 64 << 20
_ERASED: Final = "SELECT id FROM acts WHERE kind = 'person.erased' ORDER BY hlc, id"


def folders(sql: Sql) -> list[Path]:
    """Where the register of this organisation stands: on this laptop and, where there is one, beside its backups."""
    name = hashlib.sha256(b"kzcase erasures" + fact(sql, "organisation")).digest()[:16].hex() + SUFFIX
    target = fact(sql, BACKUP_TARGET)
    beside = [Path(target.decode(errors="surrogateescape"))] if target else []
    return [_home() / name, *(folder / name for folder in beside if folder.is_dir())]


def _home() -> Path:
    return paths.home() / "erasures"


def note(sql: Sql) -> None:
    """Write down every erasure that is not there yet. A disk that refuses changes nothing about what was erased."""
    left_out = store.not_counting(sql)
    acts = [row[0] for row in sql.rows(_ERASED) if row[0] not in left_out]
    for folder in folders(sql) if acts else ():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for act_id in acts:
                if not (folder / _name(act_id)).exists():
                    _write(folder / _name(act_id), _closed(sql, act_id))


def _name(act_id: Id) -> str:
    return hashlib.sha256(b"kzcase erasure" + act_id).digest()[:8].hex()


def _closed(sql: Sql, act_id: Id) -> bytes:
    _, header, signature = store.header_of(sql, act_id)
    parts = [serialised(header, signature, part) for part in store.parts_of(sql, act_id)]
    organisation = fact(sql, "organisation")
    content = cbor2.dumps([act_id, parts, [list(each) for each in _kept_keys(sql)]])
    return seal(stored_scope_key(sql, organisation) or b"", _PURPOSE, organisation, content)


def _kept_keys(sql: Sql) -> Iterator[tuple[Id, bytes]]:
    """(scope, keyring) of what remains of everybody erased: no other key stands in them."""
    keyrings = Keyrings()
    kept = "SELECT scope, subject, kept_key FROM erased_subjects WHERE kept_key IS NOT NULL"
    for scope, subject, key in sql.rows(kept):
        scope_key = stored_scope_key(sql, scope) if scope and key else None
        held = keyrings.ring(sql, scope, (subject,)).get(subject, {}) if scope_key else {}
        if scope_key and key in held:
            yield scope, seal_keyring(scope_key, scope, {subject: {key: held[key]}})


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{file.name}")
    with paths.open_own(beside, make=True, empty=True) as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def adopt(target: Path) -> None:
    """Bring what stands beside a backup onto this laptop, before the backup is restored."""
    with suppress(OSError):
        for folder in sorted(target.glob(f"*{SUFFIX}")):
            here = _home() / folder.name
            here.mkdir(parents=True, exist_ok=True, mode=0o700)
            for file in folder.iterdir():
                if file.is_file() and not (here / file.name).exists():
                    with file.open("rb") as there, paths.open_own(here / file.name, make=True) as copy:
                        shutil.copyfileobj(there, copy)


def unknown_here(sql: Sql) -> Iterator[tuple[Id, list[bytes], list[ScopeKeys]]]:
    """Acts of the register that this casebook does not hold, with what is needed to take them in."""
    organisation = fact(sql, "organisation")
    key = stored_scope_key(sql, organisation)
    seen: set[Id] = set()
    for file in _files(sql) if key else ():
        entry = _opened(file, key or b"", organisation)
        if entry and entry[0] not in seen and sql.value("SELECT 1 FROM acts WHERE id = ?", (entry[0],)) is None:
            seen.add(entry[0])
            yield entry[0], entry[1], list(_scope_keys(sql, entry[2]))


def _files(sql: Sql) -> Iterable[Path]:
    for folder in folders(sql):
        with suppress(OSError):
            yield from sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _opened(file: Path, key: bytes, organisation: Id) -> tuple[Id, list[bytes], list[tuple[Id, bytes]]] | None:
    """What one file says; None for one that is not ours or was changed."""
    try:
        with file.open("rb") as stream:
            untrusted = unseal(key, _PURPOSE, organisation, stream.read(_LARGEST))
        act_id, parts, keys = plain_cbor(untrusted)
        must(is_id(act_id), all(type(part) is bytes for part in parts))
        must(all(is_id(scope) and type(sealed) is bytes for scope, sealed in keys))
    except (OSError, SealBroken, ValueError, TypeError):
        return None
    return act_id, parts, [(scope, sealed) for scope, sealed in keys]


def _scope_keys(sql: Sql, keys: Iterable[tuple[Id, bytes]]) -> Iterator[ScopeKeys]:
    """Of scopes this copy has the key of; of others it holds nothing that could be erased."""
    for scope, sealed in keys:
        scope_key = stored_scope_key(sql, scope)
        if scope_key is not None:
            yield ScopeKeys(scope, scope_key, sealed)


def remember_refilled(sql: Sql, acts: Iterable[Id]) -> None:
    """These acts came from the register, past the acts before them."""
    put_fact(sql, REFILLED, fact(sql, REFILLED) + b"".join(acts))


def refilled(sql: Sql) -> frozenset[Id]:
    """The acts that came from the register."""
    stored = fact(sql, REFILLED)
    return frozenset(stored[at : at + 16] for at in range(0, len(stored), 16))
