"""What kzcase says about itself: what it does not protect."""

import click

from kzcase.cli.desk import as_json
from kzcase.cli.documents import HelpPage, HelpPoint
from kzcase.cli.output import answer, put_text, said
from kzcase.cli.spoken import argument, command
from kzcase.domain.unprotected import HEADING, UNPROTECTED, WHY
from kzcase.i18n import _

TOPICS = ("protect",)


@command("help", _("Read what kzcase does not protect. `kzcase COMMAND --help` explains a command."))
@argument("topic", _("What to read about."), type=click.Choice(TOPICS), required=False, default=TOPICS[0])
@as_json
def help_command(*, topic: str, as_json: bool) -> None:
    """The same page as the window shows at F1."""
    del topic  # there is one
    points = [HelpPoint(title=said(one.title), text=said(one.said)) for one in UNPROTECTED]
    if as_json:
        answer(HelpPage(title=said(HEADING), points=points), as_json)
    else:
        put_text([said(HEADING), said(WHY), *(f"\n{one.title}\n  {one.text}" for one in points)])
