"""A disk of one's own that begins to fail while somebody works on it: `unshare -m python -m tests.proofs.failing TOLD`.

A real block device (loop) with a real file system (ext4): what is refused is refused by the device, usually when the
system writes back what it had taken already, so that the program hears of it at its next wait for the disk, and once
only: the wait after that one succeeds although nothing was written. Afterwards the file system is mounted anew, which
forgets whatever was only in memory, and the casebook is looked through. Told in JSON: the folder, the way it fails,
where in the day, how much still fits. Answers with one line of JSON.

It takes one page at a time. Of several pages in one request a loop device tells all as written as soon as the first
was: a device that says so of what it has not would prove nothing about a program that waits for it.
"""

import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kzcase.actions.reading import show_names
from kzcase.db import engine
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.domain.errors import CasebookDamaged, DiskTrouble, KzcaseError, Trouble
from kzcase.queries.cases import case_list
from kzcase.queries.office import counts
from tests.db.books import KEY, TickingClock, founded, template

MEGABYTE: Final = 1 << 20
SIZE: Final = 320 * MEGABYTE
"""Nothing is kept ready for it: the backing file has holes."""
ROOM: Final = 512 * MEGABYTE
WAYS: Final = ("new places", "new places and the journal", "every write", "every write, many reads")
HEALS_AFTER: Final = 3
GIVES_UP_AFTER: Final = 6
F_ADD_SEALS, F_SEAL_WRITE = 1033, 8
FIBMAP: Final = 1
PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def ran(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


@dataclass
class Device:
    """The device: what lies behind it, and how it fails."""

    folder: Path
    way: str
    loop: str = ""
    memory: int = -1
    """What lies behind a device that is to fail for good: sealed against writing, which cannot be taken back."""
    whole: bytes = field(default=b"", repr=False)

    @property
    def place(self) -> Path:
        """Where its file system is mounted."""
        return self.folder / "disk"

    @property
    def heals(self) -> bool:
        return self.way in WAYS[:2]

    @property
    def backing(self) -> Path:
        return Path(f"/proc/{os.getpid()}/fd/{self.memory}") if self.memory >= 0 else self.folder / "memory" / "backing"

    def begin(self) -> None:
        for name in ("disk", "memory"):
            (self.folder / name).mkdir()
        ran("mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", self.folder / "memory")
        if not self.heals:
            self.memory = os.memfd_create("disk", os.MFD_ALLOW_SEALING)
        with self.backing.open("wb") as stream:
            stream.truncate(SIZE)
        ran(
            "mkfs.ext4",
            "-q",
            "-F",
            "-b",
            "4096",
            "-J",
            "size=4",
            "-E",
            "lazy_itable_init=0,lazy_journal_init=0",
            self.backing,
        )
        if self.way == "new places":
            self._keep_journal()
        self.mount()

    def _keep_journal(self) -> None:
        """The file system's own journal gets its room now: only what is written to new places will fail."""
        said = ran("debugfs", "-R", "stat <8>", self.backing)
        for first, last in re.findall(r"\(\d+-\d+\):(\d+)-(\d+)", said):
            ran("fallocate", "-o", int(first) * 4096, "-l", (int(last) - int(first) + 1) * 4096, self.backing)

    def mount(self) -> None:
        self.loop = ran("losetup", "-f", "--show", self.backing).strip()
        self._one_page_at_a_time()
        ran("mount", "-t", "ext4", "-o", "noatime", self.loop, self.place)
        ran("losetup", "-d", self.loop)  # as soon as nobody has it mounted any more

    def _one_page_at_a_time(self) -> None:
        limit = Path("/sys/block") / Path(self.loop).name / "queue" / "max_sectors_kb"
        limit.write_text(str(PAGE // 1024))

    def fail(self, room: int, book: Path) -> None:
        """From now on; `room` pages still fit where new places fail."""
        os.sync()
        if self.heals:
            there = os.statvfs(self.folder / "memory")
            used = (there.f_blocks - there.f_bfree) * there.f_frsize
            ran("mount", "-o", f"remount,size={used + room * 4096}", self.folder / "memory")
            return
        import fcntl  # no other system than Linux has it

        fcntl.fcntl(self.memory, F_ADD_SEALS, F_SEAL_WRITE)
        self.whole = self.backing.read_bytes()
        if self.way == WAYS[3]:
            self._lose_reads(book)

    def _lose_reads(self, book: Path) -> None:
        """From the middle of the database on the device gives nothing back, as far as the system must ask it."""
        import fcntl

        with (book / "casebook.db").open("rb") as stream:
            middle = os.fstat(stream.fileno()).st_size // 8192
            (block,) = struct.unpack("i", fcntl.ioctl(stream.fileno(), FIBMAP, struct.pack("i", middle)))
            os.ftruncate(self.memory, block * 4096)
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def heal(self) -> None:
        ran("mount", "-o", f"remount,size={ROOM}", self.folder / "memory")

    def renew(self) -> None:
        """What reached the device, on a sound one; nothing is left that only the system's memory knew."""
        self.end()
        if self.heals:
            self.heal()
        else:
            os.close(self.memory)
            self.memory = -1
            with self.backing.open("wb") as stream:
                for at in range(0, SIZE, MEGABYTE):
                    piece = self.whole[at : at + MEGABYTE]
                    if any(piece):
                        stream.seek(at)
                        stream.write(piece)
                stream.truncate(SIZE)
        self.mount()

    def end(self) -> None:
        if self.loop:
            ran("umount", self.place)
            self.loop = ""


@contextmanager
def device(folder: Path, way: str) -> Iterator[Device]:
    made = Device(folder, way)
    try:
        made.begin()
        yield made
    finally:
        with suppress(OSError):
            made.end()


class GivenUp(Exception):
    """The caseworker has seen enough: it does not get better."""


@dataclass
class Watched:
    """What somebody sees who goes on working: what was refused, and what could still be looked up."""

    device: Device
    book: Casebook
    seen: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> int:
        self.seen[what] = self.seen.get(what, 0) + 1
        return self.seen[what]

    def on_trouble(self, trouble: DiskTrouble) -> None:
        if not str(trouble.sentence()):
            raise AssertionError("refused without a word")
        refused = self.count("refused")
        self._look_up()
        if self.device.heals and refused == HEALS_AFTER:
            self.device.heal()
        if refused >= GIVES_UP_AFTER or (not self.device.heals and refused >= HEALS_AFTER):
            raise GivenUp

    def _look_up(self) -> None:
        """Whatever the device still gives back is shown; names only where the look can be entered first."""
        try:
            with self.book.read() as reader:
                assert counts(reader).people >= 0
                case_list(reader)
            self.count("looked up")
        except Trouble:
            if self.device.way != WAYS[3]:
                raise
            self.count("not to be read")
        try:
            show_names(self.book)
            self.count("names shown")
        except Trouble:
            self.count("names not shown")


def day(told: dict[str, Any]) -> dict[str, int]:
    """One day on one device, and what is there afterwards."""
    from tests.proofs.test_full_disk import Day, held

    with device(Path(told["folder"]), told["way"]) as disk:
        book = founded(disk.place)
        path, watched, worked = book.folder.path, Watched(disk, book), Day(book)
        steps = list(worked.steps())
        worked.steps = lambda: _failing(steps, told["at"], lambda: disk.fail(told["room"], path))  # type: ignore[method-assign]
        try:
            worked.live(watched.on_trouble)
        except GivenUp:
            watched.count("given up")
        except CasebookDamaged:  # the device gave back something else than was written: nothing more is written
            watched.count("said to be damaged")
        finally:
            with suppress(KzcaseError):  # it may have something to say, and leaves everything closed
                book.close()
        disk.renew()
        missing = set(worked.acknowledged)
        try:
            with Casebook.open(path, _opening()) as book:
                missing -= held(book)
                watched.seen["false alarms"] = int(book.standing is not None)
        except CasebookDamaged:
            watched.count("said when opened")
        watched.seen["damages"] = len(check_files(path, KEY, deep=True).findings)
        return watched.seen | {"acknowledged": len(worked.acknowledged), "lost": len(missing)}


def trial(told: dict[str, Any]) -> dict[str, int]:
    """The device itself, without a program: many pages are written at once, and fewer fit."""
    pages = [os.urandom(PAGE) for _page in range(told["pages"])]
    with device(Path(told["folder"]), told["way"]) as disk:
        disk.fail(told["room"], disk.place)
        file, written = disk.place / "trial", 1
        try:
            with file.open("wb") as stream:
                stream.write(b"".join(pages))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            written = 0
        disk.renew()
        found = file.read_bytes() if file.exists() else b""
        there = sum(found[at * PAGE : (at + 1) * PAGE] == page for at, page in enumerate(pages))
        return {"told as written": written, "there": there}


def _opening() -> Opening:
    return Opening(KEY, template().founder, TickingClock())


def _failing(steps: list[Any], at: int, fail: Any) -> Iterator[Any]:
    for number, step in enumerate(steps):
        if number == at:
            fail()
        yield step


def main() -> None:
    told = json.loads(sys.argv[1])
    os.environ["KZCASE_HOME"] = tempfile.tempdir = told["home"]
    if told.get("careless"):  # the canary: acts are told without waiting for the disk
        pragmas = [("synchronous", "OFF", 0) if each[0] == "synchronous" else each for each in engine._PRAGMAS]
        engine._PRAGMAS = tuple(pragmas)  # type: ignore[assignment,misc]
    print(json.dumps(trial(told) if "pages" in told else day(told)))


if __name__ == "__main__":
    main()
