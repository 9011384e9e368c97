"""Where a casebook may live: on this laptop's own disk, not on a network drive and not where a cloud client syncs.

A network drive may forget what it acknowledged, and a cloud client copies the file while it is being written and puts
old states back: both damage a database that nothing else could.
"""

import os
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from kzcase.domain.errors import UnsafePlace
from kzcase.i18n import Words, _, verbatim

NETWORK: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "davfs",
        "fuse.davfs2",
        "fuse.sshfs",
        "fuse.rclone",
    }
)
MARKERS: Final = (
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".tmp.drivedownload", "Google Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
)
"""What clients leave in the folder they sync."""
NAMES: Final = (("OneDrive*", "OneDrive"), ("Dropbox*", "Dropbox"), ("Yandex.Disk*", "Yandex Disk"),
                ("YandexDisk*", "Yandex Disk"), ("com~apple~CloudDocs", "iCloud"))  # fmt: skip
MOUNTS: Final = Path("/proc/self/mounts")
_DRIVE_REMOTE: Final = 4


def must_be_safe(folder: Path) -> None:
    """`UnsafePlace` for a new casebook on a network drive or inside a synchronised folder."""
    why = what_is_unsafe(folder.absolute())
    if why is not None:
        raise UnsafePlace(folder.name, why=why)


def what_is_unsafe(folder: Path) -> Words | None:
    """In a word or two, or None."""
    if _is_remote(folder):
        return _("a network drive")
    client = next((found for above in (folder, *folder.parents) if (found := _client(above))), None)
    return verbatim(client) if client else None


def _client(folder: Path) -> str | None:
    named = next((client for pattern, client in NAMES if fnmatch(folder.name, pattern)), None)
    if named is not None:
        return named
    try:
        names = [each.name for each in folder.iterdir()]
    except OSError:  # not there yet, or nobody may look
        return None
    hidden = [name for name in names if name.startswith(".")]
    return next((client for pattern, client in MARKERS if any(fnmatch(name, pattern) for name in hidden)), None)


def _is_remote(folder: Path) -> bool:
    if os.name == "nt":
        import ctypes

        kind: int = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined,unused-ignore]
        return kind == _DRIVE_REMOTE or folder.anchor.startswith("\\\\")
    return mount_type(folder) in NETWORK


def mount_type(folder: Path) -> str:
    """The kind of file system a folder is on, as far as the system tells."""
    try:
        lines = MOUNTS.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    best, found = -1, ""
    for fields in (line.split(" ") for line in lines):
        place = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        if place and (folder.is_relative_to(place)) and len(place) > best:
            best, found = len(place), fields[2]
    return found
