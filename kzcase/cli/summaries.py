"""Summaries that name nobody, from a casebook or a file of cases, and the attacker that tries to break them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from kzcase.cli.desk import CASEBOOK, Way, casebook_options, passphrase_in
from kzcase.cli.desk import as_json as json_option
from kzcase.cli.documents import Attacked, SummaryMade
from kzcase.cli.output import DONE, FOUND, answer, language, tell
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, Example, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import SameApprover
from kzcase.i18n import LANGUAGES, Language, _, ngettext

if TYPE_CHECKING:
    from kzcase.db.casebook import Casebook
    from kzcase.domain.ids import Id
    from kzcase.summaries.casebook import Released
    from kzcase.summaries.spec import Spec


FROZEN_TABLES: Final = (
    "region; macro, sex, age; citizenship, type; sex, exploitation; type, outcome; macro, citizenship"
)
_SPEC: Final = Example(
    _("An example of F.toml"),
    """\
base = 5
period = "2026-Q3"
tables = [["region"], ["macro", "sex", "age"], ["citizenship", "type"]]""",
    (
        ("base", _("Every number that leaves is a multiple of this: a whole number from 3 to 100.")),
        ("period", _("2026, 2026-H1, 2026-Q3 or 2026-09. It must be over; left out with --cases.")),
        (
            "tables",
            _(
                "Which columns each table has; its totals come with it. With a casebook it is one or more of these: "
                "{tables}. With --cases it is columns of the file.",
                tables=FROZEN_TABLES,
            ),
        ),
        ("[codebook]", _('With --cases: a column and all it could hold, as region = ["KZ-75", "KZ-79"].')),
        ("incident", _("With --cases: the column that says which people belong to one event or family.")),
    ),
)


@command("summary", _("Make a protected summary of a casebook's period, or of a file of cases."), _SPEC)
@argument("casebook", CASEBOOK, type=PLACE, required=False)
@option("--cases", type=PLACE, metavar="F.csv", words=_("A file of cases: one row a person."))
@option("--spec", required=True, type=PLACE, metavar="F.toml", words=_("What to publish."))
@option("--out", required=True, type=PLACE, metavar="DIR", words=_("Folder for the release."))
@option("--approve-as", metavar="NAME", words=_("The second person, who approves the summary."))
@option(
    "--approve-passphrase-file",
    type=PLACE_OF_TEXT,
    metavar="F",
    words=_("File that holds the second person's passphrase."),
)
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the files."))
@casebook_options
def summary_command(
    *,
    casebook: Path | None,
    cases: Path | None,
    spec: Path,
    out: Path,
    approve_as: str | None,
    approve_passphrase_file: str | None,
    spoken: Language | None,
    passphrase_file: str | None,
    as_name: str | None,
    show_names: bool,
    as_json: bool,
) -> None:
    """Protect, write, and enter in the ledger what came from a casebook."""
    if (casebook is None) is (cases is None):
        raise WrongUse(_("Either a casebook or --cases F.csv is needed."))
    if (approve_as is None) is not (approve_passphrase_file is None):
        raise WrongUse(_("An approval needs both --approve-as and --approve-passphrase-file."))
    tongue = spoken or language()
    if cases is not None:
        answer(_of_file(cases, spec, out, tongue), as_json)
        return
    assert casebook is not None
    way = Way(casebook, passphrase_file, as_name, show_names, as_json)
    second = (approve_as, approve_passphrase_file) if approve_as and approve_passphrase_file else None
    answer(_of_casebook(way, spec, out, tongue, second), as_json)


def _of_file(cases: Path, spec: Path, out: Path, spoken: Language) -> SummaryMade:
    from kzcase.summaries.commands import summarise_cases

    made = msgspec.convert(summarise_cases(cases, spec, out, spoken), SummaryMade)
    if made.from_data:
        tell(
            _(
                "The categories of {columns} were taken from the file itself: one that stands in a table shows that "
                "it occurred. List all that could occur under [codebook] in the spec.",
                columns=", ".join(made.from_data),
            )
        )
    return made


def _of_casebook(way: Way, spec: Path, out: Path, spoken: Language, second: tuple[str, str] | None) -> SummaryMade:
    """Released by one person and, where a second is named, approved by them; then written without the stamp."""
    from kzcase.queries.periods import supervisors
    from kzcase.summaries.casebook import DELAYED, ONE_PERSON
    from kzcase.summaries.spec import read_spec

    wanted, own = read_spec(spec), way.passphrase()
    approver = _approver(way.casebook, *second) if second is not None else None
    with way.desk(own) as desk:
        if approver == desk.book.acting.staff_id:
            raise SameApprover(place="--approve-as")
        made = _released(desk.book, wanted, out, spoken)
        with desk.book.read() as reader:
            others = [name for name in supervisors(reader) if name != desk.book.acting.name]
    if second is not None:
        _approve(way.casebook, *second, made.release)
        with way.desk(own) as desk:
            made = _released(desk.book, wanted, out, spoken, again=True)
    elif ONE_PERSON in made.stamps and DELAYED not in made.stamps:
        tell(_("You work alone here: make it again in another folder after 24 hours. It then says so on every page."))
    elif made.stamps and others:
        tell(_("This summary is stamped “not approved” until a second person signs it: --approve-as NAME."))
    return msgspec.convert({**made.as_json(out), "approved": not made.stamps}, SummaryMade)


def _released(book: "Casebook", spec: "Spec", out: Path, spoken: Language, *, again: bool = False) -> "Released":
    from kzcase.summaries.casebook import close_and_release

    made = close_and_release(book, spec, out, language=spoken, replace_files=again)
    assert made is not None  # only a watch could have stopped it
    return made


def _approver(casebook: Path, name: str, file: str) -> "Id":
    """Who will sign; looked at first, so that nothing is released which then nobody signs."""
    from kzcase.actions.desk import open_desk
    from kzcase.domain.permissions import Permission

    with open_desk(casebook, passphrase_in(file), as_name=name) as desk, desk.book.read() as reader:
        reader.must_be_allowed(Permission.APPROVE_SUMMARIES)
        return desk.book.acting.staff_id


def _approve(casebook: Path, name: str, file: str, release: bytes) -> None:
    """The second person opens the casebook as themselves and signs."""
    from kzcase.actions.desk import open_desk
    from kzcase.actions.releases import approve_release

    with open_desk(casebook, passphrase_in(file), as_name=name) as desk:
        approve_release(desk.book, release)


@command("attack", _("Try to break releases: bound every protected cell over all of them together."))
@argument("folders", _("Folders of releases."), nargs=-1, required=True, type=PLACE, metavar="DIR...")
@json_option
def attack_command(*, folders: Sequence[Path], as_json: bool) -> int:
    """Exit code 1 when anything about few people can be told, or a release is not the one that was described."""
    from kzcase.summaries.commands import attack_directories

    found = msgspec.convert(attack_directories(folders), Attacked)
    answer(found, as_json)
    for folder in found.altered:
        tell(_("{folder}: cells.csv is not the file that release.json describes.", folder=folder))
    for folder in found.undescribed:
        tell(
            _(
                "{folder}: no release.json tells what cells.csv was when it was released, so nobody can tell whether "
                "it was changed.",
                folder=folder,
            )
        )
    if found.exposed:
        tell(ngettext("{count} cell gives somebody away.", "{count} cells give somebody away.", len(found.exposed)))
    return FOUND if found.exposed or found.altered or found.undescribed else DONE
