"""Qt's bindings, loaded quickly: the part of them that is written in Python is kept compiled, as every module is.

They carry that part as text inside a library and have Python compile it anew at every start, which takes a sixth of
the time until the start screen. What Python compiled is kept where it keeps this module compiled, under the same rules:
only where it may write, never beyond the text it was made of, and a file that cannot be read is as good as none.
"""

import builtins
import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any, Final

CARRIED: Final = ("shibokensupport/", "signature_bootstrap.py")
"""What the texts inside the library are called."""


def load() -> None:
    """The bindings of what a window needs; called once, before anything else loads them."""
    with kept_compiled():
        import PySide6.QtCore  # noqa: F401


@contextmanager
def kept_compiled(path: Path | None = None) -> Iterator[None]:
    """Meanwhile what the bindings carry is taken from the file where it was compiled before; the rest is kept there."""
    path = path or Path(cache_from_source(str(Path(__file__).with_name("carried.py"))))
    kept, known, compiled = _kept(path), dict[tuple[str, bytes], CodeType](), builtins.compile

    def compile_or_take(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> Any:
        if more or named or mode != "exec" or not isinstance(source, bytes) or not str(filename).startswith(CARRIED):
            return compiled(source, filename, mode, *more, **named)
        name = str(filename), source_hash(source)
        known[name] = kept.get(name) or compiled(source, filename, mode)
        return known[name]

    builtins.compile = compile_or_take
    try:
        yield
    finally:
        builtins.compile = compiled
    if known.keys() - kept.keys() and not sys.dont_write_bytecode:
        _keep(path, known)


def _kept(path: Path) -> dict[tuple[str, bytes], CodeType]:
    try:
        stored = path.read_bytes()
        if not stored.startswith(MAGIC_NUMBER):
            return {}
        return dict(marshal.loads(stored[len(MAGIC_NUMBER) :]))  # noqa: S302 - as Python reads this module's own file
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _keep(path: Path, known: dict[tuple[str, bytes], CodeType]) -> None:
    """The file is replaced as a whole: another start may be reading it."""
    half = path.with_suffix(f".{id(known):x}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(MAGIC_NUMBER + marshal.dumps(known))
        half.replace(path)
