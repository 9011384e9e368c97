"""What is said of referrals, partners and packages."""

from datetime import date

import msgspec

from kzcase.cli.documents.cases import Warned
from kzcase.cli.documents.document import Document
from kzcase.domain.incoming_rows import IncomingRow
from kzcase.domain.referrals import ListedReferral, ReferralStepRow
from kzcase.domain.rows import PartnerRow


class ReferralList(Document, frozen=True, kw_only=True):
    """`kzcase referral list`: those overdue first."""

    referrals: list[ListedReferral]


class ReferralShown(Document, frozen=True, kw_only=True):
    """`kzcase referral show`: one referral with its states and chases, the first first."""

    listed: ListedReferral
    steps: list[ReferralStepRow]


class IncomingList(Document, frozen=True, kw_only=True):
    """`kzcase referral incoming`: referrals from others, those overdue first."""

    incoming: list[IncomingRow]


class PartnerList(Document, frozen=True, kw_only=True):
    """`kzcase referral partners`: the directory."""

    partners: list[PartnerRow]


class PartnerAnswers(Document, frozen=True, kw_only=True):
    """`kzcase referral figures`: how a partner answers. Small numbers are null."""

    partner: str
    sent: int
    overdue: int | None
    days: int | None
    states: dict[str, int] | None


class PackageMade(Document, frozen=True, kw_only=True):
    """`kzcase export --format package`: the closed file; `slip` holds its passphrase; `warnings` are of the partner."""

    referral: str
    file: str
    sha256: str
    slip: str | None = None
    warnings: list[Warned] = msgspec.field(default_factory=list)


class PackageTaken(Document, frozen=True, kw_only=True):
    """`kzcase import --format package`: a package became a referral from others, or a reply was recorded."""

    number: str
    reply: bool


class UnhcrField(Document, frozen=True, kw_only=True):
    """One field of the UNHCR set; without a value, why."""

    field: str
    value: str | None
    missing: str | None = None


class UnhcrSet(Document, frozen=True, kw_only=True):
    """`kzcase export --format progres`: what UNHCR's proGres v4 asks for, and what is missing."""

    referral: str
    fields: list[UnhcrField]
    missing: list[str]
    made_on: date
