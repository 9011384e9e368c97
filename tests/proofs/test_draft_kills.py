"""Killed while somebody types: what was typed two seconds before is there at the next unlock, for them alone."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from pytestqt.qtbot import QtBot

from kzcase.actions.drafts import KeptDraft, load_drafts, save_draft
from kzcase.actions.sealed_notes import opened_draft
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.engine import connect
from kzcase.ui.draft_keeper import KEEP_AFTER_MS
from tests.actions.offices import office, opened
from tests.db.books import KEY, TickingClock, founded, template
from tests.keys.cheap import OTHER, PASSPHRASE
from tests.laptops import another_laptop
from tests.proofs.conftest import Proving
from tests.proofs.disk import watched
from tests.proofs.power import KINDS, Disks, lay_out
from tests.proofs.proving import Proof
from tests.proofs.test_power_cut import noted_witnesses
from tests.proofs.typist import PLACES
from tests.ui.desks import window_on

HOUSE = Path(__file__).resolve().parents[2]
BOUND: Final = 2.0
"""Seconds of typing that may be lost."""
KILLS = 100
IMAGES, FEW = 2_000, 24
LETTERS = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцшыіэюя"
FIELDS = {"note": "text", "call": "note", "case": "family", "sealed": "sealed", "referral": "reason", "task": "title",
          "closing": "summary", "partner": "name", "incident": "what"}  # fmt: skip


@dataclass
class Death:
    """What the one who was killed had typed when, by place, and when they died."""

    typed: dict[str, list[float]]
    died: float

    def surely(self, place: str) -> int:
        """How many letters were typed more than the bound before."""
        return sum(moment <= self.died - BOUND for moment in self.typed.get(place, ()))


def killed(casebook: Path, texts: Mapping[str, str], last: tuple[str, int], *, pace: int = 20, after: int = 2_000,
           keep_after: int = KEEP_AFTER_MS) -> Death:  # fmt: skip
    """Type these texts into the real window of another process, which dies so many ms after a certain letter."""
    told = {"casebook": str(casebook), "typed": texts, "last": last, "pace": pace, "after": after,
            "keep_after": keep_after}  # fmt: skip
    command = [sys.executable, "-m", "tests.proofs.typist", json.dumps(told)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == -9, done.stderr[-2000:]
    typed: dict[str, list[float]] = {}
    *letters, end = (line.split() for line in done.stdout.splitlines())
    for place, _number, moment in letters:
        typed.setdefault(place, []).append(float(moment))
    return Death(typed, float(end[-1]))


def found(casebook: Path) -> dict[str, str]:
    """What is offered to the one who typed it, by place."""
    with opened(casebook) as desk:
        with desk.book.read() as reader:
            drafts = {each.place.split("/")[0]: each.content for each in load_drafts(reader)}
        texts = {kind: drafts[kind][field] for kind, field in FIELDS.items() if kind in drafts}
        if "sealed" in texts:
            texts["sealed"] = opened_draft(desk.book, texts["sealed"])
        return texts | ({"form": _answer(drafts["form"])} if "form" in drafts else {})


def _answer(content: Mapping[str, str]) -> str:
    """The longest answer: the one that was typed."""
    return max((value for name, value in content.items() if name.startswith("answer/")), key=len, default="")


def text(chance: Random, letters: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(letters))


def everywhere(chance: Random) -> dict[str, str]:
    return {place: text(chance, 8) for place in PLACES}


def test_what_was_typed_two_seconds_before_a_kill_is_there(tmp_path: Path, qtbot: QtBot) -> None:
    casebook, texts = office(tmp_path), everywhere(Random(1))
    killed(casebook, texts, (PLACES[-1], 8))
    assert found(casebook) == texts
    assert offered(casebook, PASSPHRASE, qtbot)
    assert not offered(casebook, OTHER, qtbot), "nobody else is offered it"


def offered(casebook: Path, passphrase: str, qtbot: QtBot) -> bool:
    """Whether the window of this person, just unlocked, offers unsaved typing."""
    window = window_on(casebook)
    qtbot.addWidget(window)
    window.show()
    window.door.enter(casebook, passphrase)
    assert window.workplace is not None
    there = window.workplace.drafts.offer.isVisible()
    window.lock()
    window.door.stop()
    return there


def test_canary_kept_every_half_minute_it_is_lost(tmp_path: Path) -> None:
    casebook = office(tmp_path)
    killed(casebook, {"note": text(Random(2), 8)}, ("note", 8), keep_after=30_000)
    assert found(casebook) == {}


def at_any_moment(proof: Proof, folder: Path) -> None:
    """Somebody types without a pause; the kill comes after a letter, or up to three seconds later, drawn by lot."""
    for number, chance in proof:
        place = PLACES[number % len(PLACES)]
        casebook = office(folder, f"{number}.kzcase")
        typed = text(chance, chance.randrange(20, 90))
        last, after = chance.randrange(1, len(typed) + 1), chance.randrange(0, 3_000)
        death = killed(casebook, {place: typed}, (place, last), pace=chance.choice((15, 40, 90)), after=after)
        there, surely = found(casebook).get(place, ""), death.surely(place)
        assert typed.startswith(there), proof.which()
        assert len(there) >= surely, proof.which()
        proof.seen[place] += 1
        proof.seen["letters typed"] += len(death.typed.get(place, ()))
        proof.seen["letters kept"] += len(there)
        proof.seen["letters that had to be kept"] += surely
    assert proof.seen["letters that had to be kept"] > proof.done
    proof.end()


@pytest.mark.proof
def test_draft_kill(proving: Proving, tmp_path: Path) -> None:
    at_any_moment(proving("draft_kill", KILLS), tmp_path)


# The power goes


@dataclass
class Recorded:
    """What passed by the disk while drafts were kept, and after how much of it which was acknowledged."""

    folder: Path
    before: dict[str, bytearray]
    passed: list[Any]
    kept: list[tuple[int, str]]

    def known_at(self, cut: int) -> str:
        """The latest draft acknowledged before the cut."""
        return next((content for at, content in reversed(self.kept) if at <= cut), "")

    def any_of(self, content: str, at_least: str) -> bool:
        """Is it this one, or a later one?"""
        order = [each for _at, each in self.kept]
        return content == at_least or (content in order and order.index(content) >= order.index(at_least or order[0]))


def recorded(folder: Path) -> Recorded:
    with founded(folder) as book:
        path = book.folder.path
    before = {str(file): bytearray(file.read_bytes()) for file in (path / "casebook.db", path / "witness")}
    kept: list[tuple[int, str]] = []
    with watched() as disk, noted_witnesses(disk), Casebook.open(
        path, Opening(KEY, template().founder, TickingClock())
    ) as book:  # fmt: skip
        for number in range(1, 40):
            typed = "Ертең келемін деді " * number
            save_draft(book, KeptDraft("note/1", {"text": typed}))
            kept.append((len(disk.passed), json.dumps({"text": typed})))
    return Recorded(path, before, disk.passed, kept)


@another_laptop()
def kept_through_cuts(proof: Proof, made: Recorded, folder: Path) -> None:
    drawn = sorted((chance.randrange(len(made.passed) + 1), number, chance) for number, chance in proof)
    disks = Disks(made.passed, made.before)
    for cut, number, chance in drawn:
        disks.go_to(cut)
        target = folder / str(number)
        kind = KINDS[number % len(KINDS)]
        lay_out(disks.image(kind, chance), made.folder, target)
        known, there = made.known_at(cut), draft_in(target)
        proof.at = number
        assert made.any_of(there, known), proof.which()
        proof.seen[kind] += 1
        proof.seen["with a draft"] += bool(known)
    assert proof.seen["with a draft"] > proof.done // 2
    proof.end()


def draft_in(casebook: Path) -> str:
    connection = connect(casebook / "casebook.db", KEY)
    try:
        row = connection.execute("SELECT content FROM drafts").fetchone()
        return json.dumps(json.loads(row[0])) if row else ""
    finally:
        connection.close()


def test_a_draft_that_was_kept_outlives_some_power_cuts(proving: Proving, tmp_path: Path) -> None:
    kept_through_cuts(proving("draft_power", FEW), recorded(tmp_path), tmp_path / "cuts")


@pytest.mark.proof
def test_draft_power(proving: Proving, tmp_path: Path) -> None:
    kept_through_cuts(proving("draft_power", IMAGES), recorded(tmp_path), tmp_path / "cuts")
