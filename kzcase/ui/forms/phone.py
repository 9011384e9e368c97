"""A form for a phone: why it may leave or not, in which kind of file, and where that is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kzcase.actions.phone_switches import AllowOnPhones, allow_on_phones
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.exchange.leaving import Leaving, leaving
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.forms import form_of
from kzcase.queries.phone_forms import on_phones_all_the_same
from kzcase.queries.submission_keys import SubmissionKeyRow, submission_keys
from kzcase.ui import language, theme
from kzcase.ui.forms.known import KnownForm
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
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
RISK: Final = _(
    "A phone can be lost, taken or read by others: over a shoulder, at a border, by whoever controls the person. That "
    "is why intake of children, screening and consent stay at a desk or on paper, and every form of an office that "
    "does not say itself that it is meant for phones. If it is allowed all the same, answers about people leave closed."
)
KNOWN: Final = _("I know this risk, and our office takes it for this form")
ALLOW: Final = _("Allow it on phones")
STOP: Final = _("Stop allowing it")
ALLOWED: Final = _("It is off for phones by itself; an administrator allowed it, knowing the risk.")
NEVER: Final = _("No form that records voices or notes places ever leaves: this cannot be switched off.")
IN_FORCE: Final = _("In force is the key made on {day}; answers are opened with it by {names}.")
NO_KEY: Final = _("There is no key in force yet: one is made together with the file.")
MADE: Final = _("Making the form for phones")


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for a form: whether it may leave, whether an administrator allowed it, and the key in force."""

    leaving: Leaving
    switched: bool
    key: SubmissionKeyRow | None


def read_rule(reader: Any, form_id: str) -> Rule:
    """Asked off the window's thread."""
    form, switched = form_of(reader, form_id), form_id in on_phones_all_the_same(reader)
    keys = submission_keys(reader) if reader.may(Permission.WORK_ON_CASES) else ()
    key = next((row for row in keys if row.current), None)
    return Rule(leaving(form, all_the_same=switched), switched and not form.phone, key)


class PhoneDialog(QDialog):
    """Makes the file for phones; that it was made is recorded before anybody holds it."""

    def __init__(self, work: Work, office: Office, form: KnownForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._form = work, form
        self._decides = office.may(Permission.MANAGE_FORMS)
        self._makes = office.may(Permission.WORK_ON_CASES)
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
        self.known = Check(KNOWN)
        self.switch = Button(ALLOW, icon="shield-check")
        for hidden in (self.known, self.switch):
            hidden.hide()
        self.make = Button(_("Make the file"), kind="primary", icon="download")
        self.make.setEnabled(False)
        self.cancel = Button(_("Cancel"))
        self._build()
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self.reject)
        self.switch.clicked.connect(self._switch)
        self.known.toggled.connect(self.switch.setEnabled)
        self._ask()

    def _ask(self) -> None:
        self._work.ask(lambda reader: read_rule(reader, self._form.id), self._take, self._refused, owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("A form for phones"), "title"))
        layout.addWidget(Label(self._form.title, "meta", wrap=True))
        self._file = FieldRow(_("File"), self.kind)
        for widget in (self.told, self.why, self._file, self.key, self.plain, self.known):
            layout.addWidget(widget)
        for hidden in (self.why, self.key):
            hidden.hide()
        layout.addStretch(1)
        layout.addLayout(foot(self.switch, self.cancel, self.make))
        self.setWindowTitle("kzcase")
        self.make.setDefault(True)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        fit(self, 600)

    def _take(self, found: "Rule") -> None:
        rule = self.rule = found.leaving
        makes = rule.allowed and self._makes
        self.key.say(_key_words(found.key))
        self.make.setEnabled(makes)
        self.plain.setVisible(makes and not rule.sealed_only)
        for widget in (self.key, self._file, self.make):
            widget.setVisible(makes)
        if rule.allowed:
            self.told.say(ALLOWED if found.switched else CLOSED, "warn" if found.switched else "info")
        else:
            self.told.say(MAY_NOT, "warn")
            self.why.say(_joined(rule))
        self.why.setVisible(not rule.allowed)
        self._offer_switch(rule, found.switched)
        fit(self, 600)

    def _offer_switch(self, rule: Leaving, switched: bool) -> None:
        """What is off an administrator can allow, who says that the risk is known; and stop again at once."""
        self.known.setChecked(False)
        self.known.setVisible(self._decides and rule.off)
        self.switch.say(STOP if switched else ALLOW)
        self.switch.setVisible(self._decides and (rule.off or switched))
        self.switch.setEnabled(switched)

    @Slot()
    def _switch(self) -> None:
        allowed = self.known.isChecked()
        wish = AllowOnPhones(form=self._form.id, allowed=allowed, risk_known=allowed)
        self.switch.setEnabled(False)
        self._work.do(lambda book: allow_on_phones(book, wish), lambda _done: self._ask(), self._refused, owner=self)

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


def _joined(rule: Leaving) -> Words:
    """Why, and what follows: what is only off can be decided otherwise, what is forbidden cannot."""
    return verbatim("\n\n".join(language.text(each) for each in (*rule.why, RISK if rule.off else NEVER)))


def _key_words(key: SubmissionKeyRow | None) -> Words:
    if key is None:
        return NO_KEY
    return IN_FORCE.with_arguments(day=language.shown(key.made_on), names=", ".join(key.holders))
