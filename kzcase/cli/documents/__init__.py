"""The JSON each command prints: stable names, added to and never renamed. `kzcase schema` is derived from these."""

from typing import Any, Final

import msgspec

from kzcase.cli.documents.backups import BackupDrill, BackupMade, LastRelease, RestoredCasebook, Salvaged
from kzcase.cli.documents.casebooks import (
    Check,
    CheckFinding,
    Colleague,
    NewCasebook,
    StaffAdded,
    StaffList,
    StaffRemoved,
)
from kzcase.cli.documents.cases import (
    AttachmentAdded,
    AttachmentCopied,
    AttachmentList,
    CaseList,
    Committed,
    History,
    HistoryAct,
    Performed,
    Search,
    SearchHit,
    Warned,
)
from kzcase.cli.documents.document import Document
from kzcase.cli.documents.forms import FormAnswered, FormChecked, FormError, FormInfo, FormList, Printed
from kzcase.cli.documents.recovery import (
    PassphraseChanged,
    Recovered,
    RecoveryShares,
    ShareGiven,
    ShareHolder,
    SharesMade,
    SharesTried,
)
from kzcase.cli.documents.rules import DeadlineAnswer, Iin, SameName, SkippedDay, StayCount, StayCounted
from kzcase.cli.documents.runs import Bench, Demonstration, Measured, Step
from kzcase.cli.documents.summaries import Attacked, ExposedCell, SummaryMade
from kzcase.domain.looks import LookPage
from kzcase.domain.rows import CasePage, Counts

__all__ = [
    "OUTPUTS",
    "AttachmentAdded",
    "AttachmentCopied",
    "AttachmentList",
    "Attacked",
    "BackupDrill",
    "BackupMade",
    "Bench",
    "CaseList",
    "Check",
    "CheckFinding",
    "Colleague",
    "Committed",
    "DeadlineAnswer",
    "Demonstration",
    "Document",
    "ExposedCell",
    "FormAnswered",
    "FormChecked",
    "FormError",
    "FormInfo",
    "FormList",
    "History",
    "HistoryAct",
    "Iin",
    "LastRelease",
    "Measured",
    "NewCasebook",
    "PassphraseChanged",
    "Performed",
    "Printed",
    "Recovered",
    "RecoveryShares",
    "RestoredCasebook",
    "Salvaged",
    "SameName",
    "Search",
    "SearchHit",
    "ShareGiven",
    "ShareHolder",
    "SharesMade",
    "SharesTried",
    "SkippedDay",
    "StaffAdded",
    "StaffList",
    "StaffRemoved",
    "StayCount",
    "StayCounted",
    "Step",
    "SummaryMade",
    "Warned",
    "schema",
]

OUTPUTS: Final[dict[str, Any]] = {
    "demo": Demonstration,
    "new": NewCasebook,
    "staff add": StaffAdded,
    "staff remove": StaffRemoved,
    "staff list": StaffList,
    "staff passphrase": PassphraseChanged,
    "staff shares": RecoveryShares,
    "staff give-share": ShareGiven,
    "staff try-shares": SharesTried,
    "staff new-shares": SharesMade,
    "recover": Recovered,
    "check": Check,
    "backup": BackupMade,
    "backup --drill": BackupDrill,
    "restore": RestoredCasebook,
    "salvage": Salvaged,
    "last-release": LastRelease,
    "count": Counts,
    "search": Search,
    "case show": CasePage,
    "case list": CaseList,
    "case history": History,
    "case reads": LookPage,
    "attachment add": AttachmentAdded,
    "attachment list": AttachmentList,
    "attachment copy": AttachmentCopied,
    "act": list[Performed],
    "act --each": Committed,
    "form list": FormList,
    "form check": FormChecked,
    "form answer": FormAnswered,
    "print": Printed,
    "same-name": SameName,
    "iin": Iin,
    "deadline": DeadlineAnswer,
    "stay": StayCounted,
    "summary": SummaryMade,
    "attack": Attacked,
    "bench": Bench,
}
"""Command → what it prints with `--json`. `act --schema` and `schema` print JSON Schemas themselves."""


def schema() -> dict[str, Any]:
    """The JSON Schema of every output."""
    types = list(OUTPUTS.values())
    schemas, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    outputs = dict(zip(OUTPUTS, schemas, strict=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "outputs": outputs, "$defs": components}
