"""The forms a casebook can use: those that ship and the office's own, the newest version of each offered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from sqlalchemy import func, select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import AnswerSheet
from kzcase.db.tables.office import FormVersion, OfficeForm
from kzcase.domain.errors import BadInput, NearFormOfId, NoFormOfId, NotFound
from kzcase.forms.about import Moment
from kzcase.forms.definition import Form, Texts
from kzcase.forms.library import listed_forms, shipped_form, shipped_forms
from kzcase.forms.listed import ListedForm, in_order, listed
from kzcase.forms.xform import parse_xform
from kzcase.queries.form_tables import with_own_tables


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form as this casebook has it: as lists show it, whether it is the office's own, and since when withdrawn."""

    form: ListedForm
    office: bool = False
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version of a form that this casebook keeps, and how many filled sheets answer it."""

    version: str
    edition: str
    sheets: int


def forms_offered(reader: Reader, case_kind: str = "", moment: Moment | None = None) -> tuple[OfferedForm, ...]:
    """Every form that can be filled in now, for cases of this kind and at this moment if they are given."""
    return tuple(
        offered
        for offered in known_forms(reader)
        if offered.withdrawn_on is None
        and (not case_kind or offered.form.is_for(case_kind))
        and (moment is None or offered.form.moment is moment)
    )


def known_forms(reader: Reader) -> tuple[OfferedForm, ...]:
    """Every form there is, the office's own that were withdrawn as well."""
    found = {form.id: OfferedForm(form) for form in listed_forms()}
    for form_id, row in _office_forms(reader).items():
        if row.withdrawn_on is not None and form_id in found:
            continue  # what ships is offered again
        line = _line(reader, row)
        if line is not None:
            found[form_id] = OfferedForm(line, office=True, withdrawn_on=row.withdrawn_on)
    return tuple(found[line.id] for line in in_order([offered.form for offered in found.values()]))


def form_of(reader: Reader, form_id: str, version: str | None = None) -> Form:
    """The form in the version offered now, or in exactly this one, with the amounts that hold here. `NotFound` where
    there is none."""
    return with_own_tables(reader, _form_of(reader, form_id, version))


def _form_of(reader: Reader, form_id: str, version: str | None) -> Form:
    if version is None:
        row = _office_forms(reader).get(form_id)
        if row is not None and row.withdrawn_on is None:
            return _kept(reader, form_id, row.version or "")
        return _shipped(form_id, _office_forms(reader))
    if form_id in shipped_forms() and shipped_form(form_id).version == version:
        return shipped_form(form_id)
    return _kept(reader, form_id, version)


def form_titles(reader: Reader) -> Mapping[str, Texts]:
    """The titles of all forms, for lists of what was filled in."""
    return {offered.form.id: offered.form.title for offered in known_forms(reader)}


def versions_of(reader: Reader, form_id: str) -> tuple[KeptVersion, ...]:
    """The versions of a form that this casebook keeps."""
    query = select(AnswerSheet.form_version, func.count()).where(
        AnswerSheet.form_id == form_id, AnswerSheet.struck.is_not(True)
    )
    rows = reader.session.execute(query.group_by(AnswerSheet.form_version))
    counted: dict[str | None, int] = {row[0]: row[1] for row in rows}
    kept = reader.session.scalars(select(FormVersion).where(FormVersion.form_id == form_id).order_by(FormVersion.id))
    return tuple(
        KeptVersion(row.version, parsed(row.source).declared_version, counted.get(row.version, 0))
        for row in kept
        if row.version and row.source and _readable(row)
    )


def _readable(row: FormVersion) -> bool:
    try:
        return parsed(row.source or "").version == row.version
    except BadInput:
        return False


def _office_forms(reader: Reader) -> dict[str, OfficeForm]:
    """For each form of the office the version added last; withdrawn only where all of its versions are."""
    found: dict[str, OfficeForm] = {}
    for row in _added(reader):
        if row.form_id is None:
            continue
        before = found.get(row.form_id)
        if before is None or row.withdrawn_on is None or before.withdrawn_on is not None:
            found[row.form_id] = row
    return found


def _added(reader: Reader) -> Iterator[OfficeForm]:
    """The rows of the office's forms, the one added first coming first."""
    query = select(OfficeForm).where(OfficeForm.struck.is_not(True))
    yield from reader.session.scalars(query.order_by(OfficeForm.added_at, OfficeForm.id))


def _line(reader: Reader, row: OfficeForm) -> ListedForm | None:
    """How a list shows a form of the office; nothing where its text is not here, or only a newer version reads it."""
    try:
        return listed(_kept(reader, row.form_id or "", row.version or ""))
    except (NotFound, BadInput):
        return None


def _shipped(form_id: str, others: Iterable[str] = ()) -> Form:
    """The form that ships; where there is none, what may have been meant of those and of the office's own."""
    try:
        return shipped_form(form_id)
    except NotFound as error:
        near = get_close_matches(form_id[:64].lower(), [*shipped_forms(), *others], 3, 0.6)
        if near:
            raise NearFormOfId("form", what=form_id[:64], near=", ".join(near)) from error
        raise NoFormOfId("form", what=form_id[:64]) from error


def _kept(reader: Reader, form_id: str, version: str) -> Form:
    """A version this casebook keeps; its text must be what its version says it is."""
    row = reader.session.get(FormVersion, _key(version))
    if row is None or not row.source:
        raise NotFound(place="form", what=form_id[:64])
    form = parsed(row.source)
    if form.version != version or form.id != form_id:
        raise NotFound(place="form", what=form_id[:64])
    return form


def _key(version: str) -> bytes:
    try:
        return bytes.fromhex(version)[:16]
    except ValueError:
        return b""


@lru_cache(maxsize=64)
def parsed(source: str) -> Form:
    """The form behind a kept text, read once."""
    return parse_xform(source)
