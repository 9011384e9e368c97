"""Whether the disk is encrypted is read right from what systems say, and unknown is never taken for safe or unsafe."""

import os
from pathlib import Path

import pytest

from kzcase.db.disk_cover import DiskCover, disk_cover, of_bitlocker, of_block_device, of_filevault
from kzcase.queries import laptop

ON = """BitLocker Drive Encryption: Configuration Tool version 10.0.19041
Volume C: [Windows]
    Conversion Status:    Fully Encrypted
    Percentage Encrypted: 100.0%
    Encryption Method:    XTS-AES 128
    Protection Status:    Protection On
"""
OFF = """Volume C: [Windows]
    Conversion Status:    Fully Decrypted
    Percentage Encrypted: 0.0%
    Encryption Method:    None
    Protection Status:    Protection Off
"""
RUSSIAN_ON = """Том C: [Windows]
    Состояние преобразования:  Полностью зашифровано
    Зашифровано (процентов):   100,0%
    Метод шифрования:          XTS-AES 256
"""
HALF = ON.replace("100.0%", "43.1%")


@pytest.mark.parametrize(
    ("told", "cover"),
    [
        (ON, DiskCover.ENCRYPTED),
        (RUSSIAN_ON, DiskCover.ENCRYPTED),
        (OFF, DiskCover.OPEN),
        (HALF, DiskCover.OPEN),
        ("", DiskCover.UNKNOWN),
        ("ERROR: An attempt to access a required resource was denied.", DiskCover.UNKNOWN),
    ],
)
def test_what_bitlocker_says(told: str, cover: DiskCover) -> None:
    assert of_bitlocker(told) is cover


@pytest.mark.parametrize(
    ("told", "cover"),
    [
        ("FileVault is On.\n", DiskCover.ENCRYPTED),
        ("FileVault is Off.\n", DiskCover.OPEN),
        ("FileVault is On.\nDecryption in progress: Percent completed = 3\n", DiskCover.OPEN),
        ("", DiskCover.UNKNOWN),
        ("fdesetup: not found", DiskCover.UNKNOWN),
    ],
)
def test_what_filevault_says(told: str, cover: DiskCover) -> None:
    assert of_filevault(told) is cover


class Kernel:
    """Block devices as /sys/dev/block shows them."""

    def __init__(self, folder: Path, path: Path) -> None:
        number = path.stat().st_dev
        self.system = folder
        self.top = folder / f"{os.major(number)}:{os.minor(number)}"
        self.top.mkdir()

    def crypt(self, device: Path, uuid: str = "CRYPT-LUKS2-0123-root") -> None:
        (device / "dm").mkdir()
        (device / "dm" / "uuid").write_text(uuid)

    def built_on(self, device: Path, name: str) -> Path:
        (below := device / "slaves" / name).mkdir(parents=True)
        return below


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    monkeypatch.setattr(os, "major", lambda _number: 8)
    (tmp_path / "sys").mkdir()
    return Kernel(tmp_path / "sys", tmp_path)


def test_a_plain_partition_is_open(kernel: Kernel, tmp_path: Path) -> None:
    assert of_block_device(tmp_path, kernel.system) is DiskCover.OPEN


def test_luks_is_seen_also_below_lvm(kernel: Kernel, tmp_path: Path) -> None:
    kernel.crypt(kernel.top, "LVM-abc")
    below = kernel.built_on(kernel.top, "dm-0")
    assert of_block_device(tmp_path, kernel.system) is DiskCover.OPEN
    kernel.crypt(below)
    assert of_block_device(tmp_path, kernel.system) is DiskCover.ENCRYPTED
    kernel.built_on(kernel.top, "sdb1")  # the volume reaches onto a plain disk as well
    assert of_block_device(tmp_path, kernel.system) is DiskCover.OPEN


def test_what_has_no_disk_of_its_own_is_unknown(tmp_path: Path) -> None:
    assert of_block_device(tmp_path, tmp_path / "nothing") is DiskCover.UNKNOWN
    assert of_block_device(tmp_path / "gone", tmp_path) is DiskCover.UNKNOWN


def test_this_machine_answers(tmp_path: Path) -> None:
    assert disk_cover(tmp_path) in DiskCover


@pytest.mark.parametrize("cover", DiskCover)
def test_only_a_disk_that_is_surely_open_is_told(
    cover: DiskCover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laptop, "disk_cover", lambda _path: cover)
    assert (laptop.disk_is_open(tmp_path) is laptop.OPEN_DISK) is (cover is DiskCover.OPEN)
