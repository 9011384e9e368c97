"""Locking by itself: after minutes without a key or a mouse move, after sleep, and when the session is locked."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QSessionManager, QWindow

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

LOOK_EVERY_MS: Final = 5_000
ASLEEP: Final = 60.0
"""Seconds between two looks that mean the laptop slept: the ticks are 5 seconds apart while it is awake."""
L_ON_WINDOWS: Final = 38
L_ON_X11: Final = 46
"""The scan codes of the L key."""
STIRRING: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Says `idle` once nobody has touched the windows for so many minutes, or the laptop was asleep.

    It listens to the windows themselves, not to every event of every widget. The wall clock decides, because the
    monotonic one stands still while a laptop sleeps; a clock put back counts as sleep.
    """

    idle = Signal()
    panic = Signal()
    """Ctrl+Shift+L in any window, a modal dialog included, where an ordinary shortcut would be held back."""

    def __init__(self, minutes: int, *, clock: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._clock = clock
        self._stirred = self._looked = clock()
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def start(self, minutes: int) -> None:
        """Watch from now on, with this many minutes."""
        self._minutes = minutes
        self._stirred = self._looked = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Nothing is open: nothing to lock."""
        self._timer.stop()

    def stir(self) -> None:
        """Somebody is there."""
        self._stirred = self._clock()

    def still_for(self) -> float:
        """Seconds without a key or a mouse move."""
        return self._clock() - self._stirred

    @Slot()
    def look(self) -> None:
        """Is it time? Called every five seconds."""
        now = self._clock()
        asleep = not 0 <= now - self._looked < ASLEEP
        self._looked = now
        if asleep or now - self._stirred >= self._minutes * 60:
            self.idle.emit()

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            self._watched = window
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in STIRRING:
            self._stirred = self._clock()
            if isinstance(event, QKeyEvent) and is_panic(event):
                self.panic.emit()
                return True
        return False


def is_panic(event: QKeyEvent) -> bool:
    """Ctrl+Shift and the key of L, also where a Cyrillic layout gives another letter there."""
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    scan_code = L_ON_WINDOWS if QGuiApplication.platformName() == "windows" else L_ON_X11
    key_of_l = event.key() == Qt.Key.Key_L or event.nativeScanCode() == scan_code
    return event.type() == QEvent.Type.KeyPress and event.modifiers() == wanted and key_of_l


LOGIN: Final = "org.freedesktop.login1"
SCREEN_SAVERS: Final = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)
"""Each desktop says under its own name that its screen is locked."""


class SessionWatch(QObject):
    """Says `leaving` when the desktop says so: its session is locked, or the laptop is about to sleep.

    On Linux the desktop tells it over D-Bus; where there is none, sleep is still noticed by `IdleWatch`.
    """

    leaving = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.commitDataRequest.connect(self.session_ends)
        self._listen()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            _hear(system, LOGIN, f"{LOGIN}.Manager", "PrepareForSleep", self, "about_to_sleep(bool)")
            _hear(system, LOGIN, f"{LOGIN}.Session", "Lock", self, "locked()")
            changed = "session_changed(QString,QVariantMap)"
            _hear(system, LOGIN, "org.freedesktop.DBus.Properties", "PropertiesChanged", self, changed)
        if session.isConnected():
            for saver in SCREEN_SAVERS:
                _hear(session, "", saver, "ActiveChanged", self, "about_to_sleep(bool)")

    @Slot(QSessionManager)
    def session_ends(self, _manager: QSessionManager) -> None:
        """Somebody logs out or shuts down."""
        self.leaving.emit()

    @Slot(bool)
    def about_to_sleep(self, begins: bool) -> None:
        """The laptop falls asleep, or the screen saver begins."""
        if begins:
            self.leaving.emit()

    @Slot()
    def locked(self) -> None:
        """The session was locked."""
        self.leaving.emit()

    @Slot(str, "QVariantMap")
    def session_changed(self, _of: str, changed: dict[str, object]) -> None:
        """The desktop wrote down that its session is locked; some say nothing else."""
        if changed.get("LockedHint") is True:
            self.leaving.emit()


def _hear(bus: "QDBusConnection", service: str, interface: str, name: str, watch: QObject, slot: str) -> None:
    """Call a slot of the watch when the signal comes, whatever its path. The stubs ask for bytes, Qt takes text."""
    bus.connect(service, "", interface, name, watch, SLOT(slot))  # type: ignore[call-overload]
