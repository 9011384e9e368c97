"""Runs beside the test: starts one job at a time in a process of its own, which the test may kill at any moment.

Lines on standard input: `backup CASEBOOK TARGET`, `restore TARGET CASEBOOK`, `erase CASEBOOK PERSON`. Answers with the
process id, then with how it ended. Everything is loaded before the first job, so that a job begins at once.
"""

import os
import sys
from pathlib import Path

from kzcase.actions.backup_files import the_backup
from kzcase.actions.backups import back_up
from kzcase.actions.erasing import ErasePerson, erase_person, plan_erasure
from kzcase.actions.restoring import open_backup, restore
from tests.actions.offices import opened
from tests.keys.cheap import PASSPHRASE, TINY


def backup(casebook: str, target: str) -> None:
    with opened(Path(casebook)) as desk:
        back_up(desk, Path(target))


def restored(target: str, casebook: str) -> None:
    restore(Path(target), Path(casebook), open_backup(the_backup(Path(target)), PASSPHRASE, floor=TINY))


def erased(casebook: str, person: str) -> None:
    with opened(Path(casebook)) as desk:
        mentions = plan_erasure(desk.book, person).mentions
        erase_person(desk.book, ErasePerson(person, "request", frozenset(each.id for each in mentions)))


JOBS = {"backup": backup, "restore": restored, "erase": erased}


def main() -> None:
    for line in sys.stdin:
        name, *given = line.split("\t")
        child = os.fork()
        if child == 0:
            JOBS[name](*(each.rstrip("\n") for each in given))
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
