"""The program's dated tables as rows that a form can look up, so that nobody types a number the program knows.

They stand in the form like any list of choices: a phone looks them up as the program does, and the version of a form
says which table it had.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from kzcase import paths
from kzcase.domain.mci import Mci, read_mci
from kzcase.forms.languages import HEADINGS
from kzcase.forms.sheets import Row
from kzcase.i18n import LANGUAGES


def table_rows(name: str) -> list[Row]:
    """The rows of a table that rules of a form look up by `instance('name')`; none where there is no such table."""
    return [{"list_name": name, **row} for row in _TABLES[name]()] if name in _TABLES else []


def is_table(name: str) -> bool:
    """Whether a list of a form is one of the program's dated tables."""
    return name in _TABLES


def _mci() -> list[Row]:
    return mci_rows(read_mci(paths.resources("rules", "mci.csv").read_text(encoding="utf-8")).rows)


def mci_rows(amounts: Iterable[Mci]) -> list[Row]:
    """The monthly calculation index: from and to as numbers, 20260131, because so they compare on every phone."""
    return [
        {
            "name": f"mci_{row.first:%Y%m%d}_{row.use}",
            "from": f"{row.first:%Y%m%d}",
            "to": f"{row.last:%Y%m%d}",
            "amount": str(row.amount),
            "use": row.use,
            "sure": "no" if row.doubtful else "yes",
            "source": row.source,
            **{f"source_{language}": _said(row.source, *words) for language, words in _BUDGET.items()},
            **{f"label::{HEADINGS[language]}": f"{row.first:%Y}: {row.amount}" for language in LANGUAGES},
        }
        for row in amounts
    ]


_LAW: Final = re.compile(r"Law on the republican budget (\d{4})-(\d{4})( as revised)?")
_BUDGET: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "kk": ("{first}–{last} жылдарға арналған республикалық бюджет туралы заң", "өзгерістерімен"),
        "ru": ("Закон о республиканском бюджете на {first}–{last} годы", "в новой редакции"),
    }
)
"""How the law that sets the index is called; another source stands as it was written."""


def _said(source: str, law: str, revised: str) -> str:
    found = _LAW.fullmatch(source)
    if found is None:
        return source
    named = law.format(first=found[1], last=found[2])
    return f"{named} ({revised})" if found[3] else named


_TABLES: Final[Mapping[str, Callable[[], list[Row]]]] = MappingProxyType({"mci": _mci})
