"""Casebooks as a whole: made, checked and counted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kzcase.actions.births import Birth, born_whole
from kzcase.cli.desk import Way, as_json, first_passphrase, name_of, on_casebook, passphrase_option, private_folder
from kzcase.cli.documents import Check, CheckFinding, NewCasebook
from kzcase.cli.files import write_whole
from kzcase.cli.output import DONE, FOUND, answer, language, said, tell, tell_lines
from kzcase.cli.spoken import PLACE, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import AlreadyThere, NotAFolder, SharesInside
from kzcase.i18n import KAZAKHSTAN, _, ngettext

if TYPE_CHECKING:
    from kzcase.keys.keyfile import Created
    from kzcase.keys.recovery import Shares

SHARES: Final = 3


@command("new", _("Make a new casebook with its first administrator and its recovery shares."))
@argument("casebook", _("Where it shall be: a new folder, best with a name that ends in .kzcase."), type=PLACE)
@option("--org", "organisation", required=True, metavar="NAME", words=_("The organisation's name."))
@option("--admin", "administrator", required=True, metavar="NAME", words=_("The first administrator."))
@option(
    "--shares-dir",
    type=PLACE,
    metavar="D",
    words=_("Folder for the three recovery shares; otherwise they are shown once, here."),
)
@option(
    "--holder",
    "holders",
    multiple=True,
    metavar="NAME",
    words=_("Who gets a recovery share: up to three names, for shares 1, 2 and 3."),
)
@option(
    "--one-person",
    is_flag=True,
    words=_("Nobody else works there, so nobody can sign a second time; the casebook says so."),
)
@passphrase_option
@as_json
def new_command(
    *,
    casebook: Path,
    organisation: str,
    administrator: str,
    shares_dir: Path | None,
    holders: tuple[str, ...],
    one_person: bool,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Make a casebook; its shares are written or shown this once."""
    from kzcase.actions.desk import FoundCasebook, found_casebook

    organisation, administrator = name_of(organisation, "--org"), name_of(administrator, "--admin")
    wish = FoundCasebook(organisation, administrator, one_person=one_person, holders=holder_names(holders))
    if shares_dir is not None:
        check_shares(shares_dir, casebook)
    chosen = first_passphrase(passphrase_file, (organisation, administrator))
    with born_whole(casebook) as birth:
        book, created = found_casebook(birth.place, wish, chosen)
        with book:
            papers = share_papers(organisation, created.shares, wish.holders)
        shares = write_shares(shares_dir, papers, birth) if shares_dir is not None else []
    staff = created.identity.staff_id.hex()
    _wipe(created)
    if shares_dir is None:
        show_shares(papers)
    answer(NewCasebook(casebook=str(casebook), staff=staff, shares=shares), as_json)


def _wipe(created: "Created") -> None:
    """Nothing of a new casebook's keys stays in memory."""
    created.identity.wipe()
    created.store_key.wipe()
    created.root.wipe()
    for share in created.shares:
        share.secret.wipe()


def check_shares(folder: Path, casebook: Path) -> None:
    """The shares need a place of their own, before anything is made; nothing is overwritten."""
    if casebook.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise SharesInside("--shares-dir")
    if folder.exists() and not folder.is_dir():
        raise NotAFolder("--shares-dir")
    if any((folder / name).exists() for number in (1, 2, 3) for name in _names(number)):
        raise AlreadyThere(folder.name)


def _names(number: int) -> tuple[str, str]:
    return f"share-{number}.pdf", f"share-{number}.txt"


def write_shares(folder: Path, papers: Sequence[tuple[str, bytes]], birth: Birth) -> list[str]:
    """The shares as files. They go again if the casebook does not come to be: shares of nothing only mislead."""
    birth.goes_with_it(folder)
    private_folder(folder)
    written = []
    for number, (text, pdf) in enumerate(papers, 1):
        for name, content in zip(_names(number), (pdf, f"{text}\n".encode()), strict=True):
            birth.goes_with_it(folder / name)
            write_whole(folder / name, content)
            written.append(str(folder / name))
    tell(
        _(
            "Print the three shares, give each to another person, and then delete these files: any two of them open "
            "the casebook. The people keep them in different places."
        )
    )
    return written


def show_shares(papers: Sequence[tuple[str, bytes]]) -> None:
    """Without a folder the shares are on the screen this once, for three people to copy by hand."""
    tell(_("Copy these three shares now and hand them to three people; they are not shown again. Any two open it."))
    for number, (text, _pdf) in enumerate(papers, 1):
        tell_lines(["", said(_("Share {number}", number=number)), text])


@command("check", _("Check encryption, pages, journal and tables; --deep rebuilds all and compares."))
@on_casebook
@option("--deep", is_flag=True, words=_("Rebuild every table from the journal and compare."))
def check_command(way: Way, *, deep: bool) -> int:
    """Check a casebook; exit code 1 when anything was found."""
    from kzcase.actions.checking import check_casebook
    from kzcase.cli.progress import Progress
    from kzcase.db.findings import what_to_do

    progress = Progress(_("Rebuilding from the journal")) if deep else None
    checked = check_casebook(way.casebook, way.passphrase(), as_name=way.as_name, deep=deep, progress=progress)
    report = checked.report
    if checked.mended:
        tell(_("One copy of the key file was damaged or missing; it was written anew from the other."))
    findings = [CheckFinding(check=one.check, what=said(one.what)) for one in report.findings]
    answer(Check(ok=not findings, findings=findings, cases=report.cases, operations=report.operations), way.as_json)
    if findings:
        tell(ngettext("{count} thing was found.", "{count} things were found.", len(findings)))
        if (advice := what_to_do(report.findings)) is not None:
            tell(advice)
    elif not way.as_json:
        tell(_("Everything is in order."))
    return FOUND if findings else DONE


@command("count", _("Count what a casebook holds."))
@on_casebook
def count_command(way: Way) -> None:
    """People, cases, calls, notes, referrals, acts and operations."""
    from kzcase.queries.office import counts

    with way.desk() as desk, desk.book.read() as reader:
        answer(counts(reader), way.as_json)


def holder_names(given: Sequence[str]) -> tuple[str, ...]:
    """Up to three names."""
    if len(given) > SHARES:
        raise WrongUse(_("There are three recovery shares, so --holder may be given three times."))
    return tuple(name_of(name, "--holder") for name in given)


def share_papers(organisation: str, shares: "Shares", holders: Sequence[str] = ()) -> list[tuple[str, bytes]]:
    """Each share as its text and its paper. Letters the paper lacks are replaced: a share must never fail to print."""
    from kzcase.domain.papers import Organisation, RecoveryShare, SheetHeader
    from kzcase.keys.shares import share_text
    from kzcase.paper.library import PAPERS
    from kzcase.summaries.sheets import printable

    kind = PAPERS["recovery_share"]
    today = datetime.now(KAZAKHSTAN).date()
    header = SheetHeader(Organisation(printable(organisation)), kind.code, kind.version, today)
    texts = [share_text(share) for share in shares]
    names = [*map(printable, holders), *[""] * SHARES]
    rows = [RecoveryShare(header, at, text, names[at - 1]) for at, text in enumerate(texts, 1)]
    papers = [kind.print_row(row, language()) for row in rows]
    return list(zip(texts, papers, strict=True))
