"""What is said of forms and papers."""

from kzcase.cli.documents.document import Document


class FormInfo(Document, frozen=True, kw_only=True):
    """A form that ships."""

    id: str
    version: str
    title: str
    questions: int
    languages: list[str]


class FormList(Document, frozen=True, kw_only=True):
    """`kzcase form list`."""

    forms: list[FormInfo]


class FormError(Document, frozen=True, kw_only=True):
    """One mistake in a form file: its row (0 where there are none), its place in full, and what is wrong."""

    row: int
    place: str
    message: str


class FormChecked(Document, frozen=True, kw_only=True):
    """`kzcase form check`."""

    ok: bool
    errors: list[FormError]
    questions: int
    languages: list[str]


class FormAnswered(Document, frozen=True, kw_only=True):
    """`kzcase form answer`: by display path, 1-based in repeats."""

    relevant: dict[str, bool]
    values: dict[str, str]
    errors: dict[str, str]


class Printed(Document, frozen=True, kw_only=True):
    """`kzcase print`."""

    file: str
    paper: str
    language: str
    number: str
    sha256: str
