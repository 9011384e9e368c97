"""The door for files from outside: each is looked at by a child process, and only what that made anew comes in."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kzcase.domain.errors import FileRefused, TooLarge
from kzcase.paper.incoming.limits import FROZEN_FLAG, MAX_FILE, SECONDS

Box = tuple[float, float, float, float]
_MAX_ANSWER: Final = MAX_FILE * 4


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
    return Clean(answer["type"], answer["pages"], made)


def look(content: bytes, media_type: str, page: int, width: int, looking: Looking | None = None) -> Picture:
    """One page as a picture at most `width` pixels wide. Raises FileRefused, also where it was stopped."""
    answer, rows = _ask({"do": "look", "type": media_type, "page": page, "width": width}, content, looking)
    return Picture(answer["width"], answer["height"], rows)


def codes_in(content: bytes, media_type: str, looking: Looking | None = None) -> tuple[str, ...]:
    """What the QR codes of a picture or PDF say, in no particular order; of another's codes too. Raises FileRefused."""
    answer, _nothing = _ask({"do": "codes", "type": media_type}, content, looking)
    return tuple(str(text) for text in answer["codes"])


def cover(content: bytes, media_type: str, boxes: Mapping[int, Sequence[Box]]) -> bytes:
    """A copy with these boxes (shares of the page) painted black; nothing of what was under them is left in it."""
    return _ask({"do": "cover", "type": media_type, "boxes": {str(n): list(b) for n, b in boxes.items()}}, content)[1]


def _ask(request: dict[str, Any], content: bytes, looking: Looking | None = None) -> tuple[dict[str, Any], bytes]:
    """The child's answer; a child that dies or takes too long has refused."""
    code, told = _run(json.dumps(request).encode() + b"\n" + content, looking or Looking())
    head, _, made = told.partition(b"\n")
    if code or len(told) > _MAX_ANSWER or not head:
        raise FileRefused("damaged")
    answer = json.loads(head)
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    if answer["bytes"] != len(made):
        raise FileRefused("damaged")
    return answer, made


def _run(told: bytes, looking: Looking) -> tuple[int, bytes]:
    """How the child ended and what it said."""
    pipe = subprocess.PIPE
    with subprocess.Popen(_command(), stdin=pipe, stdout=pipe, stderr=pipe) as child:  # noqa: S603  # our own program
        looking.begin(child)
        try:
            answer, _complaints = child.communicate(told, timeout=SECONDS * 2)
        except subprocess.TimeoutExpired as error:
            raise FileRefused("time") from error
        finally:
            child.kill()
        return child.returncode, answer


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_FLAG]
    return [sys.executable, "-I", "-m", "kzcase.paper.incoming.child"]
