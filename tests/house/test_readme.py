"""The examples of the README and of the guide: every command, option, act and form that they name is there."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from kzcase.actions.perform import read_act
from kzcase.cli.commands import commands
from kzcase.forms.library import shipped_form

HOUSE = Path(__file__).resolve().parents[2]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
GUIDE = (HOUSE / "docs" / "guide" / "xlsform.md").read_text(encoding="utf-8")
_LINE = re.compile(r"^ *(?:\.venv/bin/)?kzcase ((?:[a-z]|--).*)$", re.M)
SHOWN = [line for line in _LINE.findall(README + GUIDE) if not line.startswith("is ")]
ACTS = [
    wish
    for block in re.findall(r"```json\n(.*?)```", README, re.S) + re.findall(r"`(\[\{.*?\}\])`", README)
    for wish in json.loads(block)
]


def read(line: str) -> dict[str, object]:
    """The values of a line, read as its command reads them; nothing is performed."""
    words = shlex.split(line, comments=True)
    at: click.Command = commands
    context = click.Context(at)
    while isinstance(at, click.Group) and not words[0].startswith("-"):
        found = at.get_command(context, words.pop(0))
        assert found is not None, line
        at, context = found, click.Context(found, parent=context)
    if isinstance(at, click.Group):
        return {}
    return dict(at.make_parser(context).parse_args(words)[0])


def test_there_are_examples() -> None:
    assert len(SHOWN) >= 30
    assert len(ACTS) >= 9


@pytest.mark.parametrize("line", SHOWN)
def test_every_example_has_its_command_and_its_options(line: str) -> None:
    values = read(line)
    if form := values.get("blank"):
        assert shipped_form(str(form)) is not None, line


def test_an_option_that_is_not_there_is_noticed() -> None:
    """Canary: the lines are not read at all."""
    with pytest.raises(click.NoSuchOption):
        read("due office.kzcase --dayz 7")


@pytest.mark.parametrize("wish", ACTS, ids=lambda wish: str(wish["act"]))
def test_every_act_of_the_first_day_can_be_read(wish: dict[str, object]) -> None:
    read_act(wish, "")


def test_the_readme_leads_to_the_other_pages() -> None:
    for page in re.findall(r"\]\((docs/[^)#]+)\)", README):
        assert (HOUSE / page).exists(), page
    assert {"docs/guide/xlsform.md", "docs/served.md", "docs/proof.md"} <= set(re.findall(r"\]\(([^)]+)\)", README))
