"""Errors: all named in one place, and what the system says about files put into words."""

import errno
import importlib
import inspect
import os
import pkgutil

import pytest

from kzcase.domain import errors
from kzcase.domain.errors import (
    AnswerLost,
    DiskTrouble,
    IsAFolder,
    KzcaseError,
    NoSuchFile,
    NoSuchFolder,
    NotAFile,
    NotAFolder,
    Unreadable,
    Unwritable,
    while_reading,
    while_writing,
)
from kzcase.i18n import LANGUAGES, render


def test_every_error_of_the_package_is_named_in_it() -> None:
    written = set()
    for module in pkgutil.iter_modules(errors.__path__, "kzcase.domain.errors."):
        for name, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(found, KzcaseError) and found.__module__ == module.name:
                written.add(name)
    assert written <= set(errors.__all__)
    assert len(written) > 60


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOENT, NoSuchFile),
        (errno.ENOTDIR, NoSuchFile),
        (errno.EISDIR, IsAFolder),
        (errno.EACCES, Unreadable),
        (errno.EIO, Unreadable),
    ],
)
def test_a_file_that_cannot_be_read(number: int, expected: type[KzcaseError]) -> None:
    error = while_reading(OSError(number, os.strerror(number)), "x.json")
    assert type(error) is expected
    assert "x.json" in render(error.sentence(), "en")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOENT, NoSuchFolder),
        (errno.ENOTDIR, NoSuchFolder),
        (errno.EEXIST, NotAFolder),
        (errno.ENAMETOOLONG, NotAFile),
        (errno.EACCES, Unwritable),
        (errno.EPERM, Unwritable),
        (errno.EROFS, Unwritable),
        (errno.ENOSPC, DiskTrouble),
        (errno.EIO, DiskTrouble),
    ],
)
def test_a_file_that_cannot_be_written(number: int, expected: type[KzcaseError]) -> None:
    error = while_writing(OSError(number, os.strerror(number)), "x.pdf", "papers")
    assert type(error) is expected
    assert "x.pdf" in render(error.sentence(), "en")
    assert "papers" in render(error.sentence(), "en") or expected is not NoSuchFolder


@pytest.mark.parametrize("reason", [os.strerror(errno.ENOSPC), "database or disk is full", "DATABASE OR DISK IS FULL"])
def test_why_a_disk_refused_is_said_in_words_whoever_says_it(reason: str) -> None:
    said = {language: render(DiskTrouble(reason=reason).sentence(), language) for language in LANGUAGES}
    assert "(the disk is full)" in said["en"]
    assert not [text for text in said.values() if reason in text]


def test_a_rare_reason_is_told_as_the_system_tells_it() -> None:
    assert "(something rare)" in render(DiskTrouble(reason="something rare").sentence(), "en")
    assert "(nobody reads on)" in render(
        AnswerLost(reason=errors.reason_of(BrokenPipeError(errno.EPIPE, ""))).sentence(), "en"
    )
