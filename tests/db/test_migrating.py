"""A casebook of an older schema: copied and read back first, brought up whole or not at all, nothing lost."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kzcase.actions.perform import perform, read_act
from kzcase.db import migrations
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.db.migrations import EARLIER, earlier, schema_number
from kzcase.domain.errors import CasebookDamaged, NewerVersionNeeded
from tests.db.books import KEY, TickingClock, founded, template
from tests.proofs.conftest import Proving
from tests.proofs.conftest import proving as proving  # a fixture
from tests.proofs.proving import Proof

NEXT = migrations.SCHEMA_NUMBER + 1
PLANTED = '''
"""A further schema, planted."""
import sqlalchemy as sa
from alembic import op

revision = "{next:04}"
down_revision = "{last:04}"


def upgrade() -> None:
    """Forward only."""
    op.create_table("planted", sa.Column("id", sa.LargeBinary, primary_key=True))
    op.execute("CREATE INDEX ix_planted ON notes (author_id)")
    {more}
'''
KILLS, FEW = 500, 5
KILLED = """
import os, signal, sys
from pathlib import Path
from kzcase.db import migrations
from kzcase.db import sql as store

migrations.SCRIPTS, migrations.SCHEMA_NUMBER = Path(sys.argv[2]), migrations.SCHEMA_NUMBER + 1
left, whole = int(sys.argv[3]), store.Sql.run

def run(self, *given):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self, *given)

store.Sql.run = run
migrations.bring_up_to_date(Path(sys.argv[1]), bytes(range(48)))
print("through")
"""


def scripts(folder: Path, more: str = "") -> Path:
    """The migrations there are, and one more."""
    made = folder / "migrations"
    shutil.copytree(migrations.SCRIPTS, made, ignore=shutil.ignore_patterns("__pycache__", "__init__.py"))
    planted = PLANTED.format(next=NEXT, last=NEXT - 1, more=more)
    (made / "versions" / f"v{NEXT:04}_planted.py").write_text(planted)
    return made


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A closed casebook of the present schema with some cases."""
    with founded(tmp_path) as book:
        for number in range(3):
            case = {"act": "case.opened", "kind": "child", "person": {"names": [{"given": f"Generated {number}"}]}}
            perform(book, read_act(case, ""))
        return book.folder.path


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """From now on the program is one of the next schema."""

    def now(more: str = "") -> None:
        monkeypatch.setattr(migrations, "SCRIPTS", scripts(tmp_path, more))
        monkeypatch.setattr(migrations, "SCHEMA_NUMBER", NEXT)

    return now


def schema_of(database: Path) -> int:
    with closing(connect(database, KEY)) as connection:
        return schema_number(connection)


def opened(path: Path) -> Casebook:
    return Casebook.open(path, Opening(KEY, template().founder, TickingClock()))


def names(path: Path) -> set[str]:
    with opened(path) as book:
        return {given for (given,) in book._sql.rows("SELECT given FROM person_names")}


def test_it_is_brought_up_and_nothing_is_lost(old: Path, newer: Callable[..., None]) -> None:
    before = names(old)
    newer()
    assert names(old) == before
    assert schema_of(old / "casebook.db") == NEXT
    assert check_files(old, KEY, deep=True).findings == ()


def test_the_copy_is_there_until_it_was_opened_once_more(old: Path, newer: Callable[..., None]) -> None:
    newer()
    opened(old).close()
    copy = earlier.earlier(old / "casebook.db")
    assert schema_of(copy.database) == NEXT - 1
    with closing(connect(copy.database, KEY)) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchone() == (3,)
    opened(old).close()
    assert not copy.path.exists()


def test_tables_that_were_wrong_are_right_afterwards(old: Path, newer: Callable[..., None]) -> None:
    with closing(connect(old / "casebook.db", KEY)) as connection:
        connection.execute("UPDATE person_names SET given = 'wrong'")
    newer()
    assert names(old) == {f"Generated {number}" for number in range(3)}


def test_a_migration_that_fails_changes_nothing(old: Path, newer: Callable[..., None]) -> None:
    newer('op.execute("SELECT nothing FROM nowhere")')
    with pytest.raises(Exception, match=r"(?i)damaged|nowhere"):
        opened(old)
    assert schema_of(old / "casebook.db") == NEXT - 1
    assert (old / EARLIER).exists()


def test_without_a_copy_that_reads_back_nothing_is_migrated(
    old: Path, newer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer()
    monkeypatch.setattr(earlier, "copy_findings", lambda *_: ["something"])
    with pytest.raises(CasebookDamaged):
        opened(old)
    assert schema_of(old / "casebook.db") == NEXT - 1
    assert not (old / EARLIER).exists()


def test_an_older_program_leaves_it_alone(
    old: Path, newer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer()
    opened(old).close()
    monkeypatch.undo()
    content = (old / "casebook.db").read_bytes()
    with pytest.raises(NewerVersionNeeded):
        opened(old)
    assert (old / "casebook.db").read_bytes() == content


def kills(proof: Proof, old: Path, folder: Path) -> None:
    made, copy = scripts(folder), folder / "killed.kzcase"
    for number, chance in proof:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(old, copy)
        command = [sys.executable, "-c", KILLED, str(copy / "casebook.db"), str(made), str(chance.randint(1, 120))]
        ran = subprocess.run(command, capture_output=True, check=False, env=os.environ)
        assert ran.returncode in (0, -signal.SIGKILL), ran.stderr.decode()[-500:]
        schema = schema_of(copy / "casebook.db")
        proof.seen[f"schema {schema}"] += 1
        proof.seen["killed"] += ran.returncode != 0
        assert schema == NEXT or ran.returncode, (proof.which(), number)
        with closing(connect(copy / "casebook.db", KEY)) as connection:
            planted = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'planted'").fetchone()
            assert planted == (int(schema == NEXT),), proof.which()
            assert connection.execute("SELECT count(*) FROM person_names").fetchone() == (3,)
    proof.end()


def test_killed_anywhere_it_is_the_old_or_the_new(old: Path, tmp_path: Path, proving: Proving) -> None:
    kills(proving("migration kills, short", FEW), old, tmp_path)


@pytest.mark.proof
def test_migration_kill(old: Path, tmp_path: Path, proving: Proving) -> None:
    proof = proving("migration kills", KILLS)
    kills(proof, old, tmp_path)
    assert proof.seen[f"schema {NEXT - 1}"], "none was killed before it was through: this proved nothing"
