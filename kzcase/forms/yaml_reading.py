"""Reads YAML from a stranger safely: every value is plain text with its line; no tags, no aliases, bounded depth."""

from collections.abc import Iterator

import yaml

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.i18n import _

LARGEST = 4 * 2**20
LONGEST_TEXT = 2**20
DEEPEST = 40
MOST_VALUES = 200_000


class Block(dict[str, "Node"]):
    """A mapping that knows the line of the file it began on, and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list["Node"]):
    """A list that knows its line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


Node = str | Block | Items


def read_yaml(untrusted_data: bytes) -> Node:
    """The document of a YAML file. Raises BadForm (with its line) or TooLarge."""
    if len(untrusted_data) > LARGEST:
        raise TooLarge(limit="4 MB")
    try:
        text = untrusted_data.decode("utf-8-sig")
        return _Building().document(yaml.parse(text, Loader=_loader()))
    except UnicodeDecodeError as error:
        raise BadForm(why=_("The file is not UTF-8 text.")) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadForm(str(mark.line + 1) if mark else "", why=_("The file is not well-formed YAML.")) from error


def _loader() -> type[yaml.SafeLoader]:
    found: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return found


class _Building:
    """Puts the pieces of the stream together without recursion."""

    def __init__(self) -> None:
        self._open: list[Block | Items] = []
        self._keys: list[str | None] = []
        self._result: Node = ""
        self._count = 0

    def document(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            self._take(event)
        return self._result

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise BadForm(str(line), why=_("References (&, *) are not used in forms."))
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(Block(line) if isinstance(event, yaml.MappingStartEvent) else Items(line), line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if len(event.value) > LONGEST_TEXT:
            raise TooLarge(str(line), limit="1 MB")
        plain = event.implicit[0] and event.value in ("~", "null")
        self._place("" if plain else event.value, line)

    def _begin(self, made: Block | Items, line: int) -> None:
        if len(self._open) >= DEEPEST:
            raise TooLarge(str(line), limit=_("{count} levels", count=DEEPEST))
        self._place(made, line)
        self._open.append(made)
        self._keys.append(None)

    def _close(self) -> None:
        self._open.pop()
        self._keys.pop()

    def _place(self, value: Node, line: int) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            raise TooLarge(str(line), limit=_("{count} elements", count=MOST_VALUES))
        if not self._open:
            self._result = value
            return
        holder = self._open[-1]
        if isinstance(holder, Items):
            holder.append(value)
        elif self._keys[-1] is None:
            self._key(holder, value, line)
        else:
            holder[self._keys[-1]] = value
            self._keys[-1] = None

    def _key(self, holder: Block, value: Node, line: int) -> None:
        if not isinstance(value, str):
            raise BadForm(str(line), why=_("A name was expected here."))
        if value in holder:
            raise BadForm(str(line), why=_("“{name}” is given twice.", name=value[:80]))
        holder.lines[value] = line
        self._keys[-1] = value
