"""The forms there are, as lists show them: grouped by the moment they belong to, found by typing, the fitting first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kzcase.domain.spelling import fold
from kzcase.forms.about import Moment
from kzcase.forms.definition import Texts
from kzcase.forms.listed import ListedForm
from kzcase.i18n import Words, _
from kzcase.queries.forms import OfferedForm, forms_offered
from kzcase.ui import language

MOMENTS: Final[Mapping[Moment, Words]] = {
    Moment.FIRST_CONTACT: _("First contact"),
    Moment.SCREENING: _("Screening"),
    Moment.INTAKE: _("Intake"),
    Moment.CONSENT: _("Consent and rights"),
    Moment.ASSESSMENT: _("Assessment"),
    Moment.PLAN: _("Plan"),
    Moment.SERVICE: _("Services"),
    Moment.LEGAL: _("Legal help"),
    Moment.REFERRAL: _("Referral"),
    Moment.CALL: _("Calls"),
    Moment.CLOSING: _("Closing"),
    Moment.OFFICE: _("Office"),
}
"""What the moments are called, in their order."""
SUGGESTED: Final = _("Suggested now")
NO_MOMENT: Final = _("Other forms")
ONE_AFTER_ANOTHER: Final = (Moment.FIRST_CONTACT, Moment.SCREENING, Moment.INTAKE, Moment.ASSESSMENT, Moment.PLAN)
"""Nobody is screened before the first contact, nobody assessed before the screening. Consent has its own time."""


@dataclass(frozen=True, slots=True)
class KnownForm:
    """One form as a list shows it; `found` holds the folded words it is found by."""

    listed: ListedForm
    found: str
    office: bool = False
    withdrawn_on: date | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return self.listed.id

    @property
    def title(self) -> Texts:
        """What it is called."""
        return self.listed.title

    @property
    def about(self) -> Texts:
        """What it is for, in one sentence."""
        return self.listed.about

    @property
    def moment(self) -> Moment | None:
        """When in the work it is filled in."""
        return self.listed.moment

    def is_for(self, kind: str | None) -> bool:
        """Whether it is offered for cases of this kind; of an unknown kind every form may be wanted."""
        return kind is None or self.listed.is_for(kind)


def known_of(offered: OfferedForm) -> KnownForm:
    """What a list shows of a form: found by its id and every word of its title and purpose, in every language."""
    form = offered.form
    words = (said for text in (form.title, form.about) for said in text.values())
    found = fold(" ".join([form.id.replace("_", " "), *words]))
    return KnownForm(form, found, offered.office, offered.withdrawn_on)


def read_known(reader: Any) -> tuple[KnownForm, ...]:
    """Every form that can be filled in now; asked off the window's thread."""
    return tuple(map(known_of, forms_offered(reader)))


def found_by(forms: Sequence[KnownForm], typed: str) -> list[KnownForm]:
    """Those in which every typed word occurs, in any of their languages."""
    words = fold(typed).split()
    return [form for form in forms if all(word in form.found for word in words)]


def suggested(forms: Sequence[KnownForm], kind: str | None, done: Collection[str]) -> list[KnownForm]:
    """What comes next for this kind of case: the forms of the first moment after the last one that was begun.

    A child is met first, then screened, then assessed; what was done once is not suggested again. Forms made for
    this kind go before those for every kind.
    """
    moments = [form.moment for form in forms if form.id in done and form.moment in ONE_AFTER_ANOTHER]
    begun = max((ONE_AFTER_ANOTHER.index(moment) for moment in moments if moment is not None), default=-1)
    for moment in ONE_AFTER_ANOTHER[begun + 1 :] if kind is not None else ():
        there = [form for form in forms if form.moment is moment and form.is_for(kind)]
        if there:
            return sorted(there, key=lambda form: kind not in form.listed.case_kinds)
    return []


def grouped(forms: Sequence[KnownForm]) -> list[tuple[Words, list[KnownForm]]]:
    """The forms under what their moments are called, in the order of the work; by title within a moment."""
    groups: list[tuple[Words, list[KnownForm]]] = []
    for moment, words in (*MOMENTS.items(), (None, NO_MOMENT)):
        there = sorted((form for form in forms if form.moment is moment), key=_by_title)
        if there:
            groups.append((words, there))
    return groups


def _by_title(form: KnownForm) -> tuple[str, str]:
    return (language.text(form.title).casefold(), form.id)
