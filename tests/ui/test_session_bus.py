"""What a desktop says over D-Bus is heard: two message buses of the test's own, and a desktop that speaks on them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
HEARS = """
import json, os, time
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication

app = QApplication([])
from kzcase.ui.lock import SessionWatch

heard = []
watch = SessionWatch()
watch.leaving.connect(lambda: heard.append(1))
login, desktop = (
    QDBusConnection.connectToBus(os.environ[f"DBUS_{bus}_BUS_ADDRESS"], bus) for bus in ("SYSTEM", "SESSION")
)
assert login.registerService("org.freedesktop.login1")

def said(bus, path, interface, name, *arguments):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    heard.clear()
    bus.send(message)
    until = time.monotonic() + (3 if arguments and arguments[0] in (True, session) or not arguments else 0.3)
    while not heard and time.monotonic() < until:
        app.processEvents()
    return len(heard)

session, mine = "org.freedesktop.login1.Session", "/org/freedesktop/login1/session/_32"
properties = "org.freedesktop.DBus.Properties", "PropertiesChanged"
print(json.dumps({
    "sleeps": said(login, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True),
    "wakes": said(login, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False),
    "locks": said(login, mine, session, "Lock"),
    "is locked": said(login, mine, *properties, session, {"LockedHint": True}, []),
    "freedesktop": said(desktop, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
    "gnome": said(desktop, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
    "shown again": said(desktop, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False),
}))
"""


@contextmanager
def bus(folder: Path) -> Iterator[str]:
    """A message bus of our own; its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:dir={folder}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.terminate()


def test_what_a_desktop_says_of_lock_and_sleep_is_heard(tmp_path: Path) -> None:
    with bus(tmp_path) as system, bus(tmp_path) as session:
        here = {"DBUS_SYSTEM_BUS_ADDRESS": system, "DBUS_SESSION_BUS_ADDRESS": session, "QT_QPA_PLATFORM": "offscreen"}
        ran = subprocess.run(
            [sys.executable, "-c", HEARS],
            cwd=HOUSE,
            env=os.environ | here,
            capture_output=True,
            check=True,
            text=True,
            timeout=120,
        )
    assert json.loads(ran.stdout) == {
        "sleeps": 1,
        "wakes": 0,
        "locks": 1,
        "is locked": 1,
        "freedesktop": 1,
        "gnome": 1,
        "shown again": 0,
    }
