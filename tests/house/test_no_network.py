"""kzcase talks to nobody: no room imports anything of a network, and a whole day opens no socket."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.test_code import modules

NETWORK = {
    "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "telnetlib", "xmlrpc", "socketserver",
    "asyncio", "requests", "httpx", "aiohttp", "urllib3", "PySide6.QtNetwork", "PySide6.QtWebSockets", "webbrowser",
}  # fmt: skip
WATCHED = """
import sys
kinds, seen = ("socket.", "urllib", "http", "ftplib", "smtplib"), []
sys.addaudithook(lambda event, given: seen.append(event) if event.startswith(kinds) else None)
{before}
from kzcase.cli import main
code = main(sys.argv[1:])
print("sockets:", seen)
sys.exit(code or bool(seen))
"""


def imported(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return {name for name in found if any(name == one or name.startswith(f"{one}.") for one in NETWORK)}


def test_no_room_imports_a_network() -> None:
    assert not {path.name: names for path in modules() if (names := imported(path.read_text()))}


@pytest.mark.parametrize(
    "planted", ["import socket", "from urllib.request import urlopen", "from PySide6 import QtNetwork"]
)
def test_a_planted_import_is_noticed(planted: str) -> None:
    assert imported(planted)


def a_day(folder: Path, before: str = "") -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"KZCASE_HOME": str(folder / "home")}
    command = [
        sys.executable,
        "-c",
        WATCHED.format(before=before),
        "demo",
        str(folder / "day"),
        "--cases",
        "2",
        "--no-window",
    ]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_day_opens_no_socket(tmp_path: Path) -> None:
    ran = a_day(tmp_path)
    assert ran.returncode == 0, ran.stdout[-300:] + ran.stderr[-2000:]
    assert "sockets: []" in ran.stdout


def test_a_socket_would_be_seen(tmp_path: Path) -> None:
    """Canary."""
    assert a_day(tmp_path, "import socket; socket.socket().close()").returncode != 0
