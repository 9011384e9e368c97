"""What left the office, for the register of disclosures: what, when, to whom and how; no line names anybody."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.db.tables.helpline import CallCase, CallPeriod, CrimeSignal
from kzcase.db.tables.office import Call, Partner, ProtectedPeriod, Release
from kzcase.db.tables.organisation import Staff
from kzcase.db.tables.referrals import ReferralPackage
from kzcase.domain.ids import Id
from kzcase.domain.papers import neutral_code
from kzcase.domain.registers import RegisterRow, pseudonym
from kzcase.i18n import KAZAKHSTAN, Language
from kzcase.journal.hlc import moment
from kzcase.paper.library import PAPERS
from kzcase.queries.call_reach import calls_kept_away
from kzcase.queries.case_page import name_of

_LEFT: Final = """
SELECT a.id, a.kind, a.hlc, s.name, p.scope
FROM acts a JOIN parts p ON p.act_id = a.id LEFT JOIN staff s ON s.id = a.author
WHERE a.kind IN ('paper.printed', 'attachment.copied', 'answers.exported')
AND a.id NOT IN (SELECT act_id FROM waiting UNION SELECT act_id FROM quarantine)"""
_AS: Final = {"paper.printed": "paper", "attachment.copied": "copy", "answers.exported": "answers"}
"""The act → the code of `disclosure_kind`."""
_HOW: Final = "referral_how"


def disclosures(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """Everything that left, the latest first."""
    found = [*_letters(reader), *_packages(reader), *_emergencies(reader), *_signals(reader)]
    found += [*_papers_and_files(reader), *_summaries(reader)]
    yield from sorted(found, key=lambda row: (str(row.cells[0]), str(row.cells[2])), reverse=True)


def _letters(reader: Reader) -> Iterator[RegisterRow]:
    columns = (Referral.sent_on, Referral.number, Referral.case_id, Partner.name, Referral.how, Staff.name)
    query = select(*columns).outerjoin(Partner, Partner.id == Referral.partner_id)
    query = query.outerjoin(Staff, Staff.id == Referral.author_id)
    there = (Referral.sent_on.is_not(None), Referral.struck.is_not(True))
    return (_line(reader, "letter", *row) for row in reader.session.execute(query.where(*there)))


def _packages(reader: Reader) -> Iterator[RegisterRow]:
    """Sealed packages, and the field sets of others: what was in one is never kept."""
    columns = (ReferralPackage.made_on, Referral.number, ReferralPackage.case_id, Partner.name, Staff.name)
    query = select(*columns).outerjoin(Referral, Referral.id == ReferralPackage.referral_id)
    query = query.outerjoin(Partner, Partner.id == ReferralPackage.partner_id)
    query = query.outerjoin(Staff, Staff.id == ReferralPackage.author_id)
    for on, number, case, to, who in reader.session.execute(query.where(ReferralPackage.struck.is_not(True))):
        yield _line(reader, "package", on, number, case, to, "package", who)


def _emergencies(reader: Reader) -> Iterator[RegisterRow]:
    """What went without consent; a recipient who is no partner was written in free words, which are not shown."""
    of = EmergencyRelease
    columns = (of.released_on, of.number, of.case_id, Partner.name, of.how, Staff.name)
    query = select(*columns).outerjoin(Partner, Partner.id == of.partner_id)
    query = query.outerjoin(Staff, Staff.id == of.author_id)
    rows = reader.session.execute(query.where(of.struck.is_not(True)))
    return (_line(reader, "emergency", *row) for row in rows)


def _signals(reader: Reader) -> Iterator[RegisterRow]:
    """Signals of a crime that were passed on; the case is that of the call, where it has one."""
    linked = select(CallCase.case_id).where(CallCase.call_id == Call.id, CallCase.struck.is_not(True))
    of, later = CrimeSignal, linked.order_by(CallCase.id).limit(1).scalar_subquery()
    query = select(of.sent_at, of.number, Call.case_id, later, of.unit, of.sent_how, Staff.name)
    query = query.outerjoin(Call, Call.id == of.call_id).outerjoin(Staff, Staff.id == of.sent_by)
    there = (of.sent_at.is_not(None), of.struck.is_not(True), of.call_id.not_in(calls_kept_away(reader)))
    known = reader.rulebook.list(_HOW)
    for sent, number, case, other, unit, how, who in reader.session.execute(query.where(*there)):
        day, way = sent.astimezone(KAZAKHSTAN).date(), how if how and known.get(how) else None
        yield _line(reader, "signal", day, number, case or other, unit, way, who)


def _papers_and_files(reader: Reader) -> Iterator[RegisterRow]:
    printed = _papers_by_act(reader)
    for act, kind, stamp, author, scope in reader.session.execute(text(_LEFT)):
        on = moment(stamp).astimezone(KAZAKHSTAN).date()
        yield _line(reader, _AS[kind], on, printed.get(bytes(act), ""), bytes(scope), "", None, author)


def _papers_by_act(reader: Reader) -> dict[Id, str]:
    """The neutral code of what each act printed: a form's own name could tell the kind of case."""
    query = text("SELECT id, paper FROM printings WHERE struck IS NOT 1 AND paper IS NOT NULL")
    papers = {bytes(row): paper for row, paper in reader.session.execute(query)}
    heads = heads_of_rows(Sql.of(reader.session.connection()), (("printings", row) for row in papers))
    return {
        act: _neutral(papers[row]) for (_entity, row), found in heads.items() for act, _seq in found.of("paper").dots
    }


def _neutral(paper: str) -> str:
    return PAPERS[paper].code if paper in PAPERS else neutral_code(paper)


def _summaries(reader: Reader) -> Iterator[RegisterRow]:
    query = select(Release, ProtectedPeriod.period, CallPeriod.period)
    query = query.outerjoin(ProtectedPeriod, ProtectedPeriod.id == Release.period_id)
    query = query.outerjoin(CallPeriod, CallPeriod.id == Release.period_id)
    for row, cases, calls in reader.session.execute(query):
        number, who = f"{cases or calls or ''} · {row.number or 0}", name_of(reader, row.released_by)
        yield _line(reader, "call_summary" if calls else "summary", row.released_on, number, None, "", None, who)


def _line(reader: Reader, what: str, on: Any, number: Any, case: Id | None, to: Any, how: Any, who: Any) -> RegisterRow:
    """In the order of the columns."""
    return RegisterRow((on, what, number or "", pseudonym(reader.organisation, case), to or "", how, who))
