"""Looks one set of answers through: whose form and case it is, whether it came before, what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from xml.etree.ElementTree import Element

from kzcase.actions.forms import blank_sheet
from kzcase.actions.submissions import SentAnswers
from kzcase.db.reader import Reader
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import (
    BadSubmission,
    CaseClosed,
    FileRefused,
    NeedsReason,
    NoSubmissionKey,
    NotFound,
    NotSealedForYou,
    RuleBroken,
    TooLarge,
)
from kzcase.domain.permissions import Sight
from kzcase.exchange.cases_named import case_named
from kzcase.exchange.closed_answers import Unwrap, is_closed, opened
from kzcase.exchange.comparing import differences, withheld_questions
from kzcase.exchange.instances import Instance, Told, instance_of, moment_of, told_by
from kzcase.exchange.known_forms import KnownForms
from kzcase.exchange.named_files import named_files
from kzcase.exchange.objections import confirmed, mistakes, plainly, warnings
from kzcase.exchange.packages import LARGEST_ANSWERS, Found
from kzcase.exchange.side_by_side import Difference, beside, other_elements
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import NO_TEXTS, Form, QuestionKind, Texts
from kzcase.forms.server_marks import is_mark
from kzcase.forms.xml_reading import read_xml
from kzcase.i18n import LANGUAGES, Words, _
from kzcase.paper.incoming.door import Clean, cleaned
from kzcase.queries.submissions import CasePlace, KnownAnswers, known_answers, were_erased

_AHEAD: Final = timedelta(days=1)
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_SAID: Final = 20
ERASED: Final = _(
    "These answers came before, and the person was erased since. They are not taken in again: please destroy the file."
)
MOST_MEDIA: Final = 50
Cleaning = Callable[[bytes], Clean]


class What(StrEnum):
    """What would happen to a set of answers."""

    MATCHED = "matched"  # its case is known
    NEW = "new"  # no case is named yet
    THERE = "there"  # the same answers are here already
    DIFFERS = "differs"  # they came before with other answers: somebody decides
    BAD = "bad"  # they cannot be taken in


@dataclass(frozen=True, slots=True)
class Looked:
    """One set of answers, looked through."""

    place: str
    what: What = What.BAD
    instance: str = ""
    form_id: str = ""
    title: Texts = field(default_factory=lambda: NO_TEXTS)
    edition: str = ""
    version: str = ""
    case: str = ""
    number: str = ""
    differs: tuple[Difference, ...] = ()
    problems: tuple[Words, ...] = ()
    warnings: tuple[Words, ...] = ()
    media: tuple[str, ...] = ()
    beyond: str = ""
    """The case of these answers, where it is not one of the asker's and nobody said why it is needed."""
    sent: SentAnswers | None = field(default=None, repr=False)


class Looker:
    """Looks through the answers of one file, one after the other; it writes nothing."""

    def __init__(self, reader: Reader, unwrap: Unwrap, *, form_id: str, case: str, clean: Cleaning = cleaned) -> None:
        self._reader, self._unwrap, self._case, self._clean = reader, unwrap, case, clean
        self._forms = KnownForms(reader, form_id)
        self._met: dict[str, Looked] = {}
        self._cleaned: dict[str, Clean] = {}

    def look(self, found: Found) -> Looked:
        """What would happen to this one. Whatever is wrong with it is said of it, and hinders no other."""
        try:
            return self._looked(found)
        except NeedsReason as error:
            return Looked(found.place, problems=(plainly(error),), beyond=error.case.hex())
        except BadSubmission as error:
            place = f"{found.place}: {error.place}" if error.place else found.place
            return Looked(place, problems=(error.why,))
        except NotSealedForYou:
            return Looked(found.place, problems=(NoSubmissionKey().sentence(),))
        except RuleBroken as error:
            return Looked(found.place, problems=(plainly(error),))

    def _looked(self, found: Found) -> Looked:
        if found.root is None:
            raise BadSubmission(why=found.problem or _("The file is empty."))
        instance, files = instance_of(found.root), found.files
        if is_closed(found.root):
            instance, files = self._opened(found.root, files, instance)
        form = self._forms.form_of(instance)
        told = told_by(form, instance.root)
        ended = _plausible(moment_of(form, instance, told), self._reader.now)
        sheet = sheet_of(form, told, ended or self._reader.now)
        looked = Looked(found.place, instance=instance.instance, **_about(form))
        looked = self._placed(looked, instance, told, sheet)
        doubt = self._forms.doubt(instance, form)
        said = (*((doubt,) if doubt else ()), *looked.warnings, *warnings(instance, told, sheet), *confirmed(sheet))
        looked = replace(looked, warnings=said)
        problems = (*looked.problems, *mistakes(told, sheet))
        if problems and looked.what is not What.THERE:
            return replace(looked, what=What.BAD, problems=problems[:_MOST_SAID])
        if looked.what is What.THERE:
            return looked
        looked = self._with_media(looked, named_files(sheet), files)
        media = tuple(self._cleaned.items())
        others = tuple((other.path, other.content) for other in (*told.others, *told.marks))
        sent = SentAnswers(sheet, looked.instance, looked.case, None, ended, media, others)
        return self._once(replace(looked, sent=sent))

    def _opened(
        self, outer: Element, files: Mapping[str, bytes], outside: Instance
    ) -> tuple[Instance, Mapping[str, bytes]]:
        """What was closed; it must call itself what the outside calls it."""
        inside = opened(outer, files, self._unwrap)
        if len(inside.answers) > LARGEST_ANSWERS:
            raise TooLarge(limit=f"{LARGEST_ANSWERS >> 20} MB")
        root = read_xml(inside.answers)
        instance = instance_of(root)
        if instance.instance != outside.instance or root.get("id") != outer.get("id"):
            raise BadSubmission(why=_("Inside and outside it has different ids."))
        return instance, inside.files

    def _placed(self, looked: Looked, instance: Instance, told: Told, sheet: AnswerSheet) -> Looked:
        """Where it goes: where it went before, else to the case that was named."""
        for named in filter(None, (instance.instance, instance.replaces)):
            if were_erased(self._reader, named):
                raise BadSubmission(why=ERASED)
        before = known_answers(self._reader, instance.instance)
        edited = known_answers(self._reader, instance.replaces) if not before and instance.replaces else None
        if known := before or edited:
            looked = replace(looked, case=known.case, number=known.number)
            differing = self._differing(known, instance, told, sheet)
            if before and not differing:
                return replace(looked, what=What.THERE)
            return replace(looked, what=What.DIFFERS, differs=differing)
        place, warnings = self._case_of(instance.case)
        if place is None:
            return replace(looked, what=What.NEW, warnings=warnings)
        problems = (CaseClosed().sentence(),) if place.closed else ()
        matched = replace(looked, what=What.MATCHED, case=place.id, number=place.number)
        return replace(matched, problems=problems, warnings=warnings)

    def _case_of(self, said: str) -> tuple[CasePlace | None, tuple[Words, ...]]:
        """The case the answers name; else the one that was named for all of them, with a word where both were."""
        unknown: tuple[Words, ...] = ()
        for wanted in filter(None, (said, self._case)):
            try:
                return case_named(self._reader, wanted), unknown
            except NotFound:
                unknown = (*unknown, _("There is no case “{case}” here.", case=wanted[:40]))
        return None, unknown

    def _differing(
        self, known: KnownAnswers, instance: Instance, told: Told, sheet: AnswerSheet
    ) -> tuple[Difference, ...]:
        """A stored form of another version is another answer altogether. What a file of ours left out when it was
        made is not compared."""
        form, here = sheet.form, (known.answers, known.missing)
        shown = frozenset(each for each in FieldClass if self._reader.sight(each) is Sight.SHOW)
        if known.form_version != form.version:
            return (Difference("", form.title),)
        kept = [other for other in known.others if not is_mark(other.path)]
        left_out = bool(instance.withheld) and not told.others
        apart = () if left_out else other_elements(kept, told.others, shown)
        but = withheld_questions(form, instance.withheld.split(), (told.answers, told.missing))
        sent = (told.answers, told.missing) if but else (sheet.values(), sheet.reasons())
        return (*(beside(form, path, here, sent, shown) for path in differences(form, here, sent, but)), *apart)

    def _with_media(self, looked: Looked, named: tuple[str, ...], files: Mapping[str, bytes]) -> Looked:
        """The photos and files named in the answers, made anew; what cannot be taken in is said."""
        warnings = list[Words]()
        self._cleaned = {}
        for name in named[:MOST_MEDIA]:
            if name not in files:
                warnings.append(_("The file “{file}” named in the answers does not lie beside them.", file=name[:80]))
                continue
            try:
                self._cleaned[name] = self._clean(files[name])
            except (FileRefused, TooLarge) as error:
                warnings.append(_("The file “{file}” stays out. {why}", file=name[:80], why=error.sentence()))
        if len(named) > MOST_MEDIA:
            warnings.append(_("Only the first {count} files are taken in.", count=MOST_MEDIA))
        return replace(looked, warnings=(*looked.warnings, *warnings), media=tuple(self._cleaned))

    def _once(self, looked: Looked) -> Looked:
        """The same id twice in one file: the same answers are there, others are nobody's to choose between."""
        first = self._met.setdefault(looked.instance, looked)
        if first is looked or first.sent is None or looked.sent is None:
            return looked
        one, other = ((each.sent.sheet.values(), each.sent.sheet.reasons()) for each in (first, looked) if each.sent)
        if first.version == looked.version and not differences(looked.sent.sheet.form, one, other):
            return replace(looked, what=What.THERE, sent=None)
        twice = _("This id stands twice in the file, with different answers.")
        return replace(looked, what=What.BAD, problems=(twice,), sent=None)


def sheet_of(form: Form, told: Told, ended: datetime) -> AnswerSheet:
    """The form filled in as the phone filled it, worked out at the moment the interview ended."""
    sheet = blank_sheet(form, ended, LANGUAGES[0])
    for question in form.walk():  # what the form would begin with of itself, and the phone did not keep
        alone = question.kind is QuestionKind.REPEAT and question.repeat_count is None
        if alone and not _inside_a_repeat(form, question.path) and not _begun(told, question.path):
            for one in reversed(sheet.repeats(question.path)):
                sheet.remove_repeat(one)
    drawn = {path: value for path, value in told.calculated.items() if _lasts(form, path)}
    sheet.load({**told.answers, **drawn}, told.missing)
    return sheet


def _lasts(form: Form, path: str) -> bool:
    """What chance gave on the phone stands: here it would give something else."""
    rule = form.by_path[_bare(path)].calculation
    return rule is not None and rule.lasting


def _inside_a_repeat(form: Form, path: str) -> bool:
    above = path.split("/")[:-1]
    return any(form.by_path["/".join(above[:at])].kind is QuestionKind.REPEAT for at in range(1, len(above) + 1))


def _begun(told: Told, path: str) -> bool:
    return any(one.startswith(f"{path}[") for one in told.answers)


def _plausible(moment: datetime | None, now: datetime) -> datetime | None:
    """A phone's clock may be wrong; then it is not believed."""
    return moment if moment and _EARLIEST <= moment <= now + _AHEAD else None


def _about(form: Form) -> dict[str, Any]:
    return {"form_id": form.id, "title": form.title, "edition": form.declared_version, "version": form.version}


def _bare(path: str) -> str:
    return "/".join(step.partition("[")[0] for step in path.split("/"))
