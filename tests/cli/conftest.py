"""Every test here has a copy of one casebook, and the passphrase where commands look for it."""

from pathlib import Path

import pytest

from tests.cli.running import OWN, copied, file_with


@pytest.fixture
def passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that holds the passphrase, named by the environment."""
    file = file_with(tmp_path, "passphrase.txt", f"{OWN}\n")
    monkeypatch.setenv("KZCASE_PASSPHRASE_FILE", str(file))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C")
    return file


@pytest.fixture
def casebook(tmp_path: Path, passphrase: Path) -> Path:
    """A casebook of the test's own."""
    return copied(tmp_path)
