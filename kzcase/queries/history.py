"""History: the acts on a case or in the whole casebook, in words."""

from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.domain.clocks import lies_ahead
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import HistoryRow
from kzcase.journal.hlc import moment
from kzcase.journal.kinds import sentence
from kzcase.queries.cases import case_named
from kzcase.queries.printed_papers import PRINTED, printed_papers
from kzcase.queries.reach import must_be_open

_SQL = """
SELECT a.id, a.kind, s.name, a.hlc, sum(p.operation_count)
FROM acts a JOIN parts p ON p.act_id = a.id LEFT JOIN staff s ON s.id = a.author
WHERE p.scope IN (:case, :person)
  AND a.id NOT IN (SELECT act_id FROM waiting UNION SELECT act_id FROM quarantine)
GROUP BY a.id ORDER BY a.hlc, a.id"""


def case_history(reader: Reader, reference: str) -> list[HistoryRow]:
    """What was done on a case and its person, oldest first."""
    reader.must_be_allowed(Permission.READ_HISTORY)
    found = reader.session.get_one(Case, case_named(reader, reference))
    must_be_open(reader, found.id, reference)
    rows = reader.session.execute(text(_SQL), {"case": found.id, "person": found.client_id}).all()
    printed = printed_papers(reader, found.id) if any(row[1] == PRINTED for row in rows) else {}
    return [
        HistoryRow(
            act_id.hex(),
            kind,
            printed.get(bytes(act_id)) or sentence(kind),
            author or "",
            moment(stamp),
            operations,
            lies_ahead(reader.now, moment(stamp)),
        )
        for act_id, kind, author, stamp, operations in rows
    ]
