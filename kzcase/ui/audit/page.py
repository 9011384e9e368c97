"""Who looked at what: the latest first, narrowed to a case or a colleague; and whether the log is whole."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.read_log import read_log
from kzcase.domain.errors import KzcaseError, NoLogKeyYet
from kzcase.domain.looks import DOUBTS, Chain, LookPage, LookRow, words_of
from kzcase.domain.rows import StaffRow
from kzcase.i18n import Words, _, ngettext, on_the_wall, verbatim
from kzcase.queries.log_key import who_hands_on
from kzcase.queries.looks import LooksWish
from kzcase.queries.office import staff_list
from kzcase.ui import language, theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, BannerKind, Card, box
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

LOOKS: Final = _("Who looked")
EVERYBODY: Final = _("everybody")
AT_ONCE: Final = 300
"""As many as a page shows at first: each takes a fifth of a millisecond to open and check, on the reader's thread."""


class LooksPage(Page):
    """Nothing can be changed or taken out of here; looking here is itself entered."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self._wish = LooksWish(most=AT_ONCE)
        self._older: int | None = None
        self._shown: tuple[LookRow, ...] = ()
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.again = Button(_("Look again"), icon="refresh-cw", parent=self)
        self.header = PageHeader(LOOKS, verbatim(""), others=(self.again,), parent=self)
        layout.addWidget(self.header)
        self.told = Banner(LOOKS, "info", parent=self)
        self.told.hide()
        layout.addWidget(self.told)
        self._choose = QHBoxLayout()
        box(self._choose, space=theme.SPACE_CARD)
        layout.addLayout(self._choose)
        self.case = LineEdit(_("Number of a case"), max_length=64, parent=self)
        self._choose.addWidget(FieldRow(_("Case"), self.case, parent=self))
        self.who = CodeCombo((), blank=EVERYBODY, parent=self)
        self.who_row = FieldRow(_("Colleague"), self.who, parent=self)
        self._choose.addWidget(self.who_row)
        self._choose.addStretch(1)
        yield
        card = Card(parent=self)
        layout.addWidget(card, 1)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=LOOKS, parent=card)
        card.add(self.list, 1)
        self.older = Button(_("Show older"), kind="quiet", parent=self)
        self.older.hide()
        layout.addWidget(self.older)
        self._connect()

    def _connect(self) -> None:
        self.again.clicked.connect(self.refresh)
        self.case.returnPressed.connect(self.refresh)
        self.who.chosen.connect(lambda _code: self.refresh())
        self.older.clicked.connect(self._go_on)
        self._work.changed.connect(self._changed)
        self._ask_staff()
        self.refresh()

    def _columns(self) -> Sequence[Column]:
        return (
            Column(_("When"), lambda row: on_the_wall(row.at) if row.at else "", 130),
            Column(_("Who"), seen("who"), 120, 2, strong=True),
            Column(_("What"), _what, 140, 2),
            Column(_("Case"), _case, 140),
            Column(_("Why"), self._why, 150, 3, priority=1),
            Column(_("In doubt"), _doubt, 90, 1, priority=1, tone=lambda row: "danger" if row.doubt else None),
        )

    def _why(self, row: LookRow) -> object:
        return language.text(self._office.said("look_reason", row.reason))

    # What is asked

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "staff"):
            self._ask_staff()

    def _ask_staff(self) -> None:
        self._work.ask(staff_list, self._offer, key="looks staff", owner=self)

    def _offer(self, staff: Sequence[StaffRow]) -> None:
        self.who.set_choices([Choice(row.id, verbatim(row.name)) for row in staff])

    @Slot()
    def refresh(self) -> None:
        """Ask for the latest that fit."""
        self._wish = LooksWish(case=self.case.text().strip(), who=self.who.code() or "", most=AT_ONCE)
        self._shown = ()
        self._ask(self._wish)

    @Slot()
    def _go_on(self) -> None:
        wish = LooksWish(case=self._wish.case, who=self._wish.who, before=self._older, most=AT_ONCE)
        self._ask(wish)

    def _ask(self, wish: LooksWish) -> None:
        self._work.look(lambda book: read_log(book, wish), self._show, self._refused, key="looks", owner=self)

    def _show(self, page: LookPage) -> None:
        self._shown += page.looks
        self._older = page.older
        self.older.setVisible(page.older is not None)
        self.rows.show_rows(self._shown)
        self.header.set_title(LOOKS, ngettext("{count} entry in all", "{count} entries in all", page.chain.entries))
        self.told.say(*_said_of(page.chain))

    def _refused(self, error: KzcaseError) -> None:
        self.rows.show_rows(())
        self.older.hide()
        banner_error(self.told, error)
        if isinstance(error, NoLogKeyYet):
            self._work.ask(who_hands_on, self._say_who, owner=self)

    def _say_who(self, names: Sequence[str]) -> None:
        """Whose next opening brings the key."""
        if names:
            said = _("You can read here once one of these has opened the casebook: {names}.", names=", ".join(names))
            self.told.say(said, "warn")


def _what(row: LookRow) -> object:
    return words_of(row.what) if row.what else None


def _case(row: LookRow) -> object:
    return MASKED if "number" in row.masked else row.number


def _doubt(row: LookRow) -> object:
    return language.text(DOUBTS[row.doubt]) if row.doubt else None


def _said_of(chain: Chain) -> tuple[Words, BannerKind]:
    """Whether the log is whole, in a sentence."""
    if chain.broken:
        return ngettext("{count} entry of the log does not hold.", "{count} entries of the log do not hold.",
                        len(chain.broken)), "danger"  # fmt: skip
    if chain.restarts:
        return ngettext(
            "Every entry holds. The log went on {count} time in a copy of the casebook; the entries say when.",
            "Every entry holds. The log went on {count} times in a copy of the casebook; the entries say when.",
            chain.restarts), "warn"  # fmt: skip
    return _("Every entry holds; none was changed, dropped or moved."), "ok"
