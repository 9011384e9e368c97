"""Writing a referral: to whom, for what, why; beside it stands what would leave with the letter."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.referrals import DraftReferral, draft_referral
from kzcase.actions.wishes import Done
from kzcase.domain.suggestions import Suggestion
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Words, _, verbatim
from kzcase.queries.calls import referral_from_call
from kzcase.queries.letters import Leaving, what_leaves
from kzcase.queries.partners import suggestions
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.drafts import place
from kzcase.ui.fields import put_typed, tell_typing, texts
from kzcase.ui.referrals.leaving import LeavingCard
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, inside
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.wish_dialog import WishDialog
from kzcase.ui.work import Work

PLACES: Final = {each: each for each in ("partner", "need", "reason", "urgency", "language", "reply_by")}


class DraftReferralDialog(WishDialog):
    """Writes one referral of one case; it is sent later, from the case. `drafted` carries its id."""

    drafted = Signal(str)

    def __init__(self, work: Work, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(work, _("Write a referral"), _("Write the referral"), shares=(3, 2), parent=parent)
        self._case = case_id
        self._office = office_at(work)
        self._partner_before = ""
        self.suggestions: Sequence[Suggestion] = ()
        self.said_in_call: Mapping[str, str] = {}
        self.save.clicked.connect(self._save)
        self.resize(theme.px(920), theme.px(680))
        self.build(self._steps())

    def _steps(self) -> Steps:
        self.leaving = LeavingCard(inside(self.columns.right))
        yield from self.put((self._fields(),), (self.leaving,))
        self.partner.chosen.connect(self._look_at)
        for row in self.rows.values():
            tell_typing(row.field, self._tell_typed)
        self.need.setFocus(Qt.FocusReason.OtherFocusReason)
        self.need.chosen.connect(self._suggest)
        self._suggest()
        self._work.ask(lambda reader: referral_from_call(reader, self._case), self._offer_call, owner=self)

    def _offer_call(self, said: Mapping[str, str]) -> None:
        """What was written down in the call is not typed again; whether it goes to the partner, a person decides."""
        self.said_in_call = said
        self.from_call.setVisible(bool(said))

    @Slot()
    def _take_from_call(self) -> None:
        before = self.reason.text().strip()
        told = [before, self.said_in_call.get("reason", "")]
        self.reason.setText("\n".join(dict.fromkeys(filter(None, told))))
        if self.urgency.code() is None:
            self.urgency.set_code(self.said_in_call.get("urgency"))
        self.from_call.hide()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self) -> Card:
        card, codes = Card(parent=inside(self.columns.left)), self._office.choices
        self.need = CodeCombo(codes("need"))
        self.partner = CodeCombo(())
        self.reason = TextArea(lines=4)
        self.from_call = Button(_("Take over what the call says"), kind="quiet", icon="phone", parent=card)
        self.from_call.clicked.connect(self._take_from_call)
        self.from_call.hide()
        self.urgency = KeyChoices(codes("urgency"))
        self.language = KeyChoices([Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES])
        self.language.set_code(language.current())
        self.reply_by = DateEdit()
        only = _("Only what the partner must know to help.")
        fields: tuple[tuple[str, Words, QWidget, Words | None], ...] = (
            ("need", _("What is needed"), self.need, None),
            ("partner", _("Partner"), self.partner, _("The most suitable come first.")),
            ("reason", _("Why we ask you"), self.reason, only),
            ("urgency", _("Urgency"), self.urgency, None),
            ("language", _("Language of the letter"), self.language, None),
            ("reply_by", _("Reply wanted by"), self.reply_by, _("Left empty: in ten days.")),
        )
        for name, label, field, help in fields:
            self.rows[name] = FieldRow(label, field, help, required=name not in ("urgency", "reply_by"), parent=card)
            card.add(self.rows[name])
            if name == "reason":
                card.add(self.from_call)
        return card

    @Slot()
    def _suggest(self, *_chosen: object) -> None:
        """Ask who gives this help, near by, in the person's language; what was chosen before stays chosen."""
        case, need, refused = self._case, self.need.code() or "", partial(self.refuse, PLACES)
        self._work.ask(
            lambda reader: suggestions(reader, case, need), self._take, refused, key="suggestions", owner=self
        )

    def _take(self, found: Sequence[Suggestion]) -> None:
        self.suggestions = found
        chosen = self._partner_before or self.partner.code() or ""
        self.partner.set_choices([Choice(each.partner.id, _words(each)) for each in found])
        if chosen:
            self.show_partner(chosen)

    @Slot(str)
    def _look_at(self, partner: str) -> None:
        """Beside the form: what would leave for this partner today."""
        if not partner:
            self.leaving.show_leaving(None)
            return
        case = self._case
        self._work.ask(lambda reader: what_leaves(reader, case, partner), self._show_leaving, key="leaving", owner=self)

    def _show_leaving(self, found: Leaving) -> None:
        self.leaving.show_leaving(found)

    def show_partner(self, partner_id: str) -> None:
        """Choose a partner, as a person would."""
        self.partner.set_code(partner_id)
        self._look_at(partner_id)

    # kept while it is written

    def _tell_typed(self) -> None:
        self._work.typed.emit(self)

    def draft_place(self) -> str:
        """A referral of one case."""
        return place("referral", self._case)

    def draft(self) -> Mapping[str, str]:
        """What was typed and chosen; the language of the letter alone is nothing."""
        typed = texts(self.rows) if self.ready and self.save.isEnabled() else {}
        return typed if typed.keys() - {"language"} else {}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put it back; the partner as soon as partners are known."""
        for name, typed in content.items():
            if name in self.rows and name != "partner":
                put_typed(self.rows[name].field, typed)
        self._partner_before = content.get("partner", "")
        if self.suggestions and self._partner_before:
            self.show_partner(self._partner_before)

    # saving

    @Slot()
    def _save(self) -> None:
        self.must_have("need", "partner", "reason")
        wrong = self.first_wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        by = self.reply_by.value()
        wish = DraftReferral(
            case=self._case,
            partner=self.partner.code() or "",
            need=self.need.code() or "",
            reason=self.reason.text().strip(),
            urgency=self.urgency.code(),
            language=self.language.code() or "kk",
            reply_by=by.isoformat() if by else None,
        )
        self.save.setEnabled(False)
        self._work.do(lambda book: draft_referral(book, wish), self._saved, partial(self.refuse, PLACES), owner=self)

    def _saved(self, done: Done) -> None:
        self.drafted.emit(done.ids["referral"].hex())
        self.accept()


def _words(suggestion: Suggestion) -> Words:
    """The partner's name and why it is suggested."""
    said = verbatim(suggestion.partner.name)
    for why in (*suggestion.why, *suggestion.but):
        said = _("{so_far}, {more}", so_far=said, more=why)
    return said
