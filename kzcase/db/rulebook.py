"""Reads the rules and lists that ship with kzcase; an administrator's dated changes are laid over them here."""

import hashlib
import tomllib
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kzcase import paths
from kzcase.domain.codes import read_code_list
from kzcase.domain.consent_ages import read_consent_rules
from kzcase.domain.deadlines import read_rules
from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.mci import read_mci
from kzcase.domain.pathways import Pathway
from kzcase.domain.pathways_reading import Common, check_references, read_common, read_pathway
from kzcase.domain.purposes import read_purposes
from kzcase.domain.retention import read_retention
from kzcase.domain.rule_changes import RuleChange
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.rules_laid_over import laid_over
from kzcase.domain.sheets import read_sheets
from kzcase.domain.workdays import read_calendar
from kzcase.i18n import _

if TYPE_CHECKING:
    from kzcase.db.sql import Sql

_LARGEST: Final = 2 << 20
"""Bytes of one file: a list of all places of the country has half a million."""
_LARGEST_TOML: Final = 256 << 10
"""Signs: ten times our longest file of rules."""


@cache
def baseline() -> Rulebook:
    """The rules as shipped, read once."""
    return read_rulebook(paths.resources())


_CHANGES: Final = (
    "SELECT id, what, rule, content, valid_from, valid_to, source, checked_on, note, base, knows, author_id, added_at"
    " FROM rule_changes WHERE struck IS NOT 1 AND withdrawn_on IS NULL"
)


def rulebook_of(sql: "Sql") -> Rulebook:
    """The rules of a casebook: those that ship, with what its organisation changed laid over them."""
    return _with_changes(tuple(_change(*row) for row in sql.rows(_CHANGES)))


@lru_cache(maxsize=4)
def _with_changes(changes: tuple[RuleChange, ...]) -> Rulebook:
    return laid_over(baseline(), changes)


def _change(row: bytes, *values: Any) -> RuleChange:
    what, rule, content, first, last, source, checked, note, base, knows, author, added = values
    return RuleChange(
        id=row.hex(),
        what=what or "",
        rule=rule or "",
        content=content or "",
        valid_from=date.fromisoformat(first) if first else None,
        valid_to=date.fromisoformat(last) if last else None,
        source=source or "",
        checked_on=date.fromisoformat(checked) if checked else None,
        note=note or "",
        base=base or "",
        knows=frozenset((knows or "").split()),
        author=author,
        added_at=datetime.fromisoformat(added) if added else None,
    )


def read_rulebook(folder: Path) -> Rulebook:
    """The rules below a folder (`codes/ rules/ pathways/`). `BrokenDefinition` with file and row otherwise."""
    texts = {
        f"{room}/{file.name}": _read(file, f"{room}/{file.name}")
        for room in ("codes", "rules", "pathways")
        for file in sorted(folder.joinpath(room).glob("*.*"))
        if file.suffix in (".csv", ".toml")
    }
    deadlines = read_rules(_toml(texts, "rules/deadlines.toml"))
    common = read_common(_needed(texts, "rules/pathway_common.toml"), "rules/pathway_common.toml")
    pathways = _pathways(texts, common, deadlines.ids)
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
        common=common,
        purposes=read_purposes(_toml(texts, "rules/purposes.toml")),
        retention=read_retention(_toml(texts, "rules/retention.toml")),
        sheets=read_sheets(_toml(texts, "rules/information.toml")),
        scripts=read_sheets(_toml(texts, "rules/information.toml"), kind="script"),
        consent_ages=read_consent_rules(_toml(texts, "rules/consent_ages.toml")),
    )


def _pathways(texts: dict[str, str], common: Common, rules: tuple[str, ...]) -> dict[str, Pathway]:
    """Every pathway with what all share; one that names a rule nobody wrote is refused."""
    names = [name for name in texts if name.startswith("pathways/")]
    found = {name: read_pathway(texts[name], name, common) for name in names}
    for name, pathway in found.items():
        check_references(pathway, name, rules)
    return {Path(name).stem: pathway for name, pathway in found.items()}


def _read(file: Path, place: str) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            raise BrokenDefinition(place, why=_("it is larger than {count} characters", count=_LARGEST))
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise BrokenDefinition(place, why=_("it cannot be read")) from None


def _needed(texts: dict[str, str], name: str) -> str:
    if name not in texts:
        raise BrokenDefinition(name, why=_("it is missing"))
    return texts[name]


def _toml(texts: dict[str, str], name: str) -> dict[str, object]:
    if len(_needed(texts, name)) > _LARGEST_TOML:
        raise BrokenDefinition(name, why=_("it is larger than {count} characters", count=_LARGEST_TOML))
    try:
        return tomllib.loads(texts[name])
    except (ValueError, RecursionError):  # also a number of more digits than Python reads
        raise BrokenDefinition(name, why=_("it is not a TOML file")) from None


def _hash(texts: dict[str, str]) -> str:
    """One hash over all files, the same on every system whatever its line endings."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        content = text.replace("\r\n", "\n").encode()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
