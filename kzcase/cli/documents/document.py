"""What every answer of the command line has in common."""

from typing import Any, Self

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing but the fields named there."""

    @classmethod
    def of(cls, row: object, **others: Any) -> Self:
        """The fields that a row has by the same names, and the others as given."""
        same = {name: getattr(row, name) for name in cls.__struct_fields__ if name not in others}
        return msgspec.convert(same | others, cls, from_attributes=True)
