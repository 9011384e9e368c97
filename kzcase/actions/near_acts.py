"""Which acts somebody may have meant who did not say which: by a name that is nearly theirs, else by their fields."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final

import msgspec

from kzcase.actions.wishes import ACTIONS, Action

COMMONEST: Final = ("call.logged", "case.opened", "note.added")
"""Named where nothing else is near."""

_MOST: Final = 5
_OF_A_WORD: Final = 12
_LONGEST: Final = 64
_LOOKED_AT: Final = 32


def near_acts(given: Any) -> list[str]:
    """A few acts near to what stands where an act is missing; never anything of what was typed."""
    named = dict.fromkeys(kind for text in _texts(given) for kind in get_close_matches(text, ACTIONS, _MOST, 0.8))
    fitting = [action.kind for action in ACTIONS.values() if _fits(given, action)]
    return (list(named) or sorted(fitting) or list(COMMONEST))[:_MOST]


def _texts(given: Any) -> Iterator[str]:
    """The short texts that may be the name of an act, not more than a few."""
    found: Iterable[Any] = given.values() if isinstance(given, dict) else given if isinstance(given, list) else [given]
    for index, each in enumerate(found):
        if index == _LOOKED_AT:
            return
        if isinstance(each, str) and len(each) <= _LONGEST:
            yield each


def near_kinds(kind: str) -> list[str]:
    """The acts near to a kind that none has, if there are any: by its letters, then by its first word."""
    named = get_close_matches(kind, ACTIONS, _MOST, 0.8)
    return list(dict.fromkeys((*named, *_of_same_word(kind))))[:_OF_A_WORD]


def _of_same_word(text: str) -> list[str]:
    """The acts that begin with the same word, those most alike first; else those with a field that does."""
    word, _dot, rest = text.partition(".")
    alike = {kind.partition(".")[2]: kind for kind in acts_beginning(word)}
    if alike:
        return [alike[each] for each in get_close_matches(rest, alike, _OF_A_WORD, 0.0)]
    fields = ((kind, field.name) for kind, act in ACTIONS.items() for field in msgspec.structs.fields(act.wish_type))
    return list(dict.fromkeys(kind for kind, name in fields if word and name.startswith(f"{word}_")))


def _fits(given: Any, action: Action) -> bool:
    """Whether the fields that were given are just such as this act takes."""
    if not isinstance(given, dict) or not given:
        return False
    fields = msgspec.structs.fields(action.wish_type)
    needed = {field.encode_name for field in fields if field.required}
    return needed <= given.keys() <= {field.encode_name for field in fields}


def acts_beginning(word: str) -> list[str]:
    """The acts whose kind begins with this word: `case` → `case.assigned`, `case.closed` and so on."""
    return sorted(kind for kind in ACTIONS if kind.partition(".")[0] == word)


def word_to_list(kind: str) -> str:
    """The first word of what may be a kind where acts begin with it, else that of the act nearest to it, if any."""
    word, near = kind.partition(".")[0], near_kinds(kind)
    return word if acts_beginning(word) else near[0].partition(".")[0] if near else ""


def first_words() -> list[str]:
    """The words with which kinds of acts begin, each once."""
    return sorted({kind.partition(".")[0] for kind in ACTIONS})
