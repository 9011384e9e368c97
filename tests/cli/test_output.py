"""Standard output and standard error that are closed, full or left early, and Ctrl-C: told, and nothing is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kzcase
from kzcase.cli import output, stopping
from kzcase.domain.errors import CasebookDamaged
from tests.cli.running import CALL, Ran, acts_file, run

KZCASE = Path(sys.executable).with_name("kzcase")


def outside(command: str, passphrase: Path) -> Ran:
    """One line of a shell, the program as a process of its own."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "KZCASE_HOME": os.environ["KZCASE_HOME"],
        "KZCASE_PASSPHRASE_FILE": str(passphrase),
        "PYTHONPATH": str(Path(kzcase.__file__).parents[1]),  # the program that is tested, wherever it lies
    }
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr.decode())


NOWHERE = {
    "closed": ("{kzcase} count {book} --json >&-", 3, "standard output is closed"),
    "full": ("{kzcase} count {book} --json >/dev/full", 3, "the disk is full"),
    "full, for people": ("{kzcase} case list {book} >/dev/full", 3, "the disk is full"),
    "full, help": ("{kzcase} --help >/dev/full", 3, "the disk is full"),
    "full, version": ("{kzcase} --version >/dev/full", 3, "the disk is full"),
}


@pytest.mark.parametrize("how", NOWHERE)
def test_an_answer_that_nobody_gets_is_told(casebook: Path, passphrase: Path, how: str) -> None:
    command, code, words = NOWHERE[how]
    done = outside(command.format(kzcase=KZCASE, book=casebook), passphrase)
    assert done.code == code
    assert words in done.err
    assert "Traceback" not in done.err
    assert "Exception ignored" not in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("schema",), ("form", "list"), ("case", "--help"), ("--version",)])
def test_a_reader_who_left_is_told_of_and_no_fault(arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([KZCASE, *arguments], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.returncode == 3
    assert done.stderr == "The answer could not be written out (nobody reads on). What was done stays done.\n"


@pytest.mark.parametrize("how", ["2>&-", "2>/dev/full"])
def test_messages_that_nobody_gets_change_nothing(casebook: Path, passphrase: Path, how: str) -> None:
    counted = outside(f"{KZCASE} count {casebook} --json {how}", passphrase)
    assert (counted.code, counted.json("count")["cases"]) == (0, 1)
    assert outside(f"{KZCASE} iin {how}", passphrase).code == 2
    assert outside(f"{KZCASE} case list {casebook} {how}", passphrase).code == 0


@pytest.mark.parametrize("command", ["act {book} -", "stay -"])
def test_a_closed_standard_input_is_told(casebook: Path, passphrase: Path, command: str) -> None:
    refused = outside(f"{KZCASE} {command.format(book=casebook)} <&-", passphrase)
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_nobody_is_asked_for_a_passphrase_where_nobody_is(casebook: Path, passphrase: Path) -> None:
    for given in ("</dev/null", "<&-"):
        refused = outside(f"unset KZCASE_PASSPHRASE_FILE; {KZCASE} count {casebook} {given}", passphrase)
        assert (refused.code, "--passphrase-file" in refused.err) == (2, True)


# Ctrl-C


def test_a_stop_in_the_middle_keeps_what_was_told_and_no_more(casebook: Path, tmp_path: Path) -> None:
    file = acts_file(tmp_path, [CALL] * 5_000)
    program = subprocess.Popen(
        [KZCASE, "act", casebook, file, "--each"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    first = program.stdout.readline()
    program.send_signal(signal.SIGINT)
    rest, said = program.communicate()
    told = [first, *rest.splitlines()]
    assert program.returncode == output.STOPPED
    assert said.strip() == "Stopped. What was committed before stays."
    assert 1 <= len(told) < 5_000
    calls = run("count", casebook, "--json").json("count")["calls"]
    assert calls - 1 in (len(told), len(told) + 1)  # the last may have been committed and not yet told


def test_a_stop_that_the_database_took_for_an_error_is_still_a_stop(
    casebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupt inside a function the database calls back comes out as an error of the database."""

    def interrupted(*_: object, **__: object) -> None:
        with pytest.raises(KeyboardInterrupt):
            stopping._stop(signal.SIGINT, None)
        raise CasebookDamaged(part="casebook.db")

    monkeypatch.setattr(stopping, "_asked", False)
    monkeypatch.setattr("kzcase.actions.desk.open_desk", interrupted)
    stopped = run("count", casebook)
    assert (stopped.code, stopped.err) == (output.STOPPED, "Stopped. What was committed before stays.\n")
    monkeypatch.setattr(stopping, "_asked", False)
    monkeypatch.setattr("kzcase.actions.desk.open_desk", damaged)
    assert run("count", casebook).code == 3


def damaged(*_: object, **__: object) -> None:
    raise CasebookDamaged(part="casebook.db")


def test_the_program_takes_an_interrupted_fault_for_a_stop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kzcase import __main__ as program

    def broken(*_: object) -> int:
        raise ValueError

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("kzcase.cli.main", broken)
    try:
        monkeypatch.setattr(stopping, "_asked", True)
        assert program.run() == output.STOPPED
        monkeypatch.setattr(stopping, "_asked", False)
        assert program.run() == program.FAULT
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied", "/secret/place/x.kzcase"), OSError(5, "x")])
def test_what_the_system_refuses_unforeseen_is_told(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr("kzcase.domain.iin.check_iin", refused)
    told = run("iin", "1")
    assert (told.code, told.out, told.err.count("\n")) == (3, b"", 1)
    assert "/secret" not in told.err
    assert (error.filename is None) or told.err.startswith("x.kzcase: ")


def test_the_language_of_the_window_is_kazakh_where_nobody_says_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for spoken, command, window in (
        ("C", "en", "kk"),
        ("ru_RU.UTF-8", "ru", "ru"),
        ("kk_KZ", "kk", "kk"),
        ("de_DE", "en", "kk"),
    ):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.setenv(name, spoken)
        output.language.cache_clear()
        assert (output.language(), output.window_language()) == (command, window)
    output.language.cache_clear()
