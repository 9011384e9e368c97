"""What a command says: its answer on standard output, everything else on standard error."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final, TextIO

from kzcase import settings
from kzcase.domain.errors import AnswerLost, BadInputs, KzcaseError, NeedsReason, RuleBroken, reason_of
from kzcase.i18n import LANGUAGES, Language, Words, _, render

if TYPE_CHECKING:
    from kzcase.domain.rulebook import Rulebook

DONE: Final = 0
FOUND: Final = 1
WRONG_USE: Final = 2
TROUBLE: Final = 3
STOPPED: Final = 130
_NUMBERED: Final = re.compile(r"(stays)?\[([0-9]{1,9})\]")


_ASKED_FOR: Final[list[Language]] = []
_WITH_VALUE: Final = ("--lang", "--passphrase-file")
"""What takes a value before the command."""
"""The language this one call was asked to speak, if it was."""


@cache
def language() -> Language:
    """The language commands speak: the one asked for, else the window's, else that of the system, else English."""
    return _ASKED_FOR[-1] if _ASKED_FOR else _chosen() or "en"


def speak(asked_for: Language | None) -> None:
    """Speak this language from now on; None: the usual one."""
    _ASKED_FOR[:] = [asked_for] if asked_for else []
    language.cache_clear()


def asked_for(arguments: Sequence[str]) -> Language | None:
    """The language that stands before the command, so that a refusal of what stands beside it speaks it too."""
    found: Language | None = None
    left = iter(arguments)
    for one in left:
        name, _equals, joined = one.partition("=")
        if not one.startswith("-") and one not in LANGUAGES:
            break
        if name in _WITH_VALUE:
            value = joined if _equals else next(left, "")
            found = next((each for each in LANGUAGES if each == value), None) if name == "--lang" else found
    return found


def window_language() -> Language:
    """The language the window opens in: the same, but Kazakh where neither the person nor the system says one."""
    return _chosen() or "kk"


def _chosen() -> Language | None:
    chosen = settings.load().get(settings.LANGUAGE)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    wanted = chosen or spoken[:2].lower()
    return next((each for each in LANGUAGES if each == wanted), None)


def said(words: Words) -> str:
    """A sentence in that language."""
    return render(words, language())


def tell(words: Words | str) -> None:
    """One line on standard error, if somebody reads it there."""
    line = words if isinstance(words, str) else said(words)
    tell_lines([" ".join(line.split("\n"))])


def tell_lines(lines: Sequence[str]) -> None:
    """Lines on standard error."""
    tell_part("".join(f"{line}\n" for line in lines))


def tell_part(text: str) -> None:
    """Text as it is on standard error. Whether it can be written changes nothing about what was done."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def tell_error(error: KzcaseError) -> int:
    """What went wrong and where, in one line, of several wrong fields of acts in one each; the exit code of it."""
    if isinstance(error, BadInputs) and all(_NUMBERED.match(each.place) for each in error.problems):
        for each in error.problems:
            tell(counted_from_one(each.place, each.sentence()))
        return WRONG_USE
    where = error.problems[0].place if isinstance(error, BadInputs) else error.place
    tell(counted_from_one(where, error.sentence()))
    if isinstance(error, NeedsReason):
        tell(
            _("A command says it by --reason CODE, an act by “look_reason”: `kzcase codes look_reason` has the codes.")
        )
    return WRONG_USE if isinstance(error, RuleBroken) else TROUBLE


def counted_from_one(place: str, sentence: Words) -> Words:
    """The sentence, and which act of the file it is about as people count: a place in JSON counts from 0."""
    found = _NUMBERED.match(place)
    if found is None:
        return sentence
    number = int(found[2]) + 1
    if found[1]:
        return _("{sentence} (stay {number} of the file)", sentence=sentence, number=number)
    return _("{sentence} (act {number} of the file)", sentence=sentence, number=number)


def put_json(document: object) -> None:
    """One JSON document on a line of standard output, flushed."""
    import msgspec

    _put(msgspec.json.encode(document, order="deterministic") + b"\n")


def put_text(lines: Iterator[str] | Sequence[str]) -> None:
    """Lines on standard output."""
    _put("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def answer(
    document: object,
    as_json: bool,
    rulebook: "Rulebook | None" = None,
    titles: "Mapping[str, Words] | None" = None,
) -> None:
    """The answer of a command: a JSON document, or the same for people to read. `titles` are those of the forms and
    papers that it names by their ids."""
    if as_json:
        put_json(document)
        return
    from kzcase.cli.readable import Reader

    reader = Reader(language(), rulebook, titles)
    put_text(list(reader.lines(document)))
    if reader.hides:
        tell(_("What is hidden shows with --show-names, for one command; this is recorded."))


def _put(content: bytes) -> None:
    if sys.stdout is None:
        raise AnswerLost(reason=_("standard output is closed"))
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except OSError as error:
        silence_output()
        raise AnswerLost(reason=reason_of(error)) from error


def silence_output() -> None:
    """What could not be written is dropped: the end of the program must not try again and fail."""
    _silence(sys.stdout)


def _silence(stream: TextIO | None) -> None:
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]
