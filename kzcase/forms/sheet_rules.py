"""Checks the rows of a form before they are converted, so that every mistake is named with its row and column."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kzcase.domain.errors import BadForm
from kzcase.forms.bounds import RuleWords
from kzcase.forms.own_attributes import own_problem
from kzcase.forms.settings import settings_place, settings_problems
from kzcase.forms.sheets import Sheets, cell, closes, opens
from kzcase.forms.xpath import compile_rule
from kzcase.i18n import Words, _

_RULES: Mapping[str, tuple[str, ...]] = {
    "relevant": ("relevant", "relevance", "bind::relevant", "skip_logic"),
    "constraint": ("constraint", "bind::constraint"),
    "calculation": ("calculation", "calculate", "bind::calculate"),
    "required": ("required", "bind::required"),
    "readonly": ("readonly", "read_only", "bind::readonly"),
    "choice_filter": ("choice_filter",),
    "repeat_count": ("repeat_count", "count", "jr:count"),
}
_RULE_HEADINGS = frozenset(heading for headings in _RULES.values() for heading in headings)
_SWITCHES = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_NAME = re.compile(r"[^\W\d][\w.-]*")
_DOLLAR = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_UNSEEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_SELECT = r"select_one|select_multiple|select one|select multiple|select1|select all that apply|rank"
_PROMPT = r"add select (?:one|multiple) prompt using"
_CHOOSING = re.compile(rf"(?:{_PROMPT}|(?:{_SELECT})(?: from)?)\s+(?!from\s)(\S+)", re.IGNORECASE)
_CHOOSES = re.compile(r"select_one|select_multiple|select one|select multiple|rank", re.IGNORECASE)
_MANY = re.compile(r"select_multiple|select multiple|select all|add select multiple|rank", re.IGNORECASE)
_YES = frozenset({"yes", "true", "true()"})
_YES_OR_NOTHING = frozenset({"required", "readonly"})
_UNNAMED = frozenset({"note", "include", "audit"})
"""Types whose questions may go without a name."""


_FROM_LIST = re.compile(rf"(?:{_PROMPT}|{_SELECT}|osm)(?:[ _]from[ _]file)?(?: from)?(?:\s.*)?", re.IGNORECASE)


@cache
def _types() -> frozenset[str]:
    """What pyxform takes for a type of question."""
    from pyxform import aliases
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    return frozenset({*QUESTION_TYPE_DICT, *aliases._type_alias_map, "include", "entity"})


def _is_type(kind: str) -> bool:
    """Whether there is such a type; a row without one is spoken of elsewhere."""
    return not kind or kind in _types() or bool(opens(kind)) or _FROM_LIST.fullmatch(kind) is not None


def _asks(heading: str) -> bool:
    return heading.partition(":")[0].strip().lower() in ("name", "value", "label")


def _plain(heading: str) -> str:
    return _UNSEEN.sub("", str(heading))[:40]


def _unseen(sign: str) -> Words:
    return _("There is a sign here that nobody sees ({sign}). Please delete it.", sign=f"U+{ord(sign):04X}")


def problems_in(sheets: Sheets) -> list[BadForm]:
    """Everything wrong with the rows: names, lists, references and rules, each with its place. Raises TooLarge before
    it reads more rules than any form needs."""
    _must_be_few(sheets)
    return [*_Checking(sheets).problems, *settings_problems(sheets)]


def _must_be_few(sheets: Sheets) -> None:
    words = RuleWords()
    lines = (*sheets.survey_rows, *sheets.choice_rows)
    for row, line in zip((*sheets.survey, *sheets.choices), lines, strict=True):
        for heading, text in row.items():
            count = words.rule if str(heading).strip().lower().replace(" ", "_") in _RULE_HEADINGS else words.text
            count(str(text), str(line))


class _Checking:
    """One form's rows being looked through."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._lists = {cell(row, "list_name", "list") for row in sheets.choices}
        self._names = dict(self._named())
        self._names |= {f"last-saved#{name}": path for name, path in self._names.items()}
        self.problems: list[BadForm] = []
        self._check_signs()
        self._check_choices()
        self._check_survey()

    def _refuse(self, line: int, column: str, why: Words, sheet: str = "survey") -> None:
        self.problems.append(BadForm(self._sheets.place(line, column, sheet), why=why))

    def _named(self) -> Iterator[tuple[str, str]]:
        """Each question's name and path."""
        above: list[str] = ["data"]
        for row in self._sheets.survey:
            kind, name = cell(row, "type"), cell(row, "name")
            if closes(kind):
                del above[max(1, len(above) - 1) :]
                continue
            if name:
                yield name, "/" + "/".join([*above, name])
            if opens(kind):
                above.append(name)

    def _check_signs(self) -> None:
        """Signs that nobody sees and no form can hold."""
        sheets = self._sheets
        both = (("survey", sheets.survey, sheets.survey_rows), ("choices", sheets.choices, sheets.choice_rows))
        for sheet, rows, lines in both:
            for row, line in zip(rows, lines, strict=True):
                for heading, text in row.items():
                    if found := _UNSEEN.search(f"{heading}{text}"):
                        self._refuse(line, _plain(heading), _unseen(found[0]), sheet)
        for row in sheets.settings:
            for heading, text in row.items():
                if found := _UNSEEN.search(f"{heading}{text}"):
                    self.problems.append(BadForm(settings_place(sheets, _plain(heading)), why=_unseen(found[0])))

    def _check_choices(self) -> None:
        seen: set[tuple[str, str]] = set()
        twice = any(cell(row, "allow_choice_duplicates").lower() in _YES for row in self._sheets.settings)
        many = set(self._lists_of_many())
        lines = zip(self._sheets.choices, self._sheets.choice_rows, strict=True)
        for at, (row, line) in enumerate(lines):
            key, sheet = (cell(row, "list_name", "list"), cell(row, "name", "value")), self._sheets.sheet_of_choice(at)
            if key in seen and not twice:
                self._refuse(line, f"name · {key[0][:40]}", _("“{name}” is given twice.", name=key[1][:80]), sheet)
            if " " in key[1] and key[0] in many:
                self._refuse(line, f"name · {key[0][:40]}", _("The code of a choice has no blanks."), sheet)
            seen.add(key)

    def _lists_of_many(self) -> Iterator[str]:
        """The lists of which several are chosen: such an answer is written with blanks between the codes."""
        for row in self._sheets.survey:
            kind = cell(row, "type")
            if _MANY.match(kind) and (found := _CHOOSING.match(kind)):
                yield found[1]

    def _check_survey(self) -> None:
        seen: list[set[str]] = [set()]
        open_kinds: list[tuple[str, int]] = []
        for row, line in zip(self._sheets.survey, self._sheets.survey_rows, strict=True):
            kind, name = cell(row, "type"), cell(row, "name")
            if closes(kind):
                if not open_kinds or open_kinds[-1][0] != closes(kind):
                    self._refuse(line, "type", _("This end has no beginning."))
                del open_kinds[-1:], seen[max(1, len(seen) - 1) :]
                continue
            if name:
                self._check_name(name, line, seen[-1])
            elif kind and kind.lower() not in _UNNAMED and _is_type(kind) and not cell(row, "tag", "value"):
                self._refuse(line, "name", _("The name is missing here."))
            self._check_row(row, kind, line)
            if opens(kind):
                open_kinds.append((opens(kind), line))
                seen.append(set())
        for kind, line in open_kinds:
            self._refuse(line, f"begin {kind}", _("This beginning has no end."))

    def _check_name(self, name: str, line: int, seen: set[str]) -> None:
        if name in seen:
            self._refuse(line, "name", _("“{name}” is given twice.", name=name[:80]))
        elif not _NAME.fullmatch(name):
            self._refuse(line, "name", _("A name begins with a letter and has no blanks: “{name}”.", name=name[:80]))
        seen.add(name)

    def _check_row(self, row: Mapping[str, str], kind: str, line: int) -> None:
        found = _CHOOSING.match(kind)
        if _CHOOSES.fullmatch(kind):
            why = _(
                "Behind “{name}” stands the name of a list of choices: “{name} {list}”.", name=kind[:80], list="yes_no"
            )
            self._refuse(line, "type", why)
        elif not kind and any(text and _asks(str(heading)) for heading, text in row.items()):  # else it is a remark
            self._refuse(line, "type", _("The type is missing here."))
        elif not _is_type(kind):
            self._refuse(line, "type", _("There is no type of question called “{name}”.", name=kind[:80]))
        known = not found or found[1] in self._lists or found[1].startswith("${")
        if found and not known:
            missing = _("There is no list of choices called “{name}”.", name=found[1][:80])
            self._refuse(line, "type", missing)
        for column, headings in _RULES.items():
            text = cell(row, *headings)
            if not text or text.lower() in _SWITCHES:
                continue
            if column == "repeat_count" and _NAME.fullmatch(text):
                self._refuse(line, column, _("A reference to a question is written ${{name}}."))
            elif column in _YES_OR_NOTHING and _NAME.fullmatch(text):
                self._refuse(line, column, _("Please write “yes” here or leave it empty: “{text}”.", text=text[:40]))
            else:
                self._check_rule(text, column, line)
        for heading, text in row.items():
            if heading and heading.partition("::")[0].strip().lower() in ("label", "hint"):
                self._check_text(str(text), heading, line)
            elif wrong := own_problem(str(heading), str(text)):
                self._refuse(line, f"{heading} · {cell(row, 'name')[:80]}", wrong)

    def _check_rule(self, text: str, column: str, line: int) -> None:
        try:
            compile_rule(text, self._names)
        except BadForm as error:
            self._refuse(line, column, error.why)

    def _check_text(self, text: str, heading: str, line: int) -> None:
        for name in _DOLLAR.findall(text):
            if name not in self._names:
                self._refuse(line, heading, _("No question is called “{name}”.", name=name[:80]))
