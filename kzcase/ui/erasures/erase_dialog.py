"""Erasing a person: first what would go and where else they are named, then one question, then it is done for good."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.erasing import ErasePerson, erase_person, plan_erasure
from kzcase.actions.holds import BlockPerson, block_person
from kzcase.actions.wishes import Done
from kzcase.domain.classes import FieldClass
from kzcase.domain.erasures import ErasurePlan, MentionRow, also_there
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.ui import theme
from kzcase.ui.messages import ask, banner_error
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box, inside
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import LongWork, Work

TITLE: Final = _("Erase this person")
WHAT_IT_MEANS: Final = _(
    "Everything that is kept of this person goes, here and on every laptop that hears of it. What can be counted stays "
    "without a name. It cannot be undone."
)
TITLE_OF_RECORD: Final = _("Erase this call or referral")
RECORD_MEANS: Final = _(
    "Everything that is kept of it goes, here and on every laptop that hears of it. What can be counted stays, "
    "without a name. It cannot be undone."
)
WARNING: Final = _(
    "kzcase will not bring it back: not from another laptop, not from a stick. Older backups must be destroyed."
)
ELSEWHERE: Final = _("Texts about others that may name this person. What is ticked goes as well.")
NOWHERE: Final = _("Nobody else's texts name this person.")
NOTHING_OF_IT: Final = _("Nothing of it was found in other texts.")
NEEDED: Final = _("Please fill this in.")
WIDTH, HEIGHT = 640, 680
SHOWN: Final = 60
AT_ONCE: Final = 4
"""Lines made in one slice: more would hold up the window."""
_CLASSES: Final = (
    (FieldClass.IDENTIFYING, _("Names, dates of birth, documents")),
    (FieldClass.CONTACT, _("Phones and addresses")),
    (FieldClass.SENSITIVE, _("Notes and answers")),
    (FieldClass.HEALTH, _("Facts about health")),
    (FieldClass.OPERATIONAL, _("Facts about the work")),
    (FieldClass.STATISTICAL, _("Facts that are counted")),
)


class EraseDialog(QDialog):
    """`erased` carries the number of the certificate. `reference` is the person's id, or a case of theirs; or, as
    `record`, a call or a referral from others that became no case."""

    erased = Signal(str)

    def __init__(
        self, work: Work, office: Office, reference: str, parent: QWidget | None = None, *, record: bool = False
    ) -> None:
        super().__init__(parent)
        self._work, self._reference, self._record = work, reference, record
        self.plan: ErasurePlan | None = None
        self.checks: dict[str, Check] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self.together = Button(_("Erase all of them together"), kind="quiet", icon="git-merge")
        self.together.clicked.connect(self._take_all)
        self.said = Banner(TITLE, "info", action=self.together, parent=self)
        self.facts = FactList(self)
        self.reason = CodeCombo(office.choices("erasure_reason"))
        self.asked_on = DateEdit()
        self.reason_row = FieldRow(_("Reason"), self.reason, required=True, parent=self)
        self.asked_row = FieldRow(_("Asked for on"), self.asked_on, parent=self)
        self.elsewhere = Label(ELSEWHERE, "meta", wrap=True, parent=self)
        self.save = Button(_("Erase for good"), kind="danger", icon="trash-2", parent=self)
        self.block = Button(_("Block the data instead"), kind="quiet", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self._all = False
        self._build()
        self._look()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        said = (TITLE_OF_RECORD, RECORD_MEANS) if self._record else (TITLE, WHAT_IT_MEANS)
        layout.addWidget(Label(said[0], "title", parent=self))
        layout.addWidget(Label(said[1], "meta", wrap=True, parent=self))
        layout.addWidget(self.said)
        self.said.hide()
        scroll = InnerScroll(self)
        layout.addWidget(scroll, 1)
        self._card(scroll, self.reason_row, self.asked_row)
        self._mentions = self._card(scroll, self.elsewhere).body  # others' texts before the counts: seen, not passed by
        self._card(scroll, self.facts, Label(WARNING, "meta", wrap=True, parent=self))
        scroll.body.addStretch(1)
        layout.addLayout(foot(self.block, self.cancel, self.save))
        for button, slot in ((self.save, self._ask), (self.block, self._block), (self.cancel, self.reject)):
            button.clicked.connect(slot)
        for button in (self.save, self.block):
            button.setEnabled(False)
        self.elsewhere.hide()
        self.block.setVisible(not self._record)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _card(self, scroll: InnerScroll, *widgets: QWidget) -> Card:
        card = Card(parent=inside(scroll.body))
        for widget in widgets:
            card.add(widget)
        scroll.body.addWidget(card)
        return card

    # Looking

    def _look(self) -> None:
        """The whole journal is read: long work, which may be stopped; that somebody looked stands in the read log."""
        reference, together = self._reference, self._all

        def job(book: object, progress: LongWork) -> ErasurePlan:
            return plan_erasure(book, reference, progress.report, together=together)  # type: ignore[arg-type]

        self._work.long(
            job, self._planned, _("Looking through the journal"), self._refused, cancelled=self.reject, owner=self
        )

    @Slot()
    def _take_all(self) -> None:
        """Every record of the same person at once: what that takes is looked up anew."""
        self._all = True
        self.said.hide()
        for button in (self.save, self.together):
            button.setEnabled(False)
        self._look()

    def _planned(self, plan: ErasurePlan) -> None:
        self.plan = plan
        for check in self.checks.values():
            check.hide()
            check.deleteLater()
        self.checks = {}
        self.together.setVisible(bool(plan.also_in))
        self.facts.show_facts(list(_facts(plan)))
        self.elsewhere.say(ELSEWHERE if plan.mentions else NOTHING_OF_IT if self._record else NOWHERE)
        self.elsewhere.show()
        if plan.held:
            held = _("There is a legal hold on {number}. Take it off first.", number=plan.held[0])
            self._tell(held, "warn")
        elif plan.also_in:
            self._tell(also_there(plan.also_in), "warn")
        self.save.setEnabled(not plan.held)
        self.block.setEnabled(not plan.blocked)
        self._work.slices.do(self._lines(plan.mentions), self, key="mentions")

    def _lines(self, mentions: Sequence[MentionRow]) -> Iterator[None]:
        """The sure ones first and ticked; of very many only the first are shown, and the others stay."""
        ordered = sorted(mentions, key=lambda each: (not each.certain, each.superseded, each.case_number or ""))
        for number, each in enumerate(ordered[:SHOWN]):
            check = Check(_said(each), checked=each.certain, parent=self)
            self.checks[each.id] = check
            self._mentions.addWidget(check)
            if number % AT_ONCE == AT_ONCE - 1:
                yield
        if more := len(ordered) - SHOWN:
            self._say_more(more)

    def _say_more(self, more: int) -> None:
        if more > 0:
            said = ngettext(
                "{count} more text is not shown and stays. The command “kzcase person erase” takes it too.",
                "{count} more texts are not shown and stay. The command “kzcase person erase” takes them too.",
                more,
            )
            self._mentions.addWidget(Label(said, "meta", wrap=True, parent=self))

    def _tell(self, said: Words, kind: str) -> None:
        self.said.say(said, "warn" if kind == "warn" else "info")
        self.said.show()

    # Doing

    @Slot()
    def _ask(self) -> None:
        self.reason_row.set_error(None if self.reason.code() else NEEDED)
        if self.plan is None or not self.reason.code() or self.asked_on.wrong:
            return
        question = _("Erase it for good?") if self._record else _("Erase this person for good?")
        ask(question, _consequence(len(self._ticked())), _("Erase for good"), self._erase, parent=self)

    def _ticked(self) -> frozenset[str]:
        return frozenset(each for each, check in self.checks.items() if check.isChecked())

    def _erase(self) -> None:
        assert self.plan is not None
        confirmed = self._ticked()
        day: date | None = self.asked_on.value()
        wish = ErasePerson(self.plan.person, self.reason.code() or "", confirmed, day, self._all)
        self.save.setEnabled(False)
        self._work.do(lambda book: erase_person(book, wish), self._done, self._refused, owner=self)

    def _done(self, done: Done) -> None:
        self.erased.emit(done.number)
        self.accept()

    @Slot()
    def _block(self) -> None:
        if self.plan is not None:
            wish = BlockPerson(person=self.plan.person)
            self._work.do(lambda book: block_person(book, wish), lambda _done: self.accept(), self._refused, owner=self)

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(self.plan is not None and not self.plan.held)
        banner_error(self.said, error)


def _consequence(elsewhere: int) -> Words:
    """What is lost of others too: the lines that are ticked may lie below what the window shows."""
    if not elsewhere:
        return WARNING
    return ngettext(
        "{warning} In {count} text about somebody else, what is ticked goes as well.",
        "{warning} In {count} texts about others, what is ticked goes as well.",
        elsewhere,
        warning=WARNING,
    )


def _facts(plan: ErasurePlan) -> Iterator[tuple[Words, Words]]:
    if plan.cases:
        yield _("Cases"), verbatim(", ".join(plan.cases))
    if plan.records > 1:
        yield _("Records of the same person"), verbatim(str(plan.records))
    for each, label in _CLASSES:
        if count := plan.values.get(each.value, 0):
            yield label, verbatim(str(count))
    for label, count in ((_("Calls"), plan.calls), (_("Attachments"), plan.attachments), (_("Drafts"), plan.drafts)):
        if count:
            yield label, verbatim(str(count))


def _said(row: MentionRow) -> Words:
    """Which case, the piece of the text, and by which words it was found; one that was corrected since stands in the
    history alone."""
    where = row.case_number or "–"
    if row.superseded:
        said = _("{case}, in the history: “{text}”", case=where, text=row.text)
    else:
        said = _("{case}: “{text}”", case=where, text=row.text)
    found = ", ".join(row.words)
    if row.certain:
        return _(
            "{mention} Ticked, because it says: {words}. Others may bear the same name.", mention=said, words=found
        )
    return _("{mention} It says: {words}.", mention=said, words=found)
