"""Every paper has a number of its own: two papers of one number could not be told apart on a desk or by their slip."""

import ast
import re
from collections import Counter
from collections.abc import Iterable

from kzcase.paper.library import PAPERS
from tests.house.test_code import modules
from tests.house.words import HOUSE

CODE = re.compile(r"P[0-9]{2}")
LIBRARY = HOUSE / "kzcase/paper/library.py"
HEADED_BY_THE_LIBRARY = frozenset({"recovery_share"})
"""Printed while there is no casebook to read a heading from."""


def written(source: str) -> list[str]:
    """The numbers of papers that stand in a module."""
    texts = (n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [text for text in texts if CODE.fullmatch(text)]


def shared(sources: Iterable[str], library: dict[str, str]) -> dict[str, int]:
    """How often each number is put at the head of a paper, where that is not once."""
    heads = Counter(code for source in sources for code in written(source))
    heads.update(code for name, code in library.items() if name in HEADED_BY_THE_LIBRARY)
    heads.update(dict.fromkeys(library.values(), 0))
    return {code: times for code, times in heads.items() if times != 1}


def library_codes() -> dict[str, str]:
    return {name: paper.code for name, paper in PAPERS.items()}


def sources() -> list[str]:
    return [path.read_text() for path in modules() if path != LIBRARY]


def test_no_two_papers_have_one_number() -> None:
    assert sorted(written(LIBRARY.read_text())) == sorted(library_codes().values())
    assert len(set(library_codes().values())) == len(PAPERS)
    assert shared(sources(), library_codes()) == {}


def test_a_shared_number_is_noticed() -> None:
    stands = {"case_sheet": "P40", "recovery_share": "P50"}
    assert shared(['head("P40")', 'head("P41")'], stands) == {}
    assert shared(['head("P40")', 'head("P40")'], stands) == {"P40": 2}
    assert shared(['head("P40")', 'LETTER = "P41"', 'CODE = "P41"'], stands) == {"P41": 2}
    assert shared(['head("P40")', 'CODE = "P50"'], stands) == {"P50": 2}
    assert shared([], stands) == {"P40": 0}
