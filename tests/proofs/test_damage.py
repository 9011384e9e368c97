"""Bits flip, pages are zeroed, exchanged or put back, logs vanish, folders are copied: a check notices every time.

What is not noticed must have changed nothing that anybody could read: every table is then compared with the truth.
One exception: of what somebody was typing and had not saved, an older page that is put back is not told from a newer.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.drafts import KeptDraft, save_draft
from kzcase.db import check, standing
from kzcase.db.backup import extent
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.check_pages import page_findings
from kzcase.db.engine import connect
from kzcase.db.sql import Sql
from kzcase.db.troubles import in_words
from kzcase.domain.errors import CasebookDamaged
from kzcase.paper.incoming.door import Clean
from tests.actions.steps import a_call, a_case, a_partner, a_sent_referral, do
from tests.db.books import KEY, TickingClock, founded, template
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof

MANY, FEW = 10_000, 28
PAGE = 4096
SHARED = Path("/dev/shm")
SOUND = Clean("audio/mpeg", 0, b"generated sound" * 50)


@dataclass
class States:
    """One casebook at three moments: a while ago, now, and killed now, before its log was laid into the file."""

    earlier: Path
    now: Path
    killed: Path
    truth: dict[str, bytes] = field(default_factory=dict)


def worked(book: Casebook, stretch: int) -> None:
    case = a_case(book)
    do(book, act="note.added", case=case, text=f"Generated {stretch}")
    a_call(book)
    a_partner(book, f"Partner {stretch}")
    a_sent_referral(book)
    add_attachment(book, AddAttachment(case, f"Sound {stretch}", SOUND))
    save_draft(book, KeptDraft("x", {"text": os.urandom(4500).hex()}))


def states(folder: Path) -> States:
    with founded(folder) as book:
        for stretch in range(3):
            worked(book, stretch)
        made = States(folder / "earlier.kzcase", book.folder.path, folder / "killed.kzcase")
    shutil.copytree(made.now, made.earlier)
    with Casebook.open(made.now, Opening(KEY, template().founder, TickingClock())) as book:
        for stretch in range(3, 6):
            worked(book, stretch)
        shutil.copytree(made.now, made.killed)
    made.truth = content(made.now)
    return made


def content(path: Path) -> dict[str, bytes]:
    """A digest of every table."""
    with in_words(), closing(connect(path / "casebook.db", KEY)) as connection:
        return extent(Sql(connection)).tables


# What can happen to files


def flip(file: Path, chance: Random) -> None:
    content = bytearray(file.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def a_bit(path: Path, _states: States, chance: Random) -> None:
    flip(path / "casebook.db", chance)


def some_bytes(path: Path, _states: States, chance: Random) -> None:
    file = path / "casebook.db"
    content = bytearray(file.read_bytes())
    at, size = chance.randrange(len(content)), chance.randrange(1, PAGE)
    content[at : at + size] = chance.randbytes(len(content[at : at + size]))
    file.write_bytes(content)


def zeroed_page(path: Path, _states: States, chance: Random) -> None:
    file = path / "casebook.db"
    content = bytearray(file.read_bytes())
    at = chance.randrange(len(content) // PAGE) * PAGE
    content[at : at + PAGE] = bytes(PAGE)
    file.write_bytes(content)


def exchanged_pages(path: Path, _states: States, chance: Random) -> None:
    file = path / "casebook.db"
    content = bytearray(file.read_bytes())
    one, other = (at * PAGE for at in chance.sample(range(len(content) // PAGE), 2))
    content[one : one + PAGE], content[other : other + PAGE] = (
        content[other : other + PAGE],
        content[one : one + PAGE],
    )
    file.write_bytes(content)


def cut_short(path: Path, _states: States, chance: Random) -> None:
    file = path / "casebook.db"
    pages = file.stat().st_size // PAGE
    os.truncate(file, chance.randrange(pages) * PAGE + chance.choice([0, chance.randrange(PAGE)]))


def old_page(path: Path, made: States, chance: Random) -> None:
    """One page as it was a while ago: authentic under the key, and at its own place."""
    file, before = path / "casebook.db", (made.earlier / "casebook.db").read_bytes()
    content = bytearray(file.read_bytes())
    changed = [at for at in range(0, len(before), PAGE) if before[at : at + PAGE] != content[at : at + PAGE]]
    at = chance.choice(changed)
    content[at : at + PAGE] = before[at : at + PAGE]
    file.write_bytes(content)


def several_old_pages(path: Path, made: States, chance: Random) -> None:
    for _ in range(chance.randrange(2, 30)):
        old_page_again(path, made, chance)


def old_page_again(path: Path, made: States, chance: Random) -> None:
    file, before = path / "casebook.db", (made.earlier / "casebook.db").read_bytes()
    content = bytearray(file.read_bytes())
    at = chance.randrange(len(before) // PAGE) * PAGE
    content[at : at + PAGE] = before[at : at + PAGE]
    file.write_bytes(content)


def old_file(path: Path, made: States, _chance: Random) -> None:
    shutil.copy(made.earlier / "casebook.db", path / "casebook.db")


def old_folder(path: Path, made: States, _chance: Random) -> None:
    shutil.rmtree(path)
    shutil.copytree(made.earlier, path)


def killed(path: Path, made: States) -> None:
    shutil.rmtree(path)
    shutil.copytree(made.killed, path)


def no_log(path: Path, made: States, _chance: Random) -> None:
    killed(path, made)
    (path / "casebook.db-wal").unlink()


def a_bit_of_the_log(path: Path, made: States, chance: Random) -> None:
    killed(path, made)
    flip(path / "casebook.db-wal", chance)


def log_cut_short(path: Path, made: States, chance: Random) -> None:
    killed(path, made)
    log = path / "casebook.db-wal"
    os.truncate(log, chance.randrange(log.stat().st_size))


def a_copy(path: Path, made: States, _chance: Random) -> None:
    """The folder as it is, at a second place of this laptop."""


def a_chunk(path: Path, _states: States, chance: Random) -> None:
    chunks = sorted(each for each in (path / "attachments").iterdir() if each.is_file())
    if chance.random() < 0.3:
        chance.choice(chunks).unlink()
    else:
        flip(chance.choice(chunks), chance)


Damage = Callable[[Path, States, Random], None]
DAMAGES: tuple[Damage, ...] = (
    a_bit, some_bytes, zeroed_page, exchanged_pages, cut_short, old_page, several_old_pages, old_file, old_folder,
    no_log, a_bit_of_the_log, log_cut_short, a_chunk, a_copy,
)  # fmt: skip


def noticed(path: Path) -> bool:
    """Whether `kzcase check --deep` finds anything; its quick part first, because most damage shows there."""
    try:
        with in_words():
            if any(page_findings(path / "casebook.db", KEY)):
                return True
    except CasebookDamaged:
        return True
    return bool(check_files(path, KEY, deep=True).findings)


def every_damage_shows(proof: Proof, folder: Path) -> None:
    made = states(folder)
    home = mkdtemp(prefix="kzcase-damage-", dir=SHARED if SHARED.is_dir() else None)
    for number, chance in proof:
        damage = DAMAGES[number % len(DAMAGES)]
        path = Path(home) / "office.kzcase"
        shutil.copytree(made.now, path)
        with nullcontext() if damage is a_copy else moved_away(made.now):
            damage(path, made, chance)
            found = noticed(path)
            changed = [] if found else unlike(path, made)
        assert not changed, (damage.__name__, proof.which(), changed)
        assert found or damage is not a_copy, proof.which()
        shutil.rmtree(path)
        told = "noticed" if found else "changed nothing"
        proof.seen[f"{damage.__name__} {told}"] += 1
    proof.end()


@contextmanager
def moved_away(path: Path) -> Iterator[None]:
    """Else whatever lies elsewhere would be a second casebook on this laptop."""
    away = path.rename(path.with_suffix(".away"))
    try:
        yield
    finally:
        away.rename(path)


def unlike(path: Path, made: States) -> list[str]:
    found = content(path)
    return sorted(name for name in made.truth if found.get(name) != made.truth[name])


def test_some_damage(proving: Proving, tmp_path: Path) -> None:
    every_damage_shows(proving("damage", FEW), tmp_path)


@pytest.mark.proof
def test_damage(proving: Proving, tmp_path: Path) -> None:
    every_damage_shows(proving("damage", MANY), tmp_path)


def test_an_untouched_casebook_is_found_in_order(tmp_path: Path) -> None:
    """The canary of the other kind: the same look finds nothing where nothing happened."""
    made = states(tmp_path)
    assert not noticed(made.now)
    shutil.rmtree(made.now)
    made.killed.rename(made.now)
    assert not noticed(made.now)
    assert content(made.now) == made.truth


@pytest.mark.parametrize("damage", [old_file, old_folder, no_log])
def test_without_a_witness_what_is_put_back_would_not_show(
    tmp_path: Path, damage: Damage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = states(tmp_path)
    monkeypatch.setattr(standing, "compare", lambda *_: standing.Compared())
    damage(made.now, made, Random(1))
    assert {one.check for one in check_files(made.now, KEY, deep=True).findings} <= {"attachments"}
    assert content(made.now) != made.truth


def test_without_their_digests_an_older_draft_would_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = states(tmp_path)
    with closing(connect(made.now / "casebook.db", KEY)) as connection:
        page = Sql(connection).value("SELECT rootpage FROM sqlite_master WHERE name = 'drafts'")
    before, file = (made.earlier / "casebook.db").read_bytes(), made.now / "casebook.db"
    content, at = bytearray(file.read_bytes()), slice((page - 1) * PAGE, page * PAGE)
    content[at] = before[at]
    file.write_bytes(content)
    assert unlike(made.now, made) == ["drafts"]
    assert noticed(made.now)
    monkeypatch.setattr(check, "draft_findings", lambda _sql: iter(()))
    assert not noticed(made.now)
