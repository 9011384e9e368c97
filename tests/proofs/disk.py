"""A disk that remembers or refuses: SQLite's own file layer with every write, sync, truncation and removal passing by.

A table of file methods is copied and a few of its entries replaced, so that everything else stays SQLite's own. It sits
below the encryption: what passes by is what would reach the disk.
"""

import ctypes as c
import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import sqlcipher3._sqlite3 as driver

What = Literal["write", "truncate", "sync", "delete"]
OK: Final = 0
FULL: Final = 13
IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE = 10 | 3 << 8, 10 | 4 << 8, 10 | 6 << 8


class File(c.Structure):
    """sqlite3_file."""


class Methods(c.Structure):
    """sqlite3_io_methods, as far as it is replaced here."""


Close = c.CFUNCTYPE(c.c_int, c.POINTER(File))
Write = c.CFUNCTYPE(c.c_int, c.POINTER(File), c.c_void_p, c.c_int, c.c_int64)
Truncate = c.CFUNCTYPE(c.c_int, c.POINTER(File), c.c_int64)
Sync = c.CFUNCTYPE(c.c_int, c.POINTER(File), c.c_int)
Methods._fields_ = [
    ("version", c.c_int),
    ("close", Close),
    ("read", c.c_void_p),
    ("write", Write),
    ("truncate", Truncate),
    ("sync", Sync),
    ("rest", c.c_void_p * 13),
]
File._fields_ = [("methods", c.POINTER(Methods))]


class Vfs(c.Structure):
    """sqlite3_vfs."""


Open = c.CFUNCTYPE(c.c_int, c.POINTER(Vfs), c.c_void_p, c.POINTER(File), c.c_int, c.POINTER(c.c_int))
Delete = c.CFUNCTYPE(c.c_int, c.POINTER(Vfs), c.c_char_p, c.c_int)
Vfs._fields_ = [
    ("version", c.c_int),
    ("file_size", c.c_int),
    ("longest_path", c.c_int),
    ("next", c.c_void_p),
    ("name", c.c_char_p),
    ("data", c.c_void_p),
    ("open", Open),
    ("delete", Delete),
    ("rest", c.c_void_p * 16),
]


@dataclass(frozen=True, slots=True)
class Passed:
    """One thing that went by: on which file, at which place, which bytes (for a truncation: `at` is the new size)."""

    what: What
    path: str
    at: int = 0
    content: bytes = b""


@dataclass
class Disk:
    """What passed by, and who may refuse it: `refuse(passing)` gives None or an SQLite error code."""

    passed: list[Passed] = field(default_factory=list)
    refuse: Callable[[Passed], int | None] = lambda _passing: None
    remember: bool = True
    count: int = 0
    """How many writes, truncations and syncs came by."""

    def take(self, passing: Passed) -> int | None:
        """Refuse it, or remember it and let it pass."""
        self.count += 1
        refused = self.refuse(passing)
        if refused is None and self.remember:
            self.passed.append(passing)
        return refused

    def note(self, what: What, path: Path, at: int = 0, content: bytes = b"") -> None:
        """Something that passed beside SQLite."""
        self.passed.append(Passed(what, str(path), at, content))


def _library() -> Any:
    library = c.CDLL(driver.__file__)
    library.sqlite3_vfs_find.restype = c.POINTER(Vfs)
    library.sqlite3_vfs_find.argtypes = [c.c_char_p]
    library.sqlite3_vfs_register.argtypes = [c.POINTER(Vfs), c.c_int]
    library.sqlite3_vfs_unregister.argtypes = [c.POINTER(Vfs)]
    return library


class _Watched:
    """The layer itself: everything it holds must live as long as a file may be open through it."""

    def __init__(self, disk: Disk, below: Any) -> None:
        self.disk, self._below = disk, below
        self._names: dict[int, str] = {}
        self._tables: dict[int, Methods] = {}
        self._originals: dict[int, Any] = {}
        self.vfs = Vfs.from_buffer_copy(below.contents)
        self._alive = (Open(self._open), Delete(self._delete), c.create_string_buffer(b"watched"))
        self.vfs.open, self.vfs.delete = self._alive[:2]
        self.vfs.name = c.cast(self._alive[2], c.c_char_p)

    # The name goes on as the address it came as: SQLite keeps it, and looks there again before it closes.

    def _open(self, _vfs: Any, name: int | None, file: Any, flags: int, out: Any) -> int:
        code: int = self._below.contents.open(self._below, name, file, flags, out)
        if code == OK and file.contents.methods:
            address = c.addressof(file.contents)
            self._names[address] = c.string_at(name).decode() if name else ""
            original = c.pointer(file.contents.methods.contents)  # the field itself is about to change
            table = self._table(original)
            self._originals[address] = original
            file.contents.methods = c.pointer(table)
        return code

    def _table(self, original: Any) -> Methods:
        key = c.addressof(original.contents)
        if key not in self._tables:
            table = Methods.from_buffer_copy(original.contents)
            replaced = (Close(self._close), Write(self._write), Truncate(self._truncate), Sync(self._sync))
            table.close, table.write, table.truncate, table.sync = replaced
            self._alive = (*self._alive, *replaced)
            self._tables[key] = table
        return self._tables[key]

    def _close(self, file: Any) -> int:
        address = c.addressof(file.contents)
        original = self._originals.pop(address)
        self._names.pop(address)
        file.contents.methods = original
        code: int = original.contents.close(file)
        return code

    def _write(self, file: Any, content: int, size: int, at: int) -> int:
        address = c.addressof(file.contents)
        refused = self.disk.take(Passed("write", self._names[address], at, c.string_at(content, size)))
        if refused is not None:
            return refused
        code: int = self._originals[address].contents.write(file, content, size, at)
        return code

    def _truncate(self, file: Any, size: int) -> int:
        address = c.addressof(file.contents)
        refused = self.disk.take(Passed("truncate", self._names[address], size))
        if refused is not None:
            return refused
        code: int = self._originals[address].contents.truncate(file, size)
        return code

    def _sync(self, file: Any, flags: int) -> int:
        address = c.addressof(file.contents)
        refused = self.disk.take(Passed("sync", self._names[address]))
        if refused is not None:
            return refused
        code: int = self._originals[address].contents.sync(file, flags)
        return code

    def _delete(self, _vfs: Any, name: bytes, sync_folder: int) -> int:
        refused = self.disk.take(Passed("delete", name.decode()))
        if refused is not None:
            return refused
        code: int = self._below.contents.delete(self._below, name, sync_folder)
        return code


_KEPT: list[_Watched] = []
"""Never let go: a file that is still open would call into freed memory."""


@contextmanager
def watched() -> Iterator[Disk]:
    """Every file SQLite opens inside the block passes by the disk that is given."""
    library = _library()
    layer = _Watched(Disk(), library.sqlite3_vfs_find(None))
    _KEPT.append(layer)
    library.sqlite3_vfs_register(c.byref(layer.vfs), 1)
    try:
        yield layer.disk
    finally:
        library.sqlite3_vfs_unregister(c.byref(layer.vfs))


def full_error() -> OSError:
    """What Python is told on a full disk."""
    return OSError(errno.ENOSPC, "No space left on device")
