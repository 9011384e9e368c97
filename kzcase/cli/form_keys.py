"""Keys to which forms on phones close their answers: which there are, who has them, new ones, sharing them."""

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import FormKey, FormKeys
from kzcase.cli.output import answer
from kzcase.cli.spoken import command, option
from kzcase.i18n import _


@command("key", _("Show the keys to which forms on phones close their answers; make or share them."))
@on_casebook
@option("--new", "wanted", is_flag=True, words=_("Make a new key; forms that leave from now on are closed to it."))
@option("--share", is_flag=True, words=_("Share the keys you have with colleagues who came since."))
def key_command(way: Way, *, wanted: bool, share: bool) -> None:
    """The private halves never leave the casebook."""
    from kzcase.actions.submission_keys import (
        MakeSubmissionKey,
        ShareSubmissionKeys,
        make_submission_key,
        share_submission_keys,
    )
    from kzcase.queries.submission_keys import submission_keys

    with way.desk() as desk:
        if wanted:
            make_submission_key(desk.book, MakeSubmissionKey())
        if share:
            share_submission_keys(desk.book, ShareSubmissionKeys())
        with desk.book.read() as reader:
            keys = [_key(row) for row in submission_keys(reader)]
    answer(FormKeys(keys=keys), way.as_json)


def _key(row: object) -> FormKey:
    lists = {name: list(getattr(row, name)) for name in ("holders", "lacking", "left")}
    return FormKey.of(row, **lists)
