"""This laptop's preferences: language, look, letter size, locking, which casebooks were open. Never case data."""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kzcase import paths
from kzcase.i18n import LANGUAGES, Language, Words, _

T = TypeVar("T")
LARGEST_FILE: Final = 256 * 1024
MOST_RECENT: Final = 12
MOST_COUNTERS: Final = 64
LONGEST_PATH: Final = 4096


@dataclass(frozen=True, slots=True)
class Preference(Generic[T]):
    """One preference, declared once: its name in the file, what it is called, its default, and how it is read.

    `read` gives the value as it may be used, or None where the file holds something impossible.
    """

    name: str
    title: Words
    default: T
    read: Callable[[object], T | None]


def _one_of(allowed: tuple[T, ...]) -> Callable[[object], T | None]:
    return lambda value: next((each for each in allowed if each == value and type(each) is type(value)), None)


def _number(least: float, most: float) -> Callable[[object], float | None]:
    def read(value: object) -> float | None:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        return min(max(float(value), least), most) if plain and value == value else None  # type: ignore[arg-type]

    return read


def _whole(least: int, most: int) -> Callable[[object], int | None]:
    def read(value: object) -> int | None:
        return min(max(value, least), most) if isinstance(value, int) and not isinstance(value, bool) else None

    return read


def _paths(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    kept = [whole(each) for each in value if isinstance(each, str) and 0 < len(each) <= LONGEST_PATH]
    return tuple(dict.fromkeys(kept))[:MOST_RECENT]


def whole(path: Path | str) -> str:
    """A path from the root on: half a path means another folder as soon as the program is started elsewhere."""
    with contextlib.suppress(OSError):  # started in a folder that is no longer there
        return str(Path(path).absolute())
    return str(path)


def _counters(value: object) -> Mapping[str, "Tries"] | None:
    if not isinstance(value, Mapping):
        return None
    read = {path: _tries(each) for path, each in value.items() if isinstance(path, str)}
    return {path: tries for path, tries in list(read.items())[-MOST_COUNTERS:] if tries is not None}


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong passphrases in a row at one casebook, and when the last was (seconds since 1970)."""

    wrong: int
    last: float


def _tries(value: object) -> Tries | None:
    if isinstance(value, Tries):
        return value
    if not isinstance(value, list) or len(value) != 2:
        return None
    wrong, last = _whole(0, 10_000)(value[0]), _number(0, 1e11)(value[1])
    return None if wrong is None or last is None else Tries(wrong, last)


LANGUAGE: Final[Preference[Language | str]] = Preference("language", _("Language"), "", _one_of(("", *LANGUAGES)))
"""Empty until the person has chosen one: the first start asks."""
THEME: Final = Preference("theme", _("Light or dark"), "light", _one_of(("light", "dark")))
TEXT_SIZE: Final = Preference("text_size", _("Text size"), 1.0, _number(0.9, 1.5))
LOCK_AFTER: Final = Preference("lock_after", _("Lock after minutes without use"), 10, _whole(1, 120))
RECENT: Final[Preference[tuple[str, ...]]] = Preference("recent", _("Recent casebooks"), (), _paths)
WRONG_PASSPHRASES: Final[Preference[Mapping[str, Tries]]] = Preference(
    "wrong_passphrases", _("Wrong passphrases"), {}, _counters
)
PREFERENCES: Final[tuple[Preference[Any], ...]] = (
    LANGUAGE,
    THEME,
    TEXT_SIZE,
    LOCK_AFTER,
    RECENT,
    WRONG_PASSPHRASES,
)


@dataclass(slots=True)
class Settings:
    """The preferences in force; `save` writes them. A damaged file or value counts as never set."""

    path: Path
    _values: dict[str, Any] = field(default_factory=dict)

    def get(self, preference: Preference[T]) -> T:
        """The value in force."""
        value: T = self._values.get(preference.name, preference.default)
        return value

    def set(self, preference: Preference[T], value: T) -> None:
        """Another value, brought into its limits and written at once. Raises ValueError for an impossible one."""
        read = preference.read(value)
        if read is None:
            raise ValueError(preference.name)
        self._values[preference.name] = read
        self.save()

    def opened(self, casebook: Path) -> None:
        """Put a casebook first in the list of recent ones."""
        first = whole(casebook)
        self.set(RECENT, (first, *(each for each in self.get(RECENT) if each != first)))

    def forget(self, casebook: Path) -> None:
        """Leave no trace of a casebook in this file."""
        self._values[WRONG_PASSPHRASES.name] = {
            path: tries for path, tries in self.get(WRONG_PASSPHRASES).items() if path != str(casebook)
        }
        self.set(RECENT, tuple(each for each in self.get(RECENT) if each != whole(casebook)))

    def tries(self, casebook: Path) -> Tries:
        """Wrong passphrases in a row at this casebook."""
        return self.get(WRONG_PASSPHRASES).get(str(casebook), Tries(0, 0.0))

    def tried(self, casebook: Path, now: float) -> Tries:
        """One more wrong passphrase at `now` (seconds since 1970)."""
        tries = Tries(self.tries(casebook).wrong + 1, now)
        others = {path: each for path, each in self.get(WRONG_PASSPHRASES).items() if path != str(casebook)}
        self.set(WRONG_PASSPHRASES, {**others, str(casebook): tries})
        return tries

    def let_in(self, casebook: Path) -> None:
        """The passphrase was right: the count begins anew."""
        others = {path: each for path, each in self.get(WRONG_PASSPHRASES).items() if path != str(casebook)}
        self.set(WRONG_PASSPHRASES, others)

    def save(self) -> None:
        """Write all preferences; the file is replaced as a whole. A disk that refuses is no reason to stop work."""
        text = json.dumps(self._values, ensure_ascii=False, indent=1, default=_plain)
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.path, text)


def _plain(value: object) -> object:
    if isinstance(value, Tries):
        return [value.wrong, value.last]
    raise TypeError(type(value).__name__)


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path | None = None) -> Settings:
    """The preferences of this laptop, from `settings.json` in its settings folder."""
    path = path or paths.home() / "settings.json"
    untrusted = _untrusted(path)
    values = {}
    for preference in PREFERENCES:
        if preference.name in untrusted:
            value = preference.read(untrusted[preference.name])
            if value is not None:
                values[preference.name] = value
    return Settings(path, values)


def _untrusted(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
        found = json.loads(raw) if len(raw) <= LARGEST_FILE else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
