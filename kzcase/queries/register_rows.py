"""What each register holds, row by row: facts of the office, counts, and signs in place of cases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import select, text

from kzcase.db.backup_memory import load_past
from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.office import Partner, ProtectedPeriod, Release
from kzcase.db.tables.organisation import ShareTrial, Staff, StaffRole
from kzcase.db.tables.registers import SubjectRequest, Undertaking
from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id
from kzcase.domain.papers import neutral_code
from kzcase.domain.registers import RegisterRow, pseudonym
from kzcase.i18n import KAZAKHSTAN, Language
from kzcase.journal.hlc import moment
from kzcase.paper.library import PAPERS
from kzcase.queries.case_page import name_of
from kzcase.queries.erasures import destroyed
from kzcase.queries.incidents import incident_list, rule_is_doubtful

YES, NO = "yes", "no"
DESTRUCTIONS: Final[tuple[Callable[[Reader], Iterable[RegisterRow]], ...]] = (destroyed,)
"""What fills the acts of destruction: each gives rows of (date, number, reason, asked on, colleague)."""


def purposes(reader: Reader, language: Language) -> Iterator[RegisterRow]:
    """The purposes in force today."""
    for one in reader.rulebook.purposes:
        if one.in_force_on(reader.today):
            classes = tuple(each.value for each in FieldClass if each in one.classes)
            said = (one.name[language], one.ground[language], classes, one.term[language])
            yield RegisterRow((*said, one.source[language], one.checked_on, YES if one.doubtful else NO))


def access(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """Everybody who has or had a role; roles are given once, on the day somebody is added."""
    roles: dict[Id, set[str]] = defaultdict(set)
    gone = set(reader.session.scalars(select(Staff.id).where(Staff.removed_on.is_not(None))))
    for held in reader.session.scalars(select(StaffRole)):
        if held.staff_id is not None and (not held.struck or held.staff_id in gone):
            roles[held.staff_id].add(held.role or "")
    signed = _signed(reader)
    for row in reader.session.scalars(select(Staff).order_by(Staff.name, Staff.id)):
        given = tuple(sorted(roles[row.id]))
        cells = (row.name or "", given, row.added_on, signed.get(row.id), row.removed_on)
        yield RegisterRow(cells, row.id.hex(), row.removed_on is None)


def _signed(reader: Reader) -> dict[Id, date]:
    """The latest day on which each signed."""
    found: dict[Id, date] = {}
    for row in reader.session.scalars(select(Undertaking).where(Undertaking.struck.is_not(True))):
        if row.staff_id is not None and row.signed_on is not None:
            found[row.staff_id] = max(row.signed_on, found.get(row.staff_id, row.signed_on))
    return found


_LEFT: Final = """
SELECT a.id, a.kind, a.hlc, s.name, p.scope
FROM acts a JOIN parts p ON p.act_id = a.id LEFT JOIN staff s ON s.id = a.author
WHERE a.kind IN ('paper.printed', 'attachment.copied')
AND a.id NOT IN (SELECT act_id FROM waiting UNION SELECT act_id FROM quarantine)"""


def disclosures(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """Everything that left, the latest first."""
    found = [*_letters(reader), *_papers_and_copies(reader), *_summaries(reader)]
    yield from sorted(found, key=lambda row: (str(row.cells[0]), str(row.cells[2])), reverse=True)


def _letters(reader: Reader) -> Iterator[RegisterRow]:
    columns = (Referral.sent_on, Referral.number, Referral.case_id, Referral.how, Partner.name, Staff.name)
    query = select(*columns).outerjoin(Partner, Partner.id == Referral.partner_id)
    query = query.outerjoin(Staff, Staff.id == Referral.author_id)
    sent = (Referral.sent_on.is_not(None), Referral.struck.is_not(True))
    for sent_on, number, case, how, recipient, author in reader.session.execute(query.where(*sent)):
        yield RegisterRow((sent_on, "letter", number or "", _sign(reader, case), recipient or "", how, author))


def _papers_and_copies(reader: Reader) -> Iterator[RegisterRow]:
    printed = _papers_by_act(reader)
    for act, kind, stamp, author, scope in reader.session.execute(text(_LEFT)):
        what, sign = "paper" if kind == "paper.printed" else "copy", _sign(reader, bytes(scope))
        on = moment(stamp).astimezone(KAZAKHSTAN).date()
        yield RegisterRow((on, what, printed.get(bytes(act), ""), sign, "", None, author))


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
    query = select(Release, ProtectedPeriod.period).join(ProtectedPeriod, ProtectedPeriod.id == Release.period_id)
    for row, period in reader.session.execute(query):
        who = name_of(reader, row.released_by)
        yield RegisterRow((row.released_on, "summary", f"{period or ''} · {row.number or 0}", "", "", None, who))


def requests(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """The latest first."""
    query = select(SubjectRequest).where(SubjectRequest.struck.is_not(True)).order_by(SubjectRequest.number.desc())
    for row in reader.session.scalars(query):
        doubtful = rule_is_doubtful(reader, row.rule_id, row.received_on)
        days = (row.received_on, row.due_on, row.answered_on)
        sign = _sign(reader, row.case_id)
        cells = (row.number or "", row.kind, sign, *days, row.outcome, YES if doubtful else NO)
        yield RegisterRow(cells, row.id.hex(), row.answered_on is None)


def incidents(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """Those still open first; what people wrote about them is not here."""
    for row in incident_list(reader):
        told = (row.authority_told_on, row.people_told_on, row.closed_on)
        cells = (row.number, row.kind, row.noticed_on, row.affected, row.due_on, *told)
        yield RegisterRow(cells, row.id, row.closed_on is None)


def copies(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """All this laptop remembers of its backups and of trying them, and every trial of the recovery shares."""
    past = reversed(load_past(Sql.of(reader.session.connection())))
    found: list[tuple[Any, ...]] = [
        (_day(one.at), one.kind, one.number, YES if one.well else NO, one.cases or None) for one in past
    ]
    for trial in reader.session.scalars(select(ShareTrial).where(ShareTrial.struck.is_not(True))):
        found.append((trial.tried_on, "share_trial", trial.numbers, YES, None))
    yield from (RegisterRow(cells) for cells in sorted(found, key=lambda cells: str(cells[0]), reverse=True))


def destructions(reader: Reader, _language: Language) -> Iterator[RegisterRow]:
    """What was destroyed, by each of the lists that know of it."""
    for fill in DESTRUCTIONS:
        yield from fill(reader)


def _sign(reader: Reader, case: Id | None) -> str:
    return pseudonym(reader.organisation, case)


def _day(at: Any) -> date:
    found: date = at.astimezone(KAZAKHSTAN).date()
    return found
