"""The published table of name variants: complete, always the same, and made without the folding that it measures."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench import variants
from bench.variants import PUBLISHED, read
from bench.variants.generate import KINDS, LANGUAGES, rows

MEASURED = ("names", "spelling", "name_parts", "likeness", "slips", "collation")
FORBIDDEN = {f"kzcase.domain.{name}" for name in MEASURED} | {"kzcase.queries", "kzcase.db", "rapidfuzz"}
SOURCES = sorted(Path(variants.__file__).parent.glob("*.py"))


def imported(source: str) -> set[str]:
    """Every module a source names in an import, however it is written."""
    found = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def forbidden(modules: Iterable[str]) -> list[str]:
    return sorted(one for one in modules if any(one == bad or one.startswith(bad + ".") for bad in FORBIDDEN))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_of_the_generator_imports_what_it_measures(path: Path) -> None:
    assert forbidden(imported(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    ["from kzcase.domain.spelling import fold", "from kzcase.domain import slips", "import kzcase.queries.search"],
)
def test_canary_an_import_of_it_is_seen(source: str) -> None:
    assert forbidden(imported(source))


def test_nothing_of_it_is_loaded_on_the_way_either() -> None:
    asked = "import bench.variants.generate, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "bench.variants.people" in loaded
    assert forbidden(loaded) == []


def test_the_table_is_what_the_generator_makes() -> None:
    assert read() == list(rows())
    assert PUBLISHED.read_text(encoding="utf-8").startswith("person,language,half,kind,typed,on_record\n")


def test_it_is_large_and_every_kind_and_language_is_in_both_halves() -> None:
    table = read()
    assert len(table) >= 2_000
    halves = {half: [row for row in table if row.half == half] for half in ("published", "held-out")}
    assert sum(map(len, halves.values())) == len(table)
    for some in halves.values():
        assert len(some) >= 1_000
        assert Counter(row.kind for row in some).keys() == KINDS.keys()
        assert min(Counter(row.language for row in some)[language] for language in LANGUAGES) >= 150
        latin = sum(row.typed.isascii() for row in some)
        assert latin > 300
        assert len(some) - latin > 300


def test_nobody_is_in_both_halves_and_nothing_is_typed_as_it_stands() -> None:
    table = read()
    people = {half: {row.person for row in table if row.half == half} for half in ("published", "held-out")}
    assert not people["published"] & people["held-out"]
    assert not [row for row in table if row.typed in {str(name) for name in row.names}]
    assert all(name.given and row.typed.strip() for row in table for name in row.names)
