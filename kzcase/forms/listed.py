"""One line of a list of forms: what is known of a form without reading it, so that forty forms are listed at once."""

import msgspec

from kzcase.forms.about import Moment, Signer
from kzcase.forms.definition import Form


class ListedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A form in one version, as lists show it."""

    id: str
    version: str
    edition: str = ""  # what the author called this version
    title: dict[str, str] = {}
    about: dict[str, str] = {}
    case_kinds: tuple[str, ...] = ()  # none means every kind
    moment: Moment | None = None
    phone: bool = False
    client_paper: bool = False
    signatures: tuple[Signer, ...] = ()
    standards: str = ""
    languages: tuple[str, ...] = ()
    further_languages: tuple[str, ...] = ()
    questions: int = 0

    def is_for(self, case_kind: str) -> bool:
        """Whether it is offered for cases of this kind."""
        return not self.case_kinds or case_kind in self.case_kinds


def listed(form: Form) -> ListedForm:
    """The line of a form."""
    return ListedForm(
        id=form.id,
        version=form.version,
        edition=form.declared_version,
        title=dict(form.title),
        about=dict(form.about),
        case_kinds=form.case_kinds,
        moment=form.moment,
        phone=form.phone,
        client_paper=form.client_paper,
        signatures=form.signatures,
        standards=form.standards,
        languages=form.languages,
        further_languages=form.further_languages,
        questions=sum(1 for _question in form.asked()),
    )


_MOMENTS = tuple(Moment)


def in_order(forms: list[ListedForm]) -> tuple[ListedForm, ...]:
    """By moment as the work goes, those of no moment last; then by id."""
    return tuple(sorted(forms, key=lambda form: (_order(form.moment), form.id)))


def _order(moment: Moment | None) -> int:
    return _MOMENTS.index(moment) if moment else len(_MOMENTS)
