"""Finds the form version that answers were given to: by the mark a form made here carries, else by id and edition."""

from collections.abc import Iterator

from kzcase.db.reader import Reader
from kzcase.domain.errors import BadInput, BadSubmission, NotFound
from kzcase.exchange.instances import Instance
from kzcase.exchange.phone_xform import edition_on_phones
from kzcase.forms.definition import Form
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.forms.xform import parse_xform
from kzcase.i18n import Words, _
from kzcase.queries.forms import form_of
from kzcase.queries.submissions import form_source, form_sources


class KnownForms:
    """The forms met while one file is looked through, each read once."""

    def __init__(self, reader: Reader, form_id: str = "") -> None:
        self._reader, self._wanted = reader, form_id
        self._by_version: dict[str, Form] = {}
        self._by_id: dict[str, tuple[Form, ...]] = {}

    def form_of(self, instance: Instance) -> Form:
        """The form these answers belong to. Raises BadSubmission in words where it is not here."""
        if instance.version and not self._wanted:
            return self._marked(instance)
        return self._named(self._wanted or instance.form_id, instance.edition)

    def version(self, version: str) -> Form:
        """A version by its hash, or the first half of it. `NotFound` where it was never used here."""
        short = version[:32]
        if short not in self._by_version:
            self._by_version[short] = parse_xform(form_source(self._reader, short))
        return self._by_version[short]

    def _marked(self, instance: Instance) -> Form:
        if instance.form_id in shipped_forms():
            shipped = shipped_form(instance.form_id)
            if shipped.version.startswith(instance.version):
                return shipped
        try:
            return self.version(instance.version)
        except NotFound as error:
            why = _("The version of the form “{form}” they answer is not in this casebook.", form=instance.form_id)
            raise BadSubmission(why=why) from error

    def _named(self, form_id: str, edition: str) -> Form:
        found = self._versions_of(form_id)
        if not found:
            raise BadSubmission(why=_("There is no form “{form}” here.", form=form_id[:80]))
        fitting = [form for form in found if _is_edition(form, edition)]
        if fitting or self._wanted or (len(found) == 1 and not edition):
            return (fitting or found)[0]
        why = _("Of the form “{form}” there is no edition “{edition}” here.", form=form_id[:80], edition=edition[:80])
        raise BadSubmission(why=why)

    def doubt(self, instance: Instance, form: Form) -> Words | None:
        """That somebody said which form it is, and the answers name an edition of it that is not here."""
        if not self._wanted or not instance.edition or _is_edition(form, instance.edition):
            return None
        return _(
            "The answers name the edition “{said}”, which is not here. They are read as “{present}”, the present one.",
            said=instance.edition[:80],
            present=form.declared_version or form.version[:8],
        )

    def _versions_of(self, form_id: str) -> tuple[Form, ...]:
        """The present one first."""
        if form_id not in self._by_id:
            self._by_id[form_id] = tuple(self._read(form_id))
        return self._by_id[form_id]

    def _read(self, form_id: str) -> Iterator[Form]:
        present = self._present(form_id)
        shipped = shipped_form(form_id) if form_id in shipped_forms() else None
        met = set[str]()
        kept = (parse_xform(source) for source in form_sources(self._reader, form_id))
        for form in (present, shipped, *kept):
            if form is not None and form.version not in met:
                met.add(form.version)
                yield form

    def _present(self, form_id: str) -> Form | None:
        try:
            return form_of(self._reader, form_id)
        except (NotFound, BadInput):
            return None


def _is_edition(form: Form, edition: str) -> bool:
    on_phones = edition_on_phones(form, "")
    return edition == form.declared_version or edition.startswith(on_phones)
