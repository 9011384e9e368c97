"""Backups: made, tried, and turned into a casebook again; and the question a restored casebook must be answered."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzcase.cli.desk import Way, as_json, on_casebook, passphrase, passphrase_option
from kzcase.cli.documents import BackupDrill, BackupMade, CheckFinding, LastRelease, RestoredCasebook, Salvaged
from kzcase.cli.files import read_file
from kzcase.cli.output import DONE, FOUND, answer, said, tell
from kzcase.cli.progress import Progress
from kzcase.cli.spoken import PLACE, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.backups import SAME_DISK
from kzcase.domain.errors import NotText
from kzcase.i18n import _, ngettext

if TYPE_CHECKING:
    from kzcase.actions.backup_files import Described
    from kzcase.actions.restoring import BackupKeys
    from kzcase.keys.shares import Share

_LONGEST_SHARE = 4096


@command("backup", _("Write an encrypted, verified copy; older ones go by rule."))
@on_casebook
@argument("target", _("The folder backups go to, best on a stick or another disk."), type=PLACE)
@option(
    "--drill",
    "only_try",
    is_flag=True,
    words=_("Write nothing: restore the latest backup there into a store that is thrown away, and compare."),
)
def backup_command(way: Way, *, target: Path, only_try: bool) -> int:
    """Make a backup, or try the latest one."""
    if only_try:
        return _drill(way, target)
    from kzcase.actions.backups import back_up

    with way.desk() as desk:
        row = back_up(desk, target, Progress(_("Backing up")))
    made = BackupMade(
        backup=row.path,
        verified=True,
        taken_at=row.taken_at,
        cases=row.cases,
        operations=row.operations,
        size=row.size,
        missing_attachments=row.missing,
        removed=list(row.removed),
        same_disk=row.same_disk,
    )
    answer(made, way.as_json)
    if row.same_disk:
        tell(SAME_DISK)
    if row.missing:
        tell(ngettext(
            "{count} piece of an attachment is missing in the casebook itself. `kzcase check` names it.",
            "{count} pieces of attachments are missing in the casebook itself. `kzcase check` names them.",
            row.missing,
        ))  # fmt: skip
    return DONE


def _drill(way: Way, target: Path) -> int:
    from kzcase.actions.drills import drill

    with way.desk() as desk:
        tried = drill(desk, target, Progress(_("Trying to restore")))
    findings = [CheckFinding(check=one.check, what=said(one.what)) for one in tried.findings]
    document = BackupDrill(
        backup=tried.backup,
        ok=tried.drill.passed,
        findings=findings,
        cases=tried.drill.cases,
        operations=tried.drill.operations,
    )
    answer(document, way.as_json)
    if findings:
        tell(_("This backup cannot be relied on. Please make a new one now, on another disk if you can."))
    return FOUND if findings else DONE


@command("restore", _("Make a new casebook out of a backup; it becomes a new device."))
@argument("backup", _("The folder of one backup, or the one that holds them: then the latest is taken."), type=PLACE)
@argument("casebook", _("Where the casebook shall be: nothing may be there yet."), type=PLACE)
@option(
    "--share",
    "shares",
    multiple=True,
    metavar="F",
    words=_("File of a recovery share; two of them open the backup when no administrator can."),
)
@option("--as", "as_name", metavar="NAME", words=_("Who acts; the passphrase must be theirs."))
@passphrase_option
@as_json
def restore_command(
    *,
    backup: Path,
    casebook: Path,
    shares: tuple[str, ...],
    as_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Restore a backup into a casebook that is not there yet."""
    from kzcase.actions.backup_files import the_backup
    from kzcase.actions.restoring import ensure_new, restore

    found = the_backup(backup)
    ensure_new(found.path, casebook)
    keys = _with_shares(found, shares) if shares else _with_passphrase(found, passphrase_file, as_name)
    try:
        made = restore(found.path, casebook, keys, Progress(_("Restoring")))
    finally:
        keys.wipe()
    document = RestoredCasebook(
        casebook=made.path,
        backup=made.backup,
        taken_at=made.taken_at,
        cases=made.cases,
        operations=made.operations,
        device=made.device,
        missing_attachments=made.missing,
    )
    answer(document, as_json)
    tell(
        _("This is the casebook as it was on {moment}. What was written after that is not in it.", moment=made.taken_at)
    )
    if shares:
        tell(_("Now give an administrator a new passphrase: kzcase recover CASEBOOK --share F --share F."))
    else:
        tell(_("Administrators can open it with the passphrase they had then. Give the others a new one."))
    tell(_("Before a period is closed it asks for the last release number: kzcase last-release CASEBOOK NUMBER."))


def _with_passphrase(backup: "Described", file: str | None, as_name: str | None) -> "BackupKeys":
    from kzcase.actions.restoring import open_backup

    return open_backup(backup, passphrase(file, _("Passphrase of an administrator")), as_name=as_name)


def _with_shares(backup: "Described", files: Sequence[str]) -> "BackupKeys":
    from kzcase.actions.restoring import open_backup_with_shares

    if len(files) != 2:
        raise WrongUse(_("Please give exactly two shares: --share F --share F."))
    one, other = (_share(file) for file in files)
    return open_backup_with_shares(backup, one, other)


def _share(file: str) -> "Share":
    from kzcase.keys.shares import parse_share

    try:
        return parse_share(read_file(file, _LONGEST_SHARE).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotText("--share") from None


@command("salvage", _("Build a new casebook from what can be read of a damaged one, which stays as it is."))
@on_casebook
@argument("new", _("Where the new casebook shall be: nothing may be there yet."), type=PLACE)
@option("--backup", metavar="B", type=PLACE, words=_("A backup to begin with; newer acts are laid over it."))
def salvage_command(way: Way, *, new: Path, backup: Path | None) -> int:
    """Bring over whatever is left."""
    from kzcase.actions.salvaging import rescue

    made = rescue(
        way.casebook, new, way.passphrase(), backup=backup, as_name=way.as_name, progress=Progress(_("Bringing over"))
    )
    document = Salvaged(
        casebook=made.path,
        acts=made.acts,
        cases=made.cases,
        holes=made.holes,
        missing_attachments=made.missing,
        findings=made.findings,
    )
    answer(document, way.as_json)
    if made.findings:
        tell(_("Not everything came over. `kzcase check` says what is missing; another laptop may still have it."))
    return FOUND if made.findings else DONE


@command("last-release", _("Tell a restored or copied casebook which summary was the last that left."))
@on_casebook
@argument("number", _("The number of that summary; 0 if none left."), type=click.IntRange(0, 1_000_000))
def last_release_command(way: Way, *, number: int) -> None:
    """Enter the last release number, so that periods can be closed again."""
    from kzcase.actions.last_release import enter_last_release

    with way.desk() as desk:
        complete = enter_last_release(desk.book, number)
    answer(LastRelease(number=number, complete=complete), way.as_json)
    if complete:
        tell(_("All releases are here. Periods can be closed again."))
    else:
        tell(_("Some releases are missing here. Periods that were over can be closed once they have arrived."))
