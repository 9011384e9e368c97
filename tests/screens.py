"""Screens as pictures: `python -m tests.screens FOLDER [NAME…]` grabs every screen in three languages, light, dark."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kzcase.i18n import LANGUAGES, Language
from kzcase.ui import language as languages
from kzcase.ui import theme as themes

Make = Callable[[], QWidget]
SIZE = QSize(1366, 768)
WHOLE = QSize(1366, 2600)
"""For screens whose name ends in `-long`: from top to bottom."""


def grab(
    widget: QWidget,
    path: Path,
    language: Language,
    theme: themes.ThemeName,
    *,
    factor: float = 1.0,
    size: QSize | None = None,
) -> None:
    """Save a picture of a widget as it looks in one language and look (`size` in pixels; else its own)."""
    languages.switch(language)
    themes.apply(theme, factor)
    if size is not None:
        widget.resize(size)
    widget.show()
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError(path)


def grab_all(screens: Mapping[str, Make], folder: Path) -> int:
    """Grab every screen: kk, ru and en in light, kk also in dark and with large letters; gives the number of files."""
    looks: list[tuple[Language, themes.ThemeName, float]] = [(each, "light", 1.0) for each in LANGUAGES]
    looks += [("kk", "dark", 1.0), ("kk", "light", 1.25)]
    for name, make in screens.items():
        for language, theme, factor in looks:
            languages.switch(language)
            themes.apply(theme, factor)
            os.environ["KZCASE_HOME"] = mkdtemp(prefix="kzcase-home-")  # never the settings of whoever looks
            widget = make()
            large = "" if factor == 1.0 else f"-{round(factor * 100)}"
            size = WHOLE if name.endswith("-long") else None if isinstance(widget, QDialog) else SIZE
            grab(widget, folder / f"{name}-{language}-{theme}{large}.png", language, theme, factor=factor, size=size)
            for each in QApplication.topLevelWidgets():
                each.close()  # a window left open would lock itself after ten minutes, and close what is open then
            widget.deleteLater()
    return len(screens) * len(looks)


def all_screens() -> Mapping[str, Make]:
    """Every screen there is, by name."""
    from tests.ui.casework_screens import casework_screens
    from tests.ui.feature_screens import feature_screens
    from tests.ui.forms_screens import forms_screens
    from tests.ui.gallery import gallery
    from tests.ui.inspection_screens import inspection_screens
    from tests.ui.keeping_screens import keeping_screens
    from tests.ui.office_screens import office_screens
    from tests.ui.people_screens import people_screens
    from tests.ui.road_screens import road_screens
    from tests.ui.whole_screens import whole_screens

    made = (casework_screens, feature_screens, forms_screens, inspection_screens, keeping_screens, office_screens,
            people_screens, road_screens, whole_screens)  # fmt: skip
    return {"gallery": gallery, **{name: make for each in made for name, make in each().items()}}


if __name__ == "__main__":
    application = QApplication.instance() or QApplication(sys.argv[:1])
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")
    wanted = {name: make for name, make in all_screens().items() if name in sys.argv[2:] or not sys.argv[2:]}
    print(f"{grab_all(wanted, target)} pictures in {target}")
