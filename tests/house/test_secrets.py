"""No key, password or token lies in the repository."""

import re
import subprocess

import pytest

from tests.house.words import HOUSE

SECRET = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bglpat-[\w-]{20}\b"
    r"|\bxox[abpr]-[\w-]{10,}|\bAIza[\w-]{35}\b|\bpypi-AgEI[\w-]{20,}|://[^/\s:@{]+:[^/\s:@{]+@"
)
PRIVATE_FILES = re.compile(r"(\.(pem|p12|pfx|key|kdbx|env)|id_(rsa|ed25519)|\.kzcase/.*|share-\d+\.txt)$")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (HOUSE / name).is_file()]


def test_no_file_is_a_key_or_a_casebook() -> None:
    names = tracked()
    assert len(names) > 500
    assert not [name for name in names if PRIVATE_FILES.search(name)]


def test_no_text_holds_a_secret() -> None:
    texts = ((name, (HOUSE / name).read_bytes().decode("utf-8", "ignore")) for name in tracked())
    assert not [name for name, text in texts if SECRET.search(text)]


@pytest.mark.parametrize(
    "planted", ["-----BEGIN " + "PRIVATE KEY-----", "gh" + "p_" + "a" * 36, "postgresql://hub" + ":word" + "@host/db"]
)
def test_a_secret_is_noticed(planted: str) -> None:
    assert SECRET.search(planted)


@pytest.mark.parametrize("planted", ["resources/office.kzcase/keys", "tests/share-1.txt", "packaging/signing.pem"])
def test_a_private_file_is_noticed(planted: str) -> None:
    assert PRIVATE_FILES.search(planted)
