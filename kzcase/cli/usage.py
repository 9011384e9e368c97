"""A command used wrongly: which command, and what about it, in the reader's language."""

from collections.abc import Sequence

import click

from kzcase.cli.output import said
from kzcase.i18n import Words, _


class WrongUse(click.UsageError):
    """Wrong use that a command notices itself."""

    def __init__(self, words: Words, ctx: click.Context | None = None) -> None:
        super().__init__(said(words), ctx or click.get_current_context(silent=True))


def wrong_use(error: click.ClickException) -> str:
    """One line: which command, what about it, and where more stands."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "kzcase"
    command = command.removesuffix(" window")  # nobody types that word: a casebook stands in its place
    more = said(_("See `{command} --help`.", command=command))
    return f"{command}: {_what(error)} {more}"


def _what(error: click.ClickException) -> str:
    match error:
        case click.exceptions.NoSuchCommand():
            return said(_("There is no command “{name}”.", name=error.command_name[:64])) + _meant(error.possibilities)
        case click.exceptions.NoSuchOption():
            return said(_("There is no option {name}.", name=error.option_name[:64])) + _meant(error.possibilities)
        case click.exceptions.MissingParameter():
            return said(_("{name} is missing.", name=path_of(error.param))) + _where(error.param)
        case click.exceptions.BadOptionUsage():
            return said(
                _("{name} is used wrongly: either its value is missing, or it takes none.", name=error.option_name)
            )
        case click.exceptions.BadParameter():
            return said(_("{name}: {wanted}", name=path_of(error.param), wanted=_wanted(error)))
        case _:
            return error.format_message()


def _meant(possibilities: Sequence[str] | None) -> str:
    """What is spelt nearly so."""
    if not possibilities:
        return ""
    return " " + said(_("Did you mean {names}?", names=", ".join(possibilities)))


def _where(parameter: click.Parameter | None) -> str:
    """What somebody wrote before the command who meant the language of its paper."""
    if parameter is None or "--lang" not in parameter.opts:
        return ""
    return " " + said(
        _(
            "Here it is the language of the paper and stands behind the name of the command; before that name it is "
            "the language of the messages."
        )
    )


def path_of(parameter: click.Parameter | None) -> str:
    """An option by its longest name, an argument as the usage line calls it."""
    if parameter is None:
        return "?"
    return max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.human_readable_name


def _wanted(error: click.exceptions.BadParameter) -> Words | str:
    kind = error.param.type if error.param is not None else None
    match kind:
        case click.Choice():
            return _("please choose one of {choices}.", choices=", ".join(map(str, kind.choices)))
        case click.IntRange(min=low, max=high):
            return _("a whole number from {low} to {high} is expected.", low=low, high=high)
        case _:
            return error.message
