"""Passphrases thought up at the prompt: the least length is said, and a weak one is asked for again, three times."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from kzcase.cli import desk
from kzcase.i18n import Words, render
from tests.cli.running import COLLEAGUE, OWN, SECOND, file_with, run

SHORT = "too short"
GUESSED = "passwordpassword"
GOOD = "терезе қайың самал тұлпар бөрік"

Typing = Callable[[Sequence[str]], list[str]]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Somebody at a terminal who types these one after the other; gives what they are asked."""

    def begin(answers: Sequence[str]) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        def typed(question: Words) -> str:
            asked.append(render(question, "en"))
            return left.pop(0)

        terminal = SimpleNamespace(isatty=lambda: True)
        monkeypatch.setattr(desk, "sys", SimpleNamespace(stdin=terminal))
        monkeypatch.setattr(desk, "_typed", typed)
        return asked

    return begin


def twice(*passphrases: str) -> list[str]:
    return [each for each in passphrases for _again in range(2)]


def new(folder: Path, *more: object) -> tuple[object, ...]:
    return ("new", folder / "new.kzcase", "--org", "Generated office", "--admin", "Айнұр Үлгі", *more)


def test_a_new_casebook_asks_again_for_what_is_weak(tmp_path: Path, typing: Typing) -> None:
    asked = typing(twice(SHORT, GUESSED, GOOD))
    made = run(*new(tmp_path, "--shares-dir", tmp_path / "shares"))
    assert made.code == 0, made.err
    assert asked == ["New passphrase (at least 15 characters)", "The same once more"] * 3
    assert made.err.count("Please choose another passphrase.") == 2
    assert "Six words" in made.err
    opened = run("count", tmp_path / "new.kzcase", "--passphrase-file", file_with(tmp_path, "p.txt", GOOD))
    assert opened.code == 0


def test_after_three_weak_ones_nothing_is_made(tmp_path: Path, typing: Typing) -> None:
    asked = typing(twice(SHORT, SHORT, SHORT, GOOD))
    refused = run(*new(tmp_path))
    assert (refused.code, len(asked)) == (2, 6)
    assert not (tmp_path / "new.kzcase").exists()


def test_a_weak_one_in_a_file_is_refused_at_once(tmp_path: Path) -> None:
    """Nobody is there to be asked again."""
    refused = run(*new(tmp_path, "--passphrase-file", file_with(tmp_path, "p.txt", SHORT)))
    assert (refused.code, "at least 15 characters" in refused.err) == (2, True)


def test_shares_are_to_be_printed_given_away_and_deleted(tmp_path: Path, passphrase: Path) -> None:
    told = run(*new(tmp_path, "--shares-dir", tmp_path / "shares")).err
    assert all(words in told for words in ("Print the three shares", "to another person", "delete these files"))


def test_a_colleagues_passphrase_is_asked_for_at_a_terminal(casebook: Path, tmp_path: Path, typing: Typing) -> None:
    asked = typing(twice("Үшінші Үшінші Үшінші", GOOD))
    added = run("staff", "add", casebook, "Үшінші", "--role", "auditor")
    assert added.code == 0, added.err
    assert asked == ["New passphrase of Үшінші (at least 15 characters)", "The same once more"] * 2
    theirs = ("--as", "Үшінші", "--passphrase-file", file_with(tmp_path, "third.txt", GOOD))
    assert run("staff", "list", casebook, *theirs).code == 0


def test_without_a_terminal_a_colleagues_passphrase_needs_its_file(casebook: Path) -> None:
    refused = run("staff", "add", casebook, "Үшінші", "--role", "auditor")
    assert (refused.code, "--new-passphrase-file" in refused.err) == (2, True)
    assert "Үшінші" not in run("staff", "list", casebook).out.decode()


def test_ones_own_is_asked_for_again_too(casebook: Path, tmp_path: Path, typing: Typing) -> None:
    asked = typing(twice(SHORT, GOOD))
    theirs = ("--as", COLLEAGUE, "--passphrase-file", file_with(tmp_path, "second.txt", SECOND))
    assert run("staff", "passphrase", casebook, *theirs).code == 0
    assert len(asked) == 4
    changed = ("--as", COLLEAGUE, "--passphrase-file", file_with(tmp_path, "third.txt", GOOD))
    assert run("staff", "list", casebook, *changed).code == 0
    assert run("staff", "list", casebook, *theirs).code == 3
    assert OWN not in "".join(asked)
