"""Follows the paths of a rule through a filled form, as ODK does.

An absolute path inside a repeat means the same repeat, and a question that is not asked cannot be seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from kzcase.forms.values import Context, TreeNode, Value, to_boolean, to_places

Run: TypeAlias = Callable[[Context], Value]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a name, `.`, `..` or `*`, and the conditions in brackets behind it."""

    name: str
    conditions: tuple[Run, ...] = ()


def relative_path(steps: Sequence[Step]) -> Run:
    """A path from where the rule stands."""
    if len(steps) == 1 and steps[0] == Step("."):
        return lambda context: [context.node]
    return lambda context: _follow([context.node], steps, context)


def absolute_path(steps: Sequence[Step]) -> Run:
    """A path from the root, kept inside the repeats that the rule itself stands in."""

    def run(context: Context) -> Value:
        root = context.around.root
        if not steps:
            return [root]
        start, taken = _own_branch(context, steps)
        return _follow([start], steps[taken:], context) if start else []

    return run


def from_result(result: Run, conditions: Sequence[Run], steps: Sequence[Step]) -> Run:
    """A path that goes on from the result of a function."""

    def run(context: Context) -> Value:
        found = list(to_places(result(context)))
        for condition in conditions:
            found = _filtered(found, condition, context)
        return _follow(found, steps, context)

    return run


def _own_branch(context: Context, steps: Sequence[Step]) -> tuple[TreeNode | None, int]:
    """How far the path runs along the rule's own ancestors, and where that ends."""
    chain = ancestry(context.node)
    if chain[0] is not context.around.root:
        chain = ancestry(context.current)
    if steps[0].name != chain[0].name or steps[0].conditions:
        return None, 0
    taken = 1
    for node, step in zip(chain[1:], steps[1:], strict=False):
        if step.conditions or step.name != node.name:
            break
        taken += 1
    return chain[taken - 1], taken


def ancestry(node: TreeNode) -> list[TreeNode]:
    """The places from the root down to this one."""
    chain = [node]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    chain.reverse()
    return chain


def _follow(nodes: list[TreeNode], steps: Sequence[Step], context: Context) -> list[TreeNode]:
    for step in steps:
        nodes = _stepped(nodes, step.name)
        for condition in step.conditions:
            nodes = _filtered(nodes, condition, context)
        if not nodes:
            return nodes
    return nodes


def _stepped(nodes: list[TreeNode], name: str) -> list[TreeNode]:
    if name == ".":
        return nodes
    if name == "..":
        return list({id(node.parent): node.parent for node in nodes if node.parent}.values())
    if name == "*":
        return [c for node in nodes for group in node.children.values() for c in group if c.relevant]
    return [child for node in nodes for child in node.children.get(name, ()) if child.relevant]


def _filtered(nodes: list[TreeNode], condition: Run, context: Context) -> list[TreeNode]:
    kept = []
    for position, node in enumerate(nodes, 1):
        answer = condition(replace(context, node=node, position=position))
        if answer == position if isinstance(answer, float) else to_boolean(answer):
            kept.append(node)
    return kept
