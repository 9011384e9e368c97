"""A small filled form for trying rules on, and short ways to make forms and sheets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.outside_lists import Beside, nothing_beside
from kzcase.forms.values import Context, Surroundings, TreeNode, Value, to_text
from kzcase.forms.xpath import compile_rule
from kzcase.i18n import Words, render

ALMATY = timezone(timedelta(hours=5))
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ALMATY)

_PLAIN = {
    "a": "42",
    "b": "1.5",
    "e": "",
    "s": "water power",
    "t": "Maria da Silva",
    "d": "2026-08-07",
    "dt": "2026-08-07T06:31:13.834+05:00",
    "tm": "06:30:00.000+05:00",
    "yes": "yes",
}
_LEGS = (("3", "KZ"), ("10", "UZ"), ("", ""))
_ITEMS = (("x", "Ex", "1"), ("y", "Wy", "2"))


def _child(parent: TreeNode, name: str, value: str = "") -> TreeNode:
    made = TreeNode(name, parent, value)
    parent.children.setdefault(name, []).append(made)
    return made


def _root() -> TreeNode:
    root = TreeNode("data")
    for name, value in _PLAIN.items():
        _child(root, name, value)
    for days, to in _LEGS:
        leg = _child(root, "legs")
        _child(leg, "days", days)
        _child(leg, "to", to)
    _child(root, "here")
    return root


def _list() -> TreeNode:
    instance = TreeNode("instance")
    rows = _child(instance, "root")
    for name, label, group in _ITEMS:
        item = _child(rows, "item")
        _child(item, "name", name)
        _child(item, "label", label)
        _child(item, "g", group)
    return instance


def _quarter(_node: TreeNode, _call: int) -> Callable[[], float]:
    return lambda: 0.25


def value_of(rule: str, at: str = "here", language: str = "en") -> Value:
    """The result of a rule at `here`, or at `days` of the second leg."""
    root = _root()
    node = root.children["legs"][1].children["days"][0] if at == "days" else root.children[at][0]
    around = Surroundings(root, NOON, _quarter, language, instances={"c": _list()}, version="7")
    return compile_rule(rule).run(Context(around, node, node))


def shown(value: Value) -> str:
    """A result as text; several places joined by commas."""
    return ",".join(node.visible() for node in value) if isinstance(value, list) else to_text(value)


def form_of_table(text: str, beside: Beside = nothing_beside) -> Form:
    """A form from a Markdown table, as in XLSForm."""
    return read_form("table.md", text.encode(), beside)


def sheet(form: Form, language: str = "en") -> AnswerSheet:
    """A form opened at noon in Almaty."""
    return AnswerSheet(form, now=NOON, language=language)


def said(words: Words | None) -> str:
    """English words."""
    return render(words, "en") if words else ""


__all__ = ["ALMATY", "NOON", "UTC", "form_of_table", "said", "sheet", "shown", "value_of"]
