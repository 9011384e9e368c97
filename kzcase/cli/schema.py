"""The JSON Schema of everything the commands print."""

from kzcase.cli.desk import as_json
from kzcase.cli.output import put_json
from kzcase.cli.spoken import command
from kzcase.i18n import _


@command("schema", _("Print the JSON Schema of every command's output."))
@as_json
def schema_command(*, as_json: bool) -> None:
    """Always JSON, whether asked for or not."""
    from kzcase.cli.documents import schema

    del as_json
    put_json(schema())
