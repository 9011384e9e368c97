"""Forms: those that ship, files looked through, and answers worked out without a window."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Any, Final

import click

from kzcase.cli.desk import Way, as_json, casebook_options
from kzcase.cli.documents import FormAnswered, FormChecked, FormError, FormInfo, FormList
from kzcase.cli.files import lying_by, place_of, read_file, read_json_file
from kzcase.cli.form_keys import key_command
from kzcase.cli.office_forms import FURTHER, add_command, withdraw_command
from kzcase.cli.output import DONE, FOUND, answer, language, said, speak
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, group, option
from kzcase.domain.errors import NoSuchFile, NoSuchForm, NotJsonFile
from kzcase.i18n import LANGUAGES, Language, _

if TYPE_CHECKING:
    from kzcase.forms.definition import Form
    from kzcase.forms.listed import ListedForm

_FORM: Final = _("A form that ships, by its id, or a form file.")
_LANGUAGE: Final = click.Choice(LANGUAGES)


@group("form", _("List, check and answer forms."))
def form_command() -> None:
    """Forms."""


@form_command.command("list", words=_("List the forms that ship with kzcase, and those of the office."))
@option("--casebook", type=PLACE, metavar="C", words=_("The casebook whose office's own forms are listed too."))
@casebook_options
def list_forms(
    *, casebook: Path | None, passphrase_file: str | None, as_name: str | None, show_names: bool, as_json: bool
) -> None:
    """Every form with its version and size."""
    from kzcase.forms.library import listed_forms

    if casebook is None:
        answer(FormList(forms=[_info(form, office=False) for form in listed_forms()]), as_json)
        return
    from kzcase.queries.forms import forms_offered

    with Way(casebook, passphrase_file, as_name, show_names, as_json).desk() as desk, desk.book.read() as reader:
        forms = [_info(offered.form, office=offered.office) for offered in forms_offered(reader)]
    answer(FormList(forms=forms), as_json)


def _info(form: "ListedForm", *, office: bool) -> FormInfo:
    from kzcase.forms.definition import text_in

    title, about = text_in(form.title, language()) or form.id, text_in(form.about, language())
    return FormInfo.of(form, title=title, about=about, moment=form.moment or "", office=office)


@form_command.command("check", words=_("Look a form file through: .yaml, XLSForm .xlsx .md .csv, or XForm .xml."))
@argument("file", _FORM, type=PLACE_OF_TEXT)
@option("--with", "further", multiple=True, type=PLACE_OF_TEXT, words=FURTHER)
@as_json
def check(*, file: str, further: tuple[str, ...], as_json: bool) -> int:
    """Everything wrong with it, with its row; exit code 1 when there is anything."""
    from kzcase.forms.check import check_form

    found = check_form(*_source(file), lying_by(file, further))
    errors, warnings = (
        [FormError.of(one, message=said(one.message)) for one in each] for each in (found.errors, found.warnings)
    )
    answer(FormChecked.of(found, errors=errors, warnings=warnings), as_json)
    return DONE if found.ok else FOUND


@form_command.command("answer", words=_("Work out a form with the answers of a JSON file."))
@argument("file", _FORM, type=PLACE_OF_TEXT)
@argument("answers", _("A JSON file: {example}", example='{"path": "answer"}'), type=PLACE_OF_TEXT)
@option("--lang", "spoken", type=_LANGUAGE, words=_("Language of the messages."))
@as_json
def fill(*, file: str, answers: str, spoken: Language | None, as_json: bool) -> None:
    """What is asked, every value given or calculated, and everything wrong."""
    from kzcase.forms.answers import AnswerSheet
    from kzcase.forms.given_paths import check_kept, check_paths
    from kzcase.i18n import KAZAKHSTAN

    if spoken:
        speak(spoken)
    given, missing = _answers(read_json_file(answers), place_of(answers))
    now = datetime.now(UTC).astimezone(KAZAKHSTAN)
    form = _form(file)
    check_paths(form, given, missing)
    sheet = AnswerSheet(form, now=now, draw=SystemRandom().random, language=language())
    sheet.load(given, missing, said=True)
    sheet.finish(now)
    check_kept(sheet, (*given, *missing))
    wrong = {path: said(words) for path, words in sheet.errors().items()}
    answer(FormAnswered(relevant=sheet.relevance(), values=sheet.values(), errors=wrong), as_json)


def _ships(name: str) -> bool:
    """Whether a form is meant by its id, as `print` takes it; a file of the same name comes first."""
    from kzcase.forms.library import shipped_forms

    return name in shipped_forms() and not Path(name).is_file()


def _form(name: str) -> "Form":
    from kzcase.forms.doors import read_form
    from kzcase.forms.library import shipped_form

    return shipped_form(name) if _ships(name) else read_form(*_source(name), lying_by(name))


def _source(name: str) -> tuple[str, bytes]:
    """The file of a form, with its name."""
    from kzcase.forms.library import shipped_source

    if _ships(name):
        return f"{name}.yaml", shipped_source(name)
    try:
        return place_of(name), read_file(name)
    except NoSuchFile:
        raise NoSuchForm(what=place_of(name)) from None


def _answers(untrusted: Any, place: str) -> tuple[dict[str, str], dict[str, str]]:
    """`{path: value}`, or `{"answers": {…}, "missing": {path: reason}}`."""
    if not isinstance(untrusted, Mapping):
        raise NotJsonFile(place)
    if untrusted.keys() <= {"answers", "missing"} and all(isinstance(part, Mapping) for part in untrusted.values()):
        return _texts(untrusted.get("answers", {}), place), _texts(untrusted.get("missing", {}), place)
    return _texts(untrusted, place), {}


def _texts(untrusted: Mapping[str, Any], place: str) -> dict[str, str]:
    return {path: _text(value, f"{place}: {path[:100]}") for path, value in untrusted.items()}


def _text(value: Any, place: str) -> str:
    """An answer as XForms write it: numbers as digits, several choices with blanks between, nothing as nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float | list):
        raise NotJsonFile(place)
    if isinstance(value, list):
        if not all(isinstance(each, str) for each in value):
            raise NotJsonFile(place)
        return " ".join(value)
    return str(value) if isinstance(value, int) else f"{value:.15g}"


for _command in (key_command, add_command, withdraw_command):
    form_command.add_command(_command)
