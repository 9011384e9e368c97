"""Roles, frozen access and handed-on keys from the command line, told in words."""

from pathlib import Path

from tests.cli.running import COLLEAGUE, SECOND, acts_file, file_with, run


def test_an_incident_freezes_and_two_roles_open_again(casebook: Path, tmp_path: Path) -> None:
    second = file_with(tmp_path, "second.txt", SECOND)
    theirs = ("--passphrase-file", second)
    opened = run("incident", "open", casebook, "--kind", "stolen_passphrase", "--what", "text", "--staff", COLLEAGUE)
    assert opened.code == 0, opened.err
    assert "copies and backups made before stay open to it" in opened.err
    refused = run("staff", "list", casebook, *theirs)
    assert refused.code == 3
    assert "your access was frozen" in refused.err
    listed = run("staff", "list", casebook, "--json").json("staff list")["staff"]
    assert {(one["name"], one["slot"]) for one in listed if one["frozen"]} == {(COLLEAGUE, False)}
    thawed = run("staff", "unfreeze", casebook, COLLEAGUE, "--json")
    assert thawed.json("staff unfreeze")["frozen"] is False
    assert run("staff", "list", casebook, *theirs).code == 0


def test_roles_are_given_and_taken(casebook: Path, tmp_path: Path) -> None:
    given = run("staff", "roles", casebook, COLLEAGUE, "--give", "auditor", "--take", "helpline", "--json")
    assert given.code == 0, given.err
    assert given.json("staff roles")["roles"] == ["auditor"]
    assert run("case", "reads", casebook, "--passphrase-file", file_with(tmp_path, "second.txt", SECOND)).code == 0
    last = run("staff", "roles", casebook, "Айнұр Үлгі", "--take", "administrator")
    assert (last.code, "last administrator" in last.err) == (2, True)


def test_a_note_only_the_leaver_reads_is_told_before_they_go(casebook: Path, tmp_path: Path) -> None:
    case = run("case", "list", casebook, "--json").json("case list")["cases"][0]["id"]
    note = {"act": "note.sealed", "case": case, "kind": "therapy", "readers": [COLLEAGUE], "text": "Generated"}
    assert run("act", casebook, acts_file(tmp_path, [note])).code == 0
    refused = run("staff", "remove", casebook, COLLEAGUE)
    assert (refused.code, "sealed notes: 1" in refused.err) == (2, True)
    handed = run(
        *("staff", "hand-on-notes", casebook, "Айнұр Үлгі", "--json"),
        *("--passphrase-file", file_with(tmp_path, "second.txt", SECOND)),
    )
    assert handed.json("staff hand-on-notes")["notes"] == 1
    assert run("staff", "remove", casebook, COLLEAGUE).code == 0
