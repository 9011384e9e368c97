"""The door for files from outside: each is looked at by a child process, and only what that made anew comes in."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kzcase.domain.errors import FileRefused, TooLarge
from kzcase.paper.incoming.limits import (
    FROZEN_FLAG,
    MAX_FILE,
    MAX_PAGES,
    MOST_CODES,
    MOST_SIGNS,
    PDF,
    PICTURES,
    RECORDINGS,
    SECONDS,
)

Box = tuple[float, float, float, float]
_MAX_ANSWER: Final = MAX_FILE * 2
_LONGEST_HEAD: Final = 1 << 18
_TAKEN: Final = PICTURES | RECORDINGS | {PDF}
_COLOURS: Final = 3
_OUT_OF_TIME: Final = {-getattr(signal, name) for name in ("SIGPROF", "SIGXCPU", "SIGKILL") if hasattr(signal, name)}
"""How the system ends a child whose time is over."""


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a child says before the bytes it made. It is not believed: a file may have taken the child over."""

    bytes: int = 0
    refused: str = ""
    type: str = ""
    pages: int = 0
    width: int = 0
    height: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as the child made it anew. Made by `cleaned` alone."""

    media_type: str
    pages: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as pixels: `rows` are RGB, without padding."""

    width: int
    height: int
    rows: bytes


class Looking:
    """A look somebody may stop from another thread: the child ends at once, and with it what it held in memory."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def begin(self, child: "subprocess.Popen[bytes]") -> None:
        """This child does the work now."""
        self._child = child
        if self._stopped.is_set():
            child.kill()

    def stop(self) -> None:
        """Nobody wants to see it any more."""
        self._stopped.set()
        if self._child is not None:
            self._child.kill()


def cleaned(untrusted: bytes) -> Clean:
    """A photo, scan, PDF or recording made anew. Raises FileRefused in words, TooLarge beyond 64 MB."""
    if len(untrusted) > MAX_FILE:
        raise TooLarge(limit=f"{MAX_FILE >> 20} MB")
    answer, made = _ask({"do": "clean"}, untrusted)
    _must(answer.type in _TAKEN, 0 <= answer.pages <= MAX_PAGES, len(made) > 0)
    return Clean(answer.type, answer.pages, made)


def look(content: bytes, media_type: str, page: int, width: int, looking: Looking | None = None) -> Picture:
    """One page as a picture at most `width` pixels wide. Raises FileRefused, also where it was stopped."""
    answer, rows = _ask({"do": "look", "type": media_type, "page": page, "width": width}, content, looking)
    _must(answer.width > 0, answer.height > 0, answer.width * answer.height * _COLOURS == len(rows))
    return Picture(answer.width, answer.height, rows)


def codes_in(content: bytes, media_type: str, looking: Looking | None = None) -> tuple[str, ...]:
    """What the QR codes of a picture or PDF say, in no particular order; of another's codes too. Raises FileRefused."""
    answer, _nothing = _ask({"do": "codes", "type": media_type}, content, looking)
    _must(len(answer.codes) <= MOST_CODES, all(len(text) <= MOST_SIGNS for text in answer.codes))
    return answer.codes


def cover(content: bytes, media_type: str, boxes: Mapping[int, Sequence[Box]]) -> bytes:
    """A copy with these boxes (shares of the page) painted black; nothing of what was under them is left in it."""
    return _ask({"do": "cover", "type": media_type, "boxes": {str(n): list(b) for n, b in boxes.items()}}, content)[1]


def _ask(request: dict[str, Any], content: bytes, looking: Looking | None = None) -> tuple[_Answer, bytes]:
    """The child's answer; a child that dies, takes too long or says what it must not has refused."""
    code, head, made = _run(json.dumps(request).encode() + b"\n", content, looking or Looking())
    if code in _OUT_OF_TIME:
        raise FileRefused("time")
    if code or len(head) > _LONGEST_HEAD or len(made) > _MAX_ANSWER or not head:
        raise FileRefused("damaged")
    try:
        answer = msgspec.json.decode(head, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileRefused("damaged") from error
    if answer.refused:
        raise FileRefused(answer.refused)
    _must(answer.bytes == len(made))
    return answer, made


def _must(*fine: bool) -> None:
    """The child's answer is one it may give."""
    if not all(fine):
        raise FileRefused("damaged")


def _run(request: bytes, content: bytes, looking: Looking) -> tuple[int, bytes, bytes]:
    """How the child ended, the line it said, and the bytes it made: no more of them than are wanted."""
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(_command(), stdin=pipe, stdout=pipe, stderr=nothing) as child:  # noqa: S603  # our own program
        looking.begin(child)
        late = threading.Timer(SECONDS * 2, child.kill)
        giving = threading.Thread(target=_hand_over, args=(child, request, content))
        late.start()
        giving.start()
        try:
            head, made = _heard(child)
        finally:
            late.cancel()
            child.kill()
            giving.join()
    return child.returncode, head, made


def _hand_over(child: "subprocess.Popen[bytes]", request: bytes, content: bytes) -> None:
    """What is asked and looked at. A child that has heard enough, or is no more, hears no more."""
    assert child.stdin is not None
    with suppress(OSError), child.stdin:
        child.stdin.write(request)
        child.stdin.write(content)


def _heard(child: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    assert child.stdout is not None
    head = child.stdout.readline(_LONGEST_HEAD + 1)
    made = child.stdout.read(_MAX_ANSWER + 1)
    if len(head) <= _LONGEST_HEAD and len(made) <= _MAX_ANSWER:
        child.wait()
    return head.removesuffix(b"\n"), made


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_FLAG]
    return [sys.executable, "-I", "-B", "-m", "kzcase.paper.incoming.child"]
