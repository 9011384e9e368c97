"""From a file of cases to a release on disk and back, attacked; and a casebook's periods with their frozen tables."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from kzcase.disclosure.engine import protect
from kzcase.domain.errors import (
    AlreadyThere,
    BadInput,
    BadSummary,
    DiskTrouble,
    NotFound,
    OneEventStandsOut,
    TooFewPeople,
)
from kzcase.i18n import LANGUAGES, render
from kzcase.summaries import files
from kzcase.summaries.commands import attack_directories, summarise_cases
from kzcase.summaries.cubes import coded, true_counts
from kzcase.summaries.files import write_release
from kzcase.summaries.indicators import standard
from kzcase.summaries.protecting import protect_period
from kzcase.summaries.reading import read_release
from kzcase.summaries.release import STAMPS, release_of
from kzcase.summaries.sheets import DEMONSTRATION
from kzcase.summaries.spec import Spec
from tests.disclosure import cases

TODAY = date(2026, 11, 22)
TABLES = json.dumps([list(table) for table in cases.TABLES])


def write_cases(path: Path, people) -> Path:
    names = list(cases.VARIABLES)
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(names)
        lines.writerows([[person[name] for name in names] for person in people])
    return path


def write_spec(path: Path, tables: str = TABLES, more: str = "", key: str = "11") -> Path:
    path.write_text(f'base = 5\ntables = {tables}\nkey_hex = "{key * 32}"\n{more}')
    return path


def summarise(tmp_path: Path, name: str = "out", period: str = "2024Q1", **spec) -> Path:
    source = write_cases(tmp_path / f"{name}.csv", cases.people(period))
    wish = write_spec(tmp_path / f"{name}.toml", **spec)
    assert summarise_cases(source, wish, tmp_path / name, "kk", printed_on=TODAY)
    return tmp_path / name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_passed_on_alone_says_whose_it_is(tmp_path: Path, language: str) -> None:
    protected = protect_period(facts("2024Q1"), "2026-Q3", SPEC, bytes(32), [])
    assert protected is not None
    how = {"language": language, "printed_on": TODAY, "organisation": "Generated fund", "indicators": standard()}
    write_release(release_of([protected]), tmp_path, demonstration=True, **how)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "summary.xlsx").read_bytes()))
    for sheet in book:
        said = "\n".join(str(row[0]) for row in sheet.iter_rows(min_row=1, max_row=10, values_only=True))
        assert "Generated fund" in said
        assert "2026" in said
        assert render(DEMONSTRATION, language) in said


def rows_of(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "cells.csv").read_text(encoding="utf-8"))))


def test_a_file_of_cases_becomes_four_whole_files(tmp_path):
    folder = summarise(tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [
        "cells.csv", "release.json", "summary.pdf", "summary.xlsx",
    ]  # fmt: skip
    said = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    assert (said["base"], said["bound"], said["stamps"]) == (5, 5, ["comparison only"])
    assert set(said["guarantee"]) == set(LANGUAGES)
    rows = rows_of(folder)
    assert list(rows[0]) == ["table", *cases.VARIABLES, "count"]
    truth = cases.counts("2024Q1")
    for row in rows:
        cell = tuple((name, row[name]) for name in cases.VARIABLES if row[name] != "*")
        assert int(row["count"]) % 5 == 0
        assert abs(int(row["count"]) - truth[cell]) <= 5
    assert sum(row["table"] == "region" for row in rows) == 19  # 18 regions in the file, and all


def test_attacking_it_exposes_nothing(tmp_path):
    one = summarise(tmp_path)
    found = attack_directories([one])
    assert found is not None
    assert (found["exposed"], found["contradictory"], found["altered"]) == ([], False, [])
    assert found["cells"] == len({tuple(row[n] for n in cases.VARIABLES) for row in rows_of(one)})


def test_attacking_two_roundings_of_the_same_people_exposes_them(tmp_path):
    """Canary: the same cases under two keys."""
    folders = [summarise(tmp_path, "a", key="11"), summarise(tmp_path, "b", key="22")]
    found = attack_directories(folders)
    assert found is not None
    assert len(found["exposed"]) > 20


def test_a_tampered_release_is_noticed(tmp_path):
    folder = summarise(tmp_path)
    text = (folder / "cells.csv").read_text(encoding="utf-8")
    total = next(row["count"] for row in rows_of(folder) if row["table"] == "region" and row["region"] == "*")
    (folder / "cells.csv").write_text(text.replace(f",{total}\n", f",{int(total) - 1}\n"), encoding="utf-8")
    found = attack_directories([folder])
    assert found is not None
    assert found["altered"] == [str(folder)]
    assert any(one["cell"] == "*" for one in found["exposed"])


def test_the_naive_export_of_another_program_is_broken(tmp_path):
    truth, frame = cases.counts("2024Q1"), cases.frame()
    with (tmp_path / "cells.csv").open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["table", *cases.VARIABLES, "count"])
        for table in cases.TABLES:
            for cell in frame.cells:
                if {name for name, _c in cell} <= set(table):
                    named, count = dict(cell), truth[cell]
                    shown = "<5" if 1 <= count <= 4 else count
                    lines.writerow(["+".join(table), *(named.get(n, "*") for n in cases.VARIABLES), shown])
    found = attack_directories([tmp_path])
    assert found is not None
    assert len(found["exposed"]) >= 50
    assert all(one["low"] >= 1 for one in found["exposed"])


def test_the_same_wish_gives_the_same_bytes(tmp_path):
    one, other = summarise(tmp_path, "a"), summarise(tmp_path, "b")
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_true_numbers_and_the_source_are_nowhere(tmp_path):
    folder = summarise(tmp_path)
    said = (folder / "release.json").read_text(encoding="utf-8")
    assert "drift" not in said
    assert "groups" not in said
    assert str(tmp_path) not in said
    parts = zipfile.ZipFile(folder / "summary.xlsx")
    assert not any("hidden" in parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_the_paper_says_what_it_promises(tmp_path):
    for language in LANGUAGES:
        source = write_cases(tmp_path / "c.csv", cases.people("2024Q1"))
        summarise_cases(source, write_spec(tmp_path / "s.toml"), tmp_path / language, language, printed_on=TODAY)
        paper = pypdfium2.PdfDocument((tmp_path / language / "summary.pdf").read_bytes())
        text = paper[0].get_textpage().get_text_bounded()
        assert rows_of(tmp_path / language)[0]["count"] in text
        assert len(paper) >= 3
        paper.close()


def test_formulas_in_categories_stay_text(tmp_path):
    people = [
        {**person, "sex": "=cmd|' /C calc'!A0" if person["sex"] == "F" else "M"} for person in cases.people("2024Q1")
    ]
    source = write_cases(tmp_path / "c.csv", people)
    summarise_cases(source, write_spec(tmp_path / "s.toml"), tmp_path / "out", "ru", printed_on=TODAY)
    assert all(not row["sex"].startswith("=") for row in rows_of(tmp_path / "out"))
    found = attack_directories([tmp_path / "out"])
    assert found is not None
    assert not found["exposed"]


def test_ten_people_are_refused(tmp_path):
    source = write_cases(tmp_path / "c.csv", cases.people("2024Q1")[:10])
    with pytest.raises(TooFewPeople):
        summarise_cases(source, write_spec(tmp_path / "s.toml"), tmp_path / "out", "en")
    assert not (tmp_path / "out").exists()


def test_an_unknown_column_is_named(tmp_path):
    source = write_cases(tmp_path / "c.csv", cases.people("2024Q1"))
    with pytest.raises(BadSummary) as caught:
        summarise_cases(source, write_spec(tmp_path / "s.toml", '[["nowhere"]]'), tmp_path / "out", "en")
    assert caught.value.facts["why"].arguments == {"name": "nowhere"}


def test_a_failed_write_leaves_no_release(tmp_path, monkeypatch):
    folder = summarise(tmp_path)
    before = (folder / "cells.csv").read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(DiskTrouble):
        summarise(tmp_path, key="33")
    assert (folder / "cells.csv").read_bytes() == before, "the old file is whole"
    assert not (folder / "release.json").exists(), "but it is no release any more"
    assert not list(folder.glob(".*.part"))


@pytest.mark.parametrize(
    ("name", "content"),
    [("cells.csv", b""), ("cells.csv", b"table,a,count\nx,1\n"), ("cells.csv", b"table,a,count\na,x,-3\n"),
     ("cells.csv", b"\xff\xfe"), ("release.json", b"{"), ("release.json", b"[]"), ("release.json", b'{"links": 3}'),
     ("release.json", b'{"links": [3]}'), ("release.json", b'{"base": "5"}'), ("release.json", b'{"wider": [1]}')],
)  # fmt: skip
def test_broken_releases_are_refused_in_words(tmp_path, name, content):
    folder = summarise(tmp_path)
    (folder / name).write_bytes(content)
    with pytest.raises(BadInput):
        read_release(folder)


def test_a_folder_without_a_release_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        attack_directories([tmp_path])


def test_true_counts_equal_counting_one_by_one():
    people = cases.people("2024")
    columns = {name: [person[name] for person in people] for name in cases.VARIABLES}
    found = true_counts(coded(columns, cases.CODEBOOK), cases.CODEBOOK, cases.TABLES)
    assert found == dict(cases.counts("2024"))


REGIONS = dict(zip("ABCDEFGHIJKLMNOPQRST", [
    "KZ-75", "KZ-71", "KZ-79", "KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-63", "KZ-31", "KZ-33", "KZ-35",
    "KZ-39", "KZ-43", "KZ-47", "KZ-59", "KZ-55", "KZ-61", "KZ-62", "KZ-27"], strict=True))  # fmt: skip


def facts(quarter: str) -> list[dict[str, str]]:
    """The fixed cases in the codes of a casebook."""
    return [
        {
            "region": REGIONS[person["region"]],
            "sex": {"F": "female", "M": "male"}[person["sex"]],
            "age": ("0-17", "18-24", "25-44", "45+")[int(person["age"])],
            "citizenship": ("UZ", "KZ", "KG", "TJ", "RU", "XXA", "CN")[int(person["citizenship"])],
            "type": ("trafficking", "stateless", "child", "stranded")[int(person["type"])],
            "exploitation": ("", "labour", "sexual", "begging", "criminal", "organs")[int(person["exploitation"])],
            "outcome": ("open", "documented", "returned", "died", "lost_contact")[int(person["outcome"])],
        }
        for person in cases.people(quarter)
    ]


SPEC = Spec(5, (("region",), ("sex", "macro", "age")))


def year():
    found = []
    for quarter in cases.QUARTERS:
        found.append(protect_period(facts(quarter), quarter, SPEC, bytes(32), found))
    return found


def test_a_period_is_protected_whole_and_released_in_part(tmp_path):
    quarters = year()
    release = release_of([quarters[0]], SPEC.tables)
    assert release.tables == (("region",), ("macro", "sex", "age"))
    assert {name for cell in release.counts for name, _c in cell} == {"region", "macro", "sex", "age"}
    prints = write_release(
        release, tmp_path / "q1", language="kk", printed_on=TODAY, organisation="Үміт", indicators=standard()
    )
    assert set(prints) == {"cells.csv", "release.json", "summary.xlsx", "summary.pdf"}
    assert read_release(tmp_path / "q1").stamps == ("not approved",)
    with pytest.raises(AlreadyThere):
        write_release(release, tmp_path / "q1", language="kk", printed_on=TODAY, indicators=standard())
    whole = release_of(quarters, ())
    write_release(whole, tmp_path / "year", language="ru", printed_on=TODAY, indicators=standard())
    found = attack_directories([tmp_path / "q1", tmp_path / "year"])
    assert found is not None
    assert (found["exposed"], found["contradictory"]) == ([], False)


def test_other_tables_than_the_frozen_six_are_refused():
    (first, *_rest) = year()
    with pytest.raises(BadSummary) as caught:
        release_of([first], (("region", "sex"),))
    assert caught.value.place == "tables[1]"


def test_periods_of_different_bases_cannot_be_added():
    one = protect_period(facts("2024Q1"), "q1", SPEC, bytes(32))
    other = protect_period(facts("2024Q2"), "q2", Spec(10, SPEC.tables), bytes(32))
    assert one is not None
    assert other is not None
    with pytest.raises(BadSummary):
        release_of([one, other])


def test_a_raid_of_twelve_stops_the_period():
    raided = facts("2024Q1")
    for fact in raided[:12]:
        fact["incident"] = "farm"
    with pytest.raises(OneEventStandsOut):
        protect_period(raided, "2024Q1", SPEC, bytes(32))


def test_contradictory_facts_still_count_once():
    person = standard().person({"type": "child", "age": "25-44", "exploitation": "labour", "region": "?"})
    assert standard().codebook.allows(person)
    assert (person["age"], person["exploitation"], person["region"]) == ("unknown", "none", "unknown")


def test_the_codebook_names_everything_in_three_languages():
    indicators = standard()
    for variable in indicators.codebook.variables:
        for category in (None, *variable.categories):
            assert all(indicators.label(variable.name, category, language) for language in LANGUAGES)


def test_the_engine_never_sees_a_file_or_a_clock():
    assert protect.__module__ == "kzcase.disclosure.engine"
    for path in (Path(files.__file__).parents[1] / "disclosure").glob("*.py"):
        words = path.read_text(encoding="utf-8")
        assert not any(word in words for word in ("import time", "datetime", "pathlib", "open("))


def test_where_one_is_alone_the_files_say_so_and_a_day_stands_for_the_second_signature() -> None:
    from kzcase.summaries.casebook import Ready

    def stamps(**said: bool) -> tuple[str, ...]:
        return Ready(None, (), None, **{"approved": False} | said).stamps()  # type: ignore[arg-type]

    assert stamps() == ("not approved",)
    assert stamps(alone=True) == ("not approved", "one person")
    assert stamps(alone=True, waited=True) == ("one person", "delayed")
    assert stamps(waited=True) == ("not approved",), "a delay stands for nobody's signature where there are two"
    assert stamps(alone=True, waited=True, approved=True) == ()
    assert all(stamp in STAMPS for stamp in ("one person", "delayed"))
