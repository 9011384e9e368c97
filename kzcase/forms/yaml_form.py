"""Our own form files: one YAML file a form, one block a question, every text in Kazakh, Russian and English."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kzcase.domain.errors import BadForm, BadInput, BadInputs
from kzcase.forms.about import WHOLE_FORM, about_form
from kzcase.forms.code_choices import choices_of
from kzcase.forms.languages import HEADINGS, missing_text
from kzcase.forms.rule_choices import table_rows
from kzcase.forms.sheets import Row, Sheets
from kzcase.forms.yaml_reading import Block, Items, Node, read_yaml
from kzcase.i18n import LANGUAGES, Words, _

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "label": "label",
        "hint": "hint",
        "guidance": "guidance_hint",
        "constraint_message": "constraint_message",
        "required_message": "required_message",
    }
)
_PLAIN = frozenset(
    ("type", "name", "required", "relevant", "constraint", "calculation", "choice_filter", "repeat_count")
) | {"readonly", "default", "appearance", "parameters", "trigger"}
_OWN = frozenset(["class", "stat", "paper", "read_aloud", "save_to", "soft"])
_TOP = frozenset(["form", "edition", "title", "about", "choices", "questions", *WHOLE_FORM])
_MESSAGES = frozenset(["constraint_message", "required_message"])
_LOOKED_UP = re.compile(r"\binstance\(\s*'([a-z_]{1,40})'\s*\)")
_CHOOSING = ("select_one", "select_multiple", "rank")
_UNLABELLED = ("calculate", "hidden", "today", "start", "end", "username", "deviceid")


def read_form_yaml(untrusted_data: bytes) -> Sheets:
    """The rows of a YAML form. Raises BadInputs with one BadForm for each line that cannot be used."""
    top = read_yaml(untrusted_data)
    if not isinstance(top, Block) or "questions" not in top:
        raise BadForm("1", why=_("The file holds no questions."))
    reading = _Reading()
    sheets = reading.sheets(top)
    if reading.problems:
        raise BadInputs(reading.problems)
    return sheets


class _Reading:
    """One file being turned into rows, its problems gathered on the way."""

    def __init__(self) -> None:
        self.problems: list[BadInput] = []
        self._further: tuple[str, ...] = ()
        self._survey: list[Row] = []
        self._survey_rows: list[int] = []
        self._choices: list[Row] = []
        self._choice_rows: list[int] = []

    def _refuse(self, line: int, column: str, why: Words) -> None:
        self.problems.append(BadForm(f"{line} · {column}" if column else str(line), why=why))

    def sheets(self, top: Block) -> Sheets:
        self._only(top, _TOP)
        whole = self._whole_form(top)
        title = self._texts(top.get("title", ""), top.lines.get("title", 1), "title")
        about: dict[str, str] = {}
        if "about" in top:
            about = self._texts(top["about"], top.lines["about"], "about", LANGUAGES)
        for name, choices in self._block(top.get("choices", ""), top.lines.get("choices", 1)).items():
            self._list(name, choices, top)
        self._questions(top["questions"], top.lines["questions"])
        self._shared_lists()
        self._tables()
        settings = {
            "form_id": self._text(top, "form"),
            "form_title": title.get("en", ""),
            "version": self._text(top, "edition"),
            "default_language": HEADINGS["kk"],
            "namespaces": 'kzcase="https://kzcase.kz/forms"',
            **{f"attribute::kzcase:{name}": text for name, text in whole.items()},
        }
        return Sheets(self._survey, self._choices, [settings], self._survey_rows, self._choice_rows, title, about)

    def _whole_form(self, top: Block) -> dict[str, str]:
        """What the file says about the form as a whole."""
        told = {name: self._text(top, name) for name in WHOLE_FORM if name in top}
        fields, wrong = about_form(told)
        for name, why in wrong.items():
            self._refuse(top.lines[name], name, why)
        self._further = fields.get("further_languages", ())
        return {name: text for name, text in told.items() if text}

    def _only(self, block: Block, known: frozenset[str]) -> None:
        for name in block:
            if name not in known and not name.startswith(("bind::", "body::")):
                self._refuse(block.lines[name], name[:40], _("“{name}” is not known here.", name=name[:40]))

    def _block(self, node: Node, line: int) -> Block:
        if isinstance(node, Block):
            return node
        if node:
            self._refuse(line, "", _("A name was expected here."))
        return Block(line)

    def _text(self, block: Block, name: str) -> str:
        node = block.get(name, "")
        if isinstance(node, str):
            return node.strip()
        self._refuse(block.lines[name], name, _("A plain text was expected here."))
        return ""

    def _texts(self, node: Node, line: int, column: str, needed: Sequence[str] = ()) -> dict[str, str]:
        """A text in its three languages and the further ones of the file, none of them missing."""
        block = self._block(node, line)
        found: dict[str, str] = {}
        for language in (*LANGUAGES, *self._further):
            text = block.get(language, "")
            if isinstance(text, str) and text.strip():
                found[language] = re.sub(r"\s*\n\s*", "\n", text.strip())
            elif language in (needed or (*LANGUAGES, *self._further)):
                self._refuse(line, column, missing_text(language))
        for name in block:
            if name not in (*LANGUAGES, *self._further):
                self._refuse(block.lines[name], column, _("“{name}” is not known here.", name=name[:40]))
        return found

    def _list(self, name: str, choices: Node, top: Block) -> None:
        if not isinstance(choices, Items):
            self._refuse(top.lines["choices"], name, _("A list was expected here."))
            return
        for choice in choices:
            if isinstance(choice, Block) and len(choice) == 1:
                self._choice(name, choice)
            else:
                line = choice.line if isinstance(choice, Block) else choices.line
                self._refuse(line, name, _("A choice is written “code: {{kk: …, ru: …, en: …}}”."))

    def _choice(self, list_name: str, choice: Block) -> None:
        (code, node), *_none = choice.items()
        row = {"list_name": list_name, "name": code}
        if isinstance(node, Block):
            texts = Block(node.line)
            for key, value in node.items():
                if key in (*LANGUAGES, *self._further):
                    texts[key] = value
                    texts.lines[key] = node.lines[key]
                else:
                    row[key] = self._text(node, key)
            node = texts
        for language, text in self._texts(node, choice.line, code).items():
            row[f"label::{HEADINGS[language]}"] = text
        self._choices.append(row)
        self._choice_rows.append(choice.line)

    def _shared_lists(self) -> None:
        """A list that the file does not write out is one of the program's code lists."""
        own = {row["list_name"] for row in self._choices}
        for row, line in zip(list(self._survey), list(self._survey_rows), strict=True):
            kind, _blank, name = row.get("type", "").partition(" ")
            name = name.removesuffix(" or_other").strip()
            if kind in _CHOOSING and name not in own:
                own.add(name)
                shared = choices_of(name)
                self._choices.extend(shared)
                self._choice_rows.extend([line] * len(shared))

    def _tables(self) -> None:
        """A dated table of the program that the rules look up comes with the form."""
        own = {row["list_name"] for row in self._choices}
        for row, line in zip(list(self._survey), list(self._survey_rows), strict=True):
            for name in _LOOKED_UP.findall(" ".join(map(str, row.values()))):
                if name not in own:
                    own.add(name)
                    found = table_rows(name)
                    self._choices.extend(found)
                    self._choice_rows.extend([line] * len(found))

    def _questions(self, node: Node, line: int) -> None:
        if not isinstance(node, Items):
            self._refuse(line, "questions", _("A list was expected here."))
            return
        for question in node:
            if isinstance(question, Block):
                self._question(question)
            else:
                self._refuse(node.line, "questions", _("Each question is a block with a type and a name."))

    def _question(self, block: Block) -> None:
        kind = self._text(block, "type")
        container = kind in ("group", "repeat")
        self._only(block, _PLAIN | _OWN | frozenset(_TEXTS) | ({"questions"} if container else frozenset()))
        row: Row = {name: self._text(block, name) for name in block if name in _PLAIN}
        if "class" in block:
            row["bind::kzcase:class"] = self._text(block, "class")
        elif not container and kind != "note":
            self._refuse(block.line, "class", _("Each question needs its privacy class."))
        for name in ("stat", "paper"):
            if name in block:
                row[f"bind::kzcase:{name}"] = self._pairs(block, name)
        for name in ("read_aloud", "save_to", "soft"):
            if name in block:
                row[f"bind::kzcase:{name}"] = self._text(block, name)
        row.update({name: self._text(block, name) for name in block if name.startswith(("bind::", "body::"))})
        self._words(block, row, kind)
        if container:
            row["type"] = f"begin {kind}"
        self._add(row, block.line)
        if container:
            self._questions(block.get("questions", ""), block.lines.get("questions", block.line))
            self._add({"type": f"end {kind}"}, block.line)

    def _words(self, block: Block, row: Row, kind: str) -> None:
        if "label" not in block and kind not in _UNLABELLED:
            self._refuse(block.line, "label", missing_text("kk"))
        for name, column in _TEXTS.items():
            if name in block:
                needed = LANGUAGES if name in _MESSAGES else ()
                for language, text in self._texts(block[name], block.lines[name], name, needed).items():
                    row[f"{column}::{HEADINGS[language]}"] = text

    def _pairs(self, block: Block, name: str) -> str:
        inside = self._block(block[name], block.lines[name])
        return "; ".join(f"{key}={self._text(inside, key)}" for key in inside)

    def _add(self, row: Row, line: int) -> None:
        self._survey.append(row)
        self._survey_rows.append(line)
