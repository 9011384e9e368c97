"""The family graph on the screen: every person is a button the keyboard reaches, with lines from the one in the middle.

Names are covered as everywhere else; a suspicion is drawn dashed and said in words too.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from kzcase.domain.family import Family, Kin, family_of, suspicions
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.records import tie_name
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.tips import plain_tip

NODE_WIDTH: Final = 196
NODE_HEIGHT: Final = 76
GAP: Final = 28


class Node(QAbstractButton):
    """One person: the name, and below it what they are to the one in the middle."""

    def __init__(self, kin: Kin | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kin = kin
        self._name = self._relation = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(theme.px(NODE_WIDTH), theme.px(NODE_HEIGHT))

    def say(self, name: str, relation: str) -> None:
        """Say who this is; for whoever cannot see it, and where it does not fit, too."""
        self._name, self._relation = name, relation
        said = ": ".join(filter(None, (relation, name)))
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, focus = self.kin is None, self.hasFocus()
        edge = "danger" if self.kin is not None and self.kin.suspected else "primary" if centre or focus else "outline"
        painter.setPen(QPen(theme.colour(edge), 2.5 if focus else 1.2))
        painter.setBrush(theme.colour("primary" if centre else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        painter.setPen(theme.colour("on_primary" if centre else "text"))
        self._write(painter)
        painter.end()

    def _write(self, painter: QPainter) -> None:
        """The name bold, the relation smaller, in at most two lines each."""
        inside = self.rect().adjusted(theme.px(8), theme.px(4), -theme.px(8), -theme.px(4))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        flags = middle | Qt.TextFlag.TextWordWrap
        upper, lower = QRect(inside), QRect(inside)
        if self._relation:
            upper.setHeight(inside.height() // 2)
            lower.setTop(upper.bottom() + 1)
            small = QFont(self.font())
            small.setPixelSize(theme.px(12))
            painter.setFont(small)
            painter.drawText(lower, flags, _cut(painter, self._relation, 2 * lower.width() - theme.px(24)))
        bold = QFont(self.font())
        bold.setBold(True)
        bold.setPixelSize(theme.px(13))
        painter.setFont(bold)
        if any(painter.fontMetrics().horizontalAdvance(word) > upper.width() for word in self._name.split()):
            flags = middle | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(upper, flags, _cut(painter, self._name, 2 * upper.width() - theme.px(24)))


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class FamilyGraph(Retranslated, QWidget):
    """Shows one person's family; `chosen` carries the id of whoever was pressed."""

    chosen = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._page: PersonPage | None = None
        self._family: Family | None = None
        self._grid = QGridLayout(self)
        box(self._grid, space=GAP)
        self.nodes: list[Node] = []
        self.centre: Node | None = None
        self.setAccessibleName(language.text(_("Family and others around the person")))

    def show_page(self, page: PersonPage) -> None:
        """Show the family of this person in place of the one before."""
        self._page = page
        ties = [(code.code, code.attribute("keep_days")) for code in self._office.rulebook.list("tie")]
        self._family = family_of(page.relations, suspicions(ties))
        self._lay_out(self._family)
        self.retranslate()

    def _lay_out(self, family: Family) -> None:
        for old in (*self.nodes, *([self.centre] if self.centre else [])):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.centre = Node(None, self)
        self.nodes = []
        for kin in sorted(family.kin, key=lambda kin: (kin.row, kin.column)):
            node = Node(kin, self)
            node.setEnabled(not kin.hidden or kin.name is not None)
            node.clicked.connect(lambda *_checked, person=kin.person: self.chosen.emit(person))
            self._grid.addWidget(node, kin.row, kin.column, Qt.AlignmentFlag.AlignCenter)
            self.nodes.append(node)
        self._grid.addWidget(self.centre, family.row, family.column, Qt.AlignmentFlag.AlignCenter)
        self._in_reading_order(family)

    def _in_reading_order(self, family: Family) -> None:
        """The Tab key goes from the oldest to the youngest, row by row."""
        assert self.centre is not None
        places = [((kin.row, kin.column), node) for kin, node in zip(self._ordered(family), self.nodes, strict=True)]
        places.append(((family.row, family.column), self.centre))
        widgets = [node for _place, node in sorted(places, key=lambda placed: placed[0])]
        for first, second in pairwise(widgets):
            QWidget.setTabOrder(first, second)

    def _ordered(self, family: Family) -> Sequence[Kin]:
        return sorted(family.kin, key=lambda kin: (kin.row, kin.column))

    def retranslate(self) -> None:
        page, family = getattr(self, "_page", None), getattr(self, "_family", None)
        if page is None or family is None or self.centre is None:
            return
        own = MASK if "name" in page.person.masked else page.person.name or language.text(_("Name unknown"))
        self.centre.say(own, "")
        for kin, node in zip(self._ordered(family), self.nodes, strict=True):
            node.say(self._name(kin), self._relation(kin))
        self.update()

    def _name(self, kin: Kin) -> str:
        return MASK if kin.hidden else kin.name or language.text(_("Name unknown"))

    def _relation(self, kin: Kin) -> str:
        said = tie_name(kin.relation, self._office.rulebook.codes, language.current())
        return language.text(_("for them: {relation}", relation=said)) if kin.theirs else said

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._family is None or self.centre is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.centre.geometry().center())
        for kin, node in zip(self._ordered(self._family), self.nodes, strict=True):
            style = Qt.PenStyle.DashLine if kin.suspected else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour("danger" if kin.suspected else "muted"), 1.5, style))
            painter.drawLine(middle, QPointF(node.geometry().center()))
        painter.end()
