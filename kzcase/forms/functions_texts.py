"""Functions of rules that work on texts and on lists of chosen answers."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence

from kzcase.domain.errors import BadForm
from kzcase.forms.patterns import fits
from kzcase.forms.values import LONGEST_TEXT, Context, Value, texts_of, to_number, to_text, too_long

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _selected(_context: Context, answers: Value, choice: Value) -> Value:
    wanted = to_text(choice).strip()
    chosen = to_text(answers).split()
    return wanted in chosen if wanted else not chosen


def _selected_at(context: Context, answers: Value, index: Value) -> Value:
    chosen = to_text(answers).split()
    at = _whole(context, index, -1)
    return chosen[at] if 0 <= at < len(chosen) else ""


def _count_selected(_context: Context, answers: Value) -> Value:
    return float(len(to_text(answers).split()))


def _concat(context: Context, *values: Value) -> Value:
    return _joined(context, "", values)


def _join(context: Context, separator: Value, *values: Value) -> Value:
    return _joined(context, to_text(separator), values)


def _joined(context: Context, separator: str, values: Sequence[Value]) -> str:
    """No other function makes a text longer than those it is given: here a few rules could fill the memory."""
    texts, length = list[str](), 0
    for value in values:
        for text in texts_of(value):
            texts.append(text)
            length += len(text) + len(separator)
            if length - len(separator) > LONGEST_TEXT:
                raise too_long(context.current)
    return separator.join(texts)


def _substr(context: Context, text: Value, start: Value, end: Value | None = None) -> Value:
    """From `start` (counted from 0, negative from the end) up to, not including, `end`."""
    whole = to_text(text)
    first = _whole(context, start, 0)
    last = len(whole) if end is None else _whole(context, end, len(whole))
    first = max(0, first + len(whole)) if first < 0 else first
    last = max(0, last + len(whole)) if last < 0 else last
    return whole[first:last]


def _whole(context: Context, value: Value, otherwise: int) -> int:
    number = to_number(value, context.around.zone)
    return int(number) if abs(number) < 1e12 else otherwise


def _before(_context: Context, text: Value, mark: Value) -> Value:
    head, found, _tail = to_text(text).partition(to_text(mark)) if to_text(mark) else ("", "", "")
    return head if found else ""


def _after(_context: Context, text: Value, mark: Value) -> Value:
    return to_text(text).partition(to_text(mark))[2] if to_text(mark) else to_text(text)


def _contains(_context: Context, text: Value, part: Value) -> Value:
    return to_text(part) in to_text(text)


def _starts_with(_context: Context, text: Value, part: Value) -> Value:
    return to_text(text).startswith(to_text(part))


def _ends_with(_context: Context, text: Value, part: Value) -> Value:
    return to_text(text).endswith(to_text(part))


def _translate(_context: Context, text: Value, letters: Value, others: Value) -> Value:
    table: dict[str, str] = {}
    replacements = to_text(others)
    for at, letter in enumerate(to_text(letters)):
        table.setdefault(letter, replacements[at] if at < len(replacements) else "")
    return "".join(table.get(letter, letter) for letter in to_text(text))


def _normalize_space(context: Context, text: Value | None = None) -> Value:
    return " ".join((context.node.visible() if text is None else to_text(text)).split())


def _string_length(context: Context, text: Value | None = None) -> Value:
    return float(len(context.node.visible() if text is None else to_text(text)))


def _regex(_context: Context, text: Value, pattern: Value) -> Value:
    """True if the whole text fits; a pattern that cannot be used safely fits nothing."""
    try:
        return fits(to_text(pattern), to_text(text))
    except BadForm:
        return False


def _boolean_from_string(_context: Context, text: Value) -> Value:
    return to_text(text) in ("true", "1")


def _uuid(context: Context, length: Value | None = None) -> Value:
    """A random identifier from the given source of chance."""
    draw = context.draw()
    if length is not None:
        wanted = max(0, min(255, _whole(context, length, 0)))
        return "".join(_LETTERS[int(draw() * len(_LETTERS))] for _count in range(wanted))
    digits = [f"{int(draw() * 16):x}" for _count in range(32)]
    digits[12], digits[16] = "4", f"{8 + int(draw() * 4):x}"
    text = "".join(digits)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


_DIGESTS: Mapping[str, Callable[[bytes], bytes]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).digest(),
    "SHA-1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    "SHA-256": lambda data: hashlib.sha256(data).digest(),
    "SHA-384": lambda data: hashlib.sha384(data).digest(),
    "SHA-512": lambda data: hashlib.sha512(data).digest(),
}


def _digest(_context: Context, text: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    function = _DIGESTS.get(to_text(algorithm))
    if function is None:
        return ""
    made = function(to_text(text).encode())
    return made.hex() if to_text(encoding) == "hex" else base64.b64encode(made).decode()


def _base64_decode(_context: Context, text: Value) -> Value:
    """The text behind Base64 writing; nothing where it is none."""
    try:
        return base64.b64decode(to_text(text), validate=True).decode()
    except ValueError:
        return ""


_SIGNATURE = 64


def _extract_signed(_context: Context, contents: Value, public_key: Value) -> Value:
    """The message behind an Ed25519 signature of 64 bytes, both in Base64; nothing where the signature does not fit."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        signed, key = (base64.b64decode(to_text(text), validate=True) for text in (contents, public_key))
        Ed25519PublicKey.from_public_bytes(key).verify(signed[:_SIGNATURE], signed[_SIGNATURE:])
        return signed[_SIGNATURE:].decode()
    except (ValueError, InvalidSignature):
        return ""


def _itext(context: Context, identifier: Value) -> Value:
    return context.around.itext(to_text(identifier), context.around.language)


def _choice_name(context: Context, value: Value, path: Value) -> Value:
    return context.around.choice_label(to_text(path), to_text(value), context.around.language)


FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Value]]] = {
    "selected": (2, 2, _selected),
    "selected-at": (2, 2, _selected_at),
    "count-selected": (1, 1, _count_selected),
    "concat": (0, 1_000, _concat),
    "join": (1, 1_000, _join),
    "substr": (2, 3, _substr),
    "substring-before": (2, 2, _before),
    "substring-after": (2, 2, _after),
    "contains": (2, 2, _contains),
    "starts-with": (2, 2, _starts_with),
    "ends-with": (2, 2, _ends_with),
    "translate": (3, 3, _translate),
    "normalize-space": (0, 1, _normalize_space),
    "string-length": (0, 1, _string_length),
    "regex": (2, 2, _regex),
    "boolean-from-string": (1, 1, _boolean_from_string),
    "uuid": (0, 1, _uuid),
    "digest": (2, 3, _digest),
    "base64-decode": (1, 1, _base64_decode),
    "extract-signed": (2, 2, _extract_signed),
    "jr:itext": (1, 1, _itext),
    "jr:choice-name": (2, 2, _choice_name),
}
