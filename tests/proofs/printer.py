"""A printing system of the test's own: a real cupsd in a folder, and a network printer that keeps what it receives."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree, which
from tempfile import mkdtemp

QUEUE = "paper"
_OPEN_TO_ALL = "/tmp"
"""The user of the printing system must get to its folder: not in a folder of the tests' own."""
_FOLDERS = ("server", "spool", "cache", "state", "log", "tmp")
_DAEMON = """Listen {root}/socket
Browsing No
WebInterface No
LogLevel debug
PreserveJobFiles {keeps}
PreserveJobHistory Yes
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_FILES = """ServerRoot {root}/server
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
ErrorLog {root}/log/error_log
AccessLog {root}/log/access_log
PageLog {root}/log/page_log
SystemGroup root
User lp
Group lp
LogFilePerm 0644
"""


@dataclass
class NetworkPrinter:
    """Listens where network printers do, on this computer only; each connection is a sheet."""

    sheets: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._receive, daemon=True).start()

    def _receive(self) -> None:
        while True:
            try:
                line, _where = self._door.accept()
            except OSError:
                return
            with line:
                self.sheets.append(b"".join(iter(lambda line=line: line.recv(1 << 16), b"")))

    def close(self) -> None:
        self._door.close()


@dataclass(frozen=True)
class Printing:
    """A running printing system."""

    root: Path
    printer: NetworkPrinter

    @property
    def environment(self) -> dict[str, str]:
        """How a program finds it."""
        return {"CUPS_SERVER": str(self.root / "socket")}

    def jobs(self, which_ones: str) -> str:
        """What the queue says of its jobs: `completed` or `not-completed`."""
        command = ["lpstat", "-h", str(self.root / "socket"), "-W", which_ones, "-o"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def give_up(self) -> None:
        """Cancel what waits: a program that was killed may have begun to print."""
        command = ["cancel", "-h", str(self.root / "socket"), "-a", "-x"]
        subprocess.run(command, capture_output=True, check=False)


@contextmanager
def printing_system(*, keeps: bool = False) -> Iterator[Printing]:
    """cupsd with one queue, in a folder its own user can enter. `keeps`: it keeps what it printed, as it should not."""
    assert which("cupsd"), "install cups: this proof prints through a real queue (packaging/linux/proofs.sh)"
    root = Path(mkdtemp(prefix="kzcase-printing-", dir=_OPEN_TO_ALL))
    root.chmod(0o755)
    for name in _FOLDERS:
        (root / name).mkdir()
    (root / "cupsd.conf").write_text(_DAEMON.format(root=root, keeps="Yes" if keeps else "No"))
    (root / "cups-files.conf").write_text(_FILES.format(root=root))
    printer = NetworkPrinter()
    command = ["cupsd", "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")]
    daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        printing = Printing(root, printer)
        wait_until((root / "socket").exists)
        device = f"socket://127.0.0.1:{printer.port}"
        made = ["lpadmin", "-p", QUEUE, "-E", "-v", device, "-m", "raw"]
        subprocess.run(made, env=os.environ | printing.environment, check=True, capture_output=True)
        yield printing
    finally:
        daemon.terminate()
        daemon.wait()
        printer.close()
        rmtree(root)


def wait_until(true: Callable[[], bool], most: float = 60.0) -> None:
    """Look again and again until it is so."""
    end = time.monotonic() + most
    while not true():
        assert time.monotonic() < end, "the printing system does not answer"
        time.sleep(0.05)
