"""Lists by command: filtered, saved, taken along with a reason; people who are sought, and the reply to who asks."""

from pathlib import Path

from tests.cli.running import CASE, acts_file, run


def test_a_list_is_filtered_saved_and_written_to_a_file(casebook: Path, tmp_path: Path) -> None:
    child = CASE | {"kind": "child", "region": "KZ-71"}
    late = {"act": "search.saved", "name": "Балалар", "filters": {"kind": ["child"]}, "shared": True}
    assert run("act", casebook, acts_file(tmp_path, [child, late])).code == 0
    every = run("case", "list", casebook, "--json").json("case list")
    chosen = run("case", "list", casebook, "--kind", "child", "--worker", "me", "--json").json("case list")
    assert 0 < chosen["total"] < every["total"]
    assert {row["kind"] for row in chosen["cases"]} == {"child"}
    assert run("case", "list", casebook, "--saved", "Балалар", "--json").json("case list") == chosen
    for wrong in (("--saved", "Балалар", "--overdue"), ("--saved", "x"), ("--age", "old"), ("--opened-to", "soon"),
                  ("--worker", "Nobody")):  # fmt: skip
        assert run("case", "list", casebook, *wrong).code == 2
    file = tmp_path / "list.csv"
    written = run("case", "export", casebook, "--kind", "child", "--reason", "planning", "-o", file, "--json")
    assert written.json("case export")["file"] == str(file)
    assert file.read_bytes().count(b"\r\n") == 2
    assert run("case", "export", casebook, "-o", tmp_path / "x.csv").code == 2
    assert run("case", "export", casebook, "--reason", "whim", "-o", tmp_path / "x.csv").code == 2
    assert run("case", "export", casebook, "--reason", "planning", "-o", tmp_path / "x.pdf").code == 2


def test_who_is_sought_and_the_reply(casebook: Path, tmp_path: Path) -> None:
    asked = {"act": "tracing.asked", "case": {"$ref": "m"}, "relation": "mother",
             "new_enquirer": {"names": [{"given": "Мұхаббат"}]}}  # fmt: skip
    missing = CASE | {"kind": "missing"}
    made = run("act", casebook, acts_file(tmp_path, [missing]), "--json").json("act")
    number = run("case", "list", casebook, "--kind", "missing", "--json").json("case list")["cases"][0]["number"]
    request = run("act", casebook, acts_file(tmp_path, [asked | {"case": number}]), "--json").json("act")[0]["tracing"]
    assert made
    (row,) = run("person", "sought", casebook, "--json").json("person sought")["sought"]
    assert (row["tracing"], row["found"]) == (request, False)
    file = tmp_path / "reply.pdf"
    assert run("person", "print", casebook, "reply", request, "--lang", "kk", "-o", file).code == 0
    assert file.read_bytes().startswith(b"%PDF")
