"""A filled form as one recipient may read it: the parts that leave, and of them only what was agreed to."""

from datetime import datetime, time
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.office import Partner
from kzcase.domain.errors import NoConsent, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.outside_papers import parts_that_stay
from kzcase.domain.permissions import Permission
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, QuestionKind
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.consents import leaving
from kzcase.queries.incidents import must_not_be_stopped
from kzcase.queries.sheets import FilledForm

_NOON: Final = time(12, tzinfo=KAZAKHSTAN)


def recipient_named(reader: Reader, reference: str) -> Partner:
    """The partner a paper is for, by id or exact name. `NotFound` where there is none, or several of that name."""
    found = reader.session.get(Partner, from_hex(reference) or b"")
    if found is None:
        query = select(Partner).where(Partner.name == reference.strip(), Partner.struck.is_not(True)).limit(2)
        several = reader.session.scalars(query).all()
        found = several[0] if len(several) == 1 else None
    if found is None or found.struck:
        raise NotFound(place="to", what=reference[:64])
    return found


def form_for_recipient(reader: Reader, case: Case, row: FilledForm, form: Form, partner: Id) -> FilledForm:
    """What of a filled form may leave to one partner today; nothing of any other class or part is in the row at all.

    Never more than the acting person may have on paper. Raises NoConsent where nothing may leave.
    """
    reader.must_be_allowed(Permission.REFER)
    must_not_be_stopped(reader, partner, "to")
    allowed = leaving(reader, case, partner).classes & row.allowed
    if not allowed:
        raise NoConsent(place="to")
    filled = AnswerSheet(form, now=datetime.combine(row.header.printed_on, _NOON), empty=True)
    filled.restore(row.answers, row.missing)
    stays = parts_that_stay(form.id, tuple(question.name for question in form.questions))
    relevance, hidden = filled.relevance(), stays | _telling_notes(form)
    relevant = relevance | dict.fromkeys((place for place in (*relevance, *hidden) if _path(place) in hidden), False)
    goes = {
        question.path for question in form.walk() if question.field_class in allowed and question.steps[0] not in stays
    }
    return FilledForm(
        header=row.header,
        source=row.source,
        answers={place: said for place, said in filled.values().items() if _path(place) in goes},
        missing={place: why for place, why in filled.reasons().items() if _path(place) in goes},
        allowed=allowed,
        id=row.id,
        relevant=relevant,
    )


def _telling_notes(form: Form) -> frozenset[str]:
    """Notes that stand there only after certain answers: they would tell what was answered."""
    return frozenset(each.path for each in form.walk() if each.kind is QuestionKind.NOTE and each.relevant is not None)


def _path(place: str) -> str:
    """The path of the question at a place: `legs[2]/days` is `legs/days`."""
    return "/".join(step.partition("[")[0] for step in place.split("/"))
