"""Dated tables that an office changed, as a form takes them along to phones: there nobody looks into the casebook."""

import hashlib
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from kzcase.forms.definition import Form
from kzcase.forms.languages import HEADINGS
from kzcase.forms.rule_choices import is_table
from kzcase.forms.sheets import Row
from kzcase.forms.tables import rows_in
from kzcase.forms.xform import parse_xform
from kzcase.i18n import LANGUAGES

Tables = Mapping[str, list[Row]]
_MARK: Final = 4  # signs, behind the version that phones see


def changed_tables(form: Form) -> Tables:
    """By its name each dated table of a form that holds other rows here than the form was made with."""
    named = [name for name in form.lists if is_table(name)]
    made = parse_xform(form.xml).lists if named else {}
    found = {name: rows_in(form.lists[name]) for name in named}
    return {name: rows for name, rows in found.items() if name not in made or rows != rows_in(made[name])}


def mark_of(tables: Tables) -> str:
    """What tells a form with these tables from the same form with others; nothing where none was changed."""
    if not tables:
        return ""
    said = repr([(name, [sorted(row.items()) for row in rows]) for name, rows in sorted(tables.items())])
    return "t" + hashlib.sha256(said.encode()).hexdigest()[:_MARK]


def items_of(rows: list[Row]) -> str:
    """The rows as they stand inside the instance of an XForm."""
    items = ("".join(f"<{column}>{escape(str(value))}</{column}>" for column, value in row.items()) for row in rows)
    return f"<root>{''.join(f'<item>{item}</item>' for item in items)}</root>"


def choices_with(choices: list[Row], tables: Tables) -> list[Row]:
    """The choices of a workbook with the rows that hold here in the place of those it was made with."""
    kept = [row for row in choices if row.get("list_name") not in tables]
    labels = [f"label::{HEADINGS[language]}" for language in LANGUAGES]
    own = [
        {"list_name": name, **row, **dict.fromkeys(labels, str(row["name"]))}
        for name, rows in tables.items()
        for row in rows
    ]
    return [*kept, *own]
