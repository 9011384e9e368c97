"""Acts from a file: all or none, or one by one with an answer after each commit."""

from pathlib import Path

import click

from kzcase.cli.desk import Way, casebook_options
from kzcase.cli.documents import Committed
from kzcase.cli.files import read_file
from kzcase.cli.output import answer, put_json, said, tell
from kzcase.i18n import _, ngettext


@click.command("act", help=said(_("Perform the acts of a JSON file: all or none, or with --each one by one.")))
@click.argument("casebook", type=click.Path(path_type=Path), required=False)
@click.argument("file", required=False)
@click.option("--each", is_flag=True, help=said(_("Commit one by one; one line of JSON after each commit.")))
@click.option("--schema", is_flag=True, help=said(_("Print every act with the JSON Schema of its fields.")))
@casebook_options
def act_command(
    *,
    casebook: Path | None,
    file: str | None,
    each: bool,
    schema: bool,
    passphrase_file: str | None,
    as_name: str | None,
    show_names: bool,
    as_json: bool,
) -> None:
    """Perform acts, or print what acts there are."""
    if schema:
        from kzcase.actions.perform import acts_schema

        put_json(acts_schema())
        return
    if casebook is None or file is None:
        raise click.UsageError(said(_("A casebook and a file of acts are needed.")))
    way = Way(casebook, passphrase_file, as_name, show_names, as_json)
    if each:
        _one_by_one(way, read_file(file))
    else:
        _all_or_none(way, read_file(file))


def _all_or_none(way: Way, untrusted: bytes) -> None:
    from kzcase.actions.perform import perform_all, read_acts

    wanted = read_acts(untrusted)
    with way.desk() as desk:
        done = perform_all(desk.book, wanted) if wanted else []
    answer([one.as_json(action.kind) for one, (action, _wish) in zip(done, wanted, strict=True)], way.as_json)
    if not way.as_json:
        tell(ngettext("{count} act was performed.", "{count} acts were performed.", len(done)))


def _one_by_one(way: Way, untrusted: bytes) -> None:
    """A bad act ends it; what was committed before stays, and was told before."""
    from kzcase.actions.perform import perform, read_act, read_list

    given = read_list(untrusted)
    with way.desk() as desk:
        for index, item in enumerate(given):
            place = f"[{index}]"
            wanted = read_act(item, place)
            done = perform(desk.book, wanted, place)
            put_json(Committed(committed=index, done=done.as_json(wanted[0].kind)))
