"""The receipt of a withdrawal: the form of withdrawal, filled in by the program, in every language that form has."""

from collections.abc import Collection, Iterator
from typing import Final

from kzcase.actions.forms import add_sheet, filled, keep_version
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.consents import Withdrawal
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id
from kzcase.queries.consent_forms import TAKING_BACK
from kzcase.queries.consent_lines import partner_name
from kzcase.queries.forms import form_of
from kzcase.queries.recipients import Recipient

_KINDS: Final = frozenset({"identifying", "contact", "sensitive", "health", "operational"})
"""The kinds of data the form asks about; figures that name nobody are not among them."""


def add_receipt(act: Act, case: Case, row: Withdrawal, told: Collection[Recipient]) -> Id | None:
    """The filled form inside the same act, so that its paper says what was recorded; nothing where there is no form."""
    try:
        form = form_of(act, TAKING_BACK)
    except NotFound:
        return None
    known = {question.path for question in form.walk()}
    answers = {path: said for path, said in _answers(act, row, told) if said and _plain(path) in known}
    language = row.language if row.language in form.languages else "kk"
    sheet = filled(form, answers, {}, act, language)
    keep_version(act, form)
    return add_sheet(act, case, sheet, language).id


def _plain(path: str) -> str:
    head, _bracket, rest = path.partition("[")
    return head + rest.partition("]")[2] if rest else head


def _answers(act: Act, row: Withdrawal, told: Collection[Recipient]) -> Iterator[tuple[str, str]]:
    """What the form says of this withdrawal. The name stays blank: the person writes it as they wish."""
    part = bool(row.partner_id or row.purposes or row.classes)
    on = row.withdrawn_on or act.today
    kinds = [each for each in (row.classes or "").split() if each in _KINDS]
    yield from (
        ("said/withdrawn_on", on.isoformat()),
        ("said/withdrawn_by", row.said_by or ""),
        ("said/scope", "part" if part else "all"),
        ("said/purposes", row.purposes or ""),
        ("said/kinds", " ".join(kinds)),
        ("said/recipient", partner_name(act, row.partner_id)),
        ("said/wishes", row.wishes or ""),
        ("receipt/received_by", act.acting.name),
        ("receipt/stopped_on", act.today.isoformat()),
        ("receipt/language", row.language or ""),
        ("receipt/signed_how", row.signed_how or ""),
    )
    if not row.wishes or "do_not_tell" not in row.wishes:
        for place, each in enumerate(told, 1):
            yield f"receipt/told[{place}]/told_whom", partner_name(act, each.partner) or each.name
