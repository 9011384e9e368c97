"""Where files live: what ships with the program, and this laptop's settings folder."""

import os
import sys
from pathlib import Path

import platformdirs


def shipped() -> Path:
    """The folder that holds `resources/` and `translations/`: the bundle when frozen, else the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources(*parts: str) -> Path:
    """A file or folder below `resources/`."""
    return shipped().joinpath("resources", *parts)


def translations() -> Path:
    """The folder of the catalogues."""
    return shipped() / "translations"


def home() -> Path:
    """The program's own settings folder; `KZCASE_HOME` moves it. Never holds case data."""
    chosen = os.environ.get("KZCASE_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_config_dir("kzcase", appauthor=False))
