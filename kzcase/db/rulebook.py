"""Reads the rules and lists that ship with kzcase; an administrator's dated changes are laid over them here."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from kzcase import paths
from kzcase.domain.codes import read_code_list
from kzcase.domain.deadlines import read_rules
from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.mci import read_mci
from kzcase.domain.pathways import Pathway
from kzcase.domain.pathways_reading import check_references, read_common, read_pathway
from kzcase.domain.purposes import read_purposes
from kzcase.domain.retention import read_retention
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.workdays import read_calendar
from kzcase.i18n import _


@cache
def baseline() -> Rulebook:
    """The rules as shipped, read once."""
    return read_rulebook(paths.resources())


def read_rulebook(folder: Path) -> Rulebook:
    """The rules below a folder (`codes/ rules/ pathways/`). `BrokenDefinition` with file and row otherwise."""
    texts = {
        f"{room}/{file.name}": _read(file, f"{room}/{file.name}")
        for room in ("codes", "rules", "pathways")
        for file in sorted(folder.joinpath(room).glob("*.*"))
        if file.suffix in (".csv", ".toml")
    }
    deadlines = read_rules(_toml(texts, "rules/deadlines.toml"))
    pathways = _pathways(texts, deadlines.ids)
    return Rulebook(
        codes={
            Path(name).stem: read_code_list(Path(name).stem, text)
            for name, text in texts.items()
            if name.startswith("codes/")
        },
        calendar=read_calendar(_needed(texts, "rules/holidays.csv")),
        deadlines=deadlines,
        mci=read_mci(_needed(texts, "rules/mci.csv")),
        pathways={kind: pathway for kind, pathway in pathways.items() if pathway.in_use},
        prepared={kind: pathway for kind, pathway in pathways.items() if not pathway.in_use},
        hash=_hash(texts),
        purposes=read_purposes(_toml(texts, "rules/purposes.toml")),
        retention=read_retention(_toml(texts, "rules/retention.toml")),
    )


def _pathways(texts: dict[str, str], rules: tuple[str, ...]) -> dict[str, Pathway]:
    """Every pathway with what all share; one that names a rule nobody wrote is refused."""
    common = read_common(_needed(texts, "rules/pathway_common.toml"), "rules/pathway_common.toml")
    names = [name for name in texts if name.startswith("pathways/")]
    found = {name: read_pathway(texts[name], name, common) for name in names}
    for name, pathway in found.items():
        check_references(pathway, name, rules)
    return {Path(name).stem: pathway for name, pathway in found.items()}


def _read(file: Path, place: str) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise BrokenDefinition(place, why=_("it cannot be read")) from None


def _needed(texts: dict[str, str], name: str) -> str:
    if name not in texts:
        raise BrokenDefinition(name, why=_("it is missing"))
    return texts[name]


def _toml(texts: dict[str, str], name: str) -> dict[str, object]:
    try:
        return tomllib.loads(_needed(texts, name))
    except (ValueError, RecursionError):  # also a number of more digits than Python reads
        raise BrokenDefinition(name, why=_("it is not a TOML file")) from None


def _hash(texts: dict[str, str]) -> str:
    """One hash over all files, the same on every system whatever its line endings."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        content = text.replace("\r\n", "\n").encode()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
