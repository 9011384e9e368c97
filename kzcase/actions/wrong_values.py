"""Everything that can be seen to be wrong with a written act: whoever puts one field right hears of the others too."""

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice
from typing import Annotated, Any, Final, Union, get_args, get_origin

import msgspec

from kzcase.actions.checks import birth_day, code, day, some_day
from kzcase.actions.code_lists import lists_of, lists_of_part
from kzcase.actions.shapes import wrong_shape
from kzcase.actions.wishes import ISO_DAY
from kzcase.domain.errors import ActsWrong, NotJson, RuleBroken
from kzcase.domain.json_text import below
from kzcase.domain.records import RECORDS, Holds
from kzcase.domain.rulebook import Rulebook

_UNIONS: Final = (Union, types.UnionType)
MOST: Final = 40
"""So many problems are said at once."""
_ABOUT: Final = {
    "act": {"name.added": ("since", "until"), "phone.added": ("since", "until"), "relation.added": ("since", "until")},
    "part": {"NameFacts": ("since", "until"), "PhoneFacts": ("since", "until")},
}
"""Where a day need not be exact: by act, and by part of an act."""

Check = Callable[[str, str], object]
"""Takes what was written and its place, and refuses it."""


def together(problems: Iterable[RuleBroken]) -> RuleBroken:
    """One error for all of them; a single one stays what it is."""
    found = list(islice(problems, MOST))
    return found[0] if len(found) == 1 else ActsWrong(found)


def wrong_shapes(given: object, kind: Any, place: str) -> Iterator[RuleBroken]:
    """Every field that is unknown, missing or of the wrong type; `given` is JSON, `kind` a type of a wish or below."""
    struct = _struct(given, kind) if isinstance(given, dict) else None
    own = _fields_wrong(given, struct, place) if isinstance(given, dict) and struct is not None else ()
    below_it = (wrong_shapes(value, wanted, at) for value, wanted, at in _inside(given, kind, place))
    found = list(islice(chain(own, chain.from_iterable(below_it)), MOST))
    yield from found or _as_a_whole(given, kind, place)


def _as_a_whole(given: object, kind: Any, place: str) -> Iterator[RuleBroken]:
    try:
        msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        yield wrong_shape(place, str(error))
    except RecursionError:
        yield NotJson(place=place)


def _fields_wrong(given: dict[str, Any], struct: type[msgspec.Struct], place: str) -> Iterator[RuleBroken]:
    """The fields of one object that nobody knows or that are missing, said by the same sentences."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    known = {*fields, struct.__struct_config__.tag_field}
    for name in given:
        if name not in known:
            yield wrong_shape(place, f"Object contains unknown field `{name}`")
    for name, field in fields.items():
        if field.required and name not in given:
            yield wrong_shape(place, f"Object missing required field `{name}`")


def wrong_values(
    given: Mapping[str, Any], act: str, struct: type[msgspec.Struct], place: str, rules: Rulebook, today: date
) -> Iterator[RuleBroken]:
    """Every code its list does not have and every day the calendar does not have, in an act of this kind."""
    yield from _checked(given, struct, place, _checks(rules, today, lists_of(act), _ABOUT["act"].get(act, ())))
    for value, kind, at in _inside(given, struct, place):
        yield from _parts_wrong(value, kind, at, rules, today)


def _parts_wrong(given: object, kind: Any, place: str, rules: Rulebook, today: date) -> Iterator[RuleBroken]:
    struct = _struct(given, kind) if isinstance(given, dict) else None
    if struct is not None and isinstance(given, dict):
        about = (*_ABOUT["part"].get(struct.__name__, ()), *_about(struct))
        yield from _checked(given, struct, place, _checks(rules, today, lists_of_part(struct), about))
    for value, inner, at in _inside(given, kind, place):
        yield from _parts_wrong(value, inner, at, rules, today)


def _about(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a record that hold a day which need not be exact."""
    tag = struct.__struct_config__.tag
    record = RECORDS.get(tag) if isinstance(tag, str) else None
    return tuple(each.name for each in record.fields if each.holds is Holds.APPROXIMATE) if record else ()


def _checks(rules: Rulebook, today: date, lists: Mapping[str, str], about: tuple[str, ...]) -> dict[str, Check]:
    """By field: what its text must be."""

    def of_list(listed: str) -> Check:
        return lambda value, place: code(rules, listed, value, place)

    checks: dict[str, Check] = {name: of_list(listed) for name, listed in lists.items()}
    checks |= dict.fromkeys(about, some_day)
    return checks | {"birth": lambda value, place: birth_day(value, today, place)}


def _checked(
    given: Mapping[str, Any], struct: type[msgspec.Struct], place: str, checks: Mapping[str, Check]
) -> Iterator[RuleBroken]:
    for field in msgspec.structs.fields(struct):
        value, at = given.get(field.encode_name), below(place, field.encode_name)
        check = checks.get(field.encode_name) or (day if _is_day(field.type) else None)
        each = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, one in each:
            if check is not None and isinstance(one, str) and one:
                yield from _refused(check, one, at if index is None else f"{at}[{index}]")


def _is_day(kind: Any) -> bool:
    """Whether a field takes a day of the calendar, or several."""
    if get_origin(kind) is Annotated:
        return any(getattr(each, "pattern", None) == ISO_DAY for each in kind.__metadata__)
    return any(_is_day(each) for each in get_args(kind))


def _refused(check: Check, value: str, place: str) -> Iterator[RuleBroken]:
    try:
        check(value, place)
    except RuleBroken as error:
        yield error


def _inside(given: object, kind: Any, place: str) -> Iterator[tuple[object, Any, str]]:
    """What stands one step below: the value, its type and its place."""
    if isinstance(given, dict) and (struct := _struct(given, kind)):
        for field in msgspec.structs.fields(struct):
            if field.encode_name in given:
                yield given[field.encode_name], field.type, below(place, field.encode_name)
    for one in _bare(kind):
        if isinstance(given, list) and get_origin(one) in (list, tuple):
            yield from ((value, get_args(one)[0], f"{place}[{index}]") for index, value in enumerate(given))


def _bare(kind: Any) -> tuple[Any, ...]:
    """The types a type stands for: without what is further said of it, and each of a choice."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in _UNIONS:
        return tuple(one for each in get_args(kind) for one in _bare(each))
    return (kind,)


def _struct(given: Mapping[str, Any], kind: Any) -> type[msgspec.Struct] | None:
    """The one object that is meant: the only one there may be, or that of its tag."""
    structs = [one for one in _bare(kind) if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    tagged = [
        one for one in structs
        if (config := one.__struct_config__).tag_field is None or given.get(config.tag_field) == config.tag
    ]  # fmt: skip
    return tagged[0] if len(tagged) == 1 else None
