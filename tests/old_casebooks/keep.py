"""Makes the casebook of the present schema and keeps it: `python -m tests.old_casebooks.keep`."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import text

from kzcase.db import migrations
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import KzcaseError
from tests.db.books import founded, template
from tests.db.drivers import DRIVERS, World
from tests.laptops import another_laptop

HERE: Final = Path(__file__).parent
KEPT: Final = ("casebook.db", "witness", "attachments")
COUNTED: Final = ("cases", "people", "person_names", "phones", "calls", "notes", "tasks", "partners", "consents",
                  "referrals", "answer_sheets", "answers", "printings", "attachments", "incidents")  # fmt: skip


def folder(number: int) -> Path:
    """Where the casebook of a schema is kept."""
    return HERE / f"schema-{number}"


def migration_hashes() -> dict[str, str]:
    """The migrations there are, by what is written in them; line ends aside."""
    files = sorted((migrations.SCRIPTS / "versions").glob("v*.py"))
    return {each.name: hashlib.sha256(each.read_bytes().replace(b"\r\n", b"\n")).hexdigest() for each in files}


def counts(book: Casebook) -> dict[str, Any]:
    """What a casebook holds: acts by kind, rows that stand by table, the numbers of its cases."""
    with book.read("long") as reader:
        session = reader.session
        kinds = dict(map(tuple, session.execute(text("SELECT kind, count(*) FROM acts GROUP BY kind"))))
        rows = {name: session.execute(text(f"SELECT count(*) FROM {name} WHERE struck IS NOT 1")).scalar()
                for name in COUNTED}  # fmt: skip
        cases = [number for (number,) in session.execute(text("SELECT number FROM cases ORDER BY number"))]
    return {"acts": kinds, "rows": rows, "cases": cases}


def made(place: Path) -> tuple[Path, dict[str, Any]]:
    """A casebook in which everything was done that can be done, and what it holds."""
    world = World(founded(place), Random(2026))
    for _case in range(6):
        DRIVERS["case.opened"](world)
    for _round in range(2):
        for kind in sorted(DRIVERS.keys() - {"casebook.founded"}):
            with suppress(KzcaseError):
                DRIVERS[kind](world)
    held = counts(world.book)
    path = world.book.folder.path
    world.book.close()
    return path, held


def main() -> int:
    """Keep it, unless one is kept already."""
    target = folder(migrations.SCHEMA_NUMBER)
    if target.exists():
        sys.stderr.write(f"{target.name} is kept already and never changes\n")
        return 1
    os.environ.setdefault("KZCASE_HOME", tempfile.mkdtemp())
    founder = template().founder
    with tempfile.TemporaryDirectory() as place, another_laptop():
        path, held = made(Path(place))
        target.mkdir()
        for name in KEPT:
            source = path / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target / name)
    identity = {
        "staff": founder.staff_id.hex(),
        "signing": bytes(founder.signing.secret.reveal()).hex(),
        "opening": bytes(founder.opening.secret.reveal()).hex(),
    }
    told = {"founder": identity, "migrations": migration_hashes(), **held}
    (target / "expected.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{target.name}: {sum(held['acts'].values())} acts of {len(held['acts'])} kinds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
