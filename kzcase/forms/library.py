"""The forms that ship: written as YAML, kept beside as XForms so that opening one needs no converter."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from kzcase import paths
from kzcase.domain.errors import NotFound
from kzcase.forms.definition import Form
from kzcase.forms.listed import ListedForm, in_order, listed
from kzcase.forms.xform import parse_xform

LIST: Final = "list.json"
"""The file that lists the forms, so that offering them reads none of them."""


def _folder() -> Path:
    return paths.resources("forms")


@cache
def listed_forms() -> tuple[ListedForm, ...]:
    """The forms that ship, as lists show them: in the order of the work."""
    return msgspec.json.decode((_folder() / LIST).read_bytes(), type=tuple[ListedForm, ...])


@cache
def shipped_forms() -> tuple[str, ...]:
    """The ids of the forms that ship, in alphabetical order."""
    return tuple(sorted(form.id for form in listed_forms()))


@cache
def shipped_form(form_id: str) -> Form:
    """A shipped form in its present version, read once. Raises NotFound."""
    if form_id not in shipped_forms():
        raise NotFound(what=form_id[:80])
    return parse_xform((_folder() / f"{form_id}.xml").read_text(encoding="utf-8").strip())


def shipped_source(form_id: str) -> bytes:
    """The YAML a shipped form is written in. Raises NotFound."""
    if form_id not in shipped_forms():
        raise NotFound(what=form_id[:80])
    return (_folder() / f"{form_id}.yaml").read_bytes()


def made_xforms() -> Mapping[str, str]:
    """The XForm of each YAML file of the folder, made anew."""
    from kzcase.forms.doors import source_of

    files = sorted(_folder().glob("*.yaml"))
    return {file.stem: source_of(file.name, file.read_bytes()).xml for file in files}


def made_list(xforms: Mapping[str, str]) -> bytes:
    """The list of these forms, one a line."""
    forms = in_order([listed(parse_xform(xml)) for xml in xforms.values()])
    return b"[\n" + b",\n".join(map(msgspec.json.encode, forms)) + b"\n]\n"


def write_xforms() -> None:
    """Bring the XForms beside the YAML files and their list up to date (`python -m kzcase.forms.library`)."""
    made = made_xforms()
    for form_id, xml in made.items():
        (_folder() / f"{form_id}.xml").write_text(xml + "\n", encoding="utf-8", newline="\n")
    (_folder() / LIST).write_bytes(made_list(made))


if __name__ == "__main__":
    write_xforms()
