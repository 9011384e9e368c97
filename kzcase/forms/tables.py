"""A table in the shape in which the rules of a form look it up: `instance('name')/root/item/column`."""

from collections.abc import Iterable
from typing import Final

from kzcase.forms.sheets import Row
from kzcase.forms.values import TreeNode

_WORDS: Final = frozenset({"itextId", "label", "list_name"})


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


def rows_in(tree: TreeNode) -> list[Row]:
    """The items of a list as rows again; by which words a phone names an item is left out."""
    items = [item for root in tree.children.get("root", []) for item in root.children.get("item", [])]
    columns = ({name: nodes[0].visible() for name, nodes in item.children.items()} for item in items)
    return [{name: value for name, value in row.items() if name not in _WORDS} for row in columns]


def _below(parent: TreeNode, name: str, value: str = "") -> TreeNode:
    node = TreeNode(name, parent, value)
    parent.children.setdefault(name, []).append(node)
    return node
