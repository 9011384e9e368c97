"""Files that cannot be read as what they should be, or written where they should go."""

import errno
import os
from collections.abc import Mapping
from typing import Final

from kzcase.domain.errors.kinds import BadInput, KzcaseError, NotFound, NotPossibleNow, Trouble
from kzcase.i18n import Words, _, verbatim
from kzcase.paths import NotPlain

__all__ = [
    "AlreadyThere",
    "AnswerLost",
    "BrokenDefinition",
    "DemonstrationThere",
    "DiskTrouble",
    "IsAFolder",
    "NoBench",
    "NoScreen",
    "NoStick",
    "NoSuchBench",
    "NoSuchFile",
    "NoSuchFolder",
    "NotAFile",
    "NotAFolder",
    "NotJson",
    "NotJsonFile",
    "NotLet",
    "NotOurFile",
    "NotText",
    "RepeatedKey",
    "Unreadable",
    "Unwritable",
    "only_read",
    "reason_of",
    "while_reading",
    "while_writing",
]

_REASONS: Final[Mapping[int, Words]] = {
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("your share of the disk is full"),
    errno.EFBIG: _("the file would be too large"),
    errno.EIO: _("the disk has a fault"),
    errno.EROFS: _("it can only be read"),
    errno.EACCES: _("that is not allowed here"),
    errno.EPERM: _("that is not allowed here"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EPIPE: _("nobody reads on"),
}
_SAID: Final[Mapping[str, Words]] = {
    **{os.strerror(number).lower(): words for number, words in _REASONS.items()},
    "database or disk is full": _("the disk is full"),
    "disk i/o error": _("the disk has a fault"),
    "attempt to write a readonly database": _("it can only be read"),
    "unable to open database file": _("the file does not open"),
}
"""The same as the system and the database say it."""


class NoSuchFile(NotFound):
    """A file that should be read and is not there."""

    words = _("There is no file “{what}”. Please check its name and its folder.")


class NoStick(NotFound):
    """A folder on a stick that is not plugged in: made all the same, it would lie on the laptop's own disk."""

    words = _("No stick or disk is there at “{what}”. Please plug it in and try again, or choose another folder.")


class NoSuchFolder(NotFound):
    """A folder in which something should be written and that is not there."""

    words = _("There is no folder “{what}” to write into. Please make it first, or choose another one.")


class IsAFolder(BadInput):
    """A folder where a file is needed."""

    words = _("This is a folder, and a file is needed. Please name the file in it.")


class NotAFolder(BadInput):
    """A file where a folder is needed."""

    words = _("This is a file, and a folder is needed. Please choose another name.")


class NotAFile(BadInput):
    """A place where no file can be written."""

    words = _("This is not the name of an ordinary file. Please choose another name or folder.")


class NotText(BadInput):
    """Bytes where letters are expected."""

    words = _("This is not UTF-8 text. Please write it again, or rename the file.")


class NotJson(BadInput):
    """A text that should be JSON."""

    words = _("This is not JSON. Please check brackets, quotes and how deep it is nested.")


class NotJsonFile(BadInput):
    """A file that should hold JSON and does not, or not what is expected."""

    words = _("This file is not the JSON that is expected here. Please check brackets, quotes and names.")


class RepeatedKey(BadInput):
    """A JSON object that says one thing twice."""

    words = _("This stands here twice, and nobody can tell which is meant. Please keep one of them.")


class BrokenDefinition(BadInput):
    """A list, rule or pathway file that cannot be used."""

    words = _("This file cannot be used: {why}")


class AlreadyThere(NotPossibleNow):
    """Something new would overwrite something old."""

    words = _("Something is there already. Please choose another name: kzcase never overwrites.")


class DemonstrationThere(AlreadyThere):
    """The folder holds a demonstration already."""

    words = _(
        "There is a demonstration here already. Add --again to perform the day once more in it, "
        "or choose another folder."
    )


class NoBench(NotPossibleNow):
    """The measurements come with the source, not with the installed program."""

    words = _("The measurements are not part of the installed program. They are in the folder bench of its source.")


class NoSuchBench(NotFound):
    """A measurement nobody has written."""

    words = _("There is no measurement “{what}”. There are: {known}.")


class NoScreen(Trouble):
    """There is no screen to open the window on."""

    words = _("There is no screen here to open the window on. `kzcase --help` lists what works without one.")


class Unreadable(Trouble):
    """A file that is there and cannot be read."""

    words = _("This cannot be read ({reason}). Please check the file and who may read it.")


class Unwritable(Trouble):
    """A place where this person, or nobody, may write."""

    words = _("Nothing can be written here ({reason}). Please choose another folder, or ask your administrator.")


class NotOurFile(Trouble):
    """A link, a folder or something else where a casebook keeps a file of its own."""

    words = _(
        "“{what}” in the folder of the casebook is a link or something else than an ordinary file, so kzcase left "
        "everything as it is. Somebody may have put it there: please show the folder to your administrator."
    )


class NotLet(Trouble):
    """The system refused something with a file or folder."""

    words = _("The laptop did not allow this ({reason}). Please check the file or folder.")


class AnswerLost(Trouble):
    """Nobody could be told what was done."""

    words = _("The answer could not be written out ({reason}). What was done stays done.")


class DiskTrouble(Trouble):
    """The disk is full, missing or not writable."""

    words = _("The disk did not accept the change ({reason}). Nothing was lost; please free space or check the disk.")

    def __init__(self, place: str = "", *, reason: Words | str) -> None:
        super().__init__(place, reason=_SAID.get(reason.lower(), reason) if isinstance(reason, str) else reason)


_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def only_read(error: OSError) -> bool:
    """Whether the place can be read and not written, rather than being full or broken."""
    return error.errno in _REFUSED


def reason_of(error: OSError) -> Words:
    """Why the laptop refused, in words; what is rare keeps the system's own."""
    return _REASONS.get(error.errno or 0) or verbatim(error.strerror or type(error).__name__)


def while_reading(error: OSError, place: str) -> KzcaseError:
    """What to say when a file could not be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NoSuchFile(what=place)
    if isinstance(error, IsADirectoryError):
        return IsAFolder(place)
    if isinstance(error, NotPlain):
        return NotAFile(place)
    return Unreadable(place, reason=reason_of(error))


def while_writing(error: OSError, place: str, folder: str = "") -> KzcaseError:
    """What to say when a file could not be written; `folder` is where it should have gone."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NoSuchFolder(place, what=folder or place)
    if error.errno == errno.ENAMETOOLONG:
        return NotAFile(place)
    if isinstance(error, FileExistsError):
        return NotAFolder(place)
    if only_read(error):
        return Unwritable(place, reason=reason_of(error))
    return DiskTrouble(place, reason=reason_of(error))
