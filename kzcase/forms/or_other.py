"""“Other” and “Specify other.” of an XLSForm's `or_other`, written out in every language that the form speaks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kzcase.forms.languages import code_of
from kzcase.forms.sheets import Row, Sheets, cell

_TYPE: Final = re.compile(r"(.*\S)\s+or[ _](?:specify )?other", re.IGNORECASE)
_FROM_A_FILE: Final = re.compile(r"from[ _]file|external", re.IGNORECASE)
OTHER: Final = "other"
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "kk": ("Басқа", "Басқасын нақтылаңыз."),
    "ru": ("Другое", "Уточните, что именно."),
    "en": ("Other", "Specify other."),
    "uz": ("Boshqa", "Boshqasini koʻrsating."),
    "uz-Cyrl": ("Бошқа", "Бошқасини кўрсатинг."),
    "ky": ("Башка", "Башкасын көрсөтүңүз."),
    "tg": ("Дигар", "Дигарашро нависед."),
}
"""The choice and the question behind it. They become texts of the form, in its languages, not of the program."""
_KAZAKH: Final = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_CYRILLIC: Final = re.compile("[а-яёА-ЯЁ]")


def with_others(sheets: Sheets) -> Sheets:
    """The rows with every `or_other` written out: a choice more, and a question for what it means."""
    if not any(map(_with_other, sheets.survey)):
        return sheets
    survey, lines, lists = list[Row](), list[int](), dict[str, None]()
    headings = _headings(sheets.survey)
    for row, line in zip(sheets.survey, sheets.survey_rows, strict=True):
        asked = _with_other(row)
        survey.append({**row, _heading(row, "type"): asked} if asked else row)
        lines.append(line)
        if asked:
            lists[asked.split()[-1]] = None
            survey.append(_question(sheets, cell(row, "name"), headings))
            lines.append(line)
    more = list(_choices(sheets, lists, headings))
    return replace(
        sheets,
        survey=survey,
        survey_rows=lines,
        choices=[*sheets.choices, *more],
        choice_rows=[*sheets.choice_rows, *(0 for _row in more)],
    )


def _with_other(row: Mapping[str, str]) -> str:
    """The type without its `or_other`; nothing where there is none, or where a filter would hide what is added."""
    found = _TYPE.fullmatch(cell(row, "type"))
    if not found or cell(row, "choice_filter") or _FROM_A_FILE.search(found[1]):
        return ""
    return found[1]


def _heading(row: Mapping[str, str], name: str) -> str:
    return next(heading for heading in row if heading and heading.strip().lower() == name)


def _headings(rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The columns in which labels stand."""
    found = (heading for row in rows for heading in row if heading and _is_label(str(heading)))
    return tuple(dict.fromkeys(found)) or ("label",)


def _is_label(heading: str) -> bool:
    return heading.split(":")[0].strip().lower() == "label"


def _question(sheets: Sheets, name: str, headings: Sequence[str]) -> Row:
    labels = {heading: _SAID[_language(sheets, heading)][1] for heading in headings}
    return {"type": "text", "name": f"{name}_other", "relevant": f"selected(../{name}, '{OTHER}')", **labels}


def _choices(sheets: Sheets, lists: Iterable[str], otherwise: Sequence[str]) -> Iterator[Row]:
    """“Other” at the end of each list that has none of its own."""
    for name in lists:
        rows = [row for row in sheets.choices if cell(row, "list_name", "list") == name]
        if rows and not any(cell(row, "name", "value") == OTHER for row in rows):
            code = _heading(rows[0], "name" if cell(rows[0], "name") else "value")
            own = next(heading for heading in rows[0] if cell({heading: rows[0][heading]}, "list_name", "list"))
            headings = _headings(sheets.choices) if any(map(_is_label, rows[0])) else otherwise
            yield {own: name, code: OTHER, **{each: _SAID[_language(sheets, each)][0] for each in headings}}


def _language(sheets: Sheets, heading: str) -> str:
    """The language of a column of labels; where the form does not say, what its letters say."""
    named = heading.partition(":")[2].strip(": ")
    default = next((said for row in sheets.settings if (said := cell(row, "default_language"))), "")
    code = code_of(named or default) if named or default else _guessed(sheets, heading)
    return code if code in _SAID else "en"


def _guessed(sheets: Sheets, heading: str) -> str:
    said = "".join(str(row.get(heading, "")) for row in (*sheets.survey, *sheets.choices))
    if _KAZAKH.intersection(said):
        return "kk"
    return "ru" if _CYRILLIC.search(said) else "en"
