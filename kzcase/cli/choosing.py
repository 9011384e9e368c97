"""Which cases a command lists: the filters of the list, and the list taken along as a file."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzcase.cli.desk import Way, on_casebook_of_people
from kzcase.cli.documents import ListWritten
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, language
from kzcase.cli.spoken import PLACE, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.case_filter import ME, NOBODY, TEAM, AgeGroup, CaseFilter, State, checked
from kzcase.domain.errors import NotFound
from kzcase.i18n import LANGUAGES, Language, Words, _

if TYPE_CHECKING:
    from kzcase.db.reader import Reader
    from kzcase.domain.rulebook import Rulebook

_SPECIAL = frozenset({ME, NOBODY, TEAM})
_LISTS = ("kind", "stage", "region", "urgency", "source", "border_point", "worker", "age", "flag")
_LIST_OF = {"kind": "case_kind", "source": "case_source", "flag": "flag_kind"}
"""The list in which a filter's codes stand, where it is called otherwise."""
_FEW = 12
_OPTIONS = (
    option("--kind", multiple=True, metavar="CODE", words=_("Only of this kind; several may be given.")),
    option("--stage", multiple=True, metavar="CODE", words=_("Only in this stage.")),
    option("--region", multiple=True, metavar="CODE", words=_("Only of this region.")),
    option("--urgency", multiple=True, metavar="CODE", words=_("Only of this urgency.")),
    option("--source", multiple=True, metavar="CODE", words=_("Only with this source, such as raid.")),
    option("--border-point", multiple=True, metavar="CODE", words=_("Only over this border crossing point.")),
    option("--worker", multiple=True, metavar="W", words=_("Only of this colleague: a name, me, nobody or team.")),
    option("--age", multiple=True, metavar="G", words=_("Only child, adult or unknown.")),
    option("--flag", multiple=True, metavar="CODE", words=_("Only with this flag up.")),
    option("--overdue", is_flag=True, words=_("Only with an overdue task.")),
    option("--state", type=click.Choice([each.value for each in State if each]), words=_("Only open or closed cases.")),
    option("--opened-from", default="", metavar="DATE", words=_("Only opened on this day or later.")),
    option("--opened-to", default="", metavar="DATE", words=_("Only opened on this day or earlier.")),
    option("--saved", default="", metavar="NAME", words=_("The saved search of this name.")),
)


def chosen_options(perform: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose cases."""
    for each in reversed(_OPTIONS):
        perform = each(perform)
    return perform


def chosen_by(reader: "Reader", said: Mapping[str, Any]) -> CaseFilter:
    """What the options choose; a saved search is chosen by its name alone."""
    from kzcase.actions.finding import find_colleague
    from kzcase.queries.saved_searches import saved_searches

    typed = {name: said[name] for name in _LISTS}
    if name := said["saved"]:
        if any(typed.values()) or said["overdue"] or said["state"] or said["opened_from"] or said["opened_to"]:
            raise WrongUse(_("Please give either --saved or filters."))
        found = next((row for row in saved_searches(reader) if name in (row.name, row.id)), None)
        if found is None:
            raise NotFound(place="--saved", what=name[:64])
        return found.filters
    workers = tuple(w if w in _SPECIAL else find_colleague(reader, w, "--worker").id.hex() for w in typed["worker"])
    for name in _LISTS:
        if name != "worker":
            _must_know(reader.rulebook, name, typed[name])
    rest = {"overdue": said["overdue"], "state": said["state"] or ""}
    days = {name: said[name] for name in ("opened_from", "opened_to")}
    return checked(CaseFilter(**(typed | {"worker": workers}), **rest, **days), "")


def _must_know(rules: "Rulebook", name: str, given: Iterable[str]) -> None:
    """A code that is not there is refused: an empty list would say that there are no such cases."""
    known = _codes(rules, name)
    for code in given:
        if code not in known:
            option, hint = name.replace("_", "-"), _hint(name, code, known)
            raise WrongUse(_("--{name}: there is no code “{code}”. {hint}", name=option, code=code[:64], hint=hint))


def _codes(rules: "Rulebook", name: str) -> dict[str, None]:
    match name:
        case "age":
            return dict.fromkeys(AgeGroup)
        case "stage":
            stages = (step for pathway in rules.pathways.values() for step, _stage in pathway.every_stage())
            return dict.fromkeys(stages)
        case _:
            return dict.fromkeys(each.code for each in rules.list(_LIST_OF.get(name, name)))


def _hint(name: str, code: str, known: Iterable[str]) -> Words:
    """What is spelt nearly so; else all of a short list, or where a long one stands."""
    codes = sorted(known)
    if near := get_close_matches(code[:64].lower(), codes, 3, 0.6):
        return _("Did you mean {names}?", names=", ".join(near))
    if len(codes) > _FEW and name != "stage":
        return _("`kzcase codes {list}` shows the codes.", list=_LIST_OF.get(name, name))
    return _("It is one of: {choices}.", choices=", ".join(codes))


@command("export", _("Write the list of cases to a file, with the reason; names only where you see them now."))
@on_casebook_of_people
@chosen_options
@option("--reason", required=True, metavar="R", words=_("A code of the list export_reason, such as planning."))
@option("--with-names", is_flag=True, words=_("Also names, sex and birth, as far as you see them."))
@option("-o", "--output", required=True, type=PLACE, metavar="F", words=_("Where to write it: F.csv or F.xlsx."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the list."))
def export_command(
    way: Way, *, reason: str, with_names: bool, output: Path, spoken: Language | None, **said: Any
) -> None:
    """For whoever may take lists along; it is entered in the read log first."""
    from kzcase.actions.list_exports import FORMATS, export_list

    form = output.suffix[1:]
    if form not in FORMATS:
        raise WrongUse(_("The name of the file must end in .csv or .xlsx."))
    check_target(output)
    with way.desk() as desk:
        with desk.book.read() as reader:
            chosen = chosen_by(reader, said)
        content = export_list(desk.book, chosen, reason, form, spoken or language(), names=with_names)
    write_whole(output, content)
    answer(ListWritten(file=str(output), sha256=hashlib.sha256(content).hexdigest()), way.as_json)
