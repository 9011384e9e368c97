"""Works out again only what a change can have changed, in the right order."""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import cast

from kzcase.forms.definition import Question, QuestionKind
from kzcase.forms.graph import FEEDING, Aspect, Dependent, Graph, Rule
from kzcase.forms.tree import MOST_REPEATS, Place, graft, grow, instances, names_of, prune, steps_of
from kzcase.forms.values import (
    LONGEST_TEXT,
    Context,
    Surroundings,
    Value,
    moment_of_days,
    text_of_moment,
    text_of_number,
    to_boolean,
    to_number,
    to_text,
    too_long,
)

LONGEST_CHAIN = 20
"""So many answers may set one another in a row."""
LONGEST_TOGETHER = 100 * LONGEST_TEXT
"""Characters of all texts that the rules of one filled form work out."""


class Recalculation:
    """One filled form being kept up to date; `changed` gathers the places whose state moved."""

    def __init__(self, graph: Graph, root: Place, around: Surroundings, new_key: Callable[[], str]) -> None:
        self._graph = graph
        self.root = root
        self.around = around
        self._new_key = new_key
        self._queue: list[tuple[int, int, Rule, Place]] = []
        self._queued: set[tuple[Rule, Place]] = set()
        self._ticket = 0
        self.evaluated = 0
        self._texts = 0  # characters of everything worked out
        self.structure = 0  # grows whenever a repeat comes or goes
        self.changed: dict[Place, None] = {}
        self.gives_first_answers = True
        self._said: frozenset[Place] = frozenset()
        self._fired: list[Place] | None = None  # answers that set others; none while many are taken in at once

    def everything(self) -> None:
        """Work out every rule of the form."""
        for place in self.root.places():
            place.cache.clear()
        for rule in self._graph.order:
            for place in instances(self.root, rule.home[1:]):
                self._enqueue(rule, place)
        self.run()

    def run(self) -> None:
        """Work out what waits, each rule at most once a place."""
        while self._queue:
            _order, _ticket, rule, place = heappop(self._queue)
            self._queued.discard((rule, place))
            if not place.gone:
                self._apply(rule, place)

    def value_changed(self, place: Place) -> None:
        """Note that an answer, or whether it is asked at all, is another."""
        self.changed[place] = None
        steps = steps_of(place)
        for dependent in self._graph.dependents.get(steps, ()):
            if not dependent.structure_only:
                self._awaken(dependent, place, steps)

    def answered(self, place: Place) -> None:
        """Work out what follows from another answer at this place, and then what it sets, until all is quiet."""
        self.value_changed(place)
        self._set_off([place])

    def said(self, places: Sequence[Place]) -> None:
        """Set what these answers set, given one after the other; what was said itself is not set."""
        self._said = frozenset(places)
        self._set_off([place for place in places if place.value])
        self._said = frozenset()

    def _set_off(self, places: list[Place]) -> None:
        self._fired = places
        self.run()
        left = LONGEST_CHAIN
        while self._fired and left:
            fired, self._fired, left = self._fired, [], left - 1
            for one in fired:
                self._fire(one)
            self.run()
        self._fired = None

    def _fire(self, place: Place) -> None:
        """Set what the answer at this place sets whenever it changes."""
        for trigger in place.question.triggers if place.question and not place.gone else ():
            value = trigger.value.run(Context(self.around, place, place))
            for target in self._targets(place, tuple(trigger.target.split("/"))):
                question = cast("Question", target.question)
                text = written(question, value, self.around)
                settable = question.calculation is None and not question.is_container and target not in self._said
                if settable and target.value != text:
                    target.value, target.missing, target.confirmed = text, "", False
                    self._noticed(target)

    def _noticed(self, place: Place) -> None:
        self.value_changed(place)
        if self._fired is not None:
            self._fired.append(place)

    def _targets(self, place: Place, path: tuple[str, ...]) -> list[Place]:
        """The places meant by a path, in the same repeats as this place as far as they go together."""
        here = names_of(place)
        pairs = enumerate(zip(here, path, strict=False))
        shared = next((at for at, (ours, theirs) in pairs if ours != theirs), len(path) - 1)
        scope = place
        for _climb in range(len(here) - shared):
            scope = cast("Place", scope.parent)
        return instances(scope, path[shared:])

    def add_repeat(self, parent: Place, question: Question, key: str = "") -> Place:
        """A new last instance of a repeat with its first answers; its own rules wait, and those that look at it."""
        self.structure += 1
        made = grow(parent, question, key or self._new_key())
        self._fill(made)
        for place in made.places():
            steps = steps_of(place)
            self.changed[place] = None
            for rule in self._graph.by_home.get(steps, ()):
                self._enqueue(rule, place)
            for dependent in self._graph.dependents.get(steps, ()):
                self._awaken(dependent, place, steps)
        return made

    def remove_repeat(self, place: Place) -> None:
        """Take an instance out: its followers move up, and what looked at it waits."""
        parent = cast("Place", place.parent)
        here = steps_of(parent)
        self.structure += 1
        prune(place)
        for steps in self._graph.below[(*here, place.name)]:
            for dependent in self._graph.dependents.get(steps, ()):
                if dependent.kept <= len(here) or dependent.structure_only:
                    self._awaken(dependent, parent, here)
        self.changed[parent] = None

    def bring_back(self, place: Place, at: int) -> None:
        """Put an instance that was taken out back, with its answers; everything is worked out anew."""
        self.structure += 1
        graft(place, at)
        self._settle_relevance(place)
        self.everything()
        self.changed |= dict.fromkeys(place.places())

    def _fill(self, made: Place) -> None:
        """Give a new place and those in it their first answers, and nested repeats their first instances."""
        for place in list(made.places()):
            question = place.question
            if question is None or not question.is_container:
                self.first_answer(place)
                continue
            for inner in question.children:
                if inner.kind is QuestionKind.REPEAT and inner.repeat_count is None:
                    for _instance in range(inner.first_instances):
                        self._fill(grow(place, inner, self._new_key()))

    def first_answer(self, place: Place) -> None:
        """The answer a question starts with."""
        question = place.question
        if question is None or question.calculation or question.is_container or not self.gives_first_answers:
            return
        place.value = question.default
        if question.default_rule:
            value = question.default_rule.run(Context(self.around, place, place))
            place.value = written(question, value, self.around)

    def _enqueue(self, rule: Rule, place: Place) -> None:
        if (rule, place) not in self._queued:
            self._queued.add((rule, place))
            self._ticket += 1
            heappush(self._queue, (self._graph.order[rule], self._ticket, rule, place))

    def _awaken(self, dependent: Dependent, place: Place, steps: tuple[str, ...]) -> None:
        """Let a rule wait at every place from which it may see this one."""
        rule = dependent.rule
        kept = min(dependent.kept, len(steps), len(rule.home))
        if dependent.structure_only:
            kept = min(kept, max(1, len(steps) - 1))
        scope = place
        for _climb in range(len(steps) - kept):
            scope = cast("Place", scope.parent)
        for found in instances(scope, rule.home[kept:]):
            if rule.aspect in FEEDING:
                self._enqueue(rule, found)
            else:
                found.cache.pop(rule.aspect, None)
                self.changed[found] = None

    def _apply(self, rule: Rule, place: Place) -> None:
        self.evaluated += 1
        if rule.aspect is Aspect.COUNT:
            self._set_count(place, rule)
            return
        if rule.aspect is Aspect.VALUE and place.held:
            return
        value = rule.expression.run(Context(self.around, place, place))
        if rule.aspect is Aspect.VALUE:
            text = written(rule.question, value, self.around)
            together = self._texts + len(text) - len(place.value)
            if len(text) > LONGEST_TEXT or together > LONGEST_TOGETHER:
                raise too_long(place)
            self._texts = together
            self._set_value(place, text)
        elif to_boolean(value) != place.own_relevant:
            place.own_relevant = not place.own_relevant
            self._settle_relevance(place)

    def _set_value(self, place: Place, value: str) -> None:
        if place.value != value:
            place.value = value
            if place.relevant:
                self._noticed(place)

    def _settle_relevance(self, start: Place) -> None:
        """Pass relevance down; every place that appears or disappears wakes those who look at it."""
        waiting = [start]
        while waiting:
            place = waiting.pop()
            above = place.above
            relevant = place.own_relevant and (above is None or above.relevant)
            if relevant == place.relevant:
                continue
            place.relevant = relevant
            self.value_changed(place)
            for group in place.children.values():
                waiting.extend(cast("Place", inner) for inner in group)

    def _set_count(self, parent: Place, rule: Rule) -> None:
        """Bring a counted repeat to its number; the last ones go first."""
        stand_in = Place(rule.question.name, parent, rule.question)
        number = to_number(rule.expression.run(Context(self.around, stand_in, stand_in)), self.around.zone)
        wanted = int(min(number, MOST_REPEATS)) if number > 0 else 0
        present = instances(parent, (rule.question.name,))
        for place in reversed(present[wanted:]):
            self.remove_repeat(place)
        for _instance in range(len(present), wanted):
            self.add_repeat(parent, rule.question)


def written(question: Question, value: Value, around: Surroundings) -> str:
    """A result as it is written into the form, by the type of its question; no number is an empty answer."""
    if not isinstance(value, float):
        return to_text(value)
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if question.datatype in ("int", "integer"):
        return str(int(value))
    if question.datatype in ("date", "dateTime"):
        moment = moment_of_days(value, around.zone)
        if moment is None:
            return ""
        return moment.date().isoformat() if question.datatype == "date" else text_of_moment(moment)
    return text_of_number(value)
