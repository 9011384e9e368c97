"""Finds the form version that answers were given to: by the mark a form made here carries, else by id and edition."""

from collections.abc import Iterator

from kzcase.db.reader import Reader
from kzcase.domain.errors import BadSubmission, NotFound
from kzcase.exchange.instances import Instance
from kzcase.exchange.phone_xform import edition_on_phones
from kzcase.forms.definition import Form
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.forms.xform import parse_xform
from kzcase.i18n import _
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

    def _versions_of(self, form_id: str) -> tuple[Form, ...]:
        """The present one first."""
        if form_id not in self._by_id:
            self._by_id[form_id] = tuple(self._read(form_id))
        return self._by_id[form_id]

    def _read(self, form_id: str) -> Iterator[Form]:
        shipped = shipped_form(form_id) if form_id in shipped_forms() else None
        if shipped:
            yield shipped
        for source in form_sources(self._reader, form_id):
            form = parse_xform(source)
            if shipped is None or form.version != shipped.version:
                yield form


def _is_edition(form: Form, edition: str) -> bool:
    on_phones = edition_on_phones(form, "")
    return edition == form.declared_version or edition.startswith(on_phones)
