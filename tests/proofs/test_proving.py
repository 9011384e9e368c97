"""A proof that was stopped goes on where it was, with what it had counted, and counts nothing twice."""

from pathlib import Path

import pytest

from tests.proofs import proving
from tests.proofs.proving import Proof


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "BUILD", tmp_path / "build" / "proofs")
    monkeypatch.setattr(proving, "GO_ON", True)


def stopped_at(last: int) -> None:
    proof = Proof("stopped", 10, lambda _line: None)
    for number, _chance in proof:
        proof.seen["even"] += number % 2 == 0
        if number == last:
            return


def test_it_goes_on_with_what_it_counted() -> None:
    stopped_at(4)
    said: list[str] = []
    proof = Proof("stopped", 10, said.append)
    numbers = [number for number, _chance in proof if not proof.seen.update(even=number % 2 == 0)]
    proof.end()
    assert numbers == [4, 5, 6, 7, 8, 9], "the one at which it was stopped is done again"
    assert (proof.seen["numbers"], proof.seen["even"], proof.done) == (10, 5, 10)
    assert next(iter(Proof("stopped", 3)))[0] == 0, "once it is through it begins anew"


def test_it_begins_anew_unless_asked_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_at(4)
    monkeypatch.setattr(proving, "GO_ON", False)
    assert next(iter(Proof("stopped", 10)))[0] == 0


def test_another_seed_is_another_proof() -> None:
    stopped_at(4)
    assert next(iter(Proof("stopped", 10, seed=7)))[0] == 0
