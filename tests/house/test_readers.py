"""Every module that reads bytes it does not trust is fed broken ones: the proof of broken input names its reader."""

import ast
from pathlib import Path

from tests.house.words import HOUSE
from tests.proofs.fuzzer import NAMES

FED_BY = {
    "kzcase/actions/drafts.py": "drafts and kept forms",
    "kzcase/actions/office_forms.py": "form.xlsx",
    "kzcase/actions/perform.py": "acts",
    "kzcase/cli/acts.py": "acts",
    "kzcase/cli/forms.py": "file of answers",
    "kzcase/db/read_log.py": "within seals",
    "kzcase/db/take_in.py": "part",
    "kzcase/domain/case_filter.py": "typed words",
    "kzcase/domain/deadlines.py": "rules",
    "kzcase/domain/json_text.py": "acts",
    "kzcase/actions/incoming_referrals.py": "sealed package",
    "kzcase/actions/packages.py": "sealed package",
    "kzcase/domain/packages.py": "sealed package",
    "kzcase/domain/papers.py": "typed words",
    "kzcase/domain/spoken_numbers.py": "sealed package",
    "kzcase/keys/packages.py": "sealed package",
    "kzcase/queries/returned_slips.py": "sealed package",
    "kzcase/domain/pathways_reading.py": "rules",
    "kzcase/domain/printings.py": "typed words",
    "kzcase/domain/consent_ages.py": "rules",
    "kzcase/actions/waiting_calls.py": "drafts and kept forms",
    "kzcase/domain/sheets.py": "rules",
    "kzcase/domain/purposes.py": "rules",
    "kzcase/domain/retention.py": "rules",
    "kzcase/domain/rule_changes.py": "changes of rules",
    "kzcase/domain/rulebook.py": "stay",
    "kzcase/domain/stay.py": "stay",
    "kzcase/exchange/packages.py": "answers from phones",
    "kzcase/forms/check.py": "form.xlsx",
    "kzcase/forms/directories.py": "form.xlsx",
    "kzcase/forms/doors.py": "form.xlsx",
    "kzcase/forms/list_files.py": "list of choices",
    "kzcase/forms/packed_form.py": "packed form",
    "kzcase/forms/sheet_texts.py": "form.csv",
    "kzcase/forms/workbook.py": "sheet of form.xlsx",
    "kzcase/forms/xml_reading.py": "form.xml",
    "kzcase/forms/yaml_form.py": "form.yaml",
    "kzcase/forms/yaml_reading.py": "form.yaml",
    "kzcase/journal/acts.py": "within seals",
    "kzcase/journal/parts.py": "part",
    "kzcase/journal/reading.py": "within seals",
    "kzcase/keys/directory.py": "within seals",
    "kzcase/keys/layout.py": "key file",
    "kzcase/keys/shares.py": "share",
    "kzcase/paper/incoming/door.py": "looking child",
    "kzcase/paper/incoming/pictures.py": "attachment",
    "kzcase/paper/incoming/recordings.py": "attachment",
}


def reads_untrusted(source: str) -> bool:
    """Whether a function of this module names something it is given as untrusted, as all that read such do."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    given = (each.arg for function in functions for each in (*function.args.args, *function.args.kwonlyargs))
    return any(name.startswith("untrusted") for name in given)


def test_every_module_that_reads_untrusted_bytes_is_fed_broken_ones() -> None:
    modules = sorted((HOUSE / "kzcase").rglob("*.py"))
    reading = {path.relative_to(HOUSE).as_posix() for path in modules if reads_untrusted(Path(path).read_text("utf-8"))}
    assert reading == FED_BY.keys()
    assert set(FED_BY.values()) <= set(NAMES)


def test_a_reader_nobody_feeds_is_noticed() -> None:
    assert reads_untrusted("def read(untrusted_text: str) -> int:\n    return int(untrusted_text)\n")
    assert not reads_untrusted("def read(text: str) -> int:\n    return int(text)\n")
