"""A form for a phone: why it may leave or not, in which kind of file, and where that is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.exchange.leaving import Leaving, leaving
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.forms import form_of
from kzcase.queries.submission_keys import SubmissionKeyRow, submission_keys
from kzcase.ui import language, theme
from kzcase.ui.forms.known import KnownForm
from kzcase.ui.messages import banner_error
from kzcase.ui.saving import write_copy
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import fit
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

FileKind = Literal["xml", "xlsx"]
KINDS: Final = (
    Choice("xml", _("For ODK Collect: by cable or our own server")),
    Choice("xlsx", _("For a Kobo or ODK server of our own (table)")),
)
CLOSED: Final = _(
    "The answers are closed on the phone with our key: nobody reads them on the way, and only this casebook opens them."
)
PLAIN: Final = _("Leave the answers open: this form names nobody")
MAY_NOT: Final = _("This form may not leave for a phone.")
OFF: Final = _(
    "A phone can be lost, taken or read by others. That is why intake of children, screening and consent stay at a "
    "desk or on paper, and every form that does not say itself that it is meant for phones. An office that decides "
    "otherwise adds a form of its own; if it names people, its answers leave closed."
)
NEVER: Final = _("No form that records voices or notes places ever leaves: this cannot be switched off.")
IN_FORCE: Final = _("In force is the key made on {day}; answers are opened with it by {names}.")
NO_KEY: Final = _("There is no key in force yet: one is made together with the file.")
MADE: Final = _("Making the form for phones")


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for a form: whether it may leave, whether it is meant for phones at all, and the key in force."""

    leaving: Leaving
    meant: bool
    key: SubmissionKeyRow | None


def read_rule(reader: Any, form_id: str) -> Rule:
    """Asked off the window's thread."""
    form = form_of(reader, form_id)
    key = next((row for row in submission_keys(reader) if row.current), None)
    return Rule(leaving(form), form.phone, key)


class PhoneDialog(QDialog):
    """Makes the file for phones; that it was made is recorded before anybody holds it."""

    def __init__(self, work: Work, form: KnownForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._form = work, form
        self.rule: Leaving | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.told = Banner(CLOSED, "info")
        self.why = Label(None, "meta", wrap=True)
        self.key = Label(None, "caption", wrap=True)
        self.kind = KeyChoices(KINDS, name=_("File"))
        self.kind.set_code("xml")
        self.plain = Check(PLAIN)
        self.plain.hide()
        self.make = Button(_("Make the file"), kind="primary", icon="download")
        self.make.setEnabled(False)
        self.cancel = Button(_("Cancel"))
        self._build()
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self.reject)
        work.ask(lambda reader: read_rule(reader, form.id), self._take, self._refused, owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("A form for phones"), "title"))
        layout.addWidget(Label(self._form.title, "meta", wrap=True))
        self._file = FieldRow(_("File"), self.kind)
        for widget in (self.told, self.why, self._file, self.key, self.plain):
            layout.addWidget(widget)
        for hidden in (self.why, self.key):
            hidden.hide()
        layout.addStretch(1)
        layout.addLayout(foot(self.cancel, self.make))
        self.setWindowTitle("kzcase")
        self.make.setDefault(True)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        fit(self, 600)

    def _take(self, found: "Rule") -> None:
        rule = self.rule = found.leaving
        self.key.say(_key_words(found.key))
        self.key.setVisible(rule.allowed)
        self.make.setEnabled(rule.allowed)
        self.plain.setVisible(rule.allowed and not rule.sealed_only)
        if not rule.allowed:
            self.told.say(MAY_NOT, "warn")
            self.why.say(_joined(rule, found.meant))
            self.why.show()
            self._file.hide()
        fit(self, 600)

    def _refused(self, error: KzcaseError) -> None:
        self.make.setEnabled(self.rule is not None and self.rule.allowed)
        banner_error(self.told, error)

    @Slot()
    def _make(self) -> None:
        form, plain = self._form.id, self.plain.isChecked() and not self.plain.isHidden()
        kind: FileKind = "xlsx" if self.kind.code() == "xlsx" else "xml"
        self.make.setEnabled(False)
        self._work.long(
            lambda book, _progress: made_form(book, form, plain, kind), self._made, MADE, self._refused, owner=self
        )

    def _made(self, made: Any) -> None:
        work, window = self._work, self.parentWidget()
        self.accept()
        work.changed.emit(frozenset({"forms", "history"}))
        keep(work, made.filename, made.content, window)


def made_form(book: Any, form_id: str, plain: bool, kind: FileKind) -> Any:
    """The file; long work."""
    from kzcase.exchange.outgoing import blank_form

    with book.read("long") as reader:
        form = form_of(reader, form_id)
    return blank_form(book, form, plain=plain, kind=kind)


def keep(work: Work, name: str, content: bytes, window: QWidget | None) -> QFileDialog:
    """Ask where the file is to be kept."""
    dialog = QFileDialog(window, language.text(_("Save a copy")), name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])

    def write(path: str) -> None:
        work.long(lambda _book, _progress: write_copy(Path(path), content), lambda _nothing: None, _("Saving a copy"))

    dialog.fileSelected.connect(write)
    QFileDialog.open(dialog)
    return dialog


def _joined(rule: Leaving, meant: bool) -> Words:
    """Why, and what follows: what is only off can be decided otherwise, what is forbidden cannot."""
    return verbatim("\n\n".join(language.text(each) for each in (*rule.why, NEVER if meant else OFF)))


def _key_words(key: SubmissionKeyRow | None) -> Words:
    if key is None:
        return NO_KEY
    return IN_FORCE.with_arguments(day=language.shown(key.made_on), names=", ".join(key.holders))
