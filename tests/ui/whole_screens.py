"""A case and the settings from top to bottom, and what opens from them: attachments, papers, stored answers."""

import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication, QWidget

from kzcase.demo.day import scripted_day
from kzcase.ui.main_window import MainWindow
from kzcase.ui.workplace import Workplace
from tests.db.books import START
from tests.demo.test_performed import performed
from tests.paper.incoming.files import TELLING
from tests.ui.desks import casebook, window_on
from tests.ui.desks import open_window as window_of
from tests.ui.feature_screens import _window, office

KEPT: list[QWidget] = []


def _folder() -> Path:
    return Path(mkdtemp(prefix="kzcase-screen-"))


def drawing(width: int = 1200, height: int = 900) -> bytes:
    """A generated scan: lines of writing, a stamp, a face of a few strokes."""
    picture, out = Image.new("RGB", (width, height), "#f4f1e8"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    for line in range(12):
        pen.line((80, 120 + line * 55, 600 + (line * 37) % 120, 120 + line * 55), fill="#334", width=5)
    pen.ellipse((800, 120, 1060, 420), outline="#233", width=6)
    pen.ellipse((870, 220, 890, 240), fill="#233")
    pen.ellipse((970, 220, 990, 240), fill="#233")
    pen.arc((870, 260, 990, 350), 20, 160, fill="#233", width=6)
    pen.ellipse((780, 560, 1080, 800), outline="#2a4fa0", width=10)
    picture.save(out, "JPEG")
    return out.getvalue()


def _open() -> tuple[MainWindow, Workplace]:
    window = window_of(_folder())
    assert window.workplace is not None
    return window, window.workplace


def _day() -> tuple[MainWindow, Workplace, str]:
    """The window on a casebook in which the scripted day was performed, with three files at its case."""
    window, place = _open()
    made: dict[str, dict[str, str]] = {}
    place.work.do(lambda book: made.update(performed(book, scripted_day(START.date(), "kk"))))
    place.work.do(lambda book: book.show_names())
    case = next(found["case"] for found in made.values() if "case" in found)
    place.open_case(case)
    folder = _folder()
    files = {"scan.jpg": drawing(), "letter.pdf": TELLING["pdf"], "talk.mp3": TELLING["mp3"]}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    _card(window).add_files([folder / name for name in files])
    return window, place, case


def _card(window: MainWindow) -> Any:
    from kzcase.ui.attachments.card import AttachmentsCard

    return next(each for each in window.findChildren(AttachmentsCard) if each.isVisibleTo(each.parentWidget()))


def case_long() -> QWidget:
    """The case of the scripted day, whole."""
    return _day()[0]


def settings_long() -> QWidget:
    """The settings, whole."""
    window, place = _open()
    place.go("settings")
    return window


def viewer() -> QWidget:
    """A scan in the viewer, the face covered."""
    from kzcase.ui.attachments.viewer import Viewer

    window, _place, _case = _day()
    KEPT.append(window)
    scan = next(line for line in _card(window).lines if line.row.title == "scan")
    scan.open.click()
    found = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Viewer) and each not in KEPT)
    KEPT.append(found)
    while found.page._image is None:
        QApplication.processEvents()
    found.page.boxes.append((0.62, 0.1, 0.92, 0.52))
    return found


def stored_sheet() -> QWidget:
    """Answers as they were given."""
    from kzcase.queries.case_page import case_page
    from kzcase.ui.forms.stored import StoredSheetDialog

    window, place, case = _day()
    KEPT.append(window)
    with place.work._book.read() as reader:  # type: ignore[attr-defined]
        sheet = case_page(reader, case).sheets[0]
    return StoredSheetDialog(place.work, sheet.id, window)


def preview() -> QWidget:
    """A referral letter before it is printed."""
    from kzcase.actions.papers import WantedPaper, print_paper
    from kzcase.ui import language
    from kzcase.ui.widgets.pdf import PreviewDialog

    window, place, case = _day()
    KEPT.append(window)
    made: list[bytes] = []
    wish = WantedPaper("referral_letter", language.current(), case)
    place.work.do(lambda book: made.append(print_paper(book, wish).content))
    return drawn(PreviewDialog(made[0], window))


def drawn(dialog: Any) -> QWidget:
    """A preview whose first page stands there; pages are painted on a thread of their own."""
    dialog.show()
    while 0 not in dialog.preview.sheets.pictures:
        QApplication.processEvents()
    shown: QWidget = dialog
    return shown


def print_form() -> QWidget:
    """Which paper of a form, in which language."""
    from kzcase.ui.forms.printing import PrintFormDialog

    work, case, _partner = office()
    return PrintFormDialog(work, case, "victim_screening", "kk", unsaved=True, parent=_window())


def answer() -> QWidget:
    """What the partner replied."""
    from kzcase.ui.referrals.answer_dialog import AnswerDialog
    from kzcase.ui.referrals.panel import ReferralsPanel

    work, case, _partner = office()
    panel = ReferralsPanel(work)
    panel.show_case(case)
    KEPT.append(panel)
    return AnswerDialog(work, panel.page.id, panel.page.referrals[-1], _window())


def erase() -> QWidget:
    """Erasing a person: what goes, what stays, and where else they are mentioned."""
    from kzcase.ui.erasures.erase_dialog import EraseDialog
    from kzcase.ui.office import office_of

    window, place, case = _day()
    KEPT.append(window)
    other = {
        "act": "case.opened",
        "kind": "child",
        "note": "Юсупов Шерзод ағасы туралы айтты.",
        "person": {"names": [{"given": "Ерлан"}]},
    }
    place.work.do(lambda book: performed(book, [other]))
    return EraseDialog(place.work, office_of(place.work._book), case, window)  # type: ignore[attr-defined]


def help_protect() -> QWidget:
    """What kzcase does not protect."""
    window, place = _open()
    place.go("help")
    return window


@cache
def _empty() -> Path:
    return casebook(_folder(), 0)


def nothing_yet() -> QWidget:
    """A casebook without a case."""
    import shutil

    from tests.ui.desks import PASSPHRASE

    folder = _folder()
    path = folder / "office.kzcase"
    shutil.copytree(_empty(), path)
    window = window_on(path)
    window.door.enter(path, PASSPHRASE)
    return window


def whole_screens() -> Mapping[str, Callable[[], QWidget]]:
    """The screens of this file, by name; those called `…-long` are grabbed from top to bottom."""
    made = (
        case_long,
        settings_long,
        viewer,
        stored_sheet,
        preview,
        print_form,
        answer,
        nothing_yet,
        erase,
        help_protect,
    )
    return {each.__name__.replace("_", "-"): each for each in made}
