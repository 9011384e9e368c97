"""The veil: hides each field by its class and the asker's roles, in one place for every question."""

from collections.abc import Mapping
from typing import Any

from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.domain.permissions import Sight


class Veil:
    """How one asker sees the fields of one table, worked out once and laid over many rows."""

    def __init__(self, reader: Reader, entity: str, *, near: bool = True) -> None:
        """`near`: the rows belong to a case within the asker's reach, or one they opened."""
        classes = shape(entity).classes
        self._hidden = {name for name, found in classes.items() if reader.sight(found, near=near) is not Sight.SHOW}

    def hides(self, field: str) -> bool:
        """Whether the asker does not see this field now."""
        return field in self._hidden

    def over(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
        """The values with hidden ones replaced by None, and the names of those hidden."""
        hidden = self._hidden & values.keys()
        return {name: None if name in hidden else value for name, value in values.items()}, frozenset(hidden)


def number_of(value: bytes | None) -> str | None:
    """An id as text."""
    return value.hex() if value else None
