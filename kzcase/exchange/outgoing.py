"""What leaves as files: empty forms for phones, and answers as OpenRosa instances; recorded before anybody has it."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from kzcase.actions.phone_forms import LeavingSheet, record_phone_form, record_saving
from kzcase.actions.reading import enter_case, having_said_why
from kzcase.actions.submission_keys import MakeSubmissionKey, make_submission_key
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotFound, NothingToExport, OnlySealed, SeveralToSave, StaysHere
from kzcase.domain.looks import Look
from kzcase.domain.papers import neutral_code
from kzcase.domain.permissions import Permission, Sight
from kzcase.exchange.known_forms import KnownForms
from kzcase.exchange.leaving import leaving
from kzcase.exchange.named_files import files_beside, files_that_go, named_files
from kzcase.exchange.phone_xform import phone_xform
from kzcase.exchange.writing import Filled, instance_xml
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.forms.kept_sheets import sheets_in
from kzcase.forms.outside_lists import without_lists
from kzcase.i18n import KAZAKHSTAN, _
from kzcase.keys.submission_keys import key_id_of
from kzcase.queries.phone_forms import on_phones_all_the_same
from kzcase.queries.submission_keys import SubmissionKeyRow, submission_keys
from kzcase.queries.submissions import KnownAnswers, sheets_to_save

Kind = Literal["xml", "xlsx"]
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # a package tells no time


@dataclass(frozen=True, slots=True)
class LeavingForm:
    """An empty form for phones. `key` names the key its answers are closed to; nothing where they stay open."""

    content: bytes = field(repr=False)
    filename: str
    sha256: str
    key: str
    made_key: bool


@dataclass(frozen=True, slots=True)
class SaveAnswers:
    """Which filled forms to save: one by its id, those of a case, those of a form, or of both.

    As one XML, or as a package; where nothing is said, several are packed and a single one is not.
    """

    case: str = ""
    form_id: str = ""
    sheet: str = ""
    look_reason: str = ""
    kind: Literal["", "xml", "zip"] = ""


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """Filled forms as a file: one instance, or a package of several. `left_out` are beyond one's reach; `files` are
    the photos and files that went along, `files_left` the names of those that did not."""

    content: bytes = field(repr=False)
    filename: str
    sha256: str
    sheets: int
    left_out: int
    withheld: tuple[str, ...]
    files: int = 0
    files_left: tuple[str, ...] = ()


def blank_form(book: Casebook, form: Form, *, plain: bool = False, kind: Kind = "xml") -> LeavingForm:
    """A form for phones, closed to the newest key unless it may leave open and is asked to.

    `StaysHere` in words for a form that must not leave, `OnlySealed` for one that may leave only closed.
    """
    with book.read() as reader:
        rule = leaving(form, all_the_same=form.id in on_phones_all_the_same(reader))
    if rule.why:
        raise StaysHere(form.id, why=rule.why[0])
    if plain and rule.sealed_only:
        raise OnlySealed("--plain")
    key, made_key = (None, False) if plain else _current_key(book)
    public, name = (key.public, key.id) if key else (b"", "")
    content = phone_xform(form, public, name) if kind == "xml" else _workbook(form, public, name)
    code, ending = neutral_code(form.id), str(kind)
    if lists := without_lists(form.xml)[1]:
        content, ending = _with_lists(code, kind, content, lists), "zip"
    sha256 = hashlib.sha256(content).hexdigest()
    record_phone_form(book, form, name, sha256)
    return LeavingForm(content, f"{code}.{ending}", sha256, name, made_key)


def _with_lists(code: str, kind: Kind, content: bytes, lists: Mapping[str, bytes]) -> bytes:
    """A form and the lists it needs as phones keep them: the files in a folder called like the form."""
    folder = f"{code}-media/" if kind == "xml" else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, each in ((f"{code}.{kind}", content), *((f"{folder}{file}", made) for file, made in lists.items())):
            package.writestr(zipfile.ZipInfo(name, _STAMP), each, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _current_key(book: Casebook) -> tuple[SubmissionKeyRow, bool]:
    """The newest pair that nobody who left has; made first where there is none."""
    for made in (False, True):
        with book.read() as reader:
            for row in submission_keys(reader):
                if row.current and key_id_of(row.public).hex() == row.id:
                    return row, made
        if not made:
            make_submission_key(book, MakeSubmissionKey())
    raise NotFound("key", what="")


def _workbook(form: Form, public: bytes, key: str) -> bytes:
    """The rows as they were written: of a form that ships those of its YAML, of an office's own those it came as."""
    from kzcase.exchange.phone_xlsform import phone_xlsform
    from kzcase.forms.doors import sheets_of
    from kzcase.forms.library import shipped_form, shipped_forms, shipped_source

    if kept := sheets_in(form.xml):
        return phone_xlsform(form, kept, public, key)
    if form.id not in shipped_forms() or shipped_form(form.id).version != form.version:
        raise StaysHere(form.id, why=_("There is no workbook of it here. Please save it as .xml."))
    return phone_xlsform(form, sheets_of(".yaml", shipped_source(form.id)), public, key)


def save_answers(book: Casebook, wish: SaveAnswers) -> SavedAnswers:
    """Filled forms as OpenRosa instances, with what the asker sees now and nothing else; in a package with the photos
    and files that the answers name.

    Each case is in the read log before it is read, and in its own history before anybody holds the file.
    """
    return having_said_why(book, wish, lambda: _saved(book, wish))


def _saved(book: Casebook, wish: SaveAnswers) -> SavedAnswers:
    with book.read("long") as reader:
        found, left_out = sheets_to_save(reader, wish.case, wish.form_id, wish.sheet)
    if not found:
        raise NothingToExport(wish.case or wish.form_id or wish.sheet)
    if wish.kind == "xml" and len(found) > 1:
        raise SeveralToSave(count=len(found))
    for case in dict.fromkeys(known.case for known in found):
        enter_case(book, case, Look.EXPORT, reason=wish.look_reason, detail="xform")
    with book.read("long") as reader:
        forms = KnownForms(reader)
        instances = [_instance(reader, forms, known) for known in found]
        shown = tuple(sorted(_shown(reader)))
        rows = [files_that_go(reader, known.case, one.named) for known, one in zip(found, instances, strict=True)]
    named = [one.named for one in instances]
    beside = files_beside(book, named, [{}] * len(rows) if wish.kind == "xml" else rows)
    packed = wish.kind == "zip" or any(beside.files)
    content, ending = _package([one.xml for one in instances], beside.files, packed)
    sha256 = hashlib.sha256(content).hexdigest()
    record_saving(book, [LeavingSheet(known.case, known.sheet, shown) for known in found], sha256)
    withheld = tuple(sorted({each for one in instances for each in one.withheld}))
    went = sum(map(len, beside.files))
    return SavedAnswers(content, f"answers.{ending}", sha256, len(found), left_out, withheld, went, beside.stay)


def _shown(reader: Reader) -> frozenset[FieldClass]:
    """What the asker sees now: names only after “show names”."""
    reader.must_be_allowed(Permission.READ_CASES)
    return frozenset(each for each in FieldClass if reader.sight(each) is Sight.SHOW)


@dataclass(frozen=True, slots=True)
class _Written:
    """One set of answers as XML, the classes of which something was withheld, and the files it names."""

    xml: bytes = field(repr=False)
    withheld: frozenset[FieldClass]
    named: tuple[str, ...]


def _instance(reader: Reader, forms: KnownForms, known: KnownAnswers) -> _Written:
    form = forms.version(known.form_version)
    moment = known.answered_at or reader.now
    sheet = _worked_out(form, known, moment)
    others = tuple((other.path, other.content) for other in known.others)
    filled = Filled(sheet, known.answers, known.missing, _shown(reader), known.instance, known.number, others)
    return _Written(*instance_xml(filled), named_files(sheet, filled.shown))


def _worked_out(form: Form, known: KnownAnswers, moment: datetime) -> AnswerSheet:
    sheet = AnswerSheet(form, now=moment.astimezone(KAZAKHSTAN))
    sheet.load(known.answers, known.missing)
    return sheet


def _package(instances: Sequence[bytes], files: Sequence[Mapping[str, bytes]], packed: bool) -> tuple[bytes, str]:
    """One instance as it is; several as phones keep them: each in a folder of its own, by a name that says nothing,
    with the files it names."""
    if len(instances) == 1 and not packed:
        return instances[0], "xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (xml, beside) in enumerate(zip(instances, files, strict=True), 1):
            for name, content in {"submission.xml": xml, **beside}.items():
                package.writestr(zipfile.ZipInfo(f"{number:05}/{name}", _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue(), "zip"
