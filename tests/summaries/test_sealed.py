"""What the ledger keeps of a period comes back the same, or is said to be damaged."""

import pytest

from kzcase.disclosure.engine import protect
from kzcase.domain.errors import CasebookDamaged
from kzcase.summaries.sealed import sealed, unsealed
from tests.disclosure import cases


def test_a_protected_period_comes_back_the_same():
    first = protect(cases.counts("2024Q1"), cases.frame(), base=5, key=bytes(32), period="2024-Q1")
    assert first is not None
    again = unsealed(sealed(first))
    assert again == first
    assert sealed(again) == sealed(first)
    assert again.fingerprint() == first.fingerprint()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"codebook": 3}'])
def test_a_damaged_one_is_said_to_be_so(text):
    with pytest.raises(CasebookDamaged):
        unsealed(text)
