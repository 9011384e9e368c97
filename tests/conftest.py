"""What every test relies on: a settings folder of its own, a fixed seed for generated cases, and no quiet slowness."""

import atexit
import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from shutil import rmtree
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import HealthCheck, settings

from kzcase.domain import ids
from kzcase.keys import derivation, keyfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _one_folder_for_all() -> None:
    """Whatever this run and its programs leave lying, casebooks too, lies in one folder that goes when the run ends."""
    run, mine = tempfile.mkdtemp(prefix="kzcase-run-"), os.getpid()
    tempfile.tempdir = os.environ["TMPDIR"] = run
    os.environ["KZCASE_HOME"] = tempfile.mkdtemp(prefix="home-")  # for what is made between tests
    atexit.register(lambda: rmtree(run, ignore_errors=True) if os.getpid() == mine else None)


_one_folder_for_all()

_ALWAYS = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
settings.register_profile("test", max_examples=200, derandomize=True, database=None, **_ALWAYS)
settings.register_profile("proof", max_examples=20_000, database=None, **_ALWAYS)
settings.load_profile(os.environ.get("KZCASE_EXAMPLES", "test"))
_NUMBERS = count()


def pytest_configure(config: pytest.Config) -> None:
    """Long proofs open casebooks exactly as the program does."""
    if config.getoption("markexpr") != "proof":
        _no_locked_memory()
        derivation.Argon2id = _Remembering  # type: ignore[misc]
        keyfile.calibrate = lambda _derive: derivation.FLOOR


def _no_locked_memory() -> None:
    """Locking and wiping each piece of SQLite's memory takes nearly half of a test's time, and changes no answer.

    Programs that tests start have it all the same, and tests/db/test_engine.py looks that they do.
    """
    from kzcase.db import engine

    off = ("cipher_memory_security", "OFF", "0")
    engine._PRAGMAS = tuple(off if each[0] == off[0] else each for each in engine._PRAGMAS)  # type: ignore[misc]


class _Remembering:
    """Argon2id that works out each passphrase, salt and cost once: all copies of one casebook ask the same."""

    known: dict[bytes, bytes] = {}  # noqa: RUF012  # the keys tell no passphrase

    def __init__(self, **cost: bytes | int) -> None:
        self._cost = cost

    def derive(self, passphrase: bytes) -> bytes:
        asked = hashlib.sha256(repr((sorted(self._cost.items()), bytes(passphrase))).encode()).digest()
        if asked not in self.known:
            self.known[asked] = Argon2id(**self._cost).derive(passphrase)  # type: ignore[arg-type]
        return self.known[asked]


def pytest_collection_finish() -> None:
    """What stands now stays to the end: no later search for garbage walks through all of it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def _same_ids_each_time(request: pytest.FixtureRequest) -> None:
    """Ids decide in which order rows lie, so a test that fails by them fails whenever it runs. Keys stay by chance."""
    if request.config.getoption("markexpr") != "proof":
        ids.os = SimpleNamespace(urandom=Random(request.node.nodeid).randbytes)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _own_home(request: pytest.FixtureRequest, _homes: Path) -> Iterator[None]:
    """No test reads or writes the settings of whoever runs it; one with a folder has them there."""
    inside: Path | None = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KZCASE_HOME", str(inside / "home" if inside else _homes / str(next(_NUMBERS))))
        patch.delenv("KZCASE_PASSPHRASE_FILE", raising=False)
        yield
