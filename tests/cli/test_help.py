"""Every command explains itself and its mistakes in the reader's language, with nothing left in another one."""

import re
from collections.abc import Iterator

import click
import pytest

from kzcase.cli import output, spoken, usage
from kzcase.cli.commands import commands
from kzcase.domain.unprotected import UNPROTECTED
from kzcase.i18n import Words
from tests.cli.running import run


def tree(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from tree(found, (*words, name))


EVERY = dict(tree(commands))
"""Words that call a command → the command."""


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is said through the catalogues stands between « and »; the rest would be the same in every language."""

    def said(words: Words) -> str:
        filled = {name: said(each) if isinstance(each, Words) else each for name, each in words.arguments.items()}
        return f"«{words.msgid.format_map(filled)}»"

    for module in (spoken, usage, output):
        monkeypatch.setattr(module, "said", said)


def unsaid(text: str) -> list[str]:
    """Words of a text that are neither said through the catalogues nor names of commands, options and values."""
    rest = re.sub(r"^  [a-z][\w-]* +«[^«»\n]*\.$", " ", text, flags=re.MULTILINE)  # cut off in a list of commands
    while (shorter := re.sub(r"«[^«»]*»", " ", rest)) != rest:
        rest = shorter
    names = {name for words in EVERY for name in words} | {"kzcase"}
    values = r"\[[^\]]*\]|(?<![\w-])--?[a-z-]+|[A-Z][\w.]*"  # choices, options, F.csv
    found = re.findall(r"[a-z][a-z-]+", re.sub(values, " ", rest))
    return [word for word in found if word not in names]


def without_example(helped: str, command: click.Command) -> str:
    """A help without the lines of its example and the names that are explained below them."""
    example = getattr(command, "example", None)
    for line in (*example.lines.split("\n"), *(f"  {name} " for name, _words in example.explained)) if example else ():
        assert line in helped
        helped = helped.replace(line, " ", 1)
    return helped


@pytest.mark.parametrize("words", EVERY, ids=lambda words: " ".join(words) or "kzcase")
def test_help_is_said_in_one_language(words: tuple[str, ...], marked: None) -> None:
    helped = run(*words, "--help")
    assert (helped.code, helped.err) == (0, "")
    assert unsaid(without_example(helped.out.decode(), EVERY[words])) == []
    assert helped.out.decode().startswith(f"«Usage:» kzcase{''.join(f' {word}' for word in words)} ")


@pytest.mark.parametrize("words", EVERY, ids=lambda words: " ".join(words) or "kzcase")
def test_every_argument_and_option_is_explained(words: tuple[str, ...]) -> None:
    command = EVERY[words]
    assert isinstance(command, spoken.Command)
    unexplained = [each.name for each in command.params if not isinstance(each, spoken.Argument | spoken.Option)]
    assert unexplained == []


def test_something_said_in_english_only_is_noticed() -> None:
    """Canary: what a command of the library itself would say."""
    plain = click.Command("x", params=[click.Option(["--limit"], help="How many.")])
    with click.Context(plain, info_name="kzcase x") as context:
        assert "many" in unsaid(plain.get_help(context).lower())


ENDLESS = "9" * 23
NUMBERS = [
    (words, each)
    for words, command in EVERY.items()
    for each in command.params
    if isinstance(each.type, click.types.IntParamType | click.types.FloatParamType)
]


@pytest.mark.parametrize(("words", "parameter"), NUMBERS, ids=lambda each: str(getattr(each, "name", each)))
@pytest.mark.parametrize("typed", [ENDLESS, "1.5", "1e9", "0x10"])
def test_every_number_has_an_end(words: tuple[str, ...], parameter: click.Parameter, typed: str) -> None:
    assert isinstance(parameter.type, click.IntRange)
    assert parameter.type.min is not None
    assert parameter.type.max is not None
    others = [each for each in EVERY[words].params if isinstance(each, click.Argument)]
    given = [typed if each is parameter else "x" for each in others]
    named = [] if parameter in others else [max(parameter.opts, key=len), typed]
    refused = run(*words, *given, *named)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, b"", 1), refused.err


def test_numbers_are_looked_for_where_they_are() -> None:
    """Canary: were no numbers found, the test above would say nothing."""
    assert {"--limit", "--offset", "--seed", "--cases"} <= {max(each.opts, key=len) for _, each in NUMBERS}


MISTAKES = {
    "an unknown command": (("coutn",), "There is no command “coutn”."),
    "an unknown option": (("count", "--jsno", "x"), "There is no option --jsno. Did you mean --json"),
    "nothing for a command": (("staff",), "Please say what to do: add,"),
    "an argument missing": (("count",), "CASEBOOK is missing."),
    "an option missing": (("print", "consent", "-o", "x"), "--lang is missing."),
    "too much": (("iin", "1", "2"), "2 is more than this command takes."),
    "a choice nobody offers": (
        ("print", "consent", "--lang", "de"),
        "--lang: please choose one of kk, ru, en, uz, uz-Cyrl, ky, tg.",
    ),
    "a number too small": (("search", "a", "b", "--limit", "0"), "--limit: a whole number from 1 to 100000"),
    "a number below nothing": (("case", "list", "a", "--offset", "-1"), "--offset: a whole number from 0 to"),
    "a word for a number": (("demo", "x", "--seed", "many"), "--seed: a whole number from -"),
    "a value for a flag": (("count", "a", "--json=5"), "--json is used wrongly"),
    "an option without its value": (("count", "a", "--as"), "--as is used wrongly"),
    "no name of a file": (
        ("summary", "--cases", "a", "--spec", "b", "--out", ""),
        "--out: this needs the name of a file",
    ),
    "no name of a casebook": (("count", ""), "CASEBOOK: this needs the name of a file or folder."),
    "no name of a target": (("print", "consent", "--lang", "kk", "-o", ""), "--output: this needs the name of a file"),
    "names where none are hidden": (("count", "a", "--show-names"), "--show-names changes nothing here"),
    "names on paper": (
        ("print", "consent", "--lang", "kk", "-o", "x", "--show-names"),
        "--show-names changes nothing here",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_line(mistake: str) -> None:
    arguments, words = MISTAKES[mistake]
    refused = run(*arguments)
    assert (refused.code, refused.out) == (2, b"")
    assert words in refused.err
    assert refused.err.count("\n") == 1
    assert refused.err.startswith("kzcase")
    assert "--help`" in refused.err


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_language(mistake: str, marked: None) -> None:
    assert unsaid(run(*MISTAKES[mistake][0]).err) == []


def test_what_only_one_command_has_stands_before_what_many_have() -> None:
    helped = run("search", "--help").out.decode()
    assert helped.index("--limit") < helped.index("--show-names") < helped.index("--help")
    assert "[default: 50; 1<=x<=100000]" in helped
    assert "[needed]" in run("print", "--help").out.decode()


@pytest.mark.parametrize("arguments", [("help",), ("help", "protect")])
def test_what_is_not_protected_can_be_read(arguments: tuple[str, ...]) -> None:
    told = run(*arguments)
    assert told.code == 0
    for point in UNPROTECTED:
        assert f"{point.title.msgid}\n  {point.said.msgid}\n" in told.out.decode()
    points = run(*arguments, "--json").json("help")["points"]
    assert [point["title"] for point in points] == [point.title.msgid for point in UNPROTECTED]
    assert run("help", "everything").code == 2
