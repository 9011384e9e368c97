"""A casebook is not begun on a network drive or where a cloud client syncs; backups may go there."""

from pathlib import Path

import pytest

from kzcase.db import placing
from kzcase.db.files import made
from kzcase.db.placing import mount_type, what_is_unsafe
from kzcase.domain.errors import UnsafePlace
from kzcase.i18n import render

TABLE = """rootfs / ext4 rw 0 0
/dev/sda2 /home ext4 rw 0 0
//office/share /home/aigul/team cifs rw 0 0
server:/export /mnt/with\\040space nfs4 rw 0 0
aigul@host: /mnt/far fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mounts"
    file.write_text(TABLE.replace("\\\\", "\\"))
    monkeypatch.setattr(placing, "MOUNTS", file)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/aigul/office.kzcase", "ext4"),
        ("/home/aigul/team/office.kzcase", "cifs"),
        ("/home/aigul/teamwork/office.kzcase", "ext4"),
        ("/mnt/with space/x", "nfs4"),
        ("/mnt/far/x/y", "fuse.sshfs"),
        ("/tmp/x", "tmpfs"),
    ],
)
def test_the_nearest_mount_counts(table: None, folder: str, kind: str) -> None:
    assert mount_type(Path(folder)) == kind
    told = what_is_unsafe(Path(folder))
    assert (told is not None) is (kind in placing.NETWORK)


def test_a_table_that_cannot_be_read_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "MOUNTS", tmp_path / "nowhere")
    assert mount_type(tmp_path) == ""
    (tmp_path / "odd").write_bytes(b"\xff\xfe\n x\nonly two\n")
    monkeypatch.setattr(placing, "MOUNTS", tmp_path / "odd")
    assert mount_type(tmp_path) == ""


@pytest.mark.parametrize(
    "marker", [".sync_7f3a.db", "._sync_7f3a.db", ".nextcloudsync.log", ".dropbox", ".stfolder", ".owncloudsync.log"]
)
def test_a_synchronised_folder_is_told_by_what_its_client_leaves(tmp_path: Path, marker: str) -> None:
    (tmp_path / marker).touch()
    for folder in (tmp_path / "office.kzcase", tmp_path / "deep" / "office.kzcase"):
        with pytest.raises(UnsafePlace) as caught:
            made(folder)
        assert "own disk" in render(caught.value.sentence(), "en")
        assert not folder.exists()


@pytest.mark.parametrize("name", ["OneDrive", "OneDrive - Generated", "Dropbox", "Yandex.Disk", "com~apple~CloudDocs"])
def test_a_synchronised_folder_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafePlace):
        made(tmp_path / name / "office.kzcase")


def test_an_ordinary_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "sync_x.db").touch()
    assert made(tmp_path / "office.kzcase").database.exists()
