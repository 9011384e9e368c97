"""Forms of the office's own: added to a casebook from a file, and withdrawn."""

from typing import Final

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import FormAdded
from kzcase.cli.files import lying_by, place_of, read_file
from kzcase.cli.output import answer
from kzcase.cli.spoken import PLACE_OF_TEXT, argument, command, option
from kzcase.i18n import _

FURTHER: Final = _("A list the form needs, where it does not lie beside it (.csv .xml .geojson); may be given again.")


@command("add", _("Offer a form of the office's own, or a new version of it: .yaml .xlsx .md .csv .xml."))
@on_casebook
@argument("file", _("The form file."), type=PLACE_OF_TEXT)
@option("--with", "further", multiple=True, type=PLACE_OF_TEXT, words=FURTHER)
@option("--over-shipped", is_flag=True, words=_("It takes the place of the form of the same id that ships."))
def add_command(way: Way, *, file: str, further: tuple[str, ...], over_shipped: bool) -> None:
    """The file is looked through before the casebook is opened."""
    from kzcase.actions.office_forms import add_form, form_file
    from kzcase.queries.forms import parsed

    wish = form_file(place_of(file), read_file(file), over_shipped=over_shipped, beside=lying_by(file, further))
    with way.desk() as desk:
        add_form(desk.book, wish)
    form = parsed(wish.xform)
    answer(FormAdded(form=form.id, version=form.version), way.as_json)


@command("withdraw", _("Offer a form of the office's own no longer; what was filled in stays."))
@on_casebook
@argument("form", _("The id of the form."))
def withdraw_command(way: Way, *, form: str) -> None:
    """Every version of it."""
    from kzcase.actions.office_forms import WithdrawForm, withdraw_form

    with way.desk() as desk:
        withdraw_form(desk.book, WithdrawForm(form=form))
    answer(FormAdded(form=form, version=None), way.as_json)
