"""The body of an XForm: what is shown, in which order, with which label and which choices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from xml.etree.ElementTree import Element

from kzcase.forms.definition import Choice, Texts, no_texts
from kzcase.forms.values import TreeNode
from kzcase.forms.xform_texts import Translations
from kzcase.forms.xml_reading import child, children, local

_SHOWN = frozenset({"input", "select", "select1", "rank", "range", "trigger", "upload", "group", "repeat", "secret"})
_OWN = frozenset({"ref", "nodeset", "appearance", "count", "start", "end", "step", "mediatype", "bind"})
_BY_ID = re.compile(r"jr:itext\((.*)\)")


@dataclass(frozen=True, slots=True)
class Control:
    """How one question is shown."""

    tag: str = ""  # empty: not shown
    order: int = -1
    label: Texts = field(default_factory=no_texts)
    hint: Texts = field(default_factory=no_texts)
    guidance: Texts = field(default_factory=no_texts)
    appearance: str = ""
    count: str = ""
    items: str = ""
    query: str = ""  # a list that only some phones can read
    inline: tuple[Choice, ...] = ()
    value_column: str = "name"
    label_column: str = "label"
    label_by_id: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


def controls_of(body: Element, texts: Translations, bound: Mapping[str, str]) -> dict[str, Control]:
    """Every control of the body by the path it belongs to; `bound`: the paths of binds by their ids."""
    found: dict[str, Control] = {}
    _gather(body, texts, found, bound, "")
    return found


def _gather(
    element: Element, texts: Translations, found: dict[str, Control], bound: Mapping[str, str], above: str
) -> None:
    for inner in element:
        tag = local(inner.tag)
        if tag not in _SHOWN:
            continue
        path = _path_of(inner, tag, bound, above)
        if path:
            made = _control(inner, tag, texts, len(found))
            before = found.get(path)
            found[path] = _joined(before, made) if before else made
        _gather(inner, texts, found, bound, path or above)


def _path_of(element: Element, tag: str, bound: Mapping[str, str], above: str) -> str:
    """What a control is about: said in full, from the group around it, or by the id of its bind."""
    said = (element.get("nodeset" if tag == "repeat" else "ref") or bound.get(element.get("bind", ""), "")).strip()
    if not said or said.startswith("/") or "(" in said:
        return said
    steps = above.split("/")
    for step in said.split("/"):
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _joined(outer: Control, inner: Control) -> Control:
    """A repeat stands inside a group that carries its label."""
    return replace(
        inner,
        order=outer.order,
        label=inner.label or outer.label,
        hint=inner.hint or outer.hint,
        guidance=inner.guidance or outer.guidance,
        appearance=inner.appearance or outer.appearance,
        attributes=MappingProxyType({**outer.attributes, **inner.attributes}),
    )


def _control(element: Element, tag: str, texts: Translations, order: int) -> Control:
    named = {local(key): value for key, value in element.attrib.items()}
    made = Control(
        tag=tag,
        order=order,
        label=texts.of_element(child(element, "label")),
        hint=texts.of_element(child(element, "hint")),
        guidance=texts.guidance_of(child(element, "hint")),
        appearance=named.get("appearance", ""),
        count=named.get("count", "") if tag == "repeat" else "",
        query=named.get("query", "") if tag == "input" else "",
        inline=tuple(_inline(item, texts) for item in children(element, "item")),
        parameters=MappingProxyType({k: v for k, v in named.items() if k in ("start", "end", "step", "mediatype")}),
        attributes=MappingProxyType({k: v for k, v in element.attrib.items() if local(k) not in _OWN}),
    )
    itemset = child(element, "itemset")
    return _with_items(made, itemset) if itemset is not None else made


def _inline(item: Element, texts: Translations) -> Choice:
    value = child(item, "value")
    return Choice((value.text or "").strip() if value is not None else "", texts.of_element(child(item, "label")))


def _with_items(made: Control, itemset: Element) -> Control:
    value, label = child(itemset, "value"), child(itemset, "label")
    shown = label.get("ref", "label") if label is not None else "label"
    by_id = _BY_ID.fullmatch(shown.strip())
    return replace(
        made,
        items=itemset.get("nodeset", ""),
        value_column=value.get("ref", "name").strip() if value is not None else "name",
        label_column=(by_id[1] if by_id else shown).strip(),
        label_by_id=by_id is not None,
    )


def choices_of(tree: TreeNode, control: Control, texts: Translations) -> tuple[Choice, ...]:
    """The rows of a list as this control reads them: code, label and other columns."""
    items = [item for roots in tree.children.values() for root in roots for g in root.children.values() for item in g]
    return tuple(_choice(item, control, texts) for item in items)


def _choice(item: TreeNode, control: Control, texts: Translations) -> Choice:
    cells = {name: group[0].value for name, group in item.children.items()}
    label = cells.get(control.label_column, "")
    said = texts.texts.get(label, {}) if control.label_by_id else dict.fromkeys(texts.languages, label)
    own = {control.value_column, control.label_column}
    rest = {name: value for name, value in cells.items() if name not in own}
    return Choice(cells.get(control.value_column, ""), MappingProxyType(said), MappingProxyType(rest))
