"""Upgrades: an older vocabulary is read step by step; what is unknown passes through untouched."""

from dataclasses import replace

import pytest

from kzcase.journal import upgrades
from kzcase.journal.operations import SCHEMA, Operation
from kzcase.journal.upgrades import UPGRADES, upgraded
from tests.journal.making import an_id

OLD = Operation(an_id(9), an_id(2), 0, an_id(1), 1, "notes", an_id(5), an_id(2), "remark", "text", ())


def test_todays_operations_pass_untouched() -> None:
    assert SCHEMA not in UPGRADES
    assert upgraded(OLD) == OLD
    newer = replace(OLD, entity="unknown", field="unknown", schema=SCHEMA + 5)
    assert upgraded(newer) == newer


def test_an_old_operation_takes_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        1: lambda o: replace(o, field="text", schema=2),
        2: lambda o: replace(o, value=f"{o.value}!", schema=3),
    }
    monkeypatch.setattr(upgrades, "UPGRADES", steps)
    assert upgraded(OLD) == replace(OLD, field="text", value="text!", schema=3)
