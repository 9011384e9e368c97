"""The dated tables of this casebook inside a form: what the office changed holds there from its day on, too."""

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from kzcase.db.reader import Reader
from kzcase.domain.mci import Mci
from kzcase.domain.rule_changes import What
from kzcase.forms.definition import Form
from kzcase.forms.rule_choices import mci_rows
from kzcase.forms.tables import table_tree

_MCI: Final = "mci"


def with_own_tables(reader: Reader, form: Form) -> Form:
    """The form with the amounts that hold here. Its version stays: its rules are its own, the amounts are not.

    What a sheet was worked out by is stored with its answers, and stays.
    """
    rules = reader.rulebook
    if _MCI not in form.lists or not any(change.what == What.AMOUNT for change in rules.changes):
        return form
    return _with_amounts(form, rules.mci.rows)


@lru_cache(maxsize=16)
def _with_amounts(form: Form, rows: tuple[Mci, ...]) -> Form:
    return replace(form, lists=MappingProxyType({**form.lists, _MCI: table_tree(mci_rows(rows))}))
