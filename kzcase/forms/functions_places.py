"""Functions of rules that look at places: repeats, lists of choices, and points on the map."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from kzcase.forms.places import ancestry
from kzcase.forms.values import NAN, Context, TreeNode, Value, texts_of, to_number, to_places, to_text

_EARTH = 6_378_100.0


def _count(_context: Context, places: Value) -> Value:
    return float(len(to_places(places)))


def _count_non_empty(_context: Context, places: Value) -> Value:
    return float(sum(1 for node in to_places(places) if node.children or node.visible()))


def _position(context: Context, places: Value | None = None) -> Value:
    if places is None:
        return float(context.position or _index(context.node))
    found = to_places(places)
    return float(_index(found[0])) if found else NAN


def _index(node: TreeNode) -> int:
    return next(at for at, other in enumerate(node.siblings(), 1) if other is node)


def _indexed_repeat(context: Context, places: Value, *pairs: Value) -> Value:
    """The one place that lies in the n-th of each given repeat."""
    found = list(context_free(context, to_places(places)))
    for repeat, index in zip(pairs[::2], pairs[1::2], strict=False):
        instances = to_places(repeat)
        wanted = to_number(index, context.around.zone)
        found = [node for node in found if instances and _lies_in(node, instances[0].name, wanted)]
    return found[:1]


def context_free(context: Context, places: Sequence[TreeNode]) -> list[TreeNode]:
    """The same question in every repeat, wherever the rule stands."""
    if not places:
        return []
    nodes = [context.around.root]
    for step in ancestry(places[0])[1:]:
        nodes = [child for node in nodes for child in node.children.get(step.name, ()) if child.relevant]
    return nodes


def _lies_in(node: TreeNode, repeat: str, wanted: float) -> bool:
    return any(step.name == repeat and _index(step) == wanted for step in ancestry(node) if step.parent)


def _instance(context: Context, name: Value) -> Value:
    found = context.around.instances.get(to_text(name))
    return [found] if found else []


def _randomize(context: Context, places: Value, seed: Value | None = None) -> Value:
    """The places in another order: by ODK's own shuffle, repeatable with a seed."""
    nodes = list(to_places(places))
    draw = context.draw() if seed is None else _seeded(to_number(seed, context.around.zone))
    shuffled: list[TreeNode] = []
    for at, node in enumerate(nodes):
        swap = int(draw() * (at + 1))
        shuffled.append(node)
        shuffled[at], shuffled[swap] = shuffled[swap], shuffled[at]
    return shuffled


def _seeded(seed: float) -> Callable[[], float]:
    """Park and Miller's generator, as ODK uses it for repeatable shuffles."""
    state = int(seed) % 2147483647 if math.isfinite(seed) else 1
    state = state if state > 0 else state + 2147483646

    def draw() -> float:
        nonlocal state
        state = state * 16807 % 2147483647
        return (state - 1) / 2147483646

    return draw


def _points(value: Value) -> list[tuple[float, float]]:
    """Latitude and longitude of each point in geopoints, a trace or a shape."""
    found = []
    for text in texts_of(value):
        for point in filter(None, (part.strip() for part in text.split(";"))):
            numbers = point.split()
            try:
                found.append((math.radians(float(numbers[0])), math.radians(float(numbers[1]))))
            except (ValueError, IndexError):
                return []
    return found


def _distance(_context: Context, *values: Value) -> Value:
    points = [point for value in values for point in _points(value)]
    return math.fsum(_apart(a, b) for a, b in pairwise(points))


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    straight = math.sin(a[0]) * math.sin(b[0]) + math.cos(a[0]) * math.cos(b[0]) * math.cos(a[1] - b[1])
    return _EARTH * math.acos(max(-1.0, min(1.0, straight)))


def _area(_context: Context, *values: Value) -> Value:
    points = [point for value in values for point in _points(value)]
    if len(points) < 3:
        return 0.0
    ring = [*points, points[0]]
    total = math.fsum((b[1] - a[1]) * (2 + math.sin(a[0]) + math.sin(b[0])) for a, b in pairwise(ring))
    return abs(total) * _EARTH**2 / 2


def _inside(_context: Context, point: Value, shape: Value) -> Value:
    """Whether a point lies in an area: a ray from it crosses the edge an odd number of times."""
    points, ring = _points(point), _points(shape)
    if len(points) != 1 or len(ring) < 3:
        return False
    (y, x), crossings = points[0], 0
    for (y1, x1), (y2, x2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def _intersects(_context: Context, line: Value) -> Value:
    """Whether a trace or the edge of an area crosses itself; neighbours that only meet at their end do not."""
    found = _points(line)[:_MOST_POINTS]
    points = [point for at, point in enumerate(found) if not at or point != found[at - 1]]
    segments = list(pairwise(points))
    closed = len(points) > 3 and points[0] == points[-1]
    for at, first in enumerate(segments):
        for other in range(at + 1, len(segments)):
            last = closed and at == 0 and other == len(segments) - 1
            if other == at + 1 or last:
                if _folds_back(first, segments[other], last):
                    return True
            elif _cross(first, segments[other]):
                return True
    return False


_MOST_POINTS = 1_000
_Point = tuple[float, float]
_Segment = tuple[_Point, _Point]


def _turn(a: _Point, b: _Point, c: _Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _folds_back(first: _Segment, second: _Segment, closing: bool) -> bool:
    """Whether two neighbours lie on one line and run over each other."""
    meeting = first[0] if closing else first[1]
    one, other = (first[1], second[0]) if closing else (first[0], second[1])
    if _turn(meeting, one, other):
        return False
    return (one[0] - meeting[0]) * (other[0] - meeting[0]) + (one[1] - meeting[1]) * (other[1] - meeting[1]) > 0


def _cross(first: _Segment, second: _Segment) -> bool:
    (a, b), (c, d) = first, second
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if (turns[0] > 0) != (turns[1] > 0) and (turns[2] > 0) != (turns[3] > 0) and all(turns):
        return True
    return any(
        not turn and _between(*ends, point)
        for turn, ends, point in zip(turns, ((a, b), (a, b), (c, d), (c, d)), (c, d, a, b), strict=True)
    )


def _between(a: _Point, b: _Point, c: _Point) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _pulldata(context: Context, name: Value, wanted: Value, key: Value, value: Value) -> Value:
    """One cell of a list: the column `wanted` of the row whose column `key` says `value`."""
    instance = context.around.instances.get(to_text(name))
    if instance is None:
        return ""
    key_name, wanted_name, text = to_text(key), to_text(wanted), to_text(value)
    for item in (item for root in instance.children.values() for rows in root for item in _items(rows)):
        if any(cell.value == text for cell in item.children.get(key_name, ())):
            return next((cell.value for cell in item.children.get(wanted_name, ())), "")
    return ""


def _items(root: TreeNode) -> Sequence[TreeNode]:
    return [item for group in root.children.values() for item in group]


FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Value]]] = {
    "count": (1, 1, _count),
    "count-non-empty": (1, 1, _count_non_empty),
    "position": (0, 1, _position),
    "indexed-repeat": (3, 7, _indexed_repeat),
    "instance": (1, 1, _instance),
    "randomize": (1, 2, _randomize),
    "distance": (1, 1_000, _distance),
    "area": (1, 1_000, _area),
    "geofence": (2, 2, _inside),
    "intersects": (1, 1, _intersects),
    "pulldata": (4, 4, _pulldata),
}
