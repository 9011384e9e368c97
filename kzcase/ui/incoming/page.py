"""Referrals from others: packages opened, paper entered, each answered in time; and our key for their packages."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from kzcase.actions.incoming_referrals import add_files, receive_package, sealed_reply
from kzcase.actions.package_keys import SharePackageKeys, ensured_package_key, share_package_keys
from kzcase.actions.packages import SUFFIX, is_reply, needs_passphrase, read_package_file, take_reply
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.incoming_rows import IncomingPage, IncomingRow
from kzcase.domain.six_words import six_words
from kzcase.i18n import Words, _, verbatim
from kzcase.keys.packages import key_card
from kzcase.keys.passphrase import word_list
from kzcase.queries.incoming_referrals import incoming_list, incoming_page
from kzcase.queries.package_keys import lacking_our_keys
from kzcase.ui import language, theme
from kzcase.ui.incoming.dialogs import decide_dialog, passphrase_dialog, receive_dialog
from kzcase.ui.list_beside import ListBeside
from kzcase.ui.messages import banner_error
from kzcase.ui.saving import write_copy
from kzcase.ui.tables import Column, a_number, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Selectable

SIDE: Final = 340


class IncomingReferralsPage(ListBeside[IncomingRow, IncomingPage]):
    """What others asked us. `open_case` carries a case's id, `new_case_wanted` whose case is to be opened."""

    open_case = Signal(str)
    new_case_wanted = Signal(str)
    title = _("Referrals from others")
    empty = ("inbox", _("Nobody has referred anyone to us."))

    def _header(self) -> PageHeader:
        self.open = Button(_("Open a package or a reply"), kind="primary", icon="lock-open", parent=self)
        self.paper = Button(_("Enter one from paper"), icon="plus", parent=self)
        self.key = Button(_("Our key"), icon="key-round", parent=self)
        self.share = Button(_("Give our key to colleagues"), icon="users", parent=self)
        self.share.hide()
        return PageHeader(self.title, primary=self.open, others=(self.share, self.key, self.paper), parent=self)

    def _ticks(self) -> Sequence[Check]:
        self.all = Check(_("Also those that ended"), parent=self)
        return (self.all,)

    def _side(self) -> Card:
        side = Card(_("What they tell us"), self)
        side.setFixedWidth(theme.px(SIDE))
        self.told = Selectable(None, parent=side)
        self.told.setWordWrap(True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        side.add(self.told, 1)
        self.decide = Button(_("Our answer"), icon="pencil", parent=side)
        self.reply = Button(_("Save the sealed reply"), icon="lock", parent=side)
        self.begin = Button(_("Open a case from it"), icon="folder-plus", parent=side)
        self.files = Button(_("Add its attachments to the case"), icon="paperclip", parent=side)
        self.go = Button(_("Go to the case"), icon="folder-open", kind="quiet", parent=side)
        for button in (self.decide, self.begin, self.files, self.reply, self.go):
            side.add(button)
        return side

    def _connect(self) -> None:
        self.open.clicked.connect(self._choose)
        self.paper.clicked.connect(lambda: receive_dialog(self._work, self.window()))
        self.key.clicked.connect(self._show_key)
        self.decide.clicked.connect(partial(self._with_row, self._decide))
        self.reply.clicked.connect(partial(self._with_row, self._reply))
        self.begin.clicked.connect(partial(self._with_row, self._begin))
        self.files.clicked.connect(partial(self._with_row, self._choose_files))
        self.share.clicked.connect(self._share)
        self.go.clicked.connect(partial(self._with_row, self._go))

    def _columns(self) -> Sequence[Column]:
        said = self._office.said
        return (
            Column(_("Answer by"), seen("due"), 120),
            Column(_("State"), lambda row: language.text(said("referral_state", row.state)), 170, 1, tone=_tone),
            Column(_("Who sends"), seen("sender"), 190, 3, strong=True),
            Column(_("For whom"), seen("who"), 150, 2, priority=1),
            Column(_("Need"), lambda row: language.text(said("need", row.need)), 140, 1, priority=2),
            Column(_("Number"), seen("number"), 170, faint=True, priority=2, whole=a_number),
        )

    @Slot()
    def refresh(self, *_ticked: object) -> None:
        """Ask again."""
        every = self.all.isChecked()
        self._work.ask(lambda reader: incoming_list(reader, ended=every), self._take, key="incoming", owner=self)
        self._work.ask(lacking_our_keys, lambda count: self.share.setVisible(count > 0), key="our keys", owner=self)

    @Slot(object)
    def _picked(self, row: IncomingRow | None) -> None:
        if row is not None:
            wanted = row.id
            self._work.ask(
                lambda reader: incoming_page(reader, wanted), self._show, self._refused, key="one incoming", owner=self
            )

    def _show(self, page: IncomingPage) -> None:
        self.shown = page
        lines = [f"{each.label}: {each.value}" for each in page.fields]
        if not page.fields:
            own = (page.row.who, page.row.contact, page.row.reason)
            lines = [each for each in own if each]
        for form in page.forms:
            lines += ["", form.title, *(f"{each.label}: {each.value}" for each in form.answers)]
        lines += [language.text(_("Attachment: {name}", name=name)) for name in page.files]
        self.told.say(verbatim("\n".join(lines)))
        self.reply.setEnabled(page.row.packaged and bool(page.steps))
        joined = page.row.case is not None
        self.go.setEnabled(joined)
        self.begin.setVisible(not joined and not page.row.ended)
        self.files.setVisible(joined and bool(page.files))

    # Packages and replies

    @Slot()
    def _choose(self) -> None:
        self._ask_file(_("Open a package or a reply"), self.take)

    def _ask_file(self, title: Words, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, language.text(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"*{SUFFIX}")
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        QFileDialog.open(dialog)

    def take(self, path: Path) -> None:
        """A file: a package for us, or the reply to one of ours."""
        self._read(path, self._open)

    def _read(self, path: Path, then: Callable[[bytes], None]) -> None:
        self._work.long(
            lambda _book, _progress: read_package_file(path), then, _("Opening the package"), self._refused, owner=self
        )

    # What it becomes

    def _begin(self, row: IncomingRow) -> None:
        self.new_case_wanted.emit(f"incoming/{row.id}")

    def _choose_files(self, row: IncomingRow) -> None:
        self._ask_file(_("The package that this referral came in"), partial(self.take_files, row))

    def take_files(self, row: IncomingRow, path: Path) -> None:
        """The attachments of the package it came in, each made anew before it joins the case."""
        self._read(path, partial(self._add_files, row))

    def _add_files(self, row: IncomingRow, content: bytes) -> None:
        if needs_passphrase(content):
            passphrase_dialog(self._work, lambda book, words: add_files(book, row.id, content, words), self.window())
            return
        self._work.long(
            lambda book, _progress: add_files(book, row.id, content), self._taken, _("Adding attachments"),
            self._refused, owner=self,
        )  # fmt: skip

    @Slot()
    def _share(self) -> None:
        self._work.do(
            lambda book: share_package_keys(book, SharePackageKeys()), self._shared, self._refused, owner=self
        )

    def _shared(self, _done: Done) -> None:
        self.share.hide()
        self.said.say(_("Colleagues who refer can open packages for us now."), "ok")

    def _open(self, content: bytes) -> None:
        if needs_passphrase(content):
            passphrase_dialog(self._work, lambda book, words: receive_package(book, content, words), self.window())
            return
        act: Callable[[Any, bytes], Done] = take_reply if is_reply(content) else receive_package
        self._work.do(lambda book: act(book, content), self._taken, self._refused, owner=self)

    def _taken(self, done: Done) -> None:
        if "case" in done.ids and "incoming" in done.ids:
            said: Words = _("The attachments are in the case.")
        elif "incoming" in done.ids:
            said = _("The package is open as referral {number}.", number=done.number)
        else:
            said = _("The reply to referral {number} is recorded.", number=done.number)
        self.said.say(said, "ok")

    def _go(self, row: IncomingRow) -> None:
        if row.case is not None:
            self.open_case.emit(row.case)

    def _decide(self, row: IncomingRow) -> None:
        decide_dialog(self._work, row, self.window())

    def _reply(self, row: IncomingRow) -> None:
        self._work.do(lambda book: sealed_reply(book, row.id), self._keep, self._refused, owner=self)

    def _keep(self, content: bytes) -> None:
        dialog = QFileDialog(self, language.text(_("Save the sealed reply")), f"reply{SUFFIX}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(
            lambda name: self._work.long(
                lambda _book, _progress: write_copy(Path(name), content), lambda _nothing: None, _("Saving a copy")
            )
        )
        QFileDialog.open(dialog)

    @Slot()
    def _show_key(self) -> None:
        self._work.do(ensured_package_key, self._say_key, self._refused, owner=self)

    def _say_key(self, public: bytes) -> None:
        words = six_words(public, word_list(language.current()))
        said = _("Give partners this line: {card}. Read them these six words by telephone: {words}.",
                 card=key_card(public), words=words)  # fmt: skip
        self.said.say(said, "info")

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.said, error)


def _tone(row: IncomingRow) -> Tone:
    if row.overdue:
        return "danger"
    return "ok" if row.ended else "info"
