"""The one door for forms: our YAML, an office's XLSForm and any XForm all become one Form."""

from dataclasses import dataclass, field
from pathlib import PurePath

from kzcase.domain.errors import BadForm, BadInputs
from kzcase.forms.columns import unused
from kzcase.forms.definition import Form
from kzcase.forms.kept_sheets import with_sheets
from kzcase.forms.outside_lists import BadList, Beside, nothing_beside, with_lists
from kzcase.forms.settings import written_id_problem
from kzcase.forms.sheets import Sheets, line_of_list, paths_of
from kzcase.forms.way_home import without_home, without_home_xml
from kzcase.forms.xform import read_xform
from kzcase.forms.xml_reading import check_xml
from kzcase.i18n import _

ENDINGS = (".yaml", ".yml", ".xlsx", ".md", ".csv", ".xml", ".zip")


@dataclass(frozen=True, slots=True)
class Source:
    """A form as one XForm text, and the line at which each path was written."""

    xml: str
    rows: dict[str, int] = field(default_factory=dict)
    is_workbook: bool = False
    unused: tuple[BadForm, ...] = ()  # what stands in it and is left out
    sheets: Sheets | None = None

    def placed(self, problem: BadForm) -> BadForm:
        """The problem with the sheet it stands on, where there are sheets: every rule is on the first, texts of choices
        are not and name theirs."""
        first, _dot, rest = problem.place.partition(" · ")
        if self.is_workbook and first.isdecimal() and not rest.startswith("choices · "):
            problem.place = " · ".join(filter(None, (first, "survey", rest)))
        return problem


def read_form(
    filename: str, untrusted_data: bytes, beside: Beside = nothing_beside, *, keep_rows: bool = False
) -> Form:
    """A form from any file we take, with the lists that lie beside it; `keep_rows`: its text keeps the office's rows.

    Raises BadForm, BadInputs (one BadForm each) or TooLarge; places name the row, the column and the question.
    """
    source = source_of(filename, untrusted_data, beside, keep_rows=keep_rows)
    form, unread = read_xform(source.xml, source.rows)
    from kzcase.forms.graph import problems_of

    problems = [*map(source.placed, unread or problems_of(form))]
    if problems:
        raise problems[0] if len(problems) == 1 else BadInputs(problems)
    return form


def source_of(
    filename: str,
    untrusted_data: bytes,
    beside: Beside = nothing_beside,
    *,
    keep_rows: bool = False,
    left_out: list[BadForm] | None = None,
) -> Source:
    """The file as an XForm text. Raises BadForm, BadInputs or TooLarge; `left_out` is given what it leaves out, also
    of a file that is refused: a misspelt column may be why."""
    ending = PurePath(filename).suffix.lower()
    if ending == ".zip":
        from kzcase.forms.packed_form import unpacked

        filename, untrusted_data, beside = unpacked(filename, untrusted_data)
        ending = PurePath(filename).suffix.lower()
    if ending == ".xml":
        return Source(_complete(without_home_xml(_decoded(untrusted_data)), beside, None))
    sheets = without_home(sheets_of(ending, untrusted_data))
    idle = tuple(unused(sheets))
    if left_out is not None:
        left_out += idle
    from kzcase.forms.sheet_rules import problems_in

    problems = problems_in(sheets)
    if problems:
        named = written_id_problem(sheets)
        problems += [named] if named else []
        raise problems[0] if len(problems) == 1 else BadInputs(problems)
    from kzcase.forms.workbook import to_xform

    xml = _complete(to_xform(sheets, PurePath(filename).stem), beside, sheets)
    if keep_rows and sheets.is_workbook:
        xml = with_sheets(xml, sheets)
    return Source(xml, paths_of(sheets), sheets.is_workbook, idle, sheets)


def _complete(xml: str, beside: Beside, sheets: Sheets | None) -> str:
    """The XForm with the lists that lie beside it. Raises BadForm or BadInputs, one for each that is not there."""
    xml, wrong = with_lists(xml, beside)
    problems = [BadForm(_place_of_list(one, sheets), why=one.why) for one in wrong]
    if problems:
        raise problems[0] if len(problems) == 1 else BadInputs(problems)
    return xml


def _place_of_list(one: BadList, sheets: Sheets | None) -> str:
    if sheets is None:
        return one.id[:80]
    line, column = line_of_list(sheets, one.id, one.filename)
    return sheets.place(line, column)


def sheets_of(ending: str, untrusted_data: bytes) -> Sheets:
    """The rows of a YAML or XLSForm file."""
    if ending in (".yaml", ".yml"):
        from kzcase.forms.yaml_form import read_form_yaml

        return read_form_yaml(untrusted_data)
    if ending in (".xlsx", ".md", ".csv"):
        from kzcase.forms.workbook import read_workbook

        return read_workbook(ending, untrusted_data)
    raise BadForm(why=_("Forms are .yaml, .xlsx, .md, .csv or .xml files, or one of them in a .zip with its lists."))


def _decoded(untrusted_data: bytes) -> str:
    """The text of an XForm; its own declaration of another encoding is not followed."""
    check_xml(untrusted_data)
    try:
        return untrusted_data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise BadForm(why=_("The file is not UTF-8 text.")) from error
