"""Attachments from the command line: made anew, listed masked, copied only after “show names”."""

from pathlib import Path

import pytest

from kzcase.paper.incoming.door import cleaned
from tests.cli.running import file_with, run
from tests.paper.incoming.files import MARKER, TELLING


@pytest.fixture
def case(casebook: Path, passphrase: Path) -> str:
    (listed,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    number: str = listed["number"]
    return number


def test_a_photo_comes_in_and_goes_out(casebook: Path, tmp_path: Path, case: str) -> None:
    photo = file_with(tmp_path, "passport.jpg", TELLING["jpeg"])
    added = run("attachment", "add", casebook, case, photo, "--json").json("attachment add")
    assert (added["media_type"], added["pages"]) == ("image/jpeg", 1)
    (listed,) = run("attachment", "list", casebook, case, "--json").json("attachment list")["attachments"]
    assert (listed["title"], listed["can_open"]) == ("passport", False)
    out = tmp_path / "copy.jpg"
    refused = run("attachment", "copy", casebook, added["attachment"], "-o", out)
    assert (refused.code, "give --show-names" in refused.err, refused.err.count("\n")) == (2, True, 1)
    assert not out.exists()
    copied = run("attachment", "copy", casebook, added["attachment"], "-o", out, "--show-names", "--json")
    assert copied.json("attachment copy")["size"] == out.stat().st_size == added["size"]
    assert MARKER not in out.read_bytes()
    assert cleaned(out.read_bytes()).media_type == "image/jpeg"


@pytest.mark.parametrize(("content", "said"), [(b"MZ\0\0", "none of JPEG"), (TELLING["png"][:70], "damaged")])
def test_what_is_not_taken_is_said(casebook: Path, tmp_path: Path, case: str, content: bytes, said: str) -> None:
    refused = run("attachment", "add", casebook, case, file_with(tmp_path, "a.jpg", content))
    assert (refused.code, refused.out) == (2, b"")
    assert said in refused.err
    assert run("attachment", "list", casebook, case, "--json").json("attachment list") == {"attachments": []}
