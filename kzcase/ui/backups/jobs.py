"""The errands of backups: long work that can be watched and stopped, or goes on unseen while nobody is there."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from kzcase.i18n import _
from kzcase.ui.anew_first import written_anew_first
from kzcase.ui.lanes import Failed
from kzcase.ui.work import LongWork, Then, Work, watched

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.keys.derivation import Parameters


def back_up_now(
    work: Work, desk: "Desk", target: Path, then: Then[Any], failed: Failed, *, owner: QObject, quiet: bool = False
) -> LongWork:
    """Write a backup; `then` gets its row."""

    def job(book: Any, progress: LongWork) -> Any:
        from kzcase.actions.backups import back_up

        written_anew_first(book, progress)
        return back_up(desk, target, watched(progress))

    return work.long(job, then, _("Backing up"), failed, owner=owner, quiet=quiet)


def try_restoring(
    work: Work,
    desk: "Desk",
    then: Then[Any],
    failed: Failed,
    *,
    owner: QObject,
    quiet: bool = False,
    floor: "Parameters | None" = None,
) -> LongWork:
    """Restore the latest backup into a store nobody keeps; `then` gets how it went."""

    def job(_book: Any, progress: LongWork) -> Any:
        from kzcase.actions.drills import drill
        from kzcase.keys.derivation import FLOOR

        return drill(desk, None, watched(progress), floor=floor or FLOOR)

    return work.long(job, then, _("Trying to restore"), failed, owner=owner, quiet=quiet)


def check_itself(work: Work, desk: "Desk", then: Then[Any], failed: Failed, *, owner: QObject) -> LongWork:
    """Look the whole casebook through, unseen; `then` gets how it went."""

    def job(_book: Any, _progress: LongWork) -> Any:
        from kzcase.actions.self_check import look_through

        return look_through(desk)

    return work.long(job, then, _("Checking the casebook"), failed, owner=owner, quiet=True)


def say_last_release(work: Work, number: int, then: Then[bool], failed: Failed, *, owner: QObject) -> None:
    """Enter the last release number; `then` gets whether this copy has all of them."""

    def job(book: Any) -> bool:
        from kzcase.actions.last_release import enter_last_release

        return enter_last_release(book, number)

    work.do(job, then, failed, owner=owner)
