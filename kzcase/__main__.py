"""Starts kzcase: a command, or the window."""

import sys
from pathlib import Path

from kzcase.cli import main as perform
from kzcase.i18n import _

FAULT = 70


def open_window(casebook: Path | None, passphrase_file: Path | None) -> int:
    """Hand over to the window; it is loaded only now."""
    from kzcase.app import run

    return run(casebook, passphrase_file)


def main() -> int:
    """The program. A fault of ours ends quietly: kinds of error and lines are kept in a local file, nothing else."""
    try:
        return perform(sys.argv[1:], open_window)
    except Exception as error:  # noqa: BLE001  # the door: whatever was not foreseen must not show what people typed
        return _fault(error)


def _fault(error: Exception) -> int:
    from kzcase.cli.output import tell
    from kzcase.ui.crash import account_of, log_path, record

    record(account_of(error))
    tell(_("kzcase made a mistake and stopped. Nothing was sent; {file} keeps where it happened.", file=log_path()))
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
