"""What every test relies on: a settings folder of its own, a fixed seed for generated cases, and no quiet slowness."""

import os
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["KZCASE_HOME"] = mkdtemp(prefix="kzcase-home-")  # for what is made between tests

_ALWAYS = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
settings.register_profile("test", max_examples=200, derandomize=True, database=None, **_ALWAYS)
settings.register_profile("proof", max_examples=20_000, database=None, **_ALWAYS)
settings.load_profile(os.environ.get("KZCASE_EXAMPLES", "test"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of whoever runs it."""
    monkeypatch.setenv("KZCASE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KZCASE_PASSPHRASE_FILE", raising=False)
