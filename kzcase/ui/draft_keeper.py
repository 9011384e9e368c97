"""Keeps what is being typed inside the casebook, a second after it was typed, and offers it again afterwards: after a
lock, and after its dialog was left by Escape or Cancel. Only saving and “Discard” forget it."""

from collections.abc import Mapping
from typing import Final, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.drafts import KeptDraft, drop_draft, load_drafts, save_draft
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _
from kzcase.ui.drafts import Drafting, DraftingDialog, is_open, is_whole, unsaved_by, unsaved_in
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.work import Work, concerns

KEEP_AFTER_MS: Final = 1_000
"""So long after a key it is handed to the writer. Further keys do not put it off, so whoever types without a pause
loses no more either; the second second is for the writer and the disk."""
NOT_KEPT: Final = _("What you type now would be lost if the casebook were locked. Please save it soon.")


BACK: Final = _("What you typed here before and did not save is back.")
DROP: Final = _("Discard and close")
_DROPPED: Final = 2
"""How a dialog ends that is neither saved nor left."""


def _titled(what: Words) -> Words:
    return _("“{what}” was not saved; what was typed is kept.", what=what)


KEPT: Final[Mapping[str, Words]] = {
    "note": _("A note was not saved; what was typed is kept."),
    "sealed": _("A sealed note was not saved; what was typed is kept."),
    "referral": _("A referral was not saved; what was typed is kept."),
    "case": _("A new case was not saved; what was typed is kept."),
    "call": _("A call was not saved; what was typed is kept."),
    "form": _("A form was not saved; what was typed is kept."),
    "name": _titled(_("Add a name")),
    "phone": _titled(_("Add a phone")),
    "person": _titled(_("Correct")),
    "record": _titled(_("Everything about the person")),
    "relation": _titled(_("Add somebody who belongs to them")),
    "task": _titled(_("New task")),
    "consent": _titled(_("Record consent")),
    "emergency": _titled(_("Passed on in an emergency")),
    "reply": _titled(_("Record the reply")),
    "closing": _titled(_("Close the case")),
    "reopening": _titled(_("Open the case again")),
    "tracing": _titled(_("Somebody asks after the person")),
    "before_filing": _titled(_("Before filing")),
    "fact": _titled(_("State a fact")),
    "clearing": _titled(_("Clear a step")),
    "taking_back": _titled(_("Take back what was stated")),
    "report": _titled(_("Duty to report")),
    "suspending": _titled(_("Suspend the work on the case")),
    "hold": _titled(_("Put a legal hold on the case")),
    "new_task": _titled(_("New task")),
    "flag": _titled(_("Put a flag on the case")),
    "approval": _titled(_("Ask for an approval")),
    "giving": _titled(_("Give the case to a colleague")),
    "conference": _titled(_("Minutes of a case conference")),
    "handing_over": _titled(_("Hand over the caseload")),
    "signal": _titled(_("Signal of a crime")),
    "call_back": _titled(_("Promise a call-back")),
    "outreach": _titled(_("Outreach")),
    "shift": _titled(_("Hand the shift over")),
    "partner": _titled(_("New partner")),
    "partner_change": _titled(_("What is known of this partner")),
    "rule": _titled(_("Rules and calendar")),
    "organisation": _titled(_("How partners reach us")),
    "undertaking": _titled(_("Undertaking of confidentiality")),
    "request": _titled(_("Request about personal data")),
    "answer": _titled(_("Answer to a request")),
    "incident": _titled(_("What happened")),
    "incident end": _titled(_("Close the incident")),
}
"""What is offered, by the kind of its place. `kzcase.ui.resuming` opens each of them again."""


class DraftKeeper(QObject):
    """`offer` is the banner to put into the window, `trouble` the one that says that nothing can be kept; `wanted`
    carries the draft somebody goes on with.

    It hears from those who hold something typed (`Work.typed`) and asks only them; what they give is written by the
    casebook's writer.
    """

    wanted = Signal(object)

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._waiting: list[KeptDraft] = []
        self._kept: dict[str, Mapping[str, str]] = {}
        self._touched: set[QWidget] = set()
        self._held: dict[QWidget, Mapping[str, Mapping[str, str]]] = {}
        self._arrived: set[QWidget] = set()
        self._written = 0
        self.offer = self._banner(parent)
        self.trouble = Banner(NOT_KEPT, "warn", parent=parent)
        self.trouble.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        work.typed.connect(self._hear)
        work.opening.connect(self._give_back)
        work.changed.connect(self._look_again)
        work.locking.connect(self._end)

    def _banner(self, parent: QWidget) -> Banner:
        again, drop = Button(_("Continue")), Button(_("Discard"), kind="quiet")
        again.clicked.connect(self.go_on)
        drop.clicked.connect(self.discard)
        banner = Banner(KEPT["note"], "info", action=again, parent=parent)
        layout = banner.layout()
        assert layout is not None
        layout.addWidget(drop)
        banner.hide()
        return banner

    def begin(self) -> None:
        """Look for what was not saved the last time."""
        self._work.ask(load_drafts, self._found, owner=self)

    @Slot(object)
    def _look_again(self, features: object) -> None:
        """Who is erased takes what was typed about them along, also what waits here."""
        if concerns(features, "erasures"):
            self.begin()

    @Slot(object)
    def _hear(self, holder: QWidget) -> None:
        """Somebody types. While the writer has not finished what it was given before, this waits for it."""
        self._touched.add(holder)
        self._look_whether_back(holder)
        if not self._written and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _end(self) -> None:
        """The casebook is being locked: what closes now does not count as left by its writer."""
        self._timer.stop()
        self._work.typed.disconnect(self._hear)

    # Dialogs that are left

    @Slot(object)
    def _give_back(self, dialog: DraftingDialog) -> None:
        """A dialog opens: what was typed there before and not saved stands in it again, and a line says so."""
        if not hasattr(dialog, "draft_place"):
            return
        drafting = cast(Drafting, dialog)
        dialog.finished.connect(lambda result: self._closed(dialog, result))
        draft = next((each for each in self._waiting if each.place == drafting.draft_place()), None)
        if draft is not None:
            self._waiting.remove(draft)
            self._kept[draft.place] = draft.content
            drafting.restore(draft.content)
            self._look_whether_back(dialog)
            self._say_back(dialog)
            self._offer_next()

    def _look_whether_back(self, holder: QWidget) -> None:
        """Once what was kept stands in its dialog again, fields that are empty when it is left were emptied."""
        if isinstance(holder, DraftingDialog) and holder not in self._arrived:
            drafting = cast(Drafting, holder)
            if drafting.draft_place() in self._kept.keys() & unsaved_by(drafting).keys():
                self._arrived.add(holder)

    def _say_back(self, dialog: DraftingDialog) -> None:
        drop = Button(DROP, kind="quiet")
        drop.clicked.connect(lambda: dialog.done(_DROPPED))
        layout = dialog.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, Banner(BACK, "info", action=drop, parent=dialog))

    def _closed(self, dialog: DraftingDialog, result: int) -> None:
        """Saved or dropped, it is forgotten; else it is kept, and offered at once and when the dialog opens again."""
        drafting = cast(Drafting, dialog)
        before, unsaved = self._held.pop(dialog, {}), unsaved_by(drafting)
        arrived = dialog in self._arrived
        self._touched.discard(dialog)
        self._arrived.discard(dialog)
        if result != QDialog.DialogCode.Rejected:
            for place in {drafting.draft_place(), *before} & self._kept.keys():
                self._forget(place)
            return
        here = drafting.draft_place()
        stood = before.keys() | ({here} & self._kept.keys() if arrived else set())
        for place in stood - unsaved.keys():
            self._forget(place)
        if here in self._kept and here not in stood:
            unsaved = {here: self._kept[here]} | unsaved  # what is still on its way into its fields
        for place, content in unsaved.items():
            self._wait(KeptDraft(place, content))

    def _wait(self, draft: KeptDraft) -> None:
        if self._kept.get(draft.place) != draft.content:
            self._save(draft)
        self._waiting = [draft, *(each for each in self._waiting if each.place != draft.place)]
        self._offer_next()

    # Keeping

    @Slot()
    def keep(self) -> None:
        """Keep what was typed since the last time; forget what was saved for good or left since."""
        before = self._places()
        self._held = {holder: there for holder, there in self._held.items() if is_open(holder)}
        for holder in self._touched:
            self._held[holder] = unsaved_in(holder)
        self._touched.clear()
        now = self._places()
        for place, content in now.items():
            if self._kept.get(place) != content:
                self._save(KeptDraft(place, content))
        for place in before.keys() - now.keys():
            self._forget(place)

    def _places(self) -> dict[str, Mapping[str, str]]:
        return {place: content for there in self._held.values() for place, content in there.items()}

    def _save(self, draft: KeptDraft) -> None:
        def refused(_error: KzcaseError) -> None:
            self._kept.pop(draft.place, None)
            self.trouble.show()
            self._over()

        def kept(_nothing: None) -> None:
            self.trouble.hide()
            self._over()

        self._kept[draft.place] = draft.content
        self._written += 1
        self._work.do(lambda book: save_draft(book, draft), kept, refused, changes=(), owner=self)

    def _over(self) -> None:
        self._written -= 1
        if self._touched and not self._written:
            self._timer.start()

    def _forget(self, place: str) -> None:
        self._kept.pop(place, None)
        self._work.do(lambda book: drop_draft(book, place), failed=_offered_again, changes=())

    def _found(self, drafts: tuple[KeptDraft, ...]) -> None:
        in_hand = self._kept.keys() - {each.place for each in self._waiting}
        for each in drafts:
            if not is_whole(each.place):
                self._forget(each.place)
        drafts = tuple(each for each in drafts if is_whole(each.place))
        self._waiting = [each for each in drafts if _kind(each) in KEPT and each.place not in in_hand]
        self._offer_next()

    def _offer_next(self) -> None:
        self.offer.setVisible(bool(self._waiting))
        if self._waiting:
            self.offer.say(KEPT[_kind(self._waiting[0])], "info")

    @Slot()
    def go_on(self) -> None:
        """Open the place the first one belongs to."""
        draft = self._waiting.pop(0)
        self._kept[draft.place] = draft.content
        self.wanted.emit(draft)
        self._offer_next()

    @Slot()
    def discard(self) -> None:
        """Forget the first one."""
        self._forget(self._waiting.pop(0).place)
        self._offer_next()


def _offered_again(_error: KzcaseError) -> None:
    """What could not be forgotten is offered once more; nothing is lost by it."""


def _kind(draft: KeptDraft) -> str:
    return draft.place.partition("/")[0]
