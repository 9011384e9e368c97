"""What is due and which rules hold, from the command line; a changed term counts there too."""

from pathlib import Path

from tests.cli.running import OWN, copied, file_with, run


def test_days_rules_and_a_changed_term(tmp_path: Path) -> None:
    book, words = copied(tmp_path), file_with(tmp_path, "words", OWN)
    opens = ("--passphrase-file", words)
    found = run("due", book, *opens, "--json", "--days", "30").json("due")
    assert "safety_hour" in {row["rule"] for row in found["due"]}
    assert not any("police" in row["what"] for row in found["due"]), "nobody agreed to it yet"
    assert all(row["number"] and row["what"] for row in found["due"])
    sheet = tmp_path / "sheet.pdf"
    said = run("due", book, *opens, "--all", "-o", sheet, "--lang", "kk")
    assert said.code == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "host_notice" in str(run("rules", book, *opens, "--json", "--what", "deadline").json("rules"))
    assert run("rules", book, *opens, "--json", "--ours").json("rules")["rules"] == []
    act = tmp_path / "acts.json"
    act.write_text(
        '[{"act":"deadline.changed","rule":"plan_review","term":7,"unit":"days","valid_from":"2020-01-01","source":"x"}]'
    )
    assert run("act", book, act, *opens).code == 0
    [ours] = run("rules", book, *opens, "--json", "--ours").json("rules")["rules"]
    assert (ours["state"], ours["rule"]) == (["ours"], "plan_review")
    there = run("deadline", "plan_review", "2026-11-01", "--casebook", book, *opens, "--json").json("deadline")
    assert (there["due"], there["change"]) == ("2026-11-08", ours["change"])
    assert run("deadline", "plan_review", "2026-11-01", "--json").json("deadline")["due"] == "2026-12-01"
