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

from kzcase.actions.perform import perform, read_act
from kzcase.db import migrations
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import KzcaseError
from kzcase.domain.records import RECORDS
from tests.actions.test_people_records import FACTS
from tests.db.books import founded, template
from tests.db.drivers import DRIVERS, World
from tests.laptops import another_laptop

HERE: Final = Path(__file__).parent
KEPT: Final = ("casebook.db", "witness", "attachments")
COUNTED: Final = ("cases", "people", "person_names", "phones", "calls", "notes", "tasks", "partners", "consents",
                  "referrals", "answer_sheets", "answers", "printings", "attachments", "incidents",
                  "addresses", "case_clearances", "case_confirmations", "case_facts", "custodies", "documents",
                  "freezes", "household_members", "jobs", "legs", "proceedings", "relations", "same_persons", "stays",
                  "steps", "two_persons", "wages")  # fmt: skip

CLOSED_LATER: Final = ("persons.merged", "sheet.returned", "incident.told", "note.sealed", "safeguard.decided")
"""Done before the others: people blocked and incidents closed among those would leave nothing to do them with."""


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


def one_life(world: World) -> None:
    """Somebody with a record of every kind."""
    opened: Any = DRIVERS["case.opened"](world)
    person, job = opened.ids["person"].hex(), ""
    for kind in RECORDS:
        facts = {"record": kind, **FACTS.get(kind, {"job_id": job, "agreed": 200_000, "paid": 0, "currency": "KZT"})}
        act = {"act": "record.added", "person": person, "facts": facts}
        done = perform(world.book, read_act(act, "")).ids["record"].hex()
        job = done if kind == "job" else job


def left_out(held: dict[str, Any]) -> list[str]:
    """The kinds of act it does not hold; what one cannot do now may be possible after another."""
    return sorted(DRIVERS.keys() - held["acts"].keys())


def made(place: Path) -> tuple[Path, dict[str, Any]]:
    """A casebook in which everything was done that can be done, and what it holds."""
    world = World(founded(place), Random(2026))
    for _case in range(6):
        DRIVERS["case.opened"](world)
    for kind in CLOSED_LATER:
        DRIVERS[kind](world)
    for _round in range(2):
        for kind in sorted(DRIVERS.keys() - {"casebook.founded"}):
            with suppress(KzcaseError):
                DRIVERS[kind](world)
    one_life(world)
    for kind in left_out(counts(world.book)) * 9:
        if kind in left_out(counts(world.book)):
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
        missing = [*left_out(held), *(name for name in COUNTED if not held["rows"][name])]
        if missing:
            sys.stderr.write(f"not kept, once more: nothing of {', '.join(missing)}\n")
            return 1
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
