"""Every string of the program is a literal, stands in three catalogues, and says the same places in each."""

import ast
import re
import subprocess
import sys
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from kzcase.i18n import LANGUAGES, Language
from tests.house.words import HOUSE, catalogue_path, extracted, read_catalogue

gathered = cache(extracted)
"""Every marked string of the program, looked for once."""
MARKERS = {"_": 1, "ngettext": 2, "pgettext": 2}


def modules() -> list[Path]:
    return sorted((HOUSE / "kzcase").rglob("*.py"))


def unliteral(source: str) -> list[int]:
    """Lines on which something other than a literal is marked for translation."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            literals = node.args[: MARKERS[node.func.id]]
            if not literals or not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in literals):
                found.append(node.lineno)
    return found


def texts(message: Message) -> list[str]:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [text or "" for text in strings]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def untranslated(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """Strings of the program that this catalogue lacks or leaves empty or fuzzy."""
    lacking = []
    for message in wanted:
        if message.id:
            found = catalogue.get(message.id, message.context)
            if found is None or found.fuzzy or not all(texts(found)):
                lacking.append(str(message.id))
    return lacking


def disagreeing(catalogue: Catalog) -> list[str]:
    """Strings whose translation names other places than the original, or other blanks at its ends."""
    wrong = []
    for message in catalogue:
        if message.id:
            originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
            named = set().union(*(places(text) for text in originals))
            for text in texts(message):
                if not places(text) <= named or (not isinstance(message.id, tuple | list) and places(text) != named):
                    wrong.append(str(message.id))
                if (
                    text[:1].isspace() != originals[0][:1].isspace()
                    or text[-1:].isspace() != originals[0][-1:].isspace()
                ):
                    wrong.append(str(message.id))
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_compiles_whole(language: Language, tmp_path: Path) -> None:
    """As setup compiles it: one that calls itself fuzzy would be left out, and the program start slowly from source."""
    compiled = compile_in(tmp_path, catalogue_path(language).read_text())
    with compiled.open("rb") as stream:
        standing = [message for message in read_catalogue(language) if message.id and all(texts(message))]
        assert len(GNUTranslations(stream)._catalog) >= len(standing)  # type: ignore[attr-defined]


def test_a_fuzzy_catalogue_is_noticed(tmp_path: Path) -> None:
    text = catalogue_path("kk").read_text()
    assert not compile_in(tmp_path, text.replace('msgid ""', '#, fuzzy\nmsgid ""', 1)).exists()


def compile_in(folder: Path, text: str) -> Path:
    source = folder / "kk" / "LC_MESSAGES" / "kzcase.po"
    source.parent.mkdir(parents=True)
    source.write_text(text)
    command = [str(Path(sys.executable).parent / "pybabel"), "-q", "compile", "-d", str(folder), "-D", "kzcase"]
    subprocess.run(command, check=False, capture_output=True)
    return source.with_suffix(".mo")


def test_marked_strings_are_literals() -> None:
    found = {path.relative_to(HOUSE): lines for path in modules() if (lines := unliteral(path.read_text()))}
    assert not found


def test_a_built_string_is_noticed() -> None:
    assert unliteral('_(f"Hello {name}")') == [1]
    assert unliteral("_(sentence)") == [1]
    assert not unliteral('_("Hello {name}", name=name)')


def marked(source: str) -> set[str]:
    """Every string marked for translation, wherever it stands."""
    called = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    mine = [node for node in called if isinstance(node.func, ast.Name) and node.func.id in MARKERS]
    return {
        each.value
        for node in mine
        for each in node.args[: MARKERS[node.func.id]][-1:]  # type: ignore[attr-defined]
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def test_no_marked_string_is_overlooked() -> None:
    """What stands inside a formatted string is not gathered by every version of the gatherer, so stays in English."""
    known = {text for m in gathered() for text in ([m.id] if isinstance(m.id, str) else m.id)}
    overlooked = {
        path.relative_to(HOUSE): missing for path in modules() if (missing := marked(path.read_text()) - known)
    }
    assert not overlooked


def test_a_string_inside_a_formatted_one_is_noticed() -> None:
    inside = """f"{said(_('A sentence nobody gathers.'))}" """
    assert marked(inside) == {"A sentence nobody gathers."}
    assert marked('ngettext("one", "many", 2); pgettext("where", "word")') == {"many", "word"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_complete(language: Language) -> None:
    assert not untranslated(read_catalogue(language), gathered())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_obsolete_stands_in_a_catalogue(language: Language) -> None:
    wanted = {(str(m.id), m.context) for m in gathered()}
    assert not [m.id for m in read_catalogue(language) if (str(m.id), m.context) not in wanted]


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_agree(language: Language) -> None:
    assert not disagreeing(read_catalogue(language))


def test_an_untranslated_string_is_noticed() -> None:
    wanted, standing = Catalog(locale="ru"), Catalog(locale="ru")
    wanted.add("A new sentence.")
    assert untranslated(standing, wanted)
    standing.add("A new sentence.", "Новая фраза.")
    assert not untranslated(standing, wanted)


def test_a_forgotten_place_is_noticed() -> None:
    catalogue = Catalog(locale="kk")
    catalogue.add("Due {date}", "Мерзімі")
    assert disagreeing(catalogue)


def test_plural_forms_are_those_of_the_language() -> None:
    assert [read_catalogue(language).num_plurals for language in LANGUAGES] == [2, 3, 2]


def called_otherwise(catalogue: Catalog) -> list[str]:
    """Where Kazakh calls a stage of a case by the word for a span of time: саты is a stage, кезең a span."""
    spoken = ((str(message.id), texts(message)) for message in catalogue if message.id)
    stages = ((english, said) for english, said in spoken if "stage" in english.lower() or "case stands" in english)
    return [english for english, said in stages if any("кезең" in each.lower() for each in said)]


def test_a_stage_has_one_word_in_kazakh() -> None:
    assert called_otherwise(read_catalogue("kk")) == []


def test_a_stage_called_by_another_word_is_noticed() -> None:
    catalogue = read_catalogue("kk")
    catalogue["Next: {stage}."].string = "Келесі кезең: {stage}."
    assert called_otherwise(catalogue) == ["Next: {stage}."]


_CASES = "ға|ге|қа|ке|да|де|та|те|дан|ден|тан|тен|ның|нің|дың|дің|тың|тің|ны|ні|ды|ді|ты|ті|мен|бен|пен"
_ANYWHERE = {
    "quotation marks of English": re.compile("[“”]"),
    "two blanks": re.compile("  "),
    "a word twice": re.compile(r"\b(?!что )([^\W\d]{2,}) \1\b"),
}
STRAY: dict[str, dict[str, re.Pattern[str]]] = {
    "kk": {
        **_ANYWHERE,
        "endings that do not fit": re.compile(r"\bноутбу(?:кт[аы]|қ|кқ|гы)", re.I),
        "an ending behind a place to fill": re.compile(rf"\}}[»]?-?(?:{_CASES})\b"),
    },
    "ru": {**_ANYWHERE, "another word for a case": re.compile(r"\bкейс", re.I)},
}
"""What a hurried translation leaves behind: a Kazakh ending follows the last vowel, which nobody knows of a place."""


def stray(text: str, language: str) -> list[str]:
    return [what for what, pattern in STRAY[language].items() if pattern.search(text)]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_nothing_of_a_hurried_translation_is_left(language: Language) -> None:
    said = (text for message in read_catalogue(language) if message.id for text in texts(message))
    assert {text: found for text in said if (found := stray(text, language))} == {}


def test_a_hurried_translation_is_noticed() -> None:
    """Canary."""
    assert stray("“{list}” тізімі", "kk") == ["quotation marks of English"]
    assert stray("бұл  ноутбукта бар бар", "kk") == ["two blanks", "a word twice", "endings that do not fit"]
    assert stray("{name}-ға хабарлау", "kk") == ["an ending behind a place to fill"]
    assert stray("{number}-бөлік", "kk") == []
    assert stray("поиск идёт по кейсам", "ru") == ["another word for a case"]


def keyed(text: str) -> bool:
    """Whether Qt would make a key of these words: Alt with the letter behind the sign."""
    return re.search(r"&(?!&)\w", text) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_make_a_key_of_their_own(language: Language) -> None:
    """Letters with Alt are given nowhere: what is single in one language would stand twice in a dialog of another."""
    keys = [message.id for message in read_catalogue(language) if any(map(keyed, (*texts(message), str(message.id))))]
    assert keys == []


def test_words_that_make_a_key_are_noticed() -> None:
    assert keyed("&Сақтау")
    assert not keyed("Name & phone (&, *)")
