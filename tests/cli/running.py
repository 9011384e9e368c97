"""Runs the command line inside the test's own process, on copies of one casebook opened by real passphrases."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
from click.testing import CliRunner

from kzcase.actions.desk import FoundCasebook, found_casebook, open_desk
from kzcase.actions.perform import perform, read_act
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.cli import main
from kzcase.cli.documents import OUTPUTS
from kzcase.domain.permissions import Role
from kzcase.keys.derivation import FLOOR
from tests.laptops import another_laptop

OWN = "керуен домбыра жусан бәйтерек самовар"
SECOND = "облако калитка ястреб фонарь медь"
ADMINISTRATOR = "Айнұр Үлгі"
COLLEAGUE = "Ерлан Мысал"
CASE: dict[str, Any] = {
    "act": "case.opened",
    "kind": "trafficking",
    "region": "KZ-75",
    "note": "text",
    "person": {
        "names": [{"family": "Каримова", "given": "Дильноза", "patronymic": "Анваровна"}],
        "sex": "female",
        "birth": "1994-05",
        "citizenships": ["UZ"],
        "phones": [{"number": "+7 709 000 00 01"}],
    },
}
CALL: dict[str, Any] = {
    "act": "call.logged",
    "channel": "phone",
    "language": "kk",
    "topics": ["offer_check"],
    "outcome": "out_answered",
    "note": "text",
}


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: bytes
    err: str

    def json(self, command: str) -> Any:
        """Its one JSON document, checked strictly against what the command promises, and nothing else beside it."""
        msgspec.json.decode(self.out, type=OUTPUTS[command])
        return msgspec.json.decode(self.out)


def run(*arguments: object, given: bytes | None = None) -> Ran:
    """Perform one command line."""
    with CliRunner().isolation(input=given) as (out, err, _both):
        code = main([str(argument) for argument in arguments])
        return Ran(code, out.getvalue(), err.getvalue().decode())


@cache
@another_laptop()
def template() -> Path:
    """A casebook with two people in it, one case and one call; made once a session."""
    path = Path(mkdtemp(prefix="kzcase-cli-")) / "template.kzcase"
    wish = FoundCasebook("Generated office", ADMINISTRATOR)
    book, _created = found_casebook(path, wish, OWN, parameters=FLOOR)
    with book:
        for act in (CASE, CALL):
            perform(book, read_act(act, ""))
    with open_desk(path, OWN) as desk:
        add_colleague(desk, AddColleague(COLLEAGUE, (Role.HELPLINE,)), SECOND)
    return path


def copied(folder: Path) -> Path:
    """A copy of the casebook for one test."""
    target = folder / "copy.kzcase"
    shutil.copytree(template(), target, ignore=shutil.ignore_patterns("ballast"))
    return target


def file_with(folder: Path, name: str, content: str | bytes) -> Path:
    """A file in a test's folder."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def acts_file(folder: Path, acts: Sequence[object]) -> Path:
    """A file of acts."""
    return file_with(folder, "acts.json", msgspec.json.encode(acts))
