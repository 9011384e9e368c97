"""Commands as such: names, exit codes, one JSON document, words in the language of the system, no traceback."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kzcase import __main__ as program
from kzcase.cli import main
from kzcase.cli.commands import COMMANDS
from kzcase.cli.documents import OUTPUTS
from tests.cli.running import run

KZCASE = Path(sys.executable).with_name("kzcase")


@pytest.mark.parametrize("command", ["coutn", "import-everything", "rm"])
def test_a_command_nobody_wrote_is_unknown(command: str, tmp_path: Path) -> None:
    refused = run(command, "x.kzcase", tmp_path / "y")
    assert (refused.code, refused.out) == (2, b"")
    assert f"There is no command “{command}”." in refused.err


WRONG = (
    *(("iin",), ("same-name", "x"), ("count", "a", "b"), ("case",), ("staff",), ("case", "frob"), ("act",)),
    *(("print", "consent"), ("demo", "x", "--cases", "many"), ("search", "a", "b", "--limit", "0"), ("staff", "add")),
    *(("count", "--frob"), ("summary", "--spec", "x", "--out", "y"), ("deadline", "x", "2026-02-30"), ("attack",)),
)


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_use_is_one_line(arguments: tuple[str, ...]) -> None:
    refused = run(*arguments)
    assert (refused.code, refused.out) == (2, b"")
    assert refused.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("case", "show", "a.kzcase", "\udcff"), ("iin", "\udc80"), ("\udcff",)])
def test_bytes_that_are_no_text_are_refused(arguments: tuple[str, ...]) -> None:
    refused = run(*arguments)
    assert (refused.code, "UTF-8" in refused.err) == (2, True)


def test_every_output_has_a_schema() -> None:
    printed = run("schema")
    assert printed.code == 0
    document = msgspec.json.decode(printed.out)
    assert set(document["outputs"]) == set(OUTPUTS)
    assert document["$defs"]["Check"]["properties"]["ok"] == {"type": "boolean"}
    assert {name.split()[0] for name in OUTPUTS} == set(COMMANDS) - {"schema"}


def test_a_document_with_another_field_is_noticed() -> None:
    """Canary: the strict reading that every test here relies on."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"valid":true,"warnings":[],"birth":"1990"}', type=OUTPUTS["iin"])


def test_without_a_screen_the_window_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for arguments in ((), (tmp_path / "a.kzcase",), ("--passphrase-file", "x", tmp_path / "a.kzcase")):
        refused = run(*arguments)
        assert (refused.code, "no screen" in refused.err) == (3, True)


def test_with_a_screen_the_window_gets_casebook_and_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    opened = []

    def window(casebook: Path | None, passphrase_file: Path | None) -> int:
        opened.append((casebook, passphrase_file))
        return 0

    for arguments in ([], ["a.kzcase"], ["a.kzcase", "--passphrase-file", "p"], ["--passphrase-file", "p", "./a"]):
        assert main(arguments, window) == 0
    book = Path("a.kzcase")
    assert opened == [(None, None), (book, None), (book, Path("p")), (Path("a"), Path("p"))]


def test_a_fault_of_ours_ends_quietly_and_tells_no_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object) -> int:
        raise ValueError("Каримова Дильноза")

    monkeypatch.setattr("kzcase.cli.main", broken)
    assert program.run() == 70
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    log = (tmp_path / "home" / "faults.log").read_text()
    assert "ValueError" in log
    assert "Каримова" not in log + said.err


@pytest.mark.parametrize(("spoken", "word"), [("kk_KZ.UTF-8", "kzcase"), ("ru_RU.UTF-8", "kzcase"), ("C", "casebook")])
def test_the_program_itself_starts_in_every_language(spoken: str, word: str, tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin", "LC_ALL": spoken, "KZCASE_HOME": str(tmp_path)}
    done = subprocess.run([KZCASE, "--help"], env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert word in done.stdout.decode()


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    asked = (
        "import sys; from kzcase.cli import main; main(['iin', '1'])\n"
        "heavy = ['sqlalchemy', 'reportlab', 'pyxform', 'numpy', 'highspy', 'PySide6', 'sqlcipher3', 'zxingcpp']\n"
        "sys.exit(len([name for name in heavy if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lang", "kk", "--no-such"), "--no-such параметрі жоқ"),
        (("--lang=ru", "--no-such"), "Параметра --no-such нет"),
        (("--passphrase-file=f", "--lang", "kk", "--no-such"), "--no-such параметрі жоқ"),
        (("--passphrase-file", "f", "--lang", "kk", "--no-such"), "--no-such параметрі жоқ"),
        (("--lang", "kk", "--lang", "ru", "--no-such"), "Параметра --no-such нет"),
        (("--no-such", "--lang", "kk"), "--no-such параметрі жоқ"),
        (("--lang", "xx", "--no-such"), "There is no option"),
        (("--lang",), "--lang"),
        (("check", "x.kzcase", "--lang", "kk"), "There is no option --lang"),
    ],
)
def test_a_mistake_beside_the_language_is_told_in_it(words: tuple[str, ...], said: str) -> None:
    """The last is the canary: behind the command no language is asked for."""
    refused = run(*words)
    assert refused.code == 2
    assert said in refused.err


def test_what_is_more_than_a_casebook_is_refused_under_a_name_that_somebody_typed() -> None:
    assert run("x.kzcase", "y").err.startswith("kzcase: y is more than this command takes. See `kzcase --help`.")
