"""Every form in every language on paper, and sixty sheets that come back worn: nothing missing, none read wrongly."""

import pytest

from kzcase.paper.incoming.codes import codes_in
from kzcase.paper.incoming.limits import JPEG
from tests.paper.incoming.test_codes import numbers
from tests.paper.incoming.worn import worn
from tests.paper.test_shipped_forms import every_print, faults
from tests.proofs.conftest import Proving

WORN = 60
MOST_LOST = 3
"""Of sixty; such a sheet is found by the number at its foot."""


@pytest.mark.proof
def test_every_form_is_whole_on_paper_in_every_language(proving: Proving) -> None:
    prints = every_print()
    proof = proving("papers", len(prints))
    wrong = {}
    for number, _chance in proof:
        found = faults(prints[number])
        proof.seen["faulty"] += bool(found)
        wrong |= {prints[number]: found} if found else {}
    assert wrong == {}


@pytest.mark.proof
def test_nearly_every_worn_sheet_is_found_and_none_wrongly(proving: Proving) -> None:
    proof = proving("worn-sheets", WORN)
    for _number, chance in proof:
        own, scan = worn(chance)
        said = numbers(codes_in(scan, JPEG))
        assert said <= {own}
        proof.seen["found"] += bool(said)
    assert proof.seen["found"] >= proof.seen["numbers"] - MOST_LOST
