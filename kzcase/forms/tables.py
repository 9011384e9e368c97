"""A table in the shape in which the rules of a form look it up: `instance('name')/root/item/column`."""

from collections.abc import Iterable

from kzcase.forms.sheets import Row
from kzcase.forms.values import TreeNode


def table_tree(rows: Iterable[Row]) -> TreeNode:
    """The rows as the items of a list; what only names a row for people is left out."""
    tree = TreeNode("instance")
    root = _below(tree, "root")
    for row in rows:
        item = _below(root, "item")
        for column, value in row.items():
            if "::" not in column:
                _below(item, column, value)
    return tree


def _below(parent: TreeNode, name: str, value: str = "") -> TreeNode:
    node = TreeNode(name, parent, value)
    parent.children.setdefault(name, []).append(node)
    return node
