"""Forms of the office's own: added from a file in one version after another, and withdrawn."""

import msgspec
from sqlalchemy import Select, select

from kzcase.actions.forms import keep_version
from kzcase.actions.wishes import Code, Done, Required, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.office import OfficeForm
from kzcase.domain.errors import BadForm, BadInput, FormOffered, NotFound, ShippedForm, TooLarge
from kzcase.domain.limits import LONGEST_TEXT
from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.library import shipped_forms
from kzcase.forms.outside_lists import Beside, nothing_beside
from kzcase.forms.settings import id_problem
from kzcase.i18n import _
from kzcase.paper.library import PAPERS
from kzcase.queries.forms import form_of


class AddForm(Wish, frozen=True, kw_only=True):
    """Offer a form of the office's own: the text of its XForm. Whoever takes the place of a form that ships says so."""

    xform: Required
    over_shipped: bool = False


class WithdrawForm(Wish, frozen=True, kw_only=True):
    """Offer a form of the office's own no longer; what was filled in stays."""

    form: Code


def form_file(
    filename: str, untrusted_data: bytes, *, over_shipped: bool = False, beside: Beside = nothing_beside
) -> AddForm:
    """The wish to add the form of a file (.yaml .xlsx .md .csv .xml, or .zip) with the lists that lie beside it. Long
    work; raises what is wrong with the file."""
    form = read_form(filename, untrusted_data, beside, keep_rows=True)
    if len(form.xml) > LONGEST_TEXT:
        raise TooLarge("xform", limit="1 MB")
    return msgspec.convert({"xform": form.xml, "over_shipped": over_shipped}, AddForm)


@action("form.added", AddForm)
def add_form(book: Casebook, wish: AddForm) -> Done:
    """Add a form or a new version of it. From now on this version is offered; old answers keep theirs."""
    form = _read(wish.xform)
    if wrong := id_problem(form.id, None):
        raise BadForm("xform", why=wrong.why)
    if form.id in PAPERS:
        raise BadForm("xform", why=_("“{name}” is the name of a paper. Please give the form another id.", name=form.id))
    if form.id in shipped_forms() and not wish.over_shipped:
        raise ShippedForm("xform", what=form.id[:64])
    with book.write("form.added") as act:
        _must_be_new(act, form)
        keep_version(act, form)
        row = OfficeForm(form_id=form.id, version=form.version, added_at=act.now, author_id=act.acting.staff_id)
        added = act.add(row)
    return Done(act.id, act.changed, {"form": added.id})


def _read(xform: str) -> Form:
    try:
        return read_form("form.xml", xform.encode())
    except BadInput as error:
        error.place = " · ".join(filter(None, ("xform", error.place)))
        raise


def _must_be_new(act: Act, form: Form) -> None:
    rows = act.session.scalars(_live(form.id)).all()
    if rows and form_of(act, form.id).version == form.version:
        raise FormOffered("xform", what=form.id[:64])


@action("form.withdrawn", WithdrawForm)
def withdraw_form(book: Casebook, wish: WithdrawForm) -> Done:
    """Withdraw every version of a form of the office's own."""
    with book.write("form.withdrawn") as act:
        rows = act.session.scalars(_live(wish.form)).all()
        if not rows:
            raise NotFound(place="form", what=wish.form[:64])
        for row in rows:
            row.withdrawn_on = act.today
    return Done(act.id, act.changed, {"form": rows[-1].id})


def _live(form_id: str) -> Select[OfficeForm]:
    wanted = (OfficeForm.form_id == form_id, OfficeForm.struck.is_not(True), OfficeForm.withdrawn_on.is_(None))
    return select(OfficeForm).where(*wanted).order_by(OfficeForm.added_at, OfficeForm.id)
