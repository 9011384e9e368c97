"""Which choices a question offers now: all of its list, or those its filter lets through."""

from collections.abc import Mapping

from kzcase.forms.definition import Choice, ChoiceSource
from kzcase.forms.values import Context, TreeNode, to_places, to_text


def offered(source: ChoiceSource, context: Context) -> tuple[Choice, ...]:
    """The choices of a source as its filter sees them at this place."""
    if source.items is None:
        return source.choices
    known = {choice.name: choice for choice in source.choices}
    rows = to_places(source.items.run(context))
    found = [_row_choice(row, source.value_column, source.label_column, known) for row in rows]
    return tuple(choice for choice in found if choice.name)


def _row_choice(row: TreeNode, value: str, label: str, known: Mapping[str, Choice]) -> Choice:
    """A choice from a row of a list, or from a repeat of the form itself."""
    name = _cell(row, value)
    return known[name] if name in known else Choice(name, {"und": _cell(row, label)})


def _cell(row: TreeNode, column: str) -> str:
    found = row.children.get(column.removeprefix("./"), [])
    return to_text(found) if found else ""
