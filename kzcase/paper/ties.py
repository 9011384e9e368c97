"""Words that stay together at the end of a line: a question's particle with its verb, a sign with its number."""

import re
from typing import Final

from kzcase.paper.fitting import text_width
from kzcase.paper.style import Look

TIE: Final = "\u00a0"
_PAIRS: Final = re.compile(
    r"(?P<before>\S+)(?: (?=(?:ма|ме|ба|бе|па|пе)(?:[?!.,;:)»]|\s|$))| (?=[—–](?:\s|$))|(?<=№) (?=\d))(?P<after>\S+)"
)
_SMALL: Final = re.compile(r"(?<![\w\u00a0-])(?P<before>[вскоуиаВСКОУИА]) (?P<after>\w+)")


def tied(text: str, look: Look, width: float) -> str:
    """The text with its small words tied to their neighbours, where both fit into a column of `width` points.

    A Kazakh question must not end with its particle alone on a line, a line not begin with a dash, and no Russian line
    end with a preposition of one letter.
    """
    return _SMALL.sub(
        lambda found: _pair(found, look, width), _PAIRS.sub(lambda found: _pair(found, look, width), text)
    )


def _pair(found: re.Match[str], look: Look, width: float) -> str:
    together = f"{found['before']}{TIE}{found['after']}"
    return together if text_width(together, look) <= width / 2 else found[0]
