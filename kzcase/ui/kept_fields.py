"""A dialog of named fields whose typing is kept: it says where that belongs, and everything else happens here."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from kzcase.ui.fields import put_typed, tell_typing, typed_in
from kzcase.ui.widgets.passphrase import PassphraseEdit
from kzcase.ui.work import Work


class KeptFields:
    """For dialogs with a `Work`. Call `keep_typing` once the fields stand as somebody finds them.

    Kept is what was changed since then, also what was emptied; so a dialog that only shows what is known already holds
    nothing unsaved. A passphrase is never kept, whoever hands it in. A code word is, like its number: a phone
    without it would be saved as one that needs none.
    """

    _place = ""
    _fields: Mapping[str, QWidget] = {}
    _found: Mapping[str, str] = {}

    def keep_typing(self, work: Work, place: str, fields: Mapping[str, QWidget]) -> None:
        """From now on what is typed into these fields is kept at this place: `<kind>`, `<kind>/<case>` and so on."""
        self._place = place
        self._fields = {name: field for name, field in fields.items() if not isinstance(field, PassphraseEdit)}
        self._found = self._typed()

        def tell() -> None:
            work.typed.emit(self)

        for field in self._fields.values():
            tell_typing(field, tell)
        finished: Any = getattr(self, "finished", None)
        if isinstance(finished, SignalInstance):
            finished.connect(lambda _result: tell())

    def _typed(self) -> dict[str, str]:
        return {name: typed_in(field) for name, field in self._fields.items()}

    def draft_place(self) -> str:
        """Where it belongs; nowhere while it stands for nothing."""
        return self._place

    def draft(self) -> Mapping[str, str]:
        """What was changed, by the names of the fields."""
        return {name: typed for name, typed in self._typed().items() if typed != self._found[name]}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put what was typed back into its fields."""
        for name, typed in content.items():
            if name in self._fields:
                put_typed(self._fields[name], typed)
