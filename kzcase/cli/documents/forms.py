"""What is said of forms and papers."""

from kzcase.cli.documents.document import Document
from kzcase.domain.printings import SheetProposal


class FormInfo(Document, frozen=True, kw_only=True):
    """A form that ships, or with a casebook one of the office's own."""

    id: str
    version: str
    title: str
    questions: int
    languages: list[str]
    edition: str
    about: str
    moment: str
    case_kinds: list[str]
    phone: bool
    office: bool


class FormList(Document, frozen=True, kw_only=True):
    """`kzcase form list`."""

    forms: list[FormInfo]


class FormAdded(Document, frozen=True, kw_only=True):
    """`kzcase form add` and `kzcase form withdraw`: which form of the office's own, and the version offered."""

    form: str
    version: str | None


class FormError(Document, frozen=True, kw_only=True):
    """One mistake in a form file: its row (0 where there are none), its place in full, and what is wrong."""

    row: int
    place: str
    message: str


class FormChecked(Document, frozen=True, kw_only=True):
    """`kzcase form check`."""

    ok: bool
    errors: list[FormError]
    warnings: list[FormError]
    questions: int
    languages: list[str]


class FormAnswered(Document, frozen=True, kw_only=True):
    """`kzcase form answer`: by display path, 1-based in repeats."""

    relevant: dict[str, bool]
    values: dict[str, str]
    errors: dict[str, str]


class Printed(Document, frozen=True, kw_only=True):
    """`kzcase print`; `printing` is the number at the foot of a paper of a case, by which its scan finds the case."""

    file: str
    paper: str
    language: str
    number: str
    sha256: str
    printing: str


class Scanned(Document, frozen=True, kw_only=True):
    """`kzcase scan`: the paper that the picture shows, and with `--join` the attachment it became."""

    proposed: SheetProposal
    attachment: str | None
    media_type: str
    pages: int
