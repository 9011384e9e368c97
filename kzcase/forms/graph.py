"""Which rule of a form depends on which answer, in which order they are worked out, and where they run in circles."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.bounds import place_of
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.xpath import Expression
from kzcase.i18n import Words, _, verbatim

Steps = tuple[str, ...]
MOST_LOOKS = 200_000
"""Questions that rules with `*` look through, all together: a hundred such rules in the largest form."""
LAST_SAVED = "__last-saved"
"""What a phone remembers of the answers before: empty here, and not every form that looks into it declares it."""


class Aspect(IntEnum):
    """What a rule decides about its question. The first three feed other rules; the rest are asked when shown."""

    COUNT = 0
    RELEVANT = 1
    VALUE = 2
    REQUIRED = 3
    READONLY = 4
    CONSTRAINT = 5
    CHOICES = 6
    TEXTS = 7


FEEDING = (Aspect.COUNT, Aspect.RELEVANT, Aspect.VALUE)
_COLUMNS = {Aspect.COUNT: "repeat_count", Aspect.RELEVANT: "relevant", Aspect.VALUE: "calculation"}


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of one question."""

    question: Question
    aspect: Aspect
    expression: Expression
    here: Steps  # with the root

    @property
    def home(self) -> Steps:
        """The places at which the rule is worked out: a repeat is counted where it hangs."""
        return self.here[:-1] if self.aspect is Aspect.COUNT else self.here


@dataclass(frozen=True, slots=True)
class Dependent:
    """A rule that looks at some place, and how many leading steps of the path lie in the same repeat."""

    rule: Rule
    kept: int
    structure_only: bool


class Graph:
    """All rules of a form and who depends on whom."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.known = {(form.root,)} | {(form.root, *question.steps) for question in form.walk()}
        self.rules = list(_rules(form))
        self.dependents: dict[Steps, list[Dependent]] = defaultdict(list)
        self.unknown: list[tuple[Rule, str]] = []
        self._looks = 0
        for rule in self.rules:
            self._note(rule)

    def _note(self, rule: Rule) -> None:
        for reference in rule.expression.references:
            target, kept = reference.target(rule.here)
            found = [target] if "*" not in target else list(self._matching(target))
            for place in found:
                if place in self.known:
                    self.dependents[place].append(Dependent(rule, kept, reference.structure_only))
                elif not self._of_a_row(rule, place):
                    self.unknown.append((rule, "/".join(place)))

    def _matching(self, target: Steps) -> Iterator[Steps]:
        self._looks += len(self.known)
        if self._looks > MOST_LOOKS:
            raise TooLarge(limit=_("{count} questions", count=MOST_LOOKS))
        for place in self.known:
            if len(place) == len(target) and all(
                wanted in ("*", step) for wanted, step in zip(target, place, strict=True)
            ):
                yield place

    def _of_a_row(self, rule: Rule, place: Steps) -> bool:
        """The instance's own meta block may be looked at, though nobody is asked for it."""
        return place[:2] == (self._form.root, "meta")

    @cached_property
    def by_home(self) -> dict[Steps, list[Rule]]:
        """The feeding rules worked out at each place."""
        found: dict[Steps, list[Rule]] = defaultdict(list)
        for rule in self.order:
            found[rule.home].append(rule)
        return found

    @cached_property
    def _order(self) -> tuple[dict[Rule, int], list[Rule]]:
        """Kahn's ordering of the feeding rules; what is left over runs in a circle."""
        feeding = [rule for rule in self.rules if rule.aspect in FEEDING]
        after: dict[Rule, dict[Rule, None]] = {rule: {} for rule in feeding}
        for rule in feeding:
            for later in self._fed_by(rule):
                after[rule][later] = None
        waits = dict.fromkeys(feeding, 0)
        for laters in after.values():
            for later in laters:
                waits[later] += 1
        ready = [rule for rule in feeding if not waits[rule]]
        order: dict[Rule, int] = {}
        for rule in ready:
            order[rule] = len(order)
            for later in after[rule]:
                waits[later] -= 1
                if not waits[later]:
                    ready.append(later)
        return order, [rule for rule in feeding if rule not in order]

    @property
    def order(self) -> dict[Rule, int]:
        """When each feeding rule is worked out."""
        return self._order[0]

    @property
    def circular(self) -> list[Rule]:
        """Feeding rules that wait for each other."""
        return self._order[1]

    def must_be_shallow(self) -> None:
        """`TooLarge` where rules of groups lie so deep in each other that their order is dear to find; nothing is
        ordered for that."""
        inside: Counter[Steps] = Counter()
        for place in self.known:
            looking = 1 + len(self.dependents.get(place, ()))
            for depth in range(1, len(place) + 1):
                inside[place[:depth]] += looking
        if sum(inside[rule.here] for rule in self.rules if rule.aspect in FEEDING[:2]) > MOST_LOOKS:
            raise TooLarge(limit=_("{count} questions", count=MOST_LOOKS))

    def _fed_by(self, rule: Rule) -> Iterator[Rule]:
        """Feeding rules that must come after this one."""
        for place in self._touched(rule):
            for dependent in self.dependents.get(place, ()):
                shape = rule.aspect is Aspect.COUNT or not dependent.structure_only
                if dependent.rule.aspect in FEEDING and shape:
                    yield dependent.rule
        if rule.aspect is Aspect.COUNT:
            yield from self._inside(rule)

    def _inside(self, rule: Rule) -> Iterator[Rule]:
        depth = len(rule.here)
        for other in self.rules:
            if other is not rule and other.aspect in FEEDING and other.here[:depth] == rule.here:
                yield other

    def _touched(self, rule: Rule) -> Sequence[Steps]:
        """The places whose visible value may change when this rule's result does."""
        if rule.aspect is Aspect.VALUE:
            return (rule.here,)
        return self.below[rule.here]

    @cached_property
    def below(self) -> dict[Steps, list[Steps]]:
        """Each place with everything inside it."""
        found: dict[Steps, list[Steps]] = defaultdict(list)
        for place in self.known:
            for depth in range(1, len(place) + 1):
                found[place[:depth]].append(place)
        return found


def _rules(form: Form) -> Iterator[Rule]:
    for question in form.walk():
        here = (form.root, *question.steps)
        pairs: list[tuple[Aspect, Expression | None]] = [
            (Aspect.COUNT, question.repeat_count),
            (Aspect.RELEVANT, question.relevant),
            (Aspect.VALUE, question.calculation if question.kind is not QuestionKind.NOTE else None),
            (Aspect.REQUIRED, question.required),
            (Aspect.READONLY, question.readonly),
            (Aspect.CONSTRAINT, question.constraint),
            (Aspect.CHOICES, question.choices.items if question.choices else None),
        ]
        pairs.extend((Aspect.TEXTS, expression) for expression in question.outputs.values())
        for aspect, expression in pairs:
            if expression is not None:
                yield Rule(question, aspect, expression, here)


@lru_cache(maxsize=32)
def graph_of(form: Form) -> Graph:
    """The graph of a form, made once."""
    return Graph(form)


def problems_of(form: Form) -> list[BadForm]:
    """References to places that do not exist, and rules that run in a circle. Raises TooLarge for a form that no
    laptop should work out; a version that is kept is not asked."""
    graph = graph_of(form)
    graph.must_be_shallow()
    found: list[BadForm] = []
    for rule, path in graph.unknown:
        column = _COLUMNS.get(rule.aspect, rule.aspect.name.lower())
        place = place_of(rule.question.path, rule.question.row, column)
        found.append(BadForm(place, why=_nowhere(rule, path)))
    found += _missing_lists(form, graph)
    if graph.circular:
        first = min(graph.circular, key=lambda rule: (rule.question.row, rule.question.path))
        around = " → ".join(dict.fromkeys(rule.question.path for rule in graph.circular[:6]))
        place = place_of(first.question.path, first.question.row, _COLUMNS[first.aspect])
        found.append(BadForm(place, why=_("These rules wait for each other: {names}", names=verbatim(around))))
    return found


def _nowhere(rule: Rule, path: str) -> Words:
    """A single word below a question that holds nothing was meant for something else."""
    above, _slash, name = path.rpartition("/")
    if above == "/".join(rule.here) and not rule.question.is_container:
        return _(
            "“{name}” alone says nothing here. An answer is written ${{{name}}}, a code '{name}', a function {name}().",
            name=name[:40],
        )
    return _("No question stands at “{name}”.", name=path[:120])


def _missing_lists(form: Form, graph: Graph) -> Iterator[BadForm]:
    """Lists that rules look into and the form does not have."""
    for rule in graph.rules:
        for name in sorted(rule.expression.lists - form.lists.keys() - {LAST_SAVED}):
            column = _COLUMNS.get(rule.aspect, rule.aspect.name.lower())
            place = place_of(rule.question.path, rule.question.row, column)
            yield BadForm(place, why=_("There is no list of choices called “{name}”.", name=name[:80]))
