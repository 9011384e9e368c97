"""Adding a form of the office's own: its file is looked through, every mistake is told with its row in words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kzcase.actions.office_forms import AddForm, add_form, form_file
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, TooLarge, while_reading
from kzcase.forms.check import Finding, FormCheck, check_form
from kzcase.forms.definition import text_in
from kzcase.forms.languages import UNNAMED
from kzcase.forms.library import shipped_forms
from kzcase.forms.outside_lists import LARGEST_LIST, Beside
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.paths import open_plain
from kzcase.ui import language, theme
from kzcase.ui.forms.filling import NAMES, language_name
from kzcase.ui.messages import banner_error
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, fixed_rows
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

ENDINGS: Final = "*.zip *.xlsx *.xml *.yaml *.yml *.md *.csv"
LARGEST: Final = 16 * 2**20
TITLE: Final = _("Add a form of our own")
LOOKING: Final = _("Looking the form through")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file, and the wish that adds its form where nothing is wrong."""

    check: FormCheck
    wish: AddForm | None


def choose_file(over: QWidget, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask which file; nothing is remembered of where it was."""
    dialog = QFileDialog(over, language.text(TITLE))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{language.text(_('Forms'))} ({ENDINGS})")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    QFileDialog.open(dialog)
    return dialog


def look_through(path: Path) -> Looked:
    """Read a file and look its form through; long work."""
    content, beside = read_file(path, LARGEST), _lying_by(path)
    check = check_form(path.name, content, beside)
    wish = form_file(path.name, content, over_shipped=True, beside=beside) if check.ok else None
    return Looked(check, wish)


def _lying_by(path: Path) -> Beside:
    """The lists in the folder of a form, or in the folder for its media; only what the form asks for is read."""

    def read(name: str) -> bytes | None:
        if Path(name).name != name:
            return None
        places = (folder / name for folder in (path.parent, path.parent / f"{path.stem}-media", path.parent / "media"))
        return next((read_file(place, LARGEST_LIST) for place in places if place.is_file()), None)

    return read


def _spoken(languages: tuple[str, ...]) -> Words:
    if languages == (UNNAMED,):
        return language_name(UNNAMED)
    return verbatim(", ".join(NAMES.get(each, each) for each in languages))


def read_file(path: Path, largest: int) -> bytes:
    """The bytes of a file somebody chose. Raises TooLarge, and what the disk says in words."""
    try:
        with open_plain(path) as stream:
            content = stream.read(largest + 1)
    except OSError as error:
        raise while_reading(error, path.name) from error
    if len(content) > largest:
        raise TooLarge(path.name, limit=f"{largest >> 20} MB")
    return content


class AddFormDialog(QDialog):
    """Shows what is wrong with a form file, or what the form is; `added` carries its id."""

    added = Signal(str)

    def __init__(self, work: Work, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._path = work, path
        self.looked: Looked | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.told = Banner(LOOKING, "info")
        self.facts = FactList(self)
        self.rows = fixed_rows(_columns(), ())
        self.mistakes = RowsView(self.rows, name=_("Mistakes"), parent=self)
        self.whole = Selectable(None, parent=self)
        self.replaces = Check(_("It takes the place of the form that ships with kzcase"), parent=self)
        self.add = Button(_("Add the form"), kind="primary", icon="check", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        self._build()
        self._connect()
        work.long(lambda _book, _progress: look_through(path), self._take, LOOKING, self._refused, owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(TITLE, "title"))
        layout.addWidget(Label(verbatim(self._path.name), "meta", wrap=True))
        self.whole.setWordWrap(True)
        for widget in (self.told, self.facts, self.replaces, self.mistakes, self.whole):
            layout.addWidget(widget, 1 if widget is self.mistakes else 0)
        for hidden in (self.facts, self.mistakes, self.whole, self.replaces):
            hidden.hide()
        layout.addStretch(0)
        layout.addLayout(foot(self.cancel, self.add))
        self.add.setEnabled(False)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(720), theme.px(460))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.cancel.clicked.connect(self.reject)
        self.replaces.toggled.connect(lambda _ticked: self._offer())
        self.mistakes.picked.connect(self._picked)

    def _take(self, looked: Looked) -> None:
        self.looked = looked
        if looked.check.ok:
            self._show_form(looked.check)
        else:
            self._show_mistakes(looked.check.errors)

    def _show_form(self, check: FormCheck) -> None:
        form = check.form
        assert form is not None
        self._show_lacking(check.warnings)
        self.facts.show_facts(
            (
                (_("Form"), verbatim(text_in(form.title, language.current()) or form.id)),
                (_("Id"), verbatim(form.id)),
                (_("Edition"), verbatim(form.declared_version or form.version[:8])),
                (_("Questions"), verbatim(str(check.questions))),
                (_("Languages"), _spoken(check.languages)),
            )
        )
        self.facts.show()
        self.replaces.setVisible(form.id in shipped_forms())
        self._offer()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_lacking(self, found: tuple[Finding, ...]) -> None:
        """What is worth a look and hinders nobody."""
        if not found:
            self.told.say(_("Nothing is wrong with this form."), "ok")
            return
        said = ngettext(
            "The form can be added. {count} text is missing.",
            "The form can be added. {count} texts are missing.",
            len(found),
        )
        self.told.say(said, "warn")
        self.rows.show_rows(found)
        for widget in (self.mistakes, self.whole):
            widget.show()

    def _show_mistakes(self, found: tuple[Finding, ...]) -> None:
        said = ngettext(
            "{count} mistake. Please correct it in the file and choose the file again.",
            "{count} mistakes. Please correct them in the file and choose the file again.",
            len(found),
        )
        self.told.say(said, "warn")
        self.rows.show_rows(found)
        for widget in (self.mistakes, self.whole):
            widget.show()
        self.mistakes.selectRow(0)
        self.mistakes.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _picked(self, finding: Finding | None) -> None:
        """The mistake one stands on, whole: what is long does not fit into a column."""
        self.whole.say(finding.message if finding is not None else None)

    def _offer(self) -> None:
        wish = self.looked.wish if self.looked is not None else None
        shipped = not self.replaces.isHidden()
        self.add.setEnabled(wish is not None and (not shipped or self.replaces.isChecked()))

    @Slot()
    def _add(self) -> None:
        wish = self.looked.wish if self.looked is not None else None
        if wish is None:
            return
        self.add.setEnabled(False)
        self._work.do(lambda book: add_form(book, wish), self._added, self._refused, owner=self)

    def _added(self, _done: Done) -> None:
        form = self.looked.check.form if self.looked is not None else None
        assert form is not None
        self.added.emit(form.id)
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Row"), lambda found: str(found.row or ""), 60, right=True),
        Column(_("Where"), _where, 170, 1),
        Column(_("What is wrong"), lambda found: found.message, 260, 3, strong=True),
    )


def _where(found: Finding) -> Words:
    """The place without its row, which stands in a column of its own."""
    parts = found.place.split(" · ")
    return verbatim(" · ".join(parts[1:] if found.row and len(parts) > 1 else parts))
