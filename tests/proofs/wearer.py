"""One operator's hours on the line in a process of its own: it says what is safe, and may die.

Every line on standard output is printed after the act returned: `call ID`, `back ID`, `signal ID`, `rss CALLS KB`.
"""

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from kzcase.actions.call_backs import PromiseCallBack, promise_call_back
from kzcase.actions.calls import LogCall, SheetFacts, log_call
from kzcase.actions.shifts import CloseShift, OpenShift, close_shift, open_shift
from kzcase.actions.signals import PrepareSignal, prepare_signal
from kzcase.actions.waiting_calls import AFTER, BEFORE, keep_waiting, new_sheet, take_waiting_calls, waiting_sheets
from kzcase.db.casebook import Casebook, Opening
from kzcase.domain.errors import ShiftOpen
from kzcase.keys.identity import Identity, OpeningKey, SigningKey
from kzcase.keys.secret import Secret
from kzcase.queries.callers import known_caller
from kzcase.queries.line_keys import line_key
from kzcase.queries.shifts import hand_over

TOPICS: Final = ("wages", "stay", "offer_check", "held", "documents_taken", "health", "silent", "hoax")
EVERY: Final = 50
SECONDS_BETWEEN: Final = 52
"""72 hours and 5,000 calls."""


def operator(number: int) -> Identity:
    """One of three operators, the same in every process."""
    chance = Random(f"operator {number}")
    signing, opening = (Secret(chance.randbytes(32)) for _key in range(2))
    return Identity(chance.randbytes(16), f"Operator {number}", SigningKey(signing), OpeningKey(opening))


@dataclass
class Wall:
    """A clock that is moved on by hand; a second passes with every look."""

    now: object

    def __call__(self) -> object:
        self.now += timedelta(seconds=1)  # type: ignore[operator]
        return self.now


def rss() -> int:
    """Kilobytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def say(*words: object) -> None:
    print(*words, flush=True)


class Shift:
    """The casebook, open in this process, and the hours of one operator."""

    def __init__(self, path: Path, key: bytes, who: int, wall: Wall, chance: Random) -> None:
        self.path, self.key, self.who, self.wall, self.chance = path, key, who, wall, chance
        self.book = self.unlocked()

    def unlocked(self) -> Casebook:
        return Casebook.open(self.path, Opening(self.key, operator(self.who), self.wall))  # type: ignore[arg-type]

    def a_call(self) -> None:
        """Who calls is looked up, the call is logged; of some more comes."""
        number = f"+7 709 {self.chance.randrange(300):03} 00 11"
        with self.book.read() as reader:
            known_caller(reader, number)
        anonymous = self.chance.random() < 0.8
        sheets = [SheetFacts(sheet="wages", language="kk")] if self.chance.random() < 0.1 else []
        wish = LogCall(
            channel="phone", language=self.chance.choice(("kk", "ru", "en")), topics=[self.chance.choice(TOPICS)],
            outcome="out_answered", note="Жазба " * self.chance.randrange(20), anonymous=anonymous, sheets=sheets,
            phone=None if anonymous else number, danger=self.chance.choice(("yes", "no", None, None)),
        )  # fmt: skip
        call = log_call(self.book, wish).ids["call"].hex()
        say("call", call)
        if self.chance.random() < 0.05:
            due = (self.wall.now + timedelta(hours=2)).isoformat()  # type: ignore[operator]
            back = promise_call_back(self.book, PromiseCallBack(call=call, due=due, phone=number))
            say("back", back.ids["call_back"].hex())
        if self.chance.random() < 0.01:
            facts = {"unit": "Generated unit", "danger": "now", "facts": "Generated.", "heard": True}
            say("signal", prepare_signal(self.book, PrepareSignal(call=call, **facts)).ids["signal"].hex())

    def locked(self) -> int:
        """Locked in the middle of a call; what is written down meanwhile is taken in at the next unlock."""
        with self.book.read() as reader:
            public = line_key(reader).public
        self.book.close()
        written = self.chance.randint(1, 3)
        for _call in range(written):
            sheet = new_sheet()
            keep_waiting(self.path, public, sheet, BEFORE, {"topics": ["held"], "note": "Бірінші"})
            keep_waiting(self.path, public, sheet, AFTER, {"outcome": "out_cut", "note": "Екінші"})
            say("call", sheet.hex())
            self.wall.now += timedelta(seconds=SECONDS_BETWEEN)  # type: ignore[operator]
        self.book = self.unlocked()
        self.take()
        return written

    def take(self) -> None:
        taken = take_waiting_calls(self.book)
        if taken.closed or waiting_sheets(self.path):
            raise SystemExit(f"{taken.closed} sheets do not open")

    def work(self, calls: int, dies_at: int, lock_every: int) -> None:
        """So many calls; at one of them the power goes, somewhere in the middle of the writing."""
        self.take()
        with suppress(ShiftOpen):  # the power went in it
            open_shift(self.book, OpenShift())
        done = 0
        while done < calls:
            if done >= dies_at >= 0:
                threading.Timer(self.chance.random() * 0.02, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
                dies_at = calls + 1
            self.a_call()
            self.wall.now += timedelta(seconds=self.chance.randrange(2 * SECONDS_BETWEEN))  # type: ignore[operator]
            done += 1
            if done % lock_every == 0:
                done += self.locked()
            if done % EVERY == 0:
                with self.book.read() as reader:
                    hand_over(reader)
                say("rss", done, rss())
        close_shift(self.book, CloseShift(words="Келесі ауысымға"))
        say("rss", done, rss())
        self.book.close()


def main() -> None:
    from datetime import datetime

    told = json.loads(sys.argv[1])
    wall = Wall(datetime.fromisoformat(told["now"]))
    chance = Random(told["seed"])
    shift = Shift(Path(told["casebook"]), bytes.fromhex(told["key"]), told["who"], wall, chance)
    shift.work(told["calls"], told["dies_at"], told["lock_every"])
    say("end", wall.now.isoformat())  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
