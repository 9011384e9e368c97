"""After an erasing the encrypted file is written anew, in a moment that suits: whoever wants to save has way."""

from kzcase.db.backup import Progress
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import Stopped


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def write_anew(book: Casebook, progress: Progress = no_progress) -> None:
    """Nothing where nothing waits. Stopped by `progress`, or by somebody who saves, it waits to be done later."""

    def stopped() -> bool:
        try:
            progress(0, 1)
        except Stopped:
            return True
        return False

    book.write_anew(stopped)
