"""Which choices a question offers now: all of its list, or those its filter lets through."""

from collections.abc import Mapping

from kzcase.forms.definition import Choice, ChoiceSource
from kzcase.forms.values import Context, TreeNode, to_places, to_text


def offered(source: ChoiceSource, context: Context) -> tuple[Choice, ...]:
    """The choices of a source as its filter sees them at this place."""
    if source.items is None:
        return source.choices
    known: dict[str, list[Choice]] = {}
    for choice in source.choices:
        known.setdefault(choice.name, []).append(choice)
    rows = to_places(source.items.run(context))
    found = [_row_choice(row, source.value_column, source.label_column, known) for row in rows]
    return tuple(choice for choice in found if choice.name)


def _row_choice(row: TreeNode, value: str, label: str, known: Mapping[str, list[Choice]]) -> Choice:
    """A choice from a row of a list, or from a repeat of the form itself."""
    name = _cell(row, value)
    twins = known.get(name, ())
    if len(twins) > 1:  # a code may stand in a list several times, for the filter to tell apart
        return next(
            (each for each in twins if all(_cell(row, c) == said for c, said in each.columns.items())), twins[0]
        )
    return twins[0] if twins else Choice(name, {"und": _cell(row, label)})


def _cell(row: TreeNode, column: str) -> str:
    found = row.children.get(column.removeprefix("./"), [])
    return to_text(found) if found else ""
