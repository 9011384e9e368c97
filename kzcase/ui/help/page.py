"""The help: what kzcase does not protect, so that nobody relies on what it cannot keep."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.unprotected import HEADING, UNPROTECTED, WHY
from kzcase.i18n import Words
from kzcase.ui import theme
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card, ScrollPage, box, inside
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

WIDTH: Final = 860
"""Longer lines are hard to read."""


class HelpPage(Page):
    """One card; each point of it is a heading and a sentence or two."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        self.page = ScrollPage(self)
        layout.addWidget(self.page)
        body, inner = self.page.body, inside(self.page.body)
        self.header = PageHeader(HEADING, WHY, parent=inner)
        body.addWidget(self.header)
        self.card = Card(parent=inner)
        line = QHBoxLayout()
        box(line)
        line.addWidget(self.card, 1000)
        line.addStretch(1)  # takes what the card may not have
        body.addLayout(line)
        body.addStretch(1)
        yield
        for point in UNPROTECTED:
            self.card.add(self._point(point.title, point.said))
            yield
        self.redress()

    def _point(self, title: Words, said: Words) -> QWidget:
        holder = QWidget(self.card)
        lines = QVBoxLayout(holder)
        box(lines, space=theme.SPACE_LABEL)
        lines.addWidget(Label(title, "label", wrap=True, parent=holder))
        lines.addWidget(Label(said, wrap=True, parent=holder))
        return holder

    def redress(self) -> None:
        if hasattr(self, "card"):
            self.card.setMaximumWidth(theme.px(WIDTH))
