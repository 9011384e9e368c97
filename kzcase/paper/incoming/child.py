"""The child process that looks at files from outside: it may use little memory and time, and can write nothing.

One request on standard input, one answer on standard output, each a line of JSON and the bytes it announces.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from kzcase.paper.incoming import allowance, limits
from kzcase.paper.incoming.limits import MAX_FILE, PDF, PICTURES, RECORDINGS, Refused

_LINE: Final = 1 << 20
_SPARE_FILES: Final = 64
"""Fonts of the laptop are read for PDFs that carry none."""


def main() -> int:
    """Answer one request."""
    from kzcase.paper.incoming import pictures, recordings  # before the limits: what they map counts as taken

    request = json.loads(sys.stdin.buffer.readline(_LINE))
    if request["do"] == "codes":
        from kzcase.paper.incoming import codes

        _ = codes
    _ = (pictures, recordings)
    content = sys.stdin.buffer.read(MAX_FILE + 1)
    confine()
    try:
        answer, made = perform(request, content)
    except Refused as refusal:
        answer, made = {"refused": refusal.code}, b""
    except (MemoryError, RecursionError):
        answer, made = {"refused": "pixels"}, b""
    sys.stdout.buffer.write(json.dumps({**answer, "bytes": len(made)}).encode() + b"\n" + made)
    sys.stdout.buffer.flush()
    return 0


def perform(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What one request asks for."""
    from kzcase.paper.incoming import pictures

    if len(content) > MAX_FILE:
        raise Refused("large")
    match request["do"]:
        case "clean":
            return _cleaned(content)
        case "look":
            width, height, rows = pictures.look(content, request["type"], request["page"], request["width"])
            return {"width": width, "height": height}, rows
        case "codes":
            from kzcase.paper.incoming.codes import codes_in

            return {"codes": codes_in(content, request["type"])}, b""
        case "cover":
            boxes = {int(page): [tuple(each) for each in found] for page, found in request["boxes"].items()}
            return {"type": request["type"]}, pictures.cover(content, request["type"], boxes)
        case other:
            raise ValueError(other)


def _cleaned(content: bytes) -> tuple[dict[str, Any], bytes]:
    from kzcase.paper.incoming import pictures, recordings
    from kzcase.paper.incoming.kinds import kind_of

    kind = kind_of(content)
    if kind in RECORDINGS:
        return {"type": kind, "pages": 0}, recordings.clean_recording(content, kind)
    if kind == PDF:
        made, pages = pictures.clean_pdf(content)
        return {"type": PDF, "pages": pages}, made
    kind, made = pictures.clean_picture(content)
    assert kind in PICTURES
    return {"type": kind, "pages": 1}, made


def confine() -> None:
    """No file can grow, and memory and time are short. Windows knows none of these limits."""
    try:
        import resource
    except ImportError:
        return
    before = _in_use()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_SPARE_FILES, _SPARE_FILES))
    allowance.begin(before + limits.MEMORY_AT_FIRST, before + limits.MEMORY)


def _in_use() -> int:
    """Bytes of address space that are taken already: libraries map far more than they use."""
    import resource

    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    except OSError:
        return 4 << 30


if __name__ == "__main__":
    sys.exit(main())
