"""Referrals on the command line: listed, packed for a partner, answered, and UNHCR's fields as a table."""

import json
from pathlib import Path
from typing import Any

import pytest

from kzcase.keys.derivation import FLOOR
from kzcase.keys.packages import lock_of
from tests.cli.running import CASE, run


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases of packages at the least cost that is taken."""
    from kzcase.actions import packages

    monkeypatch.setattr(packages, "lock_of", lambda words: lock_of(words, FLOOR))


def acts(casebook: Path, folder: Path, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    file = folder / "acts.json"
    file.write_text(json.dumps(given))
    ran = run("act", casebook, file, "--json")
    assert ran.code == 0, ran.err
    return ran.json("act")  # type: ignore[no-any-return]


def a_referral(casebook: Path, folder: Path) -> str:
    opened, partner = acts(casebook, folder, [CASE, {"act": "partner.added", "name": "UNHCR", "kind": "international"}])
    agreed = {"purpose": "referral", "classes": ["identifying", "operational"], "language": "kk"}
    consent = {"act": "consent.given", "case": opened["number"], "partner": partner["partner"], **agreed}
    letter = {"need": "social_legal", "reason": "text", "urgency": "urgent"}
    draft = {"act": "referral.drafted", "case": opened["number"], "partner": partner["partner"], **letter}
    return acts(casebook, folder, [consent, draft])[-1]["number"]  # type: ignore[no-any-return]


def test_a_package_leaves_comes_back_as_a_referral_and_is_never_taken_twice(
    casebook: Path, tmp_path: Path, cheap: None
) -> None:
    number = a_referral(casebook, tmp_path)
    out, slip = tmp_path / "out.kzp", tmp_path / "slip.txt"
    ran = run("export", casebook, "--format", "package", "--referral", number, "--slip", slip, "-o", out, "--json")
    made = ran.json("export --format package")
    assert (made["referral"], made["slip"]) == (number, str(slip))
    assert "Каримова".encode() not in out.read_bytes()
    listed = run("referral", "list", casebook, "--json").json("referral list")["referrals"]
    assert [one["row"]["state"] for one in listed] == ["sent"]
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("nothing of the kind")
    assert run("import", casebook, out, "--format", "package", "--slip", wrong).code == 2
    taken = run("import", casebook, out, "--format", "package", "--slip", slip, "--json").json(
        "import --format package"
    )
    assert taken["reply"] is False
    again = run("import", casebook, out, "--format", "package", "--slip", slip)
    assert again.code == 2
    assert taken["number"] in again.err
    shown = run("referral", "incoming", casebook, "--json").json("referral incoming")["incoming"]
    assert [one["number"] for one in shown] == [taken["number"]]
    reply = ("export", casebook, "--format", "package", "--referral", taken["number"], "-o", tmp_path / "reply.kzp")
    assert run(*reply).code == 2, "nothing was answered yet"
    acts(casebook, tmp_path, [{"act": "referral.decided", "incoming": shown[0]["id"], "state": "accepted"}])
    assert run(*reply, "--slip", slip).code == 2
    assert run(*reply, "--json").json("export --format package")["referral"] == taken["number"]
    whole, changed = (tmp_path / "reply.kzp").read_bytes(), tmp_path / "changed.kzp"
    for place in (10, len(whole) // 2, len(whole) - 1):  # whose key it is, what is inside, what guards it
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused = run("import", casebook, changed, "--format", "package")
        assert (refused.code, refused.err.count("\n")) == (2, 1), "the file is wrong, not the laptop"
    back = run("import", casebook, tmp_path / "reply.kzp", "--format", "package", "--json")
    assert back.json("import --format package") == {"number": number, "reply": True}
    listed = run("referral", "list", casebook, "--json").json("referral list")["referrals"]
    assert [one["row"]["state"] for one in listed] == ["accepted"]
    assert run("import", casebook, tmp_path / "reply.kzp", "--format", "package").code == 2


def test_a_package_to_a_partner_whose_agreement_ended_says_so_as_a_letter_does(
    casebook: Path, tmp_path: Path, cheap: None
) -> None:
    number = a_referral(casebook, tmp_path)
    package = ("export", casebook, "--format", "package", "--referral", number, "--slip")
    lasting = run(*package, tmp_path / "1.txt", "-o", tmp_path / "1.kzp", "--json")
    assert (lasting.json("export --format package")["warnings"], "31.01.2020" in lasting.err) == ([], False)
    acts(casebook, tmp_path, [{"act": "partner.changed", "partner": "UNHCR", "agreement_to": "2020-01-31"}])
    ended = run(*package, tmp_path / "2.txt", "-o", tmp_path / "2.kzp", "--json")
    [warned] = ended.json("export --format package")["warnings"]
    assert (warned["place"], warned["warning"]) == ("referral", "agreement_ended")
    assert "31.01.2020" in warned["what"]
    assert warned["what"] in ended.err


def test_unhcr_fields_are_made_without_retyping_and_what_is_missing_is_named(casebook: Path, tmp_path: Path) -> None:
    number = a_referral(casebook, tmp_path)
    out = tmp_path / "progres.csv"
    ran = run("export", casebook, "--format", "progres", "--referral", number, "-o", out, "--json")
    made = ran.json("export --format progres")
    fields = {each["field"]: each for each in made["fields"]}
    assert fields["family_name"]["value"] == "Каримова"
    assert fields["intervention_number"]["value"] == number
    assert fields["phone"]["value"] is None, "contact was not agreed to"
    assert fields["phone"]["missing"]
    assert fields["sex"]["value"] is None
    assert made["missing"] == ["individual_id", "registration_group"]
    assert out.read_text("utf-8").splitlines()[0] == "field,value,missing"
    assert "709" not in out.read_text("utf-8")


def test_lists_figures_and_refusals(casebook: Path, tmp_path: Path) -> None:
    number = a_referral(casebook, tmp_path)
    shown = run("referral", "show", casebook, number, "--json").json("referral show")
    assert [step["state"] for step in shown["steps"]] == ["draft"]
    partners = run("referral", "partners", casebook, "--json").json("referral partners")["partners"]
    assert "UNHCR" in [each["name"] for each in partners]
    figures = run("referral", "figures", casebook, "UNHCR", "--json").json("referral figures")
    assert (figures["sent"], figures["states"]) == (0, None)
    for wrong in (
        ("export", casebook, "--format", "package", "-o", tmp_path / "x"),
        ("export", casebook, "--format", "xform", "--referral", number, "--case", "x", "-o", tmp_path / "x"),
        ("export", casebook, "--format", "package", "--referral", number, "-o", tmp_path / "x"),
        ("import", casebook, tmp_path / "acts.json", "--format", "package"),
        ("referral", "show", casebook, "nothing"),
    ):
        ran = run(*wrong)
        assert ran.code == 2
        assert "Traceback" not in ran.err
    assert not (tmp_path / "x").exists()
