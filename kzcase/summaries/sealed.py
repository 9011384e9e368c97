"""A protected period as the ledger keeps it, so that it is protected once and never again.

Secret: it holds the protected file and how far each number is from the truth. It belongs only inside the casebook.
"""

import json
from typing import Any, Final

from kzcase.disclosure.codebook import Codebook, Link, Variable
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import Cell
from kzcase.domain.errors import CasebookDamaged

_LONGEST: Final = 8 << 20
"""Signs: some ten times what the largest release comes to."""
_PLAIN = ("period", "base", "bound", "key_id", "source", "gap", "proven", "solver")


def sealed(protected: Protected) -> str:
    """The period as JSON text; the same period gives the same text."""
    codebook = protected.codebook
    said: dict[str, Any] = {name: getattr(protected, name) for name in _PLAIN}
    said |= {
        "version": codebook.version,
        "codebook": [[variable.name, list(variable.categories)] for variable in codebook.variables],
        "links": [[link.first, link.second, sorted(link.allowed)] for link in codebook.links],
        "tables": protected.tables,
        "variables": protected.variables,
        "cells": [[cell, protected.counts[cell], protected.drift[cell]] for cell in protected.counts],
        "groups": protected.groups,
        "wider": sorted(protected.wider.items()),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def unsealed(text: str) -> Protected:
    """The period from its text; CasebookDamaged if it is not one."""
    if len(text) > _LONGEST:
        raise CasebookDamaged(part="releases")
    try:
        return _unsealed(json.loads(text))
    except (KeyError, TypeError, ValueError, RecursionError):
        raise CasebookDamaged(part="releases") from None


def _unsealed(said: dict[str, Any]) -> Protected:
    variables = tuple(Variable(name, tuple(categories)) for name, categories in said["codebook"])
    links = tuple(Link(a, b, frozenset((x, y) for x, y in pairs)) for a, b, pairs in said["links"])
    return Protected(
        **{name: said[name] for name in _PLAIN},
        codebook=Codebook(variables, links, said["version"]),
        tables=tuple(tuple(table) for table in said["tables"]),
        variables=tuple(said["variables"]),
        counts={_cell(cell): count for cell, count, _off in said["cells"]},
        drift={_cell(cell): off for cell, _count, off in said["cells"]},
        groups=tuple((tuple(state), count) for state, count in said["groups"]),
        wider={_cell(cell): bound for cell, bound in said["wider"]},
    )


def _cell(said: list[list[str]]) -> Cell:
    return tuple((name, category) for name, category in said)
