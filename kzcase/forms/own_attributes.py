"""What kzcase adds to a question beyond XForms: its privacy class, what it counts for, how it stands on paper."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import BadForm
from kzcase.forms.definition import Paper, Stat
from kzcase.forms.xml_reading import local, namespace
from kzcase.i18n import Words, _

KZCASE = "https://kzcase.kz/forms"
"""The namespace of our own attributes on a bind: class, stat, paper, read_aloud, save_to, soft."""


_HEADING: Final = "bind::kzcase:"
_SWITCHES: Final = ("read_aloud", "soft")
_YES_OR_NO: Final = frozenset({"yes", "no", "true", "false"})


def own_attributes(bound: Mapping[str, str]) -> dict[str, Any]:
    """Our own attributes of a bind as fields of a Question."""
    own = {local(key): value for key, value in bound.items() if namespace(key) == KZCASE}
    found: dict[str, Any] = {name: own.get(name) in ("yes", "true") for name in _SWITCHES}
    for name, (field, read) in _READ.items():
        if name in own:
            try:
                found[field] = read(own[name])
            except BadForm as error:
                raise BadForm(f"{_HEADING}{name}", why=error.why) from error
    found["save_to"] = own.get("save_to", "")
    return found


def own_problem(heading: str, text: str) -> Words | None:
    """What is wrong with one of our own columns of a question, by its heading; nothing with any other column."""
    name = heading.removeprefix(_HEADING)
    if name == heading or not text.strip():
        return None
    if name in _SWITCHES:
        return None if text.strip() in _YES_OR_NO else _("Please write “yes” or “no” here.")
    if name not in (*_READ, "save_to"):
        return _("“{name}” is not known here.", name=heading[:40])
    try:
        if name in _READ:
            _READ[name][1](text)
    except BadForm as error:
        return error.why
    return None


def _field_class(text: str) -> FieldClass:
    try:
        return FieldClass(text.strip())
    except ValueError as error:
        raise BadForm(why=_("There is no privacy class “{name}”.", name=text[:40])) from error


def _pairs(text: str, known: tuple[str, ...]) -> dict[str, str]:
    """`indicator=cases; dimension=sex` as a mapping."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _equals, value = (piece.strip() for piece in part.partition("="))
        if name not in known:
            raise BadForm(why=_("“{word}” does not fit here.", word=name[:40]))
        found[name] = value
    return found


def paper_of(text: str) -> Paper:
    """`width=1/2; columns=3; lines=2` as a Paper. Raises BadForm for anything else."""
    pairs = _pairs(text, ("width", "columns", "lines", "discreet"))
    if pairs.get("discreet", "yes") not in ("yes", "no"):
        raise BadForm(why=_("Please write “yes” or “no” here."))
    above, _slash, below = pairs.get("width", "1").partition("/")
    try:
        width = float(above) / float(below or 1)
        paper = Paper(
            width, int(pairs.get("columns", "1")), int(pairs.get("lines", "1")), pairs.get("discreet") != "no"
        )
    except (ValueError, ZeroDivisionError) as error:
        raise BadForm(why=_("The measures for paper must be numbers.")) from error
    if not (0 < paper.width <= 1 and 1 <= paper.columns <= 6 and 0 <= paper.lines <= 60):
        raise BadForm(why=_("The measures for paper are out of range."))
    return paper


def _stat(text: str) -> Stat:
    return Stat(**_pairs(text, ("indicator", "dimension")))


_READ: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "class": ("field_class", _field_class),
    "stat": ("stat", _stat),
    "paper": ("paper", paper_of),
}
"""By what an attribute is called: which field of a question it says, and how it is read."""
