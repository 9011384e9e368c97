"""A new casebook gets its name only once all that belongs to it is there; if anything fails, nothing is left of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kzcase.domain.errors import AlreadyThere, NotAFolder, Trouble, while_writing


@dataclass(slots=True)
class Birth:
    """Where a casebook is being made, where it will be, and what goes again if it does not come to be.

    Its program may be ended at any moment before `finish`: then there is a folder with a hidden name that nobody
    takes for a casebook, and the next `begin` at the same place clears it away.
    """

    casebook: Path
    place: Path
    _others: list[Path] = field(default_factory=list)

    @classmethod
    def begin(cls, casebook: Path) -> "Birth":
        """Begin at a place that is free."""
        with _said(casebook):
            _must_be_free(casebook)
            birth = cls(casebook, casebook.with_name(f".{casebook.name}.unfinished"))
            shutil.rmtree(birth.place, ignore_errors=True)  # left by a start that was stopped; nobody has its shares
            for folder in reversed(casebook.parents):
                birth.goes_with_it(folder)
        return birth

    def goes_with_it(self, other: Path) -> None:
        """A file or folder, not there yet, that is of no use without the casebook."""
        if not other.exists():
            self._others.append(other)

    def finish(self) -> None:
        """The casebook, closed by now, gets its name."""
        with _said(self.casebook):
            self.place.replace(self.casebook)

    def undo(self) -> None:
        """Nothing is left."""
        shutil.rmtree(self.place, ignore_errors=True)
        for other in reversed(self._others):
            with suppress(OSError):
                other.rmdir() if other.is_dir() else other.unlink(missing_ok=True)


@contextmanager
def born_whole(casebook: Path) -> Iterator[Birth]:
    """A place beside the casebook, which gets the casebook's name at the end."""
    birth = Birth.begin(casebook)
    born = False
    try:
        with _said(casebook):
            yield birth
        birth.finish()
        born = True
    finally:
        if not born:
            birth.undo()


@contextmanager
def _said(casebook: Path) -> Iterator[None]:
    """Trouble is told with the casebook's own name, and with nobody's home folder."""
    try:
        yield
    except Trouble as error:
        error.place = error.place or called(casebook)
        raise
    except OSError as error:
        raise while_writing(error, called(casebook), called(casebook.parent)) from error


def called(path: Path) -> str:
    """A file's own name: enough to know it by."""
    return path.name[:100] or str(path)[:100]


def _must_be_free(casebook: Path) -> None:
    if not casebook.name or casebook.is_symlink():
        raise AlreadyThere(called(casebook))
    for above in casebook.parents:
        if above.exists() and not above.is_dir():
            raise NotAFolder(called(above))
    if casebook.exists():
        if not casebook.is_dir():
            raise NotAFolder(called(casebook))
        if any(casebook.iterdir()):
            raise AlreadyThere(called(casebook))
