"""The fixed data set (474 generated cases of 2024) and the six tables all reference numbers were measured on."""

from collections import Counter
from functools import cache
from pathlib import Path

from kzcase.disclosure.codebook import Codebook, Variable, both, never, within
from kzcase.disclosure.frame import Frame, frame_of
from kzcase.disclosure.tables import Cell, cells_of_person, ordered_table

FILE = Path(__file__).resolve().parents[2] / "bench" / "fixed_2024.txt"
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4")
_MACRO = {"almaty": "AGK", "astana": "BE", "south": "CJNR", "west": "FHOT", "centre": "DILS", "north": "MPQ"}
MACRO = {region: macro for macro, regions in _MACRO.items() for region in regions}
VARIABLES = {
    "region": "ABCDEFGHIJKLMNOPQRST",
    "macro": tuple(_MACRO),
    "sex": "FM",
    "age": "0123",
    "citizenship": "0123456",
    "type": "0123",
    "exploitation": "012345",
    "outcome": "01234",
}
_BY_NAME = {name: Variable(name, tuple(categories)) for name, categories in VARIABLES.items()}
_TYPE, _EXPLOITATION = _BY_NAME["type"], _BY_NAME["exploitation"]
CODEBOOK = Codebook(
    tuple(_BY_NAME.values()),
    (
        within("region", "macro", MACRO),
        both(never(_TYPE, "0", _EXPLOITATION, "0"), never(_TYPE, "123", _EXPLOITATION, "12345")),
        never(_TYPE, "2", _BY_NAME["age"], "123"),
    ),
    "fixed",
)
TABLES = tuple(
    ordered_table(table.split(), CODEBOOK)
    for table in (
        "region",
        "macro sex age",
        "citizenship type",
        "exploitation sex",
        "type outcome",
        "citizenship macro",
    )
)


def people(period: str) -> list[dict[str, str]]:
    """The cases of a quarter, or of the whole year `2024`."""
    found: dict[str, list[dict[str, str]]] = {}
    for line in FILE.read_text().splitlines():
        if line.startswith("#"):
            quarter = line[1:].strip()
            continue
        names = ("region", "sex", "age", "citizenship", "type", "exploitation", "outcome")
        for word in line.split():
            person = dict(zip(names, word, strict=True), macro=MACRO[word[0]])
            found.setdefault(quarter, []).append(person)
            found.setdefault("2024", []).append(person)
    return found[period]


@cache
def counts(period: str) -> Counter[Cell]:
    """The true counts of all non-empty cells."""
    return Counter(cell for person in people(period) for cell in cells_of_person(person, TABLES))


@cache
def frame() -> Frame:
    """The frame of the six tables."""
    return frame_of(CODEBOOK, TABLES)
