"""The forms that ship: written as YAML, kept beside as XForms so that opening one needs no converter."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kzcase import paths
from kzcase.domain.errors import NotFound
from kzcase.forms.definition import Form
from kzcase.forms.xform import parse_xform


def _folder() -> Path:
    return paths.resources("forms")


@cache
def shipped_forms() -> tuple[str, ...]:
    """The ids of the forms that ship, in alphabetical order."""
    return tuple(sorted(file.stem for file in _folder().glob("*.yaml")))


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
    """The XForm of each shipped form, made anew from its YAML."""
    from kzcase.forms.doors import source_of

    return {form_id: source_of(f"{form_id}.yaml", shipped_source(form_id)).xml for form_id in shipped_forms()}


def write_xforms() -> None:
    """Bring the XForms beside the YAML files up to date (`python -m kzcase.forms.library`)."""
    for form_id, xml in made_xforms().items():
        (_folder() / f"{form_id}.xml").write_text(xml + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_xforms()
