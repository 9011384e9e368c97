"""What is known of one form: what it is for, its versions, who checked its texts, and what can be done with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.form_texts import CheckText, check_text
from kzcase.actions.office_forms import WithdrawForm, withdraw_form
from kzcase.actions.wishes import Done
from kzcase.domain.permissions import Permission
from kzcase.forms.about import Signer
from kzcase.forms.standards import standards_of
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.form_texts import Checked, checked_texts
from kzcase.queries.forms import KeptVersion, versions_of
from kzcase.ui import language, theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.forms.filling import NAMES, language_name
from kzcase.ui.forms.known import MOMENTS, KnownForm
from kzcase.ui.language import Label as Said
from kzcase.ui.lines import Line, Lines
from kzcase.ui.messages import ask
from kzcase.ui.office import Office, joined
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.flow import FlowRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

SIGNERS: Final[Mapping[Signer, Words]] = {
    Signer.CLIENT: _("the client"),
    Signer.CHILD: _("the child"),
    Signer.GUARDIAN: _("a parent or guardian"),
    Signer.WORKER: _("the worker"),
    Signer.INTERPRETER: _("the interpreter"),
    Signer.WITNESS: _("a witness"),
    Signer.PARTNER: _("the partner"),
    Signer.SUPERVISOR: _("the supervisor"),
}
EVERY_KIND: Final = _("every kind of case")
ANY_TIME: Final = _("at any time")
PHONE: Final = _("May be filled in on a phone")
DESK: Final = _("At a desk or on paper, until an administrator allows it")
TAKEN: Final = _("The client takes the paper along")


@dataclass(frozen=True, slots=True)
class Kept:
    """The versions of a form that this casebook keeps, and who checked its texts."""

    versions: tuple[KeptVersion, ...]
    checked: Mapping[str, Checked]


@dataclass(frozen=True, slots=True)
class Text:
    """A language of clients, and who checked the text in it."""

    language: str
    checked: Checked | None


def read_kept(reader: Any, form: KnownForm) -> Kept:
    """What the casebook keeps of a form, asked off the window's thread."""
    return Kept(versions_of(reader, form.id), checked_texts(reader, form.listed.version))


class DetailsCard(Card):
    """Shows one form; its buttons are those of the person's permissions."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(None, parent)
        self._work, self._office = work, office
        self.form: KnownForm | None = None
        self.kept: Kept | None = None
        self.name = Label(None, "title", wrap=True, parent=self)
        self.about = Label(None, "meta", wrap=True, parent=self)
        self.facts = FactList(self)
        self.versions = Label(None, "caption", wrap=True, parent=self)
        for widget in (self.name, self.about, self.facts):
            self.add(widget)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self.texts: Lines[Text, TextLine] = Lines(lines, self._text_line)
        self.add(self.versions)
        self._add_buttons()
        self.show_form(None)

    def _add_buttons(self) -> None:
        self.print = Button(_("Print blank"), icon="printer", parent=self)
        self.phone = Button(_("For a phone"), icon="download", parent=self)
        self.withdraw = Button(_("Withdraw"), kind="quiet", icon="archive", parent=self)
        self.withdraw.clicked.connect(self._ask_withdraw)
        line = FlowRow(parent=self)
        for button in (self.print, self.phone, self.withdraw):
            line.add(button)
        self.add(line)

    def _text_line(self, parent: QWidget) -> "TextLine":
        line = TextLine(self._office.may(Permission.MANAGE_FORMS), parent)
        line.check.clicked.connect(lambda: self._check(line.row))
        return line

    def show_form(self, form: KnownForm | None) -> None:
        """Show this form, or nothing."""
        self.form, self.kept = form, None
        self.setVisible(form is not None)
        if form is None:
            return
        self.name.say(form.title)
        self.about.say(form.about)
        self.about.setVisible(bool(form.about))
        here = form.withdrawn_on is None
        self.print.setVisible(here)
        self.phone.setVisible(here and self._uses_phones())  # or why it may not leave
        self.withdraw.setVisible(here and form.office and self._office.may(Permission.MANAGE_FORMS))
        self.texts.show(())
        self.versions.say(None)
        self.facts.show_facts(list(self._facts(form)))
        self._work.ask(lambda reader: read_kept(reader, form), self._take, key="kept", owner=self)

    def _uses_phones(self) -> bool:
        return self._office.may(Permission.WORK_ON_CASES) or self._office.may(Permission.MANAGE_FORMS)

    def _facts(self, form: KnownForm) -> Iterator[tuple[Words, Said]]:
        listed = form.listed
        kinds = [self._office.said("case_kind", kind) for kind in listed.case_kinds]
        yield _("When"), MOMENTS[listed.moment] if listed.moment is not None else ANY_TIME
        yield _("For"), verbatim(joined(kinds)) if kinds else EVERY_KIND
        yield _("Questions"), verbatim(str(listed.questions))
        yield _("Languages"), verbatim(joined(map(language_name, listed.languages)))
        yield _("Edition"), verbatim(listed.edition or listed.version[:8])
        if form.withdrawn_on is not None:
            yield _("Withdrawn on"), verbatim(language.shown(form.withdrawn_on))
        if listed.signatures:
            yield _("Signed by"), verbatim(joined(SIGNERS[signer] for signer in listed.signatures))
        yield _("Phones"), PHONE if listed.phone else DESK
        if listed.client_paper:
            yield _("Paper"), TAKEN
        if listed.standards:
            yield _("Follows"), standards_of(listed.standards)

    def _take(self, kept: Kept) -> None:
        form = self.form
        if form is None:
            return
        self.kept = kept
        self.texts.show([Text(code, kept.checked.get(code)) for code in form.listed.further_languages])
        said = "\n".join(language.text(_version(each)) for each in kept.versions)
        self.versions.say(verbatim(said) if said else None)

    def retranslate(self) -> None:
        if self.form is not None:
            form, kept = self.form, self.kept
            self.facts.show_facts(list(self._facts(form)))
            if kept is not None:
                self._take(kept)

    @Slot()
    def _ask_withdraw(self) -> None:
        form = self.form
        assert form is not None

        def withdraw() -> None:
            self._work.do(lambda book: withdraw_form(book, WithdrawForm(form=form.id)))

        ask(_("Withdraw “{form}”?", form=language.text(form.title)),
            _("It is offered no longer. What was filled in stays and can be read."),
            _("Withdraw"), withdraw, dangerous=False, parent=self.window())  # fmt: skip

    def _check(self, text: Text | None) -> None:
        if self.form is not None and text is not None:
            check_dialog(self._work, self.form.id, text.language, self.window()).open()


def _version(kept: KeptVersion) -> Words:
    name = kept.edition or kept.version[:8]
    return ngettext(
        "Edition {edition} ({version}): {count} filled in",
        "Edition {edition} ({version}): {count} filled in",
        kept.sheets,
        edition=name,
        version=kept.version[:8],
    )


class TextLine(Line[Text]):
    """One language of clients: whether a native reader checked the text, and the button that says so."""

    def __init__(self, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may = may
        self.said = Label(None, "body", wrap=True, parent=self)
        self.check = Button(_("Mark as checked by a native reader"), kind="quiet", icon="check", parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.check)

    def say(self, row: Text) -> None:
        name, found = NAMES.get(row.language, row.language), row.checked
        if found is None:
            self.said.say(_("{language}: no native reader has checked this text yet", language=name))
        else:
            self.said.say(
                _("{language}: checked by {reader}, {date}", language=name, reader=found.reader, date=found.on)
            )
        self.check.setVisible(self._may and found is None)
        self.check.setAccessibleName(f"{language.text(_('Mark as checked by a native reader'))}: {name}")


def check_dialog(work: Work, form_id: str, spoken: str, parent: QWidget) -> FormDialog:
    """Who checked the texts of a form in one language."""
    rows = {"reader": FieldRow(_("Name of the reader"), LineEdit(), required=True)}

    def act(book: Any, values: Mapping[str, str]) -> Done:
        return check_text(book, CheckText(form=form_id, language=spoken, reader=values["reader"]))

    return FormDialog(
        work,
        _("A native reader checked the text: {language}", language=NAMES.get(spoken, spoken)),
        rows,
        (("reader",),),
        _("Write it down"),
        act,
        needed=("reader",),
        hint=_("Only for this edition. From now on papers in this language are printed without the mark."),
        parent=parent,
    )
