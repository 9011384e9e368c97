"""Reads a standard XForm (ODK, Kobo, or made from our own files) into a Form."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from math import inf
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from kzcase.domain.errors import BadForm, BadInputs, TooLarge
from kzcase.forms.bounds import RuleWords, must_be_sensible, place_of
from kzcase.forms.definition import CONTAINERS, ChoiceSource, Form, Question, Trigger
from kzcase.forms.own_attributes import KZCASE, own_attributes
from kzcase.forms.values import TreeNode
from kzcase.forms.xform_about import whole_form
from kzcase.forms.xform_body import Control, choices_of, controls_of
from kzcase.forms.xform_events import first_values, triggers_of
from kzcase.forms.xform_kinds import kind_of
from kzcase.forms.xform_texts import read_translations
from kzcase.forms.xml_reading import child, children, local, namespace, read_xml
from kzcase.forms.xpath import Expression, compile_rule
from kzcase.i18n import _

MOST_QUESTIONS = 2_000
"""Our largest form has 131; national surveys of whole households have some hundreds."""
_JAVAROSA = "http://openrosa.org/javarosa"
_TEMPLATE = f"{{{_JAVAROSA}}}template"
_RULES = ("relevant", "constraint", "required", "calculate", "readonly")
_FIELDS = {"calculate": "calculation"}
_KNOWN = {*_RULES, "nodeset", "type", "constraintMsg", "requiredMsg", "preload", "preloadParams"}
_PRELOADS = {("date", "today"): "today()", ("timestamp", "start"): "now()", ("uid", ""): "concat('uuid:', uuid())"}
_ELSEWHERE = re.compile("[:(]")
"""In the path of a control: another vocabulary, or another instance."""
_AT_END = ("timestamp", "end")


def parse_xform(xml: str, rows: Mapping[str, int] | None = None) -> Form:
    """A form from its XForm text; `rows` says where each path stood in the file it was made from.

    A version that is kept is read even if its body asks for what has no place, which the door refuses today.
    Raises TooLarge, BadForm, or BadInputs holding one BadForm for each rule that cannot be used.
    """
    form, reading = _read(xml, rows, RuleWords(inf))
    if reading.problems:
        raise reading.problems[0] if len(reading.problems) == 1 else BadInputs(reading.problems)
    return form


def read_xform(xml: str, rows: Mapping[str, int] | None = None) -> tuple[Form, tuple[BadForm, ...]]:
    """As much of a form as can be read, and what could not be. Raises BadForm if it is no XForm at all."""
    form, reading = _read(xml, rows, RuleWords())
    must_be_sensible(form)
    return form, (*reading.problems, *reading.lost())


def _read(xml: str, rows: Mapping[str, int] | None, words: RuleWords) -> "tuple[Form, _Model]":
    root = read_xml(xml.encode())
    head = child(root, "head")
    model = child(head, "model") if head is not None else None
    body = child(root, "body")
    if head is None or model is None or body is None:
        raise BadForm(why=_("This is not an XForm: it has no model or no body."))
    reading = _Model(xml, head, model, body, rows or {})
    reading.words = words
    return reading.form(), reading


class _Model:
    """One XForm being read: its instance, binds, texts and controls put together."""

    def __init__(self, xml: str, head: Element, model: Element, body: Element, rows: Mapping[str, int]) -> None:
        self._xml = xml
        self._rows = rows
        self.problems: list[BadForm] = []
        self.words = RuleWords()
        self._head = head
        self._model = model
        self._texts = read_translations(model)
        self._instances = list(children(model, "instance"))
        self._primary = self._primary_root()
        self._targets = frozenset(_xpaths(self._primary, f"/{local(self._primary.tag)}"))
        self._parents = {inner: outer for outer in self._primary.iter() for inner in outer}
        if len(self._parents) > MOST_QUESTIONS:
            raise TooLarge(limit=_("{count} questions", count=MOST_QUESTIONS))
        self._twins = Counter(
            (id(outer), inner.tag) for inner, outer in self._parents.items() if _TEMPLATE not in inner.attrib
        )
        self._binds = {bind.get("nodeset", "").strip(): bind for bind in _all_binds(model)}
        self._firsts = first_values(model, body)
        self._triggers = triggers_of(body)
        set_by_others = (target for each in self._triggers.values() for target, _rule in each)
        self._given = frozenset((*self._firsts, *set_by_others))
        named = {bind.get("id", ""): nodeset for nodeset, bind in self._binds.items() if bind.get("id")}
        self._controls = controls_of(body, self._texts, named)
        self._lists = {name: tree for name, tree in map(_list_of, self._instances[1:]) if name}

    def _primary_root(self) -> Element:
        for instance in self._instances[:1]:
            for root in instance:
                return root
        raise BadForm(why=_("This is not an XForm: it has no primary instance."))

    def lost(self) -> Iterator[BadForm]:
        """What the body asks and the instance has no place for: its answers would go nowhere."""
        known = {*self._targets, f"/{local(self._primary.tag)}"}
        for xpath in self._controls:
            if xpath not in known and not _ELSEWHERE.search(xpath):
                place = "/".join(xpath.split("/")[2:])[:120]
                yield BadForm(place, why=_("No question stands at “{name}”.", name=xpath[:120]))

    def form(self) -> Form:
        name = local(self._primary.tag)
        questions = self._below(self._primary, f"/{name}", "")
        whole, wrong = whole_form(self._head, self._primary, self._texts)
        self.problems.extend(BadForm(place, why=why) for place, why in wrong.items())
        return Form(
            id=self._primary.get("id") or name,
            version=hashlib.sha256(self._xml.encode()).hexdigest(),
            languages=self._texts.languages,
            questions=questions,
            root=name,
            declared_version=_attribute(self._primary, "version"),
            default_language=self._texts.default,
            lists=self._lists,
            itexts=self._texts.texts,
            xml=self._xml,
            **whole,
        )

    def _below(self, element: Element, xpath: str, path: str) -> tuple[Question, ...]:
        """The questions under one instance element, in the order of the body where they are shown."""
        names: dict[str, Element] = {}
        for found in element:
            if local(found.tag) != "meta":
                names.setdefault(local(found.tag), found)
        made = [self._question(found, f"{xpath}/{name}", f"{path}/{name}".strip("/")) for name, found in names.items()]
        return tuple(question for _order, question in sorted(self._ordered(made, xpath), key=lambda pair: pair[0]))

    def _ordered(self, made: list[Question], xpath: str) -> Iterator[tuple[int, Question]]:
        """What is not shown stays behind its neighbour."""
        order = -1
        for question in made:
            shown = self._controls.get(f"{xpath}/{question.name}")
            order = shown.order if shown else order
            yield order, question

    def _question(self, element: Element, xpath: str, path: str) -> Question:
        bind = self._binds.get(xpath)
        bound: Mapping[str, str] = bind.attrib if bind is not None else {}
        control = self._controls.get(xpath, Control())
        kind = kind_of(element, bound, control, is_given=xpath in self._given or bool((element.text or "").strip()))
        inside = self._below(element, xpath, path) if kind in CONTAINERS else ()
        fixed = "" if kind in CONTAINERS else "".join(element.itertext()).strip()
        return Question(
            path=path,
            name=local(element.tag),
            kind=kind,
            datatype=_datatype(bound, control),
            label=control.label,
            hint=control.hint,
            guidance=control.guidance,
            constraint_message=self._message(bound, "constraintMsg"),
            required_message=self._message(bound, "requiredMsg"),
            **self._rules(path, bound),
            default=fixed,
            default_rule=self._default_rule(xpath, path, bound),
            at_end=_preload(bound) == _AT_END,
            triggers=tuple(self._triggered(xpath, path)),
            repeat_count=self._rule(path, "repeat_count", control.count),
            choices=self._choices(path, control),
            outputs=self._outputs(path, control, bound),
            appearance=control.appearance,
            **self._own_attributes(path, bound),
            parameters=control.parameters,
            attributes=_other_attributes(bound, control),
            children=inside,
            first_instances=self._instances_of(element),
            row=self._rows.get(path, 0),
        )

    def _instances_of(self, element: Element) -> int:
        """How many of a repeat stand in the form at first; the template itself is none."""
        return self._twins[id(self._parents[element]), element.tag]

    def _refuse(self, path: str, column: str, error: BadForm) -> None:
        self.problems.append(BadForm(place_of(path, self._rows.get(path, 0), column), why=error.why))

    def _rule(self, path: str, column: str, text: str) -> Expression | None:
        """A rule, or nothing and a problem more."""
        if not text.strip():
            return None
        try:
            self.words.rule(text, place_of(path, self._rows.get(path, 0), column))
            return compile_rule(text.strip())
        except BadForm as error:
            self._refuse(path, column, error)
            return None

    def _rules(self, path: str, bound: Mapping[str, str]) -> dict[str, Any]:
        return {_FIELDS.get(name, name): self._rule(path, name, bound.get(name, "")) for name in _RULES}

    def _own_attributes(self, path: str, bound: Mapping[str, str]) -> dict[str, Any]:
        try:
            return own_attributes(bound)
        except BadForm as error:
            self._refuse(path, error.place, error)
            return {}

    def _message(self, bound: Mapping[str, str], name: str) -> Mapping[str, str]:
        return self._texts.resolve(bound.get(f"{{{_JAVAROSA}}}{name}", ""))

    def _outputs(self, path: str, control: Control, bound: Mapping[str, str]) -> Mapping[str, Expression]:
        """The rules inside the texts of a question."""
        said = [self._message(bound, name) for name in ("constraintMsg", "requiredMsg")]
        texts = [control.label, control.hint, control.guidance, *said]
        found = {rule for one in texts for text in one.values() for rule in self._texts.rules_in(text)}
        made = {rule: self._rule(path, "label", rule) for rule in sorted(found)}
        return MappingProxyType({rule: one for rule, one in made.items() if one})

    def _default_rule(self, xpath: str, path: str, bound: Mapping[str, str]) -> Expression | None:
        return self._rule(path, "default", self._firsts.get(xpath, "") or _PRELOADS.get(_preload(bound), ""))

    def _triggered(self, xpath: str, path: str) -> Iterator[Trigger]:
        """What this question sets; a target that does not stand in the form is refused."""
        for target, rule in self._triggers.get(xpath, ()):
            value = self._rule(path, "trigger", rule)
            if target not in self._targets:
                why = _("No question stands at “{name}”.", name=target[:120])
                self._refuse(path, "trigger", BadForm(why=why))
            elif value:
                yield Trigger(target.strip("/").partition("/")[2], value)

    def _choices(self, path: str, control: Control) -> ChoiceSource | None:
        if control.query:
            why = _(
                "This list lies in “itemsets.csv”. Please give the form as .xlsx, with its sheet “external_choices”."
            )
            self._refuse(path, "type", BadForm(why=why))
        if control.inline:
            return ChoiceSource(choices=control.inline)
        rule = self._rule(path, "choice_filter", control.items)
        if rule is None:
            return None
        name = next(iter(rule.lists), "")
        tree = self._lists.get(name)
        if name and tree is None:
            missing = _("There is no list of choices called “{name}”.", name=name[:80])
            self._refuse(path, "type", BadForm(why=missing))
            return None
        rows = choices_of(tree, control, self._texts) if tree is not None else ()
        if rows and not any(choice.name for choice in rows):
            why = _("The list “{list}” has no column “{name}”.", list=name[:80], name=control.value_column[:40])
            self._refuse(path, "type", BadForm(why=why))
        whole = control.items.strip() in (f"instance('{name}')/root/item", f'instance("{name}")/root/item')
        return ChoiceSource(
            list_name=name,
            choices=rows,
            items=None if whole else rule,
            value_column=control.value_column,
            label_column=control.label_column,
            external=tree is not None and not tree.children,
        )


def _preload(bound: Mapping[str, str]) -> tuple[str, str]:
    """What a phone would fill in by itself: of which kind, and which of these."""
    return bound.get(f"{{{_JAVAROSA}}}preload", ""), bound.get(f"{{{_JAVAROSA}}}preloadParams", "")


def _all_binds(model: Element) -> list[Element]:
    return list(children(model, "bind"))


def _xpaths(element: Element, xpath: str) -> Iterator[str]:
    """The path of everything in an instance."""
    for inner in element:
        below = f"{xpath}/{local(inner.tag)}"
        yield below
        yield from _xpaths(inner, below)


def _list_of(instance: Element) -> tuple[str, TreeNode]:
    tree = TreeNode("instance")
    for root in instance:
        _grow(tree, root)
    return instance.get("id", ""), tree


def _grow(parent: TreeNode, element: Element) -> None:
    node = TreeNode(local(element.tag), parent, "" if len(element) else (element.text or "").strip())
    parent.children.setdefault(node.name, []).append(node)
    for inner in element:
        _grow(node, inner)


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _datatype(bound: Mapping[str, str], control: Control) -> str:
    datatype = bound.get("type", "string").rpartition(":")[2]
    return "string" if control.tag in ("select", "select1", "rank") else datatype


def _other_attributes(bound: Mapping[str, str], control: Control) -> Mapping[str, str]:
    kept = {k: v for k, v in bound.items() if namespace(k) != KZCASE and local(k) not in _KNOWN}
    return MappingProxyType({**control.attributes, **kept})
