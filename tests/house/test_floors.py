"""The floors of the house: imports point down, and a planted wrong import is noticed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.words import HOUSE

LINT = Path(sys.executable).with_name("lint-imports")


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code that a test may spoil."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(HOUSE / "kzcase", house / "kzcase", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", house)
    return house


PLANTED = {
    "kzcase/domain/iin.py": "from kzcase.journal import kinds",
    "kzcase/ui/tables.py": "import kzcase.db.casebook",
    "kzcase/queries/history.py": "import PySide6.QtCore",
    "kzcase/summaries/spec.py": "import kzcase.db.tables.people",
    "kzcase/forms/definition.py": "import sqlalchemy",
}


@pytest.mark.parametrize("file", PLANTED)
def test_a_planted_wrong_import_is_noticed(copy: Path, file: str) -> None:
    path = copy / file
    before = path.read_text()
    path.write_text(f"{before}\n{PLANTED[file]}\n")
    try:
        assert lint(copy).returncode == 1
    finally:
        path.write_text(before)


def test_the_floors_hold() -> None:
    found = lint(HOUSE)
    assert found.returncode == 0, found.stdout


def features() -> set[str]:
    """The folders of the window: one a feature."""
    folders = {path.name for path in (HOUSE / "kzcase" / "ui").iterdir() if (path / "__init__.py").exists()}
    return folders - {"widgets"}


def test_screens_of_a_feature_are_listed_as_independent() -> None:
    contracts = (HOUSE / "pyproject.toml").read_text().split("[[tool.importlinter.contracts]]")
    listed = "".join(contract for contract in contracts if "Screens of one feature" in contract)
    assert not {name for name in features() if f'"kzcase.ui.{name}"' not in listed}
