"""What the workplace will need is loaded on another thread while a key is derived and nobody can do anything else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Final

from kzcase.i18n import LANGUAGES, catalogue
from kzcase.ui import icons

MODULES: Final = (
    "kzcase.ui.workplace",
    "kzcase.ui.cases.list_page",
    "kzcase.ui.cases.page",
    "kzcase.ui.cases.new_dialog",
    "kzcase.ui.cases.sealed_dialogs",
    "kzcase.ui.people.card",
    "kzcase.ui.history.card",
    "kzcase.ui.attachments.card",
    "kzcase.ui.referrals.panel",
    "kzcase.ui.referrals.draft_dialog",
    "kzcase.ui.consents.dialog",
    "kzcase.ui.calls.page",
    "kzcase.ui.calls.entry",
    "kzcase.ui.tasks.page",
    "kzcase.ui.supervision.card",
    "kzcase.ui.supervision.timeline",
    "kzcase.ui.team.page",
    "kzcase.ui.partners.page",
    "kzcase.ui.forms.page",
    "kzcase.ui.forms.stored",
    "kzcase.ui.forms.room",
    "kzcase.ui.summaries.page",
    "kzcase.ui.audit.page",
    "kzcase.ui.settings.page",
    "kzcase.ui.backups.card",
    "kzcase.ui.erasures.retention_card",
    "kzcase.forms.library",
)
"""The screens one comes to within the first minutes; each brings what it stands on."""


@contextmanager
def warming() -> Iterator[None]:
    """Load beside whatever is done meanwhile; at its end everything is there."""
    beside = threading.Thread(target=load, name="kzcase-warming", daemon=True)
    beside.start()
    try:
        yield
    finally:
        beside.join()


def load() -> None:
    """Screens, pictures, what summaries count, and the words of all three languages."""
    for name in MODULES:
        import_module(name)
    import_module("kzcase.summaries.indicators").standard()
    icons.read_all()
    for language in LANGUAGES:
        catalogue(language)
