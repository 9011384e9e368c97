"""What a command says: its answer on standard output, everything else on standard error."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from kzcase import settings
from kzcase.domain.errors import DiskTrouble, KzcaseError, RuleBroken
from kzcase.i18n import LANGUAGES, Language, Words, render

DONE: Final = 0
FOUND: Final = 1
WRONG_USE: Final = 2
TROUBLE: Final = 3
STOPPED: Final = 130
_NARROWEST: Final = 3


@cache
def language() -> Language:
    """The language commands speak: the one chosen in the window, else that of the system, else English."""
    chosen = settings.load().get(settings.LANGUAGE)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    wanted = chosen or spoken[:2].lower()
    return next((each for each in LANGUAGES if each == wanted), "en")


def said(words: Words) -> str:
    """A sentence in that language."""
    return render(words, language())


def tell(words: Words | str) -> None:
    """One line on standard error."""
    line = words if isinstance(words, str) else said(words)
    sys.stderr.write(" ".join(line.split("\n")) + "\n")
    sys.stderr.flush()


def tell_error(error: KzcaseError) -> int:
    """What went wrong and where, in one line; the exit code that belongs to it."""
    tell(error.sentence())
    return WRONG_USE if isinstance(error, RuleBroken) else TROUBLE


def put_json(document: object) -> None:
    """One JSON document on a line of standard output, flushed."""
    _put(msgspec.json.encode(document, order="deterministic") + b"\n")


def put_text(lines: Iterator[str] | Sequence[str]) -> None:
    """Lines on standard output."""
    _put("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def answer(document: object, as_json: bool) -> None:
    """The answer of a command: a JSON document, or the same for people to read."""
    if as_json:
        put_json(document)
    else:
        put_text(list(_readable(msgspec.to_builtins(document, order="deterministic"))))


def _put(content: bytes) -> None:
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; the exit must not fail too
        raise DiskTrouble(reason="broken pipe") from None
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or "") from error


# For people: fields under each other, lists of alike things as columns


def _readable(value: Any, indent: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _fields(value, indent)
    elif _is_table(value):
        yield from _columns(value, indent)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _readable(each, indent)
    else:
        yield indent + _cell(value)


def _fields(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    width = max((len(str(name)) for name in value), default=0)
    for name, each in value.items():
        if isinstance(each, Mapping | list | tuple) and each and not _is_flat(each):
            yield f"{indent}{name}:"
            yield from _readable(each, indent + "  ")
        else:
            yield f"{indent}{name:<{width}}  {_cell(each)}".rstrip()


def _is_flat(value: Any) -> bool:
    return isinstance(value, list | tuple) and not any(isinstance(each, Mapping | list | tuple) for each in value)


def _is_table(value: Any) -> bool:
    rows = value if isinstance(value, list | tuple) else []
    return bool(rows) and all(isinstance(row, Mapping) and row.keys() == rows[0].keys() for row in rows)


def _columns(rows: list[Mapping[str, Any]], indent: str) -> Iterator[str]:
    shown = [{name: _cell(value) for name, value in row.items()} for row in rows]
    widths = {name: max(_NARROWEST, len(name), *(len(row[name]) for row in shown)) for name in shown[0]}
    for row in ({name: name for name in widths}, *shown):
        yield (indent + "  ".join(f"{row[name]:<{width}}" for name, width in widths.items())).rstrip()


def _cell(value: Any) -> str:
    """One value on one line; whatever could steer a terminal is shown as a mark."""
    if value is None:
        return "·"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={_cell(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(str(value).split("\n")))
