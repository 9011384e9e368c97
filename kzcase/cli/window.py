"""The window, where the command line asks for nothing else: nothing of the grammar of commands is loaded for it."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

OpenWindow = Callable[[Path | None, Path | None], int]
"""(casebook, file with its passphrase) → exit code once the window is closed."""


def wants_only_the_window(arguments: Sequence[str]) -> bool:
    """Whether nothing is given but perhaps a casebook: as icons, menus and file managers start the program."""
    return not arguments or (len(arguments) == 1 and not arguments[0].startswith("-") and _is_named_so(arguments[0]))


def is_casebook(given: str) -> bool:
    """Whether a casebook is meant, where it is no command."""
    return _is_named_so(given) or (Path(given) / "casebook.db").exists()


def _is_named_so(given: str) -> bool:
    return given.endswith(".kzcase") or os.sep in given


def show(open_window: OpenWindow | None, casebook: Path | None, passphrase_file: str | None = None) -> int:
    """Open the window, or say that there is no screen."""
    from kzcase.domain.errors import NoScreen

    if open_window is None or not has_screen():
        raise NoScreen
    return open_window(casebook, Path(passphrase_file) if passphrase_file else None)


def has_screen() -> bool:
    """Whether a window could be seen here."""
    if os.name == "nt" or os.uname().sysname == "Darwin":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
