"""Brings the catalogues up to date with the strings in the code: `make words`. Translations that stand are kept."""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kzcase.i18n import LANGUAGES, Language

HOUSE = Path(__file__).resolve().parents[2]
HEADER = "# The words of kzcase. Brought up to date by `make words`."
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def extracted() -> Catalog:
    """Every marked string of the program, with where it stands."""
    catalogue = Catalog(project="kzcase", charset="utf-8")
    found = extract_from_dir(
        HOUSE / "kzcase", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for file, _line, message, comments, context in found:
        catalogue.add(message, None, [(f"kzcase/{file}", 0)], auto_comments=comments, context=context)
    return catalogue


def catalogue_path(language: Language) -> Path:
    """Where a catalogue stands."""
    return HOUSE / "translations" / language / "LC_MESSAGES" / "kzcase.po"


def read_catalogue(language: Language) -> Catalog:
    """A catalogue as it stands."""
    return read_po(io.BytesIO(catalogue_path(language).read_bytes()), locale=language)


def write_catalogue(language: Language, catalogue: Catalog) -> None:
    """Write a catalogue, sorted, without line numbers, so that its changes read well."""
    written = io.BytesIO()
    catalogue.fuzzy = False  # a catalogue that calls itself fuzzy is left out when it is compiled
    catalogue.header_comment, catalogue.project, catalogue.version = HEADER, "kzcase", "1"
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "kzcase"
    catalogue.revision_date = catalogue.creation_date
    write_po(written, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())


def bring_up_to_date() -> None:
    """New strings come in untranslated (English is its own translation), old ones go."""
    template = extracted()
    for language in LANGUAGES:
        standing = read_catalogue(language) if catalogue_path(language).exists() else Catalog(locale=language)
        standing.update(template, no_fuzzy_matching=True, update_creation_date=False)
        for message in standing if language == "en" else ():
            if message.id:
                message.string = message.id
                message.flags.discard("fuzzy")
        write_catalogue(language, standing)
        missing = [m.id for m in standing if m.id and not _translated(m.string)]
        sys.stdout.write(f"{language}: {len(standing)} strings, {len(missing)} untranslated {missing[:10] or ''}\n")


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    bring_up_to_date()
