"""Casebooks as a whole: made, checked and counted."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kzcase.cli.desk import Way, as_json, on_casebook, passphrase, passphrase_option, private_folder
from kzcase.cli.documents import Check, CheckFinding, NewCasebook
from kzcase.cli.files import write_whole
from kzcase.cli.output import DONE, FOUND, answer, language, said, tell
from kzcase.domain.errors import AlreadyThere, BadInput, DiskTrouble, NotAFile, TooLarge
from kzcase.i18n import _, ngettext

if TYPE_CHECKING:
    from kzcase.keys.keyfile import Created
    from kzcase.keys.recovery import Shares


_LONGEST_NAME: Final = 200


@click.command("new", help=said(_("Make a new casebook with its first administrator and its recovery shares.")))
@click.argument("casebook", type=click.Path(path_type=Path))
@click.option("--org", "organisation", required=True, metavar="NAME", help=said(_("The organisation's name.")))
@click.option("--admin", "administrator", required=True, metavar="NAME", help=said(_("The first administrator.")))
@click.option(
    "--shares-dir",
    type=click.Path(path_type=Path),
    metavar="D",
    help=said(_("Folder for the three recovery shares; otherwise they are shown once, here.")),
)
@passphrase_option
@as_json
def new_command(
    *,
    casebook: Path,
    organisation: str,
    administrator: str,
    shares_dir: Path | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Make a casebook; its shares are written or shown this once."""
    from kzcase.actions.desk import FoundCasebook, found_casebook

    organisation, administrator = _name(organisation, "--org"), _name(administrator, "--admin")
    if shares_dir is not None:
        _must_be_free(shares_dir)
    chosen = passphrase(passphrase_file, _("New passphrase"), twice=True)
    with _unfinished(casebook) as place:
        book, created = found_casebook(place, FoundCasebook(organisation, administrator), chosen)
        with book:
            papers = share_papers(organisation, created.shares)
        shares = _write_shares(shares_dir, papers) if shares_dir is not None else _show_shares(papers)
    staff = created.identity.staff_id.hex()
    _wipe(created)
    answer(NewCasebook(casebook=str(casebook), staff=staff, shares=shares), as_json)


@contextmanager
def _unfinished(casebook: Path) -> Iterator[Path]:
    """A place beside the casebook that gets its name only once the shares are out: no casebook is without them."""
    if not casebook.name:
        raise NotAFile(place="CASEBOOK")
    if casebook.exists() and (not casebook.is_dir() or any(casebook.iterdir())):
        raise AlreadyThere(casebook.name)
    place = casebook.with_name(f".{casebook.name}.unfinished")
    shutil.rmtree(place, ignore_errors=True)  # left by a start that was stopped; nobody has its shares
    try:
        yield place
        place.replace(casebook)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _name(given: str, place: str) -> str:
    """A name as it will stand on papers: a line of letters, neither empty nor endless."""
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise BadInput(place)
    if len(name) > _LONGEST_NAME:
        raise TooLarge(place, limit=_LONGEST_NAME)
    return name


def _wipe(created: "Created") -> None:
    """Nothing of a new casebook's keys stays in memory."""
    created.identity.wipe()
    created.store_key.wipe()
    created.root.wipe()
    for share in created.shares:
        share.secret.wipe()


def _must_be_free(folder: Path) -> None:
    if any((folder / name).exists() for number in (1, 2, 3) for name in _names(number)):
        raise AlreadyThere(folder.name)


def _names(number: int) -> tuple[str, str]:
    return f"share-{number}.pdf", f"share-{number}.txt"


def _write_shares(folder: Path, papers: Sequence[tuple[str, bytes]]) -> list[str]:
    """The shares as files; if the disk refuses them they are shown, because they exist only now."""
    written = []
    try:
        private_folder(folder)
        for number, (text, pdf) in enumerate(papers, 1):
            for name, content in zip(_names(number), (pdf, f"{text}\n".encode()), strict=True):
                write_whole(folder / name, content)
                written.append(str(folder / name))
    except DiskTrouble:
        _show_shares(papers)
        raise
    tell(_("Give the three shares to three people who keep them in three places; any two open the casebook."))
    return written


def _show_shares(papers: Sequence[tuple[str, bytes]]) -> list[str]:
    """Without a folder the shares are on the screen this once, for three people to copy by hand."""
    tell(_("Copy these three shares now and hand them to three people; they are not shown again. Any two open it."))
    for number, (text, _pdf) in enumerate(papers, 1):
        sys.stderr.write(f"\n{said(_('Share {number}', number=number))}\n{text}\n")
    sys.stderr.flush()
    return []


@click.command("check", help=said(_("Check encryption, pages, journal and tables; --deep rebuilds all and compares.")))
@on_casebook
@click.option("--deep", is_flag=True, help=said(_("Rebuild every table from the journal and compare.")))
def check_command(way: Way, *, deep: bool) -> int:
    """Check a casebook; exit code 1 when anything was found."""
    from kzcase.actions.checking import check_casebook
    from kzcase.cli.progress import Progress

    progress = Progress(_("Rebuilding from the journal")) if deep else None
    checked = check_casebook(way.casebook, way.passphrase(), as_name=way.as_name, deep=deep, progress=progress)
    report = checked.report
    if checked.mended:
        tell(_("One copy of the key file was damaged or missing; it was written anew from the other."))
    findings = [CheckFinding(check=one.check, what=said(one.what)) for one in report.findings]
    answer(Check(ok=not findings, findings=findings, cases=report.cases, operations=report.operations), way.as_json)
    if findings:
        tell(ngettext("{count} thing was found.", "{count} things were found.", len(findings)))
    elif not way.as_json:
        tell(_("Everything is in order."))
    return FOUND if findings else DONE


@click.command("count", help=said(_("Count what a casebook holds.")))
@on_casebook
def count_command(way: Way) -> None:
    """People, cases, calls, notes, referrals, acts and operations."""
    from kzcase.queries.office import counts

    with way.desk() as desk, desk.book.read() as reader:
        answer(counts(reader), way.as_json)


def share_papers(organisation: str, shares: "Shares") -> list[tuple[str, bytes]]:
    """Each share as its text and its paper. Letters the paper lacks are replaced: a share must never fail to print."""
    from kzcase.domain.papers import Organisation, RecoveryShare, SheetHeader
    from kzcase.keys.shares import share_text
    from kzcase.paper.library import PAPERS
    from kzcase.summaries.sheets import printable

    kind = PAPERS["recovery_share"]
    header = SheetHeader(Organisation(printable(organisation)), kind.code, kind.version, date.today())
    texts = [share_text(share) for share in shares]
    papers = [kind.print_row(RecoveryShare(header, at, text), language()) for at, text in enumerate(texts, 1)]
    return list(zip(texts, papers, strict=True))
