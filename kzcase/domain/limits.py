"""How long what somebody writes may be, for the window and for files of acts alike."""

from typing import Final

LONGEST_TEXT: Final = 1_000_000
"""A note, a summary, a reason: whatever may have several lines."""
LONGEST_LINE: Final = 300
"""A name, a title, an address: whatever has one line."""
LONGEST_NUMBER: Final = 60
"""A phone, with blanks and brackets."""
