"""What kzcase rests on is pinned by hash, and each package taken has a reason."""

import re
import tomllib

import pytest

from tests.house.words import HOUSE

LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([a-z0-9._-]+)==[^\s;]+(?: ; (.+?))?((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+)$")
ADDRESS = re.compile(r"https?://|--index-url|--find-links|\bfile:")


def faults(lock: str) -> list[str]:
    """Entries that are not pinned by hash, or that an older pip would judge otherwise."""
    entries = re.split(r"\n(?=\S)", lock.strip())
    loose = [entry.split()[0] for entry in entries if not PINNED.match(entry)]
    # The pip of Ubuntu 22.04 takes Python 3.11.0rc1 for neither older nor newer than 3.12.
    doubtful = [entry.split()[0] for entry in entries if "python_full_version" in entry]
    return loose + doubtful + ADDRESS.findall(lock)


def locked(lock: str) -> set[str]:
    return {entry.split("==")[0] for entry in re.split(r"\n(?=\S)", lock.strip())}


def plain(requirement: str) -> str:
    return re.split(r"[<>=!~\[ ;]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash(name: str) -> None:
    assert not faults((HOUSE / name).read_text())


@pytest.mark.parametrize(
    "entry",
    [
        "cbor2==6.2.1",
        "cbor2>=6 \\\n    --hash=sha256:" + "0" * 64,
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:" + "0" * 64,
        "cbor2 @ https://example.org/cbor2.whl \\\n    --hash=sha256:" + "0" * 64,
    ],
)
def test_a_loose_package_is_noticed(entry: str) -> None:
    assert faults(entry)


def test_setup_insists_on_the_hashes() -> None:
    setup = (HOUSE / "packaging/linux/setup.sh").read_text()
    assert all(
        word in setup for word in ("--require-hashes", "--only-binary :all:", "requirements-dev.lock", "--no-deps")
    )


def test_what_is_asked_for_is_locked_and_has_a_reason() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    own = {plain(one) for one in project["dependencies"]}
    developing = {plain(one) for one in project["optional-dependencies"]["dev"]}
    reasons = (HOUSE / "docs/decisions/0007-dependencies.md").read_text().lower()
    assert own <= locked((HOUSE / LOCKS[0]).read_text())
    assert own | developing <= locked((HOUSE / LOCKS[1]).read_text())
    assert not {name for name in own | developing if name not in reasons}
