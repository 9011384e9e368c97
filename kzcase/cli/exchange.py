"""In and out: answers from phones are taken in, answers and empty forms leave as files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import Document, ExportedAnswers, ExportedForm, Imported, ImportedAnswers
from kzcase.cli.files import check_target, place_of, read_file, write_whole
from kzcase.cli.output import DONE, FOUND, answer, language, said, tell
from kzcase.cli.progress import Progress
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.i18n import Words, _, ngettext

if TYPE_CHECKING:
    from kzcase.actions.wishes import Done
    from kzcase.db.casebook import Casebook
    from kzcase.exchange.incoming import Decision, Proposal
    from kzcase.exchange.looking import Looked
    from kzcase.exchange.side_by_side import Difference
    from kzcase.forms.definition import Form

_FORMATS: Final = click.Choice(("xform", "package", "progres"))
_TAKEN_IN: Final = click.Choice(("xform", "package"))
_ENDINGS: Final[Mapping[str, Literal["xml", "zip"]]] = {".xml": "xml", ".zip": "zip"}
_XFORM_OR_PACKAGE: Final = _(
    "xform: answers as ODK and KoboToolbox write them. package: a sealed package to a partner, or the reply to one."
)
_OR_PACKAGE: Final = _(
    "xform: answers as ODK and KoboToolbox write them. package: a sealed package to a partner, or the reply to one. "
    "progres: the fields UNHCR takes with a referral, as a table."
)


@command("import", _("Take in FILE: answers from phones; each is matched to its case, nothing is overwritten."))
@on_casebook
@argument("file", _("An .xml, a .zip of several with their photos, or a folder of them."), type=PLACE_OF_TEXT)
@option("--format", "wanted", required=True, type=_TAKEN_IN, words=_XFORM_OR_PACKAGE)
@option("--slip", type=PLACE_OF_TEXT, metavar="F", words=_("File that holds the passphrase of a package."))
@option("--dry-run", is_flag=True, words=_("Write nothing: say what would happen to each, and what is wrong."))
@option("--case", default="", metavar="ID", words=_("The case of those that name none, by number or id."))
@option("--form", "form_id", default="", metavar="FORM", words=_("The form, where a server calls it otherwise."))
@option(
    "--again",
    multiple=True,
    metavar="ID",
    words=_("Take these answers in although they came before and were other; both stay. Can be given again."),
)
@option(
    "--new",
    "opened",
    type=(str, str, str),
    multiple=True,
    metavar="ID KIND NAME",
    words=_("Open a case of this kind for these answers, and what the person is called. Can be given again."),
)
@option(
    "--into",
    type=(str, str),
    multiple=True,
    metavar="ID CASE",
    words=_("Put these answers into this case, by number or id. Can be given again."),
)
@option(
    "--another",
    multiple=True,
    metavar="ID",
    words=_("With --new: somebody alike is here, and it is somebody else. Can be given again."),
)
@option("--leave", multiple=True, metavar="ID", words=_("Leave these answers out. Can be given again."))
@reason_option
def import_command(
    way: Way,
    *,
    file: str,
    wanted: str,
    slip: str | None,
    dry_run: bool,
    case: str,
    form_id: str,
    again: Sequence[str],
    opened: Sequence[tuple[str, str, str]],
    into: Sequence[tuple[str, str]],
    another: Sequence[str],
    leave: Sequence[str],
    reason: str,
) -> int:
    """Exit code 1 where something stays out and somebody has to look at it."""
    from kzcase.exchange.incoming import Decision, LookInto, propose
    from kzcase.exchange.openings import NewCase, Wanted, decide

    content = _content(file)
    if wanted == "package":
        from kzcase.cli.referrals import import_package

        if dry_run or case or form_id or again or opened or into or another or leave:
            raise WrongUse(_("With --format package only --slip goes."))
        import_package(way, content, read_file(slip).decode("utf-8", "replace").strip() if slip else "")
        return DONE
    asked = Wanted([NewCase(*each) for each in opened], dict(into), another)
    chosen = {one: Decision(again=True) for one in again} | {one: Decision(leave=True) for one in leave}
    with way.desk() as desk:
        wish = LookInto(place_of(file), content, form_id, case, reason)
        proposal = propose(desk.book, wish, Progress(_("Looking through the answers")))
        _must_be_there(proposal, [*chosen, *(each.instance for each in asked.opened), *asked.into, *another])
        decided = decide(desk.book, proposal, asked)
        chosen = {**decided.decisions, **chosen}
        done = None if dry_run else _taken(desk.book, proposal, chosen, reason)
    answer(_imported(proposal, chosen, decided.held, done), way.as_json)
    left = [item for item in proposal.items if _stays_out(item, chosen)]
    if left:
        tell(ngettext("{count} set of answers stays out.", "{count} sets of answers stay out.", len(left)))
    if any(item.differs for item in left):
        tell(_("What the case has stays as it is. With --again ID the answers of the file come beside it; both stay."))
    return FOUND if left else DONE


def _content(file: str) -> bytes:
    """A file, standard input, or all that lies in a folder."""
    from kzcase.exchange.folders import read_source

    return read_source(Path(file)) if file != "-" and Path(file).is_dir() else read_file(file)


def _must_be_there(proposal: "Proposal", chosen: Sequence[str]) -> None:
    there = {item.instance for item in proposal.items}
    for one in chosen:
        if one not in there:
            raise WrongUse(_("There are no answers “{id}” in this file.", id=one[:80]))


def _taken(book: "Casebook", proposal: "Proposal", chosen: Mapping[str, "Decision"], reason: str) -> "Done | None":
    from kzcase.domain.errors import NothingToTakeIn
    from kzcase.exchange.incoming import take_in

    try:
        return take_in(book, proposal, chosen, reason)
    except NothingToTakeIn:
        return None


def _imported(
    proposal: "Proposal", chosen: Mapping[str, "Decision"], held: Mapping[str, "Words"], done: "Done | None"
) -> Imported:
    from kzcase.exchange.incoming import goes_in

    items, taken = [], 0
    for item in proposal.items:
        decision = chosen.get(item.instance)
        going = goes_in(item, decision)
        taken += going
        made = {name: done.ids[f"{name}-{taken}"].hex() for name in ("sheet", "case")} if done and going else {}
        why = held.get(item.instance)
        items.append(_item(item, decision, made, [*item.problems, *([why] if why else [])]))
    return Imported(act=done.act.hex() if done else "", taken=taken if done else 0, items=items)


def _item(
    item: "Looked", decision: "Decision | None", made: Mapping[str, str], problems: Sequence["Words"]
) -> ImportedAnswers:
    opening = decision.opening if decision else None
    return ImportedAnswers.of(
        item,
        what=item.what.value,
        taken=bool(made),
        sheet=made.get("sheet", ""),
        case=made.get("case") or (decision.case if decision else "") or item.case,
        opens=opening.kind if opening else "",
        differs=[each.path for each in item.differs],
        differing=[_asked(each) for each in item.differs],
        problems=[said(words) for words in problems],
        warnings=[said(words) for words in item.warnings],
        media=list(item.media),
    )


def _asked(difference: "Difference") -> str:
    """The text of a question or repeat; its path where it has none."""
    from kzcase.forms.definition import text_in

    label = difference.label
    return said(label) if isinstance(label, Words) else text_in(label, language()) or difference.path


def _stays_out(item: "Looked", chosen: Mapping[str, "Decision"]) -> bool:
    """What is here already or was left out on purpose needs nobody."""
    from kzcase.exchange.incoming import goes_in
    from kzcase.exchange.looking import What

    decision = chosen.get(item.instance)
    return not (item.what is What.THERE or (decision and decision.leave) or goes_in(item, decision))


@command("export", _("Save answers as a file, or an empty form for phones; this is recorded."))
@on_casebook_of_people
@option("--format", "wanted", required=True, type=_FORMATS, words=_OR_PACKAGE)
@option(
    "--referral",
    default="",
    metavar="ID",
    words=_("The referral of a package, or the one from others that is replied to; by number or id."),
)
@option("--slip", type=PLACE, metavar="F", words=_("Close the package with a passphrase, and write that here."))
@option("--file", "files", multiple=True, metavar="ID", words=_("An attachment to go along. Can be given again."))
@option("--blank", default="", metavar="FORM", words=_("An empty form for phones, by its id; no answers."))
@option("--plain", is_flag=True, words=_("Leave its answers open; only for forms that ask about nobody."))
@option("--case", default="", metavar="ID", words=_("Only answers of this case, by number or id."))
@option("--form", "form_id", default="", metavar="FORM", words=_("Only answers to this form."))
@option("--sheet", default="", metavar="ID", words=_("Only this one filled form, by its id."))
@option("-o", "--output", required=True, type=PLACE, metavar="F", words=_("Where to write it: .xml, .zip or .xlsx."))
@reason_option
def export_command(
    way: Way,
    *,
    wanted: str,
    referral: str,
    slip: Path | None,
    files: Sequence[str],
    blank: str,
    plain: bool,
    case: str,
    form_id: str,
    sheet: str,
    output: Path,
    reason: str,
) -> None:
    """Names and contacts only with --show-names; an empty form goes by cable or to the office's own server."""
    if wanted != "xform":
        from kzcase.cli.referrals import export_package, export_progres

        if not referral or blank or plain or case or form_id:
            raise WrongUse(_("Please say which referral: --referral ID."))
        if wanted == "progres":
            export_progres(way, referral, output, reason)
        else:
            export_package(way, referral, (sheet,) if sheet else (), files, slip, output, reason)
        return
    if referral or slip or files:
        raise WrongUse(_("--referral, --slip and --file go with --format package."))
    if bool(blank) is bool(case or form_id or sheet):
        raise WrongUse(_("Please say what to save: --blank FORM, or answers by --case, --form or --sheet."))
    if plain and not blank:
        raise WrongUse(_("--plain goes with --blank."))
    _check_ending(output, ("", ".xml", ".zip", ".xlsx") if blank else ("", *_ENDINGS))
    with way.desk() as desk:
        if blank:
            made: tuple[bytes, Document] = _blank(desk.book, blank, plain, output)
        else:
            made = _answers(desk.book, (case, form_id, sheet, reason), output)
    write_whole(output, made[0])
    answer(made[1], way.as_json)


def _check_ending(output: Path, endings: Sequence[str]) -> None:
    """A file called by another kind's ending would be opened by another program, which shows nothing."""
    if output.suffix.lower() not in endings:
        raise WrongUse(
            _(
                "This is written as one of: {endings}. Please end the name of the file so.",
                endings=", ".join(filter(None, endings)),
            )
        )
    check_target(output)


def _blank(book: "Casebook", form_id: str, plain: bool, output: Path) -> tuple[bytes, ExportedForm]:
    from kzcase.exchange.outgoing import blank_form

    form = _form(book, form_id)
    made = blank_form(book, form, plain=plain, kind="xlsx" if output.suffix.lower() == ".xlsx" else "xml")
    if made.made_key:
        tell(_("A key for answers from phones was made. Colleagues who work on cases have it too."))
    document = ExportedForm.of(made, file=str(output), form_id=form.id, form_version=form.version)
    return made.content, document


def _form(book: "Casebook", form_id: str) -> "Form":
    from kzcase.queries.forms import form_of

    with book.read() as reader:
        return form_of(reader, form_id)


def _answers(book: "Casebook", chosen: tuple[str, str, str, str], output: Path) -> tuple[bytes, ExportedAnswers]:
    from kzcase.exchange.outgoing import SaveAnswers, save_answers

    case, form_id, sheet, reason = chosen
    kind: Literal["", "xml", "zip"] = _ENDINGS.get(output.suffix.lower(), "")
    made = save_answers(book, SaveAnswers(case, form_id, sheet, reason, kind))
    if made.withheld:
        tell(_("Answers you do not see now are not in the file."))
    if made.files_left:
        tell(_files_left(made.files_left, kind))
    tell(_("The file is not encrypted. Please carry it on an encrypted stick, and delete it when it has arrived."))
    lists = {"withheld": list(made.withheld), "files_left": list(made.files_left)}
    return made.content, ExportedAnswers.of(made, file=str(output), **lists)


def _files_left(names: Sequence[str], kind: str) -> Words:
    from kzcase.exchange.named_files import MOST_BESIDE

    said = ", ".join(names[:5])
    if kind == "xml":
        return _("Photos and files do not go into an .xml; a .zip takes them along: {files}.", files=said)
    return _(
        "These photos and files do not go along: {files}. Each must be among the attachments once, open to you, and "
        "arrived on this laptop; its name leads into no folder, and all fit into {most} MB.",
        files=said,
        most=MOST_BESIDE >> 20,
    )
