"""What is said of answers from phones, of forms for phones and of the keys between them."""

from datetime import date

import msgspec

from kzcase.cli.documents.document import Document


class ImportedAnswers(Document, frozen=True, kw_only=True):
    """One set of answers: `what` is matched, new, there, differs or bad; `differs` names questions by their path,
    `differing` by their text. `opens`: the kind of the new case that is opened for it."""

    place: str
    what: str
    instance: str
    form_id: str
    edition: str
    case: str
    number: str
    taken: bool
    sheet: str
    opens: str
    differs: list[str]
    problems: list[str]
    warnings: list[str]
    media: list[str]
    differing: list[str] = msgspec.field(default_factory=list)


class Imported(Document, frozen=True, kw_only=True):
    """`kzcase import`: `act` undoes all of it; it is empty where nothing was taken in."""

    act: str
    taken: int
    items: list[ImportedAnswers]


class ExportedForm(Document, frozen=True, kw_only=True):
    """`kzcase export --blank`: `key` is empty where the answers stay open."""

    file: str
    form_id: str
    form_version: str
    key: str
    sha256: str


class ExportedAnswers(Document, frozen=True, kw_only=True):
    """`kzcase export`: `left_out` are filled forms beyond reach, `withheld` classes of which answers are not in it,
    `files` the photos and files that went along."""

    file: str
    sheets: int
    left_out: int
    withheld: list[str]
    files: int
    files_left: list[str]
    sha256: str


class FormKey(Document, frozen=True, kw_only=True):
    """One key to which phones close answers. `current`: forms that leave now are closed to it."""

    id: str
    made_on: date | None
    current: bool
    mine: bool
    holders: list[str]
    lacking: list[str]
    left: list[str]


class FormKeys(Document, frozen=True, kw_only=True):
    """`kzcase form key`: the newest first."""

    keys: list[FormKey]
