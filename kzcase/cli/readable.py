"""An answer for people: fields under each other and rows as columns, in the reader's language, codes by their names."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kzcase.cli.code_names import BESIDE_THE_CODE, CODES, DAYS, TITLES, WORDS
from kzcase.cli.labels import LABELS
from kzcase.cli.left_out import LEFT_OUT
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import BadInput
from kzcase.domain.person_rows import RecordRow, StepRow
from kzcase.domain.records import RECORDS, told
from kzcase.domain.rows import TaskRow
from kzcase.domain.steps import waited_for
from kzcase.i18n import Language, Words, _, on_the_wall, render, verbatim

if TYPE_CHECKING:
    from kzcase.domain.rulebook import Rulebook

_WIDEST: Final = 60
"""A longer text would tear columns apart: such rows stand under each other."""
_LINE: Final = 100
_NOTHING: Final = "–"


class Reader:
    """Says answers in one language; with a casebook's rulebook codes of its own lists have names too."""

    def __init__(
        self,
        language: Language,
        rulebook: "Rulebook | None" = None,
        titles: Mapping[str, Words] | None = None,
    ) -> None:
        self._language = language
        self._titles = titles or {}
        self._rulebook = rulebook
        self.hides = False
        """Whether anything was hidden from whoever asked."""

    def lines(self, answer: object) -> Iterator[str]:
        """The whole answer."""
        yield from self._value(answer, "")

    def _said(self, words: Words) -> str:
        return render(words, self._language)

    def _value(self, value: Any, indent: str) -> Iterator[str]:
        if _is_row(value):
            yield from self._fields(value, indent)
        elif _is_list(value) and value and _is_row_of_list(value[0]):
            yield from self._rows(value, indent)
        elif _is_list(value):
            for each in value:
                yield indent + self._cell("", "", each)
        elif isinstance(value, Mapping):
            yield from self._counted("", "", value, indent)
        else:
            yield indent + self._cell("", "", value)

    def _counted(self, kind: str, name: str, value: Mapping[Any, Any], indent: str) -> Iterator[str]:
        """What stands under codes: each code by its name, as everywhere else."""
        said = {self._code(kind, name, str(key)): self._cell("", "", each) for key, each in value.items()}
        width = max(map(len, said), default=0)
        for key, each in said.items():
            yield f"{indent}{key:<{width}}  {each}".rstrip()

    # One thing: its fields under each other

    def _fields(self, row: Any, indent: str) -> Iterator[str]:
        labels = [(self._label(row, name), name, value) for name, value in self._shown(row)]
        width = max((len(label) for label, _name, _value in labels), default=0)
        for label, name, value in labels:
            if _is_row(value) or _holds_rows(value) or (value and (type(row).__name__, name) in BESIDE_THE_CODE):
                yield f"{indent}{label}:"
                yield from self._below(row, name, value, indent + "  ")
            else:
                yield from self._field(row, name, value, f"{indent}{label:<{width}}", indent)

    def _below(self, row: Any, name: str, value: Any, indent: str) -> Iterator[str]:
        kind = type(row).__name__
        if isinstance(value, Mapping):
            yield from self._counted(kind, name, value, indent)
        elif (kind, name) in BESIDE_THE_CODE:
            yield from self._counted("", "", self._explained(kind, name, value), indent)
        else:
            yield from self._value(value, indent)

    def _explained(self, kind: str, name: str, codes: Sequence[str]) -> Mapping[str, str]:
        words = BESIDE_THE_CODE[kind, name]
        return {code: self._said(words.get(code, _("(hidden)"))) for code in codes}

    def _field(self, row: Any, name: str, value: Any, head: str, indent: str) -> Iterator[str]:
        """Behind its label where it is short, else below it."""
        said = self._of(row, name, value)
        if len(said) <= _WIDEST:
            yield f"{head}  {said}".rstrip()
            return
        yield f"{head.rstrip()}:"
        if _is_list(value) and not isinstance(row, StepRow):
            for each in value:
                yield f"{indent}  {self._cell(type(row).__name__, name, each)}"
        else:
            as_typed = isinstance(value, str) and said == _one_line(value)
            for paragraph in value.split("\n") if as_typed else [said]:
                yield from wrap(
                    _one_line(paragraph),
                    _LINE,
                    initial_indent=f"{indent}  ",
                    subsequent_indent=f"{indent}  ",
                    break_long_words=False,
                    break_on_hyphens=False,
                )

    def _shown(self, row: Any) -> Iterator[tuple[str, Any]]:
        left_out = LEFT_OUT.get(type(row).__name__, frozenset())
        if isinstance(row, RecordRow):
            yield from self._record(row)
            return
        for name, value in _named(row):
            if name != "masked" and name not in left_out:
                yield name, value

    def _record(self, row: RecordRow) -> Iterator[tuple[str, Any]]:
        """What kind of record, then its fields in words; the id, because acts that put it right take it."""
        yield "record", self._said(RECORDS[row.record].words)
        for field, value in told(row.record, row.values, self._rules().codes, self._language):
            yield self._said(field.words), value
        if row.ends:
            yield "ends", row.ends
        yield "id", row.id

    def _label(self, row: Any, name: str) -> str:
        return self._said(LABELS.get(f"{type(row).__name__}.{name}") or LABELS.get(name) or verbatim(name))

    # Many alike: columns, or one after the other where a text is long

    def _rows(self, rows: Sequence[Any], indent: str) -> Iterator[str]:
        nested = any(_is_row(value) or _holds_rows(value) for row in rows for _name, value in self._shown(row))
        names = [tuple(name for name, _value in self._shown(row)) for row in rows]
        cells = [[self._of(row, name, value) for name, value in self._shown(row)] for row in rows]
        long = {at for line in cells for at, cell in enumerate(line) if len(cell) > _WIDEST}
        if nested or len(set(names)) > 1 or (long and len(rows) == 1) or len(long) + 1 >= len(names[0]):
            for row in rows:
                yield from self._fields(row, indent)
                yield ""
            return
        yield from self._table(rows, names[0], cells, long, indent)

    def _table(
        self, rows: Sequence[Any], names: Sequence[str], cells: Sequence[Sequence[str]], long: set[int], indent: str
    ) -> Iterator[str]:
        """Short columns beside each other; what is long stands below its row, so that it tears nothing apart."""
        heads = [self._label(rows[0], name) for name in names]
        short = [at for at in range(len(names)) if at not in long]
        widths = {at: max(len(line[at]) for line in (heads, *cells)) for at in short}
        for row, line in zip((None, *rows), (heads, *cells), strict=True):
            yield (indent + "  ".join(f"{line[at]:<{widths[at]}}" for at in short)).rstrip()
            for at in sorted(long) if row is not None else ():
                if line[at] != _NOTHING:
                    head = f"{indent}    {heads[at]}"
                    yield from self._field(row, names[at], getattr(row, names[at], line[at]), head, f"{indent}    ")

    # One value

    def _of(self, row: Any, name: str, value: Any) -> str:
        """A field of a row; what the asker may not see is said to be hidden, not empty."""
        if (value is None or value == []) and name in getattr(row, "masked", ()):
            self.hides = True
            return self._said(_("(hidden)"))
        if name == "id" and isinstance(value, str) and "/" in value:
            return _NOTHING  # made up of several ids: no command takes it
        if name == "row" and value == 0:
            return _NOTHING  # the file has no rows
        if name == "can_open" and value is False:
            self.hides = True  # it opens once names are shown
            return self._said(_("(hidden)"))
        if name == "stage":
            return self._stage(getattr(row, "kind", None), value)
        if isinstance(row, StepRow) and name == "waits_for" and value:
            return waited_for(value, lambda step: self._code("StepRow", "step", step), self._language)
        if isinstance(row, TaskRow) and name == "title":
            return _one_line(self._said(row.said))
        if value and (name == "birth" or (type(row).__name__, name) in DAYS):
            return self._born(value)
        return self._cell(type(row).__name__, name, value)

    def _stage(self, kind: str | None, stage: str | None) -> str:
        pathway = self._rules().pathways.get(kind or "")
        found = pathway.stage(stage) if pathway and stage else None
        return found.name(self._language) if found else stage or _NOTHING

    def _born(self, birth: str) -> str:
        try:
            return self._said(parse_edtf(birth).words())
        except BadInput:
            return _one_line(birth)

    def _cell(self, kind: str, name: str, value: Any) -> str:
        if value is None or value == "" or (isinstance(value, Mapping | list | tuple | set | frozenset) and not value):
            return _NOTHING
        if isinstance(value, bool):
            return self._said(_("yes") if value else _("no"))
        if isinstance(value, datetime):
            return on_the_wall(value)
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y")
        if _is_list(value):
            return ", ".join(self._cell(kind, name, each) for each in value)
        return self._code(kind, name, value) if isinstance(value, str) else str(value)

    def _code(self, kind: str, name: str, code: str) -> str:
        words = (self._titles if (kind, name) in TITLES else WORDS.get((kind, name), {})).get(code)
        if words is not None:
            return self._said(words)
        lists = CODES.get((kind, name), "").split()
        found = next((each for listed in lists if (each := self._rules().list(listed).get(code))), None)
        return _one_line(found.name(self._language) if found else code)

    def _rules(self) -> "Rulebook":
        if self._rulebook is None:
            from kzcase.db.rulebook import baseline

            self._rulebook = baseline()
        return self._rulebook


def _named(row: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a row; what was added to it later and does not concern this one is left out."""
    if isinstance(row, Mapping):
        yield from row.items()
        return
    struct = isinstance(row, msgspec.Struct)
    for field in msgspec.structs.fields(row) if struct else dataclasses.fields(row):
        value = getattr(row, field.name)
        made = field.default_factory() if callable(field.default_factory) else field.default
        if value != made or field.name == "masked":
            yield field.name, value


def _is_row(value: Any) -> bool:
    return isinstance(value, msgspec.Struct) or (dataclasses.is_dataclass(value) and not isinstance(value, Words))


def _is_row_of_list(value: Any) -> bool:
    return _is_row(value) or isinstance(value, Mapping)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def _holds_rows(value: Any) -> bool:
    return bool(value) and (isinstance(value, Mapping) or (_is_list(value) and any(map(_is_row, value))))


def _one_line(text: str) -> str:
    """On one line; whatever could steer a terminal is shown as a mark."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split("\n")))
