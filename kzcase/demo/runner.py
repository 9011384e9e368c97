"""Performs generated acts in a casebook, one by one or many at a time, putting in the ids that earlier acts made."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, Final

from kzcase.actions.perform import perform, read_act
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.demo.acts import Act
from kzcase.domain.errors import NotFound

AT_ONCE: Final = 400
"""Acts in one transaction: more would make a stop cost more, fewer the disk."""
_REMEMBERED: Final = 20_000
"""Names of acts kept in mind; a case names what happened shortly before, and partners, which are never forgotten."""

Progress = Callable[[int, int], object]


class Runner:
    """Goes through acts in order and remembers what each named one made."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._partners: dict[str, Mapping[str, str]] = {}
        self._others: OrderedDict[str, Mapping[str, str]] = OrderedDict()

    def made(self, name: str) -> Mapping[str, str]:
        """The ids that the act of this name made, by what they are. `NotFound` for a name nobody gave."""
        found = self._partners.get(name) or self._others.get(name)
        if found is None:
            raise NotFound(place="ref", what=name[:64])
        return found

    def know(self, name: str, ids: Mapping[str, str], *, partner: bool = False) -> None:
        """Remember what stands for a name; partners are named by every later case."""
        if partner:
            self._partners[name] = ids
            return
        self._others[name] = ids
        if len(self._others) > _REMEMBERED:
            self._others.popitem(last=False)

    def perform(self, act: Act) -> Done:
        """Perform one act."""
        fields = {field: self._filled(field, value) for field, value in act.items() if field != "ref"}
        done = perform(self._book, read_act(fields, str(act["act"])), str(act["act"]))
        if name := act.get("ref"):
            ids = {kind: value.hex() for kind, value in done.ids.items()}
            self.know(name, ids, partner=act["act"] == "partner.added")
        return done

    def _filled(self, field: str, value: Any) -> Any:
        return self.made(value["$ref"])[field] if isinstance(value, dict) and "$ref" in value else value

    def perform_all(self, acts: Iterable[Act], count: Callable[[Act], object]) -> None:
        """Perform many acts, some hundreds in each transaction; `count` hears of every one that was performed."""
        stream = iter(acts)
        while portion := list(islice(stream, AT_ONCE)):
            with self._book.batch():
                for act in portion:
                    self.perform(act)
                    count(act)
