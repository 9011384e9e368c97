"""Starts kzcase: a command, or the window."""

import gc
import signal
import sys
from pathlib import Path

FAULT = 70


def open_window(casebook: Path | None, passphrase_file: Path | None) -> int:
    """Hand over to the window; it is loaded only now."""
    gc.disable()
    from kzcase.app import run

    return run(casebook, passphrase_file)


def main() -> int:
    """The program. Only what a command does answers to Ctrl-C in words; before and after it simply ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def run() -> int:
    """One command. A fault of ours ends quietly: kinds of error and lines are kept in a local file, nothing else."""
    gc.disable()  # what is loaded to begin with stays: looking for rubbish in it only costs time
    from kzcase.cli import main as perform
    from kzcase.cli import stopping
    from kzcase.keys.process import shield
    from kzcase.paper.incoming.limits import FROZEN_FLAG

    shield()
    if sys.argv[1:] == [FROZEN_FLAG]:
        gc.enable()
        from kzcase.paper.incoming.child import main as look_at_a_file

        return look_at_a_file()
    stopping.listen()
    try:
        return perform(sys.argv[1:], open_window)
    except Exception as error:  # noqa: BLE001  # the door: whatever was not foreseen must not show what people typed
        return stopping.told() if stopping.asked() else _fault(error)


def _fault(error: Exception) -> int:
    from kzcase.cli.output import tell
    from kzcase.i18n import _
    from kzcase.ui.crash import account_of, log_path, record

    record(account_of(error))
    tell(_("kzcase made a mistake and stopped. Nothing was sent; {file} keeps where it happened.", file=log_path()))
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
