"""What the program is, what it is made of and whose work it rests on."""

from typing import Final

from PySide6.QtWidgets import QWidget

from kzcase import __version__
from kzcase.i18n import Words, _, verbatim
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.labels import Label, Selectable

PARTS: Final = (
    "Qt for Python 6.11 (LGPLv3) · SQLCipher (BSD-3-Clause) · SQLAlchemy, Alembic (MIT) · cryptography "
    "(Apache-2.0 / BSD-3-Clause) · ReportLab (BSD) · PDFium, pypdfium2 (BSD-3-Clause / Apache-2.0) · Babel "
    "(BSD-3-Clause) · pyxform (BSD-2-Clause) · RapidFuzz, HiGHS (MIT) · NumPy, msgspec (BSD-3-Clause) · "
    "XlsxWriter (BSD-2-Clause) · Inter, Noto Sans (OFL 1.1) · Lucide (ISC)"
)
LICENCE: Final[Words] = _("Free software under the Apache License 2.0. Nothing is ever sent anywhere.")
HTCDS: Final[Words] = _(
    "Some lists follow the Human Trafficking Case Data Standard (HTCDS) 2.0 of the International Organization for "
    "Migration (IOM), CC BY 4.0. IOM does not endorse this program."
)


class AboutCard(Card):
    """Version, licences and attributions; the texts can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("About kzcase"), parent)
        version = Selectable(verbatim(f"kzcase {__version__}"), "label", self)
        version.setAccessibleName(f"kzcase {__version__}")
        self.add(version)
        self.add(Label(LICENCE, wrap=True, parent=self))
        self.add(Label(HTCDS, "meta", wrap=True, parent=self))
        self.add(Label(_("Made with:"), "caption", parent=self))
        self.add(Label(verbatim(PARTS), "caption", wrap=True, parent=self))
