"""Makes an XForm ready for phones: its version, the key its answers are closed to, and how they find their case.

The text is changed only where something is put in: whatever else an office's form says stays as it was written.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ParserCreate  # the text was read by the defused parser before
from xml.sax.saxutils import escape, quoteattr

from kzcase.exchange.own_tables import Tables, changed_tables, items_of, mark_of
from kzcase.exchange.writing import form_mark
from kzcase.forms.definition import Form, text_in
from kzcase.forms.kept_sheets import without_sheets
from kzcase.forms.languages import code_of
from kzcase.forms.outside_lists import without_lists
from kzcase.forms.way_home import CASE_SCANNED, CASE_TYPED, FORM_MARK
from kzcase.i18n import LANGUAGES, Language, Words, _, render

TYPED: Final = _("Number of the case, as on its papers. Leave it empty for a new case.")
SCANNED: Final = _("Or scan the QR code of a paper of the case.")
_QUESTIONS: Final = ((CASE_TYPED, TYPED, "string"), (CASE_SCANNED, SCANNED, "barcode"))
_NONE: Final[Tables] = {}
_VERSION: Final = re.compile(r"""(\s(?:[\w.-]+:)?version\s*=\s*)("[^"]*"|'[^']*')""")


@dataclass(slots=True)
class _Places:
    """Where in the text what stands, in bytes."""

    title: tuple[int, int] = (0, 0)  # what stands between the tags of the title
    root: tuple[int, int] = (0, 0)  # the start tag of the instance's root
    body: tuple[int, int] = (0, 0)  # the start tag of the body
    after_instance: int = 0
    model_end: int = 0
    submissions: list[tuple[int, int]] = field(default_factory=list)
    lists: dict[str, tuple[int, int]] = field(default_factory=dict)  # by its name what stands between its tags
    translations: list[tuple[int, str]] = field(default_factory=list)  # behind the start tag, and the language


def edition_on_phones(form: Form, key: str, tables: Tables = _NONE) -> str:
    """What phones call the version: another for each content, because they take two of one name for a mistake."""
    return f"{form.declared_version or '1'}-{form.version[:8]}{key[:4]}{mark_of(tables)}"


def title_on_phones(form: Form) -> str:
    """The one title a list on a phone shows: in the language the form itself begins with."""
    return text_in(form.title, code_of(form.default_language) or LANGUAGES[0], LANGUAGES)


def phone_xform(form: Form, public_key: bytes, key: str) -> bytes:
    """The XForm as it leaves; without a key its answers stay open."""
    text = without_lists(without_sheets(form.xml))[0].encode()
    places = _places_in(text)
    tables = changed_tables(form)
    changes = [*_model_changes(form, places, public_key), *_body_changes(form, places)]
    changes += [(*places.lists[name], items_of(rows)) for name, rows in tables.items() if name in places.lists]
    edition = edition_on_phones(form, key, tables)
    changes.append((*places.root, _root_tag(text[slice(*places.root)].decode(), form, edition)))
    if places.title[1] and (title := title_on_phones(form)):
        changes.append((*places.title, escape(title)))
    made, at = [], 0
    for start, end, new in sorted(changes):
        made += [text[at:start], new.encode()]
        at = end
    return b"".join([*made, text[at:]])


def _model_changes(form: Form, places: _Places, public_key: bytes) -> Iterator[tuple[int, int, str]]:
    """An address to send to that came with the form goes: it leaves by cable, or to the office's own server."""
    for start, end in places.submissions:
        yield start, end, ""
    if public_key:
        said = base64.b64encode(public_key).decode()
        yield places.after_instance, places.after_instance, f'<submission base64RsaPublicKey="{said}"/>'
    binds = "".join(f'<bind nodeset="/{form.root}/{name}" type="{kind}"/>' for name, _words, kind in _QUESTIONS)
    yield places.model_end, places.model_end, binds
    for behind, heading in places.translations:
        asked = ((name, escape(said_in(words, heading))) for name, words in _asked())
        yield behind, behind, "".join(f'<text id="{name}"><value>{text}</value></text>' for name, text in asked)


def _body_changes(form: Form, places: _Places) -> Iterator[tuple[int, int, str]]:
    behind = places.body[1]
    asked = []
    for name, words in _asked():
        itext = f"""<label ref="jr:itext('{name}')"/>"""
        label = itext if places.translations else f"<label>{escape(in_all(words))}</label>"
        asked.append(f'<input ref="/{form.root}/{name}">{label}</input>')
    yield behind, behind, "".join(asked)


def _asked() -> Iterator[tuple[str, Words]]:
    return ((name, words) for name, words, _kind in _QUESTIONS)


def said_in(words: Words, heading: str) -> str:
    """The words in the language of a translation, in Russian for languages the program does not speak."""
    code = code_of(heading)
    spoken: Language = next((each for each in LANGUAGES if each == code), "ru")
    return render(words, spoken)


def in_all(words: Words) -> str:
    """The words in every language of the program: a form that names none has one text for all."""
    return " / ".join(render(words, language) for language in LANGUAGES)


def _root_tag(tag: str, form: Form, edition: str) -> str:
    """The start tag with the version phones see, and behind it what brings the answers home."""
    version = quoteattr(edition)
    if _VERSION.search(tag):
        tag = _VERSION.sub(lambda found: found[1] + version, tag, count=1)
    else:
        tag = f"{tag[:-1]} version={version}>"
    return f"{tag}<{FORM_MARK}>{escape(form_mark(form))}</{FORM_MARK}><{CASE_TYPED}/><{CASE_SCANNED}/>"


def _places_in(text: bytes) -> _Places:
    """One pass over the text that notes where things stand."""
    found, above, starts, named = _Places(), list[str](), list[int](), list[str]()
    parser = ParserCreate(namespace_separator=" ")

    def tag_here() -> tuple[int, int]:
        start = parser.CurrentByteIndex
        return start, _behind_tag(text, start)

    def begins(name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if above[-2:] == ["model", "instance"] and found.root == (0, 0):
            found.root = tag_here()
        elif plain == "body" and above[-1:] == ["html"]:
            found.body = tag_here()
        elif plain == "title" and above[-1:] == ["head"]:
            found.title = (tag_here()[1], 0)
        elif plain == "translation" and above[-1:] == ["itext"]:
            found.translations.append((tag_here()[1], attributes.get("lang", "")))
        elif plain == "instance" and above[-1:] == ["model"] and attributes.get("id"):
            found.lists[attributes["id"]] = (tag_here()[1], 0)
            named.append(attributes["id"])
        above.append(plain)
        starts.append(parser.CurrentByteIndex)

    def ends(_name: str) -> None:
        plain, start, at = above.pop(), starts.pop(), parser.CurrentByteIndex
        if plain == "instance" and not found.after_instance:
            found.after_instance = _behind_tag(text, at)
        elif plain == "instance" and named:
            name = named.pop()
            found.lists[name] = (found.lists[name][0], max(at, found.lists[name][0]))
        elif plain == "title" and above[-1:] == ["head"] and text[at : at + 2] == b"</":
            found.title = (found.title[0], at)
        elif plain == "submission" and above[-1:] == ["model"]:
            found.submissions.append((start, _behind_tag(text, at)))
        elif plain == "model" and not found.model_end:
            found.model_end = at

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.Parse(text, True)
    return found


def _behind_tag(text: bytes, start: int) -> int:
    """Where the tag that begins here ends; a “>” inside quotes is none."""
    quote = b""
    for at in range(start, len(text)):
        sign = text[at : at + 1]
        if quote:
            quote = b"" if sign == quote else quote
        elif sign in (b'"', b"'"):
            quote = sign
        elif sign == b">":
            return at + 1
    return len(text)
