"""What to say first: the short reminder beside a call."""

from typing import Final

from PySide6.QtWidgets import QWidget

from kzcase.i18n import Words, _
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.labels import Label

STEPS: Final[tuple[Words, ...]] = (
    _("Is it safe for you to talk now? If not: when may I call, and what do I say?"),
    _("You need not give your name. What you say stays here."),
    _("Listen first. Do not ask for details that are not needed to help."),
    _("Say what will happen next, and let the caller decide."),
    _("Before the end: is there anything else you want to ask?"),
)


class Script(Card):
    """Five sentences in the order of a good call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("While you talk"), parent)
        for step in STEPS:
            self.add(Label(step, "meta", wrap=True, parent=self))
